import { Button, Checkbox, Spin } from 'antd'
import { useStore } from 'zustand'
import { useApp } from '../state/app-context.ts'
import type { RepeatedKey } from '../../shared/data/import-words.ts'
import { Icon } from '../ui/icon.tsx'
import { RelationshipMeasures, RelationshipRefusal } from '../ui/relationship-words.tsx'
import { useText } from '../ui/use-text.ts'
import type { ImportFlow } from './import-flow.ts'
import type { Proposal } from './import-state.ts'

/** Relationships worth having, measured when they are made: rows without a partner are counted, repeated keys refused. */
export function LinksStep({ flow }: { readonly flow: ImportFlow }) {
  const text = useText()
  const proposals = useStore(flow.store, (state) => state.proposals)
  const todo = proposals.some(({ chosen, outcome }) => chosen && outcome.state === 'open')
  const making = proposals.some(({ outcome }) => outcome.state === 'making')
  const repeated = useStore(flow.store, (state) => state.repeated)
  if (proposals.length === 0 && repeated.length === 0)
    return <p className="hint import-nothing">{text('import.links.none')}</p>
  if (proposals.length === 0) {
    return (
      <div className="links">
        <RepeatedKeys repeated={repeated} />
      </div>
    )
  }
  return (
    <div className="links">
      <p>{text('import.links.about')}</p>
      <ul>
        {proposals.map((proposal, index) => (
          <LinkLine
            key={JSON.stringify(proposal.ends)}
            proposal={proposal}
            onChoose={(chosen) => flow.choose(index, chosen)}
          />
        ))}
      </ul>
      <Button disabled={!todo || making} loading={making} onClick={() => void flow.relate()}>
        {text('import.links.create')}
      </Button>
      <RepeatedKeys repeated={repeated} />
    </div>
  )
}

/** Columns of one name where neither side holds each key once: which keys, and what to do. */
function RepeatedKeys({ repeated }: { readonly repeated: readonly RepeatedKey[] }) {
  const text = useText()
  const nameOf = useDatasetNames()
  if (repeated.length === 0) return null
  return (
    <div role="status">
      <ul>
        {repeated.map(({ from, to, count, examples }) => (
          <li key={`${from.dataset} ${to.dataset}`}>
            <p className="link-repeated">
              <Icon name="warning" size={14} />
              {text('import.links.repeated', {
                field: to.fields.join(' + '),
                from: nameOf(from.dataset),
                to: nameOf(to.dataset),
                count,
                examples: examples.join(text('list.separator')),
              })}
            </p>
          </li>
        ))}
      </ul>
      <p className="hint">{text('import.links.repeatedHint')}</p>
    </div>
  )
}

function useDatasetNames(): (id: string) => string {
  const app = useApp()
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  return (id) => datasets.find((one) => one.id === id)?.name ?? id
}

interface LinkLineProps {
  readonly proposal: Proposal
  readonly onChoose: (chosen: boolean) => void
}

function LinkLine({ proposal, onChoose }: LinkLineProps) {
  const text = useText()
  const nameOf = useDatasetNames()
  const { ends, chosen, outcome } = proposal
  const line = text('import.links.line', {
    from: nameOf(ends.from.dataset),
    fromField: ends.from.fields.join(' + '),
    to: nameOf(ends.to.dataset),
  })
  return (
    <li data-state={outcome.state}>
      {outcome.state === 'made' || outcome.state === 'making' ? (
        <span className="link-line">{line}</span>
      ) : (
        <Checkbox checked={chosen} onChange={(event) => onChoose(event.target.checked)}>
          {line}
        </Checkbox>
      )}
      <LinkOutcome outcome={outcome} />
    </li>
  )
}

function LinkOutcome({ outcome }: { readonly outcome: Proposal['outcome'] }) {
  if (outcome.state === 'open') return null
  if (outcome.state === 'making') return <Spin size="small" />
  if (outcome.state === 'refused') return <RelationshipRefusal error={outcome.error} />
  return (
    <div role="status">
      <RelationshipMeasures {...outcome.relationship} />
    </div>
  )
}
