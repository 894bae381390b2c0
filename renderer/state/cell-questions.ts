import type { Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { AxisField, ReportQuery } from '../../shared/query/report-query.ts'
import { baseMeasure } from '../../shared/query/report-query.ts'
import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Filter } from '../../shared/query/filter.ts'
import type { Axis } from '../../shared/query/show-as.ts'
import type { CrosstabBlock } from '../../shared/report/blocks/crosstab-block.ts'
import type { Command } from '../../shared/report/commands/commands.ts'

/** The Others a cell stands on, if any: innermost last member of a path. */
export function othersOf(cell: CellAddress): { axis: Axis; path: readonly Member[] } | undefined {
  for (const [axis, path] of [
    ['rows', cell.row],
    ['columns', cell.column],
  ] as const) {
    const at = path.lastIndexOf(othersMember)
    if (at >= 0) return { axis, path: path.slice(0, at + 1) }
  }
  return undefined
}

/** The question for the members of an Others: the same measures, without those that have a line of their own. */
export function othersQuestion(
  query: ReportQuery,
  result: QueryResult,
  { axis, path }: { readonly axis: Axis; readonly path: readonly Member[] },
): ReportQuery | undefined {
  const use = query[axis][path.length - 1]
  // Of an Others within an Others the outer one's members are no filter of one parent.
  if (!use?.top || path.slice(0, -1).includes(othersMember)) return undefined
  const parent = path.slice(0, -1)
  const beside = result[axis].paths.flatMap((line) =>
    line.length === path.length && JSON.stringify(line.slice(0, -1)) === JSON.stringify(parent)
      ? [line.at(-1) ?? null]
      : [],
  )
  const grain = use.grain === undefined ? {} : { grain: use.grain }
  const outer = parent.flatMap((member, index): Filter[] => {
    const above: AxisField | undefined = query[axis][index]
    const of = above?.grain === undefined ? {} : { grain: above.grain }
    return above ? [{ field: above.field, ...of, op: 'in', values: [member] }] : []
  })
  const direction = use.top.direction === 'lowest' ? 'ascending' : 'descending'
  return {
    dataset: query.dataset,
    rows: [
      { field: use.field, ...grain, sort: { by: 'measure', measure: use.top.measure, direction } },
    ],
    columns: [],
    measures: query.measures.map(baseMeasure),
    filters: [
      ...query.filters,
      ...outer,
      {
        field: use.field,
        ...grain,
        op: 'notIn',
        values: [...new Set(beside)].filter((member) => member !== othersMember),
      },
    ],
    totals: { rows: 'none', columns: 'none' },
  }
}

/** Sorts every level of the rows by what stands in the cell's column. */
export function sortByColumn(
  block: CrosstabBlock,
  cell: CellAddress,
  pill: string,
  direction: 'ascending' | 'descending',
): Command[] {
  const at = cell.column.length === 0 ? {} : { at: [...cell.column] }
  return block.shelves.rows.map((use) => ({
    name: 'shelf.changePill',
    args: {
      block: block.id,
      pill: use.id,
      set: { sort: { by: 'measure', pill: pill as never, direction, ...at } },
      clear: [],
    },
  }))
}
