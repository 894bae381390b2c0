import { Button, Spin } from 'antd'
import { useStore } from 'zustand'
import type { Relationship } from '../../shared/data/dataset.ts'
import type { ProposedRelationship, RelationshipEnds } from '../../shared/data/import-words.ts'
import type { Text } from '../../shared/text/messages.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { RelationshipMeasures } from '../ui/relationship-words.tsx'
import { useText } from '../ui/use-text.ts'
import type { RelationsFlow } from './relations-flow.ts'
import { relationshipLine } from './relations-flow.ts'

interface ExistingProps {
  readonly flow: RelationsFlow
  readonly relationships: readonly Relationship[]
  /** The one looked at in the model view. */
  readonly chosen?: string | null
  readonly onChoose?: (id: string) => void
}

/** What is related now, with what was measured; those that stopped holding say why. */
export function ExistingRelations({ flow, relationships, chosen, onChoose }: ExistingProps) {
  const app = useApp()
  const text = useText()
  const making = useStore(flow.store, (state) => state.making !== null)
  return (
    <section aria-label={text('relations.existing')}>
      <h3>{text('relations.existing')}</h3>
      {relationships.length === 0 && <p className="hint">{text('relations.none')}</p>}
      <ul>
        {relationships.map((one) => {
          const line = relationshipLine(app, one, text)
          return (
            <li
              key={one.id}
              data-broken={one.broken !== null}
              aria-current={chosen === one.id ? 'true' : undefined}
              onFocus={() => onChoose?.(one.id)}
              onMouseEnter={() => onChoose?.(one.id)}
            >
              <div className="relation-words">
                <Line ends={one} />
                <RelationshipMeasures {...one} />
              </div>
              {one.broken?.canRetry === true && (
                <Button
                  size="small"
                  disabled={making}
                  aria-label={text('relations.againLine', { line })}
                  onClick={() => void flow.relate({ id: one.id, from: one.from, to: one.to })}
                >
                  {text('relations.again')}
                </Button>
              )}
              <IconButton
                icon="pencil"
                small
                label={text('relations.edit', { line })}
                disabled={making}
                onClick={() => flow.edit(one)}
              />
              <IconButton
                icon="close"
                small
                label={text('relations.remove', { line })}
                disabled={making}
                onClick={() => void flow.remove(one)}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Line({ ends }: { readonly ends: RelationshipEnds }) {
  const app = useApp()
  const text = useText()
  return (
    <p>
      <span className="selectable">{relationshipLine(app, ends, text)}</span>{' '}
      <span className="hint link-kind">{text('relations.kind')}</span>
    </p>
  )
}

/** Why two datasets look related, in words. */
function reasonWords({ reasons }: ProposedRelationship, text: Text): string {
  return reasons
    .map(({ code, percent }) => text(`relations.reason.${code}`, { percent: percent ?? 0 }))
    .join(text('list.separator'))
}

/** Keys found by names and values, the likeliest first; each is measured, or refused, when it is related. */
export function ProposedRelations({ flow }: { readonly flow: RelationsFlow }) {
  const app = useApp()
  const text = useText()
  const { looking, proposals, making } = useStore(flow.store)
  if (looking && proposals.length === 0)
    return (
      <p className="hint" role="status">
        <Spin size="small" /> {text('relations.looking')}
      </p>
    )
  if (proposals.length === 0) return null
  return (
    <section aria-label={text('relations.proposals')}>
      <h3>{text('relations.proposals')}</h3>
      <ul>
        {proposals.map((one) => (
          <li key={JSON.stringify([one.from, one.to])}>
            <div className="relation-words">
              <Line ends={one} />
              <p className="hint">{reasonWords(one, text)}</p>
            </div>
            <Button
              size="small"
              disabled={making !== null}
              aria-label={text('relations.relateLine', { line: relationshipLine(app, one, text) })}
              onClick={() => void flow.relate({ from: one.from, to: one.to })}
            >
              {text('relations.relate')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
