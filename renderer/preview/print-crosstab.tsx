import type { EdgeLayout, HeadCell } from '../../shared/query/crosstab/edge-layout.ts'
import type { CrosstabArrangement } from '../../shared/query/crosstab/crosstab-layout.ts'
import { crosstabLayout } from '../../shared/query/crosstab/crosstab-layout.ts'
import type { Slice } from '../../shared/layout/paginate.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { TintOf } from '../../shared/report/crosstab-tint.ts'
import { tintStyle } from '../ui/tint-style.ts'
import type { CrosstabMeasure } from '../ui/cell-text.ts'
import { cellText } from '../ui/cell-text.ts'

interface Props {
  readonly result: QueryResult
  readonly slice: Slice
  readonly measures: readonly CrosstabMeasure[]
  readonly rowCaptions: readonly string[]
  readonly captionOf: (head: HeadCell, axis: 'rows' | 'columns') => string
  readonly arranged: CrosstabArrangement
  readonly tintOf: TintOf
  readonly locale: 'zh-CN' | 'en'
}

/** A head cut to the lines a part prints; it is named again on every part it reaches into. */
function clipped(
  head: HeadCell,
  from: number,
  to: number,
): { head: HeadCell; span: number; start: number } | null {
  const start = Math.max(head.start, from)
  const end = Math.min(head.start + head.span, to)
  return end > start ? { head, start, span: end - start } : null
}

function within(layout: EdgeLayout, level: number, from: number, to: number) {
  return (layout.heads[level] ?? []).flatMap((head) => clipped(head, from, to) ?? [])
}

/** Some rows and columns of a crosstab as a plain table, heads repeated. */
export function PrintCrosstab(props: Props) {
  const { result, slice, measures, rowCaptions, captionOf, locale } = props
  const { rows, columns, cellAt } = crosstabLayout(result, props.arranged)
  const lines = Array.from(
    { length: slice.toColumn - slice.fromColumn },
    (_, n) => slice.fromColumn + n,
  )
  const corner = Array.from({ length: rows.levels }, (_, level) => (
    <th key={level} scope="col" rowSpan={columns.levels}>
      {rowCaptions[level] ?? ''}
    </th>
  ))
  const levels = columns.heads.map((_heads, level) => level)
  return (
    <table className="print-table">
      <thead>
        {levels.map((level) => (
          <tr key={level}>
            {level === 0 && corner}
            {within(columns, level, slice.fromColumn, slice.toColumn).map(
              ({ head, start, span }) => (
                <th
                  key={start}
                  scope="colgroup"
                  colSpan={span}
                  rowSpan={head.levels}
                  data-kind={head.kind}
                  data-numeric={head.kind === 'measure' && span === 1 ? true : undefined}
                >
                  {captionOf(head, 'columns')}
                </th>
              ),
            )}
          </tr>
        ))}
      </thead>
      <tbody>
        {Array.from({ length: slice.toRow - slice.fromRow }, (_, n) => slice.fromRow + n).map(
          (row) => (
            <tr key={row} data-kind={rows.lines[row]}>
              {rows.heads.map((_heads, level) => {
                const found = within(rows, level, slice.fromRow, slice.toRow).find(
                  ({ start }) => start === row,
                )
                return found ? (
                  <th
                    key={level}
                    scope="row"
                    rowSpan={found.span}
                    colSpan={found.head.levels}
                    data-kind={found.head.kind}
                  >
                    {captionOf(found.head, 'rows')}
                  </th>
                ) : null
              })}
              {lines.map((line) => {
                const { measure, place } = cellAt(row, line)
                const look = measures[measure]
                return (
                  <td
                    key={line}
                    data-numeric
                    data-kind={columns.lines[line]}
                    style={tintStyle(props.tintOf(measure, place))}
                  >
                    {look && cellText(result, look, measure, place, locale)}
                  </td>
                )
              })}
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}
