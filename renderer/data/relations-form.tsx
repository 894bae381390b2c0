import { Button, Spin } from 'antd'
import { useStore } from 'zustand'
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { RelationshipRefusal } from '../ui/relationship-words.tsx'
import { useText } from '../ui/use-text.ts'
import type { RelationsFlow, Side } from './relations-flow.ts'
import { alreadyRelated, isWhole, keyFields, relationshipLine } from './relations-flow.ts'

interface RelateFormProps {
  readonly flow: RelationsFlow
  readonly datasets: readonly DatasetInfo[]
  readonly relationships: readonly Relationship[]
}

/** Any two datasets by one field each, or by several together, whatever their names. */
export function RelateForm({ flow, datasets, relationships }: RelateFormProps) {
  const text = useText()
  const { draft, making } = useStore(flow.store)
  const { from, to, id } = draft
  const whole = isWhole(draft)
  const known = whole && alreadyRelated(draft, relationships)
  const title = text(id === undefined ? 'relations.byHand' : 'relations.change')
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <form
        className="relate-form"
        onSubmit={(event) => {
          event.preventDefault()
          void flow.relate(draft)
        }}
      >
        <fieldset disabled={making !== null}>
          <DatasetChoice side="from" flow={flow} datasets={without(datasets, to.dataset)} />
          <DatasetChoice side="to" flow={flow} datasets={without(datasets, from.dataset)} />
          {from.fields.map((_field, index) => (
            <KeyLine key={index} flow={flow} index={index} datasets={datasets} />
          ))}
        </fieldset>
        <div className="relate-buttons">
          <Button size="small" disabled={from.fields.length >= 8} onClick={() => flow.addKey()}>
            {text('relations.addKey')}
          </Button>
          <span className="relate-space" />
          {(id !== undefined || from.dataset !== '' || to.dataset !== '') && (
            <Button size="small" onClick={() => flow.clear()}>
              {text('app.cancel')}
            </Button>
          )}
          <Button
            type="primary"
            size="small"
            htmlType="submit"
            disabled={!whole || known || making !== null}
            loading={making !== null}
          >
            {text(id === undefined ? 'relations.relate' : 'relations.save')}
          </Button>
        </div>
      </form>
      <p className="hint" role={known ? 'status' : undefined}>
        {text(known ? 'relations.known' : 'relations.fits')}
      </p>
    </section>
  )
}

const without = (datasets: readonly DatasetInfo[], taken: string): DatasetInfo[] =>
  datasets.filter(({ id }) => id !== taken)

const words = {
  from: { title: 'relations.many', dataset: 'relations.manyDataset', field: 'relations.manyField' },
  to: { title: 'relations.one', dataset: 'relations.oneDataset', field: 'relations.oneField' },
} as const

interface DatasetChoiceProps {
  readonly side: Side
  readonly flow: RelationsFlow
  readonly datasets: readonly DatasetInfo[]
}

function DatasetChoice({ side, flow, datasets }: DatasetChoiceProps) {
  const text = useText()
  const chosen = useStore(flow.store, (state) => state.draft[side].dataset)
  return (
    <label className="relate-dataset" data-side={side}>
      <span>{text(words[side].title)}</span>
      <select
        aria-label={text(words[side].dataset)}
        value={chosen}
        onChange={({ target }) => flow.chooseDataset(side, target.value)}
      >
        <option value="">{text('relations.chooseDataset')}</option>
        {datasets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

interface KeyLineProps {
  readonly flow: RelationsFlow
  readonly index: number
  readonly datasets: readonly DatasetInfo[]
}

/** A field of either side that must hold the same. */
function KeyLine({ flow, index, datasets }: KeyLineProps) {
  const text = useText()
  const draft = useStore(flow.store, (state) => state.draft)
  const several = draft.from.fields.length > 1
  return (
    <>
      {(['from', 'to'] as const).map((side) => (
        <span key={side} className="relate-key" data-side={side}>
          <select
            aria-label={
              index === 0
                ? text(words[side].field)
                : text('relations.furtherField', { field: text(words[side].field), n: index + 1 })
            }
            value={draft[side].fields[index] ?? ''}
            disabled={draft[side].dataset === ''}
            onChange={({ target }) => flow.chooseField(side, index, target.value)}
          >
            <option value="">{text('relations.chooseField')}</option>
            {keyFields(datasets.find(({ id }) => id === draft[side].dataset)).map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          {side === 'to' && several && (
            <IconButton
              icon="close"
              small
              label={text('relations.dropKey', { n: index + 1 })}
              onClick={() => flow.dropKey(index)}
            />
          )}
        </span>
      ))}
    </>
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
