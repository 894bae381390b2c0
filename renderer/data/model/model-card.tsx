import type { KeyboardEvent, PointerEvent } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import type { Field } from '../../../shared/data/field.ts'
import { fieldIcon } from '../../ui/field-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { showCount } from '../../ui/show-number.ts'
import { useLanguage, useText } from '../../ui/use-text.ts'
import { keyFields } from '../relations-flow.ts'
import { rowHeight } from './model-card-size.ts'
import type { Place } from './model-layout.ts'
import type { ColumnPoint, ModelStore } from './model-store.ts'
import { toggleOpened } from './model-store.ts'

interface ModelCardProps {
  readonly store: ModelStore
  readonly dataset: DatasetInfo
  readonly place: Place
  readonly fields: readonly Field[]
  readonly keys: ReadonlySet<string>
  /** How many of the fields show at once. */
  readonly rows: number
  readonly isFact: boolean
  readonly onGrab: (point: ColumnPoint, event: PointerEvent) => void
  readonly onChoose: (point: ColumnPoint) => void
}

/** A dataset of the model; arrows walk through its fields, Enter puts one into the form. */
export function ModelCard(props: ModelCardProps) {
  const { store, dataset, place, fields, keys, rows, isFact, onGrab, onChoose } = props
  const text = useText()
  const language = useLanguage()
  const opened = useStore(store, (state) => state.opened.has(dataset.id))
  const isLive = dataset.mode === 'live'
  const able = new Set(keyFields(dataset).map(({ name }) => name))
  const hasMore = opened || rows < fields.length
  return (
    <article
      className="model-card"
      aria-label={dataset.name}
      data-dataset={dataset.id}
      data-fact={isFact}
      tabIndex={0}
      style={{ left: place.x, top: place.y, width: place.width, height: place.height }}
      onKeyDown={walkFields}
    >
      <header>
        <strong title={dataset.name}>{dataset.name}</strong>
        <small>
          {text('dataPage.rows', { count: showCount(dataset.rows, language) })}
          {isLive && ` · ${text('dataPage.live')}`}
        </small>
      </header>
      <ul
        style={{ height: rows * rowHeight }}
        data-scrolls={opened && rows < fields.length}
        aria-label={text('model.fields', { dataset: dataset.name })}
      >
        {(opened ? fields : fields.slice(0, rows)).map((field) => (
          <FieldRow
            key={field.name}
            store={store}
            point={{ dataset: dataset.id, field: field.name }}
            field={field}
            isKey={keys.has(field.name)}
            able={able.has(field.name)}
            onGrab={onGrab}
            onChoose={onChoose}
          />
        ))}
      </ul>
      {hasMore && (
        <button
          type="button"
          className="model-more"
          aria-expanded={opened}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => toggleOpened(store, dataset.id)}
        >
          {opened ? text('model.fewer') : text('model.all', { count: fields.length })}
        </button>
      )}
    </article>
  )
}

interface FieldRowProps {
  readonly store: ModelStore
  readonly point: ColumnPoint
  readonly field: Field
  readonly isKey: boolean
  readonly able: boolean
  readonly onGrab: (point: ColumnPoint, event: PointerEvent) => void
  readonly onChoose: (point: ColumnPoint) => void
}

function FieldRow({ store, point, field, isKey, able, onGrab, onChoose }: FieldRowProps) {
  const text = useText()
  const state = useStore(store, ({ drawing }) => {
    const is = (at: ColumnPoint | null | undefined): boolean =>
      at?.dataset === point.dataset && at.field === point.field
    return is(drawing?.from) ? 'from' : is(drawing?.over) ? 'over' : undefined
  })
  const meaning = field.meaning ? text(`meaning.${field.meaning}`) : ''
  return (
    <li>
      <button
        type="button"
        tabIndex={-1}
        className="model-field"
        data-key={isKey}
        data-able={able}
        data-drawing={state}
        data-model-column={able ? JSON.stringify([point.dataset, point.field]) : undefined}
        aria-disabled={!able}
        title={[field.name, text(`type.${field.type}`), meaning]
          .filter((word) => word !== '')
          .join(' · ')}
        onPointerDown={(event) => {
          event.stopPropagation()
          if (able && event.button === 0) onGrab(point, event)
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter' && able) onChoose(point)
        }}
      >
        <Icon name={isKey ? 'link' : fieldIcon(field)} size={13} />
        <span>{field.name}</span>
        {meaning !== '' && <small>{meaning}</small>}
      </button>
    </li>
  )
}

/** Down from the card to its fields and on, up again; Escape goes back to the card. */
function walkFields(event: KeyboardEvent<HTMLElement>): void {
  const card = event.currentTarget
  const rows = [...card.querySelectorAll<HTMLElement>('.model-field')]
  const at = rows.findIndex((row) => row === document.activeElement)
  const next =
    event.key === 'ArrowDown'
      ? rows[at + 1]
      : event.key === 'ArrowUp'
        ? (rows[at - 1] ?? card)
        : event.key === 'Escape' && at >= 0
          ? card
          : undefined
  if (!next) return
  event.preventDefault()
  event.stopPropagation()
  next.focus()
}
