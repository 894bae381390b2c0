import type { EdgeLayout, HeadCell } from '../../shared/query/crosstab/edge-layout.ts'
import { edgeLayout } from '../../shared/query/crosstab/edge-layout.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { CrosstabMeasure } from '../ui/cell-text.ts'
import { cellText } from '../ui/cell-text.ts'
import { textWidth } from '../ui/text-width.ts'

/** Everything a crosstab draws, laid out once per answer: heads of both edges and the widths of columns. */
export interface CrosstabView {
  readonly result: QueryResult
  readonly rows: EdgeLayout
  readonly columns: EdgeLayout
  readonly measures: readonly CrosstabMeasure[]
  /** Head rows: column levels, and one for the measures where several stand side by side. */
  readonly headRows: number
  readonly measureRow: boolean
  readonly bare: boolean
  /** Value columns: column lines times measures. */
  readonly width: number
  /** Value columns of the grand total at the end, which stay in view while the others scroll. */
  readonly totals: number
  readonly headWidths: readonly number[]
  readonly columnWidth: number
}

/** Names of the dimensions down the rows, and the same with those across. */
export interface Corner {
  readonly down: readonly string[]
  readonly all: readonly string[]
}

export const rowHeight = 26
const pixelsPerCharacter = 7.4
const sampled = 400

export function crosstabView(
  result: QueryResult,
  measures: readonly CrosstabMeasure[],
  captionOf: (head: HeadCell, axis: 'rows' | 'columns') => string,
  corner: Corner,
  locale: 'zh-CN' | 'en',
): CrosstabView {
  const rows = edgeLayout(result.rows)
  const columns = edgeLayout(result.columns)
  const bare = result.columns.fields.length === 0
  const measureRow = bare || measures.length > 1
  return {
    result,
    rows,
    columns,
    measures,
    bare,
    measureRow,
    headRows: (bare ? 0 : columns.levels) + (measureRow ? 1 : 0),
    width: result.columns.paths.length * measures.length,
    totals: columns.lines.length > 1 && columns.lines.at(-1) === 'grandTotal' ? measures.length : 0,
    headWidths: rows.heads.map((heads, level) =>
      pixels(
        [
          cornerCaption(corner, level, widestCorner),
          ...heads.slice(0, sampled).map((head) => captionOf(head, 'rows')),
        ],
        64,
        280,
      ),
    ),
    columnWidth: pixels(
      [
        ...(measureRow ? measures.map(({ caption }) => caption) : []),
        ...(columns.heads.at(-1) ?? []).slice(0, sampled).map((head) => captionOf(head, 'columns')),
        ...sampleCells(result, measures, locale),
      ],
      72,
      200,
    ),
  }
}

/** Names of the dimensions across make the corner wider up to here: beyond, the numbers need the room more. */
const widestCorner = 140

/** What a corner cell of `width` pixels says: the dimensions across as well as the one down where they fit. */
export function cornerCaption({ down, all }: Corner, level: number, width: number): string {
  const whole = all[level] ?? ''
  return pixels([whole], 0, Infinity) <= width ? whole : (down[level] ?? '')
}

function pixels(texts: readonly string[], least: number, most: number): number {
  const widest = texts.reduce((width, text) => Math.max(width, textWidth(text)), 0)
  return Math.round(Math.min(most, Math.max(least, widest * pixelsPerCharacter + 20)))
}

/** The largest numbers are mostly in the totals, which stand last: samples come from both ends. */
function sampleCells(
  result: QueryResult,
  measures: readonly CrosstabMeasure[],
  locale: 'zh-CN' | 'en',
): string[] {
  const count = result.rows.paths.length * result.columns.paths.length
  const places = Array.from({ length: Math.min(count, sampled) }, (_, n) => [
    n,
    count - 1 - n,
  ]).flat()
  return measures.flatMap((measure, index) =>
    places.map((place) => cellText(result, measure, index, place, locale)),
  )
}

/** Where a head of the columns stands: value columns from `start`, over `span`. */
export function columnSpan(head: HeadCell, measures: number): { start: number; span: number } {
  return { start: head.start * measures, span: head.span * measures }
}

/** What of the value columns is in view, in pixels from the first one's left edge. */
export interface ValueWindow {
  readonly from: number
  readonly to: number
}

const cellSide = 8

/** Which side of a value is out of view, if any: half a number reads like another one, so it is not shown at all. */
export function cutSide(
  column: number,
  shown: string,
  { columnWidth }: Pick<CrosstabView, 'columnWidth'>,
  { from, to }: ValueWindow,
): 'left' | 'right' | undefined {
  const end = (column + 1) * columnWidth - cellSide
  if (end > to) return 'right'
  return end - textWidth(shown) * pixelsPerCharacter < from ? 'left' : undefined
}

/** Whether the total is held in view: wherever not all columns fit, unless no other would be seen whole beside it. */
export function keepsTotal(view: CrosstabView, left: number, frame: number): boolean {
  const fits = left + view.width * view.columnWidth <= frame
  return view.totals > 0 && !fits && left + (view.totals + 1) * view.columnWidth <= frame
}
