import type {
  CrosstabArrangement,
  CrosstabLayout,
} from '../../shared/query/crosstab/crosstab-layout.ts'
import { folding } from '../../shared/query/crosstab/folds.ts'
import { crosstabLayout } from '../../shared/query/crosstab/crosstab-layout.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { HeadCell } from '../../shared/query/crosstab/edge-layout.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { CrosstabMeasure } from '../ui/cell-text.ts'
import { cellText } from '../ui/cell-text.ts'
import { textWidth } from '../ui/text-width.ts'

/** Everything a crosstab draws, laid out once per answer: heads of both edges and the widths of columns. */
export interface CrosstabView extends CrosstabLayout {
  readonly result: QueryResult
  readonly measures: readonly CrosstabMeasure[]
  /** Head rows: the levels of the columns. */
  readonly headRows: number
  /** Value columns: the lines of the columns. */
  readonly width: number
  /** Value columns of the grand total at the end, which stay in view while the others scroll. */
  readonly totals: number
  readonly headWidths: readonly number[]
  /** Whether a group of an edge is put away. */
  readonly isFolded: Readonly<Record<'rows' | 'columns', (path: readonly Member[]) => boolean>>
  readonly columnWidth: number
}

/** Names of the dimensions down the rows, and the same with those across. */
export interface Corner {
  readonly down: readonly string[]
  readonly all: readonly string[]
}

export const rowHeight = 26
const pixelsPerCharacter = 7.4
/** What `.crosstab-fold` takes of a line. */
const foldSign = 14
const sampled = 400

export function crosstabView(
  result: QueryResult,
  measures: readonly CrosstabMeasure[],
  captionOf: (head: HeadCell, axis: 'rows' | 'columns') => string,
  corner: Corner,
  locale: 'zh-CN' | 'en',
  arranged?: CrosstabArrangement,
): CrosstabView {
  const layout = crosstabLayout(result, arranged)
  const { rows, columns } = layout
  return {
    ...layout,
    result,
    measures,
    headRows: columns.levels,
    width: columns.lines.length,
    totals: totalsAtEnd(columns.lines),
    isFolded: { rows: folding(arranged?.folds?.rows), columns: folding(arranged?.folds?.columns) },
    headWidths: rows.heads.map((heads, level) => {
      const captions = heads.slice(0, sampled).map((head) => captionOf(head, 'rows'))
      const corners = pixels([cornerCaption(corner, level, widestCorner)], 64, 280)
      // Groups have the sign that puts them away before their name.
      const sign = level < rows.heads.length - 1 ? foldSign : 0
      return Math.max(corners, pixels(captions, 64, 280) + sign)
    }),
    columnWidth: pixels(
      [
        ...(columns.heads.at(-1) ?? []).slice(0, sampled).map((head) => captionOf(head, 'columns')),
        ...sampleCells(result, measures, locale),
      ],
      72,
      200,
    ),
  }
}

/** Lines of the grand total that end an edge; none where all lines are of it. */
function totalsAtEnd(lines: CrosstabView['columns']['lines']): number {
  const before = lines.findLastIndex((kind) => kind !== 'grandTotal')
  return before < 0 ? 0 : lines.length - 1 - before
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

/** Heads of one level that cover any line from `first` to `last`; they stand in the order of their lines. */
export function headsWithin(
  heads: readonly HeadCell[],
  first: number,
  last: number,
): readonly HeadCell[] {
  let [low, high] = [0, heads.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const { start = 0, span = 0 } = heads[middle] ?? {}
    if (start + span <= first) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < heads.length && (heads[end]?.start ?? 0) <= last) end++
  return heads.slice(low, end)
}
