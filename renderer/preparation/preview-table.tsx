import { useLayoutEffect, useMemo, useRef } from 'react'
import { isNumeric } from '../../shared/data/field.ts'
import type { RecipePreview } from '../../shared/preparation/recipe-words.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { showValue } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { Compared, ComparedColumn, ComparedRow } from './compare-rows.ts'
import { cellDiffers } from './compare-rows.ts'
import './preview-table.css'

interface PreviewTableProps {
  readonly answer: RecipePreview
  readonly compared: Compared
  /** A newer answer is on its way. */
  readonly waiting: boolean
}

const mostColumns = 60
/** Of the column before, so that one sees there is one. */
const besidePx = 40

/** Both sides as one table: old values struck beside new ones, rows that go struck, new ones marked. */
export function PreviewTable({ answer, compared, waiting }: PreviewTableProps) {
  const text = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = compared.columns.slice(0, mostColumns)
  const more = compared.columns.length - columns.length
  const changed = useMemo(() => firstChanged(compared, answer), [compared, answer])
  useLayoutEffect(() => {
    if (changed >= 0) showColumn(scroller.current, changed)
  }, [changed, compared])
  return (
    <div
      ref={scroller}
      className="preview-scroll"
      tabIndex={0}
      role="group"
      aria-label={text('recipe.preview')}
      aria-busy={waiting}
    >
      <table className="preview-table">
        <thead>
          <tr>
            <th scope="col">{text('recipe.sourceRow')}</th>
            {columns.map((column, index) => (
              <ColumnHead key={index} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {compared.rows.map((row, index) => (
            <Row key={index} row={row} columns={columns} answer={answer} />
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <p className="hint preview-note">{text('recipe.moreColumns', { count: more })}</p>
      )}
    </div>
  )
}

/** The first column a step touches: made, taken away, of another type or name, or with other values in the rows shown. */
function firstChanged(compared: Compared, { before, after }: RecipePreview): number {
  const isTouched = (column: ComparedColumn): boolean => {
    const [old, now] = [before.fields[column.before ?? -1], after.fields[column.after ?? -1]]
    if (!old || !now || old.type !== now.type || column.was !== undefined) return true
    return compared.rows.some(
      (row) =>
        row.before !== undefined &&
        row.after !== undefined &&
        cellDiffers(column, before, after, row.before, row.after),
    )
  }
  return compared.columns.slice(0, mostColumns).findIndex(isTouched)
}

/** In view whole, beside the numbers of rows that stay where they are. */
function showColumn(scroller: HTMLDivElement | null, index: number): void {
  const [numbers, ...heads] = scroller?.querySelectorAll('thead th') ?? []
  const head = heads[index]
  if (!scroller || !(head instanceof HTMLElement) || !(numbers instanceof HTMLElement)) return
  const [left, right] = [head.offsetLeft, head.offsetLeft + head.offsetWidth]
  const from = scroller.scrollLeft + numbers.offsetWidth
  const isIn = left >= from && right <= scroller.scrollLeft + scroller.clientWidth
  if (!isIn) scroller.scrollLeft = left - numbers.offsetWidth - besidePx
}

function ColumnHead({ column }: { readonly column: ComparedColumn }) {
  const text = useText()
  const { field, before, after, was } = column
  const state = before === undefined ? 'new' : after === undefined ? 'gone' : undefined
  return (
    <th scope="col" data-state={state} data-numeric={isNumeric(field.type)}>
      <Icon name={fieldIcon(field)} size={13} />
      {was !== undefined && <del>{was}</del>}
      <span>{field.name}</span>
      {state && <em>{text(state === 'new' ? 'recipe.newColumn' : 'recipe.goneColumn')}</em>}
    </th>
  )
}

interface RowProps {
  readonly row: ComparedRow
  readonly columns: readonly ComparedColumn[]
  readonly answer: RecipePreview
}

const kindWords = {
  changed: 'recipe.rowChanged',
  removed: 'recipe.rowRemoved',
  added: 'recipe.rowAdded',
} as const

function Row({ row, columns, answer }: RowProps) {
  const text = useText()
  const { kind } = row
  const { before, after } = answer
  const line =
    row.before === undefined
      ? after.page.sourceRows[row.after ?? 0]
      : before.page.sourceRows[row.before]
  return (
    <tr data-kind={kind}>
      <th scope="row">
        {line}
        {kind !== 'same' && <span className="visually-hidden"> {text(kindWords[kind])}</span>}
      </th>
      {columns.map((column, index) => (
        <Cell key={index} row={row} column={column} answer={answer} />
      ))}
    </tr>
  )
}

interface CellProps {
  readonly row: ComparedRow
  readonly column: ComparedColumn
  readonly answer: RecipePreview
}

function Cell({ row, column, answer }: CellProps) {
  const text = useText()
  const language = useLanguage()
  const { before, after } = answer
  const read = (side: 'before' | 'after'): string | undefined => {
    const at = row[side]
    const values = answer[side].page.columns[column[side] ?? -1]
    return at === undefined || !values ? undefined : showValue(values, at, language, text)
  }
  const [old, now] = [read('before'), read('after')]
  const differs =
    row.before !== undefined &&
    row.after !== undefined &&
    cellDiffers(column, before, after, row.before, row.after)
  const numeric = isNumeric(column.field.type)
  if (!differs) {
    return (
      <td data-numeric={numeric} data-gone={column.after === undefined}>
        {now ?? old ?? ''}
      </td>
    )
  }
  const blank = text('recipe.blank')
  return (
    <td data-numeric={numeric} data-changed="true">
      {column.before !== undefined && <del>{old === '' ? blank : old}</del>}{' '}
      <ins>{now === '' ? blank : now}</ins>
    </td>
  )
}
