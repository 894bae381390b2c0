import { Button, Spin } from 'antd'
import { useStore } from 'zustand'
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import { useApp } from '../state/app-context.ts'
import { RelationshipRefusal } from '../ui/relationship-words.tsx'
import { useText } from '../ui/use-text.ts'
import type { RelationsFlow, Side } from './relations-flow.ts'
import { alreadyRelated, keyFields, relationshipLine } from './relations-flow.ts'

interface RelateFormProps {
  readonly flow: RelationsFlow
  readonly datasets: readonly DatasetInfo[]
  readonly relationships: readonly Relationship[]
}

/** Any two fields that can be keys, whatever their names. */
export function RelateForm({ flow, datasets, relationships }: RelateFormProps) {
  const text = useText()
  const { draft, making } = useStore(flow.store)
  const { from, to } = draft
  const whole = [from.dataset, from.field, to.dataset, to.field].every((name) => name !== '')
  const known = whole && alreadyRelated(draft, relationships)
  return (
    <section aria-label={text('relations.byHand')}>
      <h3>{text('relations.byHand')}</h3>
      <form
        className="relate-form"
        onSubmit={(event) => {
          event.preventDefault()
          void flow.relate(draft)
        }}
      >
        <EndChoice
          side="from"
          flow={flow}
          datasets={datasets.filter(({ id }) => id !== to.dataset)}
        />
        <EndChoice
          side="to"
          flow={flow}
          datasets={datasets.filter(({ id }) => id !== from.dataset)}
        />
        <Button
          type="primary"
          htmlType="submit"
          disabled={!whole || known || making !== null}
          loading={making !== null}
        >
          {text('relations.relate')}
        </Button>
      </form>
      <p className="hint" role={known ? 'status' : undefined}>
        {text(known ? 'relations.known' : 'relations.fits')}
      </p>
    </section>
  )
}

const words = {
  from: { title: 'relations.many', dataset: 'relations.manyDataset', field: 'relations.manyField' },
  to: { title: 'relations.one', dataset: 'relations.oneDataset', field: 'relations.oneField' },
} as const

interface EndChoiceProps {
  readonly side: Side
  readonly flow: RelationsFlow
  readonly datasets: readonly DatasetInfo[]
}

function EndChoice({ side, flow, datasets }: EndChoiceProps) {
  const text = useText()
  const end = useStore(flow.store, (state) => state.draft[side])
  const busy = useStore(flow.store, (state) => state.making !== null)
  const label = words[side]
  const fields = keyFields(datasets.find(({ id }) => id === end.dataset))
  return (
    <fieldset disabled={busy}>
      <legend>{text(label.title)}</legend>
      <select
        aria-label={text(label.dataset)}
        value={end.dataset}
        onChange={({ target }) => flow.choose(side, { dataset: target.value })}
      >
        <option value="">{text('relations.chooseDataset')}</option>
        {datasets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={text(label.field)}
        value={end.field}
        disabled={end.dataset === ''}
        onChange={({ target }) => flow.choose(side, { field: target.value })}
      >
        <option value="">{text('relations.chooseField')}</option>
        {fields.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </fieldset>
  )
}

/** What is being related, with a way to stop it, and what came of it. */
export function RelateProgress({ flow }: { readonly flow: RelationsFlow }) {
  const app = useApp()
  const text = useText()
  const { making, refused, made } = useStore(flow.store)
  if (making)
    return (
      <div className="relate-progress" role="status" aria-busy="true">
        <Spin size="small" />
        <span>
          {text('relations.making')} {relationshipLine(app, making, text)}
        </span>
        <Button size="small" onClick={() => flow.cancel()}>
          {text('app.cancel')}
        </Button>
      </div>
    )
  if (refused)
    return (
      <div className="relate-refused">
        <p>{relationshipLine(app, refused.ends, text)}</p>
        <RelationshipRefusal error={refused.error} />
      </div>
    )
  if (made)
    return (
      <p role="status">{text('relations.made', { line: relationshipLine(app, made, text) })}</p>
    )
  return null
}
