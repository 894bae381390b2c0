import type { CellAddress } from '../../shared/query/row-list.ts'
import { memberCaption, totalCaption } from '../../shared/report/captions.ts'
import { textIn } from '../../shared/text/messages.ts'
import { cellText } from '../ui/cell-text.ts'
import type { CrosstabView } from './crosstab-view.ts'

/** A cell by its line and its value column. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

export function cellAddress(view: CrosstabView, { row, column }: CellPlace): CellAddress {
  const { rows, columns } = view.result
  return {
    row: rows.paths[view.rows.places[row]?.path ?? -1] ?? [],
    column: columns.paths[view.columns.places[column]?.path ?? -1] ?? [],
  }
}

/** The members a cell stands for, as its heads name them; the cell of all totals stands for the total. */
export function cellTitle(view: CrosstabView, place: CellPlace, locale: 'zh-CN' | 'en'): string {
  const { row, column } = cellAddress(view, place)
  const text = textIn(locale)
  const members = [...row, ...column].map((member) => memberCaption(member, text))
  return members.length > 0 ? members.join(' / ') : totalCaption(view.result.measures, text)
}

export function cellShown(
  view: CrosstabView,
  { row, column }: CellPlace,
  locale: 'zh-CN' | 'en',
): string {
  const { measure, place } = view.cellAt(row, column)
  const style = view.measures[measure]
  return style ? cellText(view.result, style, measure, place, locale) : ''
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export interface CursorKey {
  readonly key: string
  readonly ctrlKey: boolean
}

/** Where a key leads; from nowhere to the first cell. `page` is how many rows are in view. Undefined for any other key. */
export function moveCursor(
  { key, ctrlKey }: CursorKey,
  cursor: CellPlace | null,
  view: Pick<CrosstabView, 'rows' | 'width'>,
  page: number,
): CellPlace | undefined {
  const jump = jumps[key]
  const step = steps[key] ?? (jump && [jump * Math.max(1, page), 0])
  if (key === 'Home' || key === 'End') return edgeOf(key, ctrlKey, cursor, view)
  if (!step) return undefined
  if (!cursor) return { row: 0, column: 0 }
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))
  return {
    row: within(cursor.row + step[0], view.rows.lines.length),
    column: within(cursor.column + step[1], view.width),
  }
}

const jumps: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 }

/** The ends of a row, with the control key those of the whole crosstab. */
function edgeOf(
  key: 'Home' | 'End',
  whole: boolean,
  cursor: CellPlace | null,
  { rows, width }: Pick<CrosstabView, 'rows' | 'width'>,
): CellPlace {
  const last = { row: rows.lines.length - 1, column: width - 1 }
  const row = cursor?.row ?? 0
  if (key === 'Home') return { row: whole ? 0 : row, column: 0 }
  return { row: whole ? last.row : row, column: last.column }
}

/** The group + opens and - puts away, of the line the cursor stands on; with the Alt key of its column. */
export function groupByKey(
  { key, altKey }: { readonly key: string; readonly altKey: boolean },
  view: CrosstabView,
  cursor: CellPlace,
): { readonly axis: 'rows' | 'columns'; readonly path: CellAddress['row'] } | undefined {
  const opens = key === '+' || key === '='
  if (!opens && key !== '-') return undefined
  const axis = altKey ? 'columns' : 'rows'
  const address = cellAddress(view, cursor)
  const line = altKey ? address.column : address.row
  const depth = view.result[axis].fields.length
  const shut = view.isFolded[axis](line) && line.length > 0 && line.length < depth
  if (opens) return shut ? { axis, path: line } : undefined
  const path = shut || line.length === depth ? line.slice(0, -1) : line
  return path.length > 0 ? { axis, path } : undefined
}
