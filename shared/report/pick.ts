import type { Member } from '../data/cell-value.ts'
import { othersMember } from '../data/cell-value.ts'
import type { CellAddress } from '../query/row-list.ts'
import type { BlockFilter } from './block-filter.ts'
import type { Block } from './blocks/block.ts'
import { askedDimensions } from './block-query.ts'
import type { Selections } from './cross-filter.ts'
import { drilledPill, drillPosition } from './drill.ts'
import type { FieldUse } from './field-use.ts'
import type { BoardPage, Report } from './report.ts'
import type { ViewState } from './report-words.ts'

/** What a reader has picked in a block; `asked` names the dimensions it was picked under, so that it dies with them. */
export interface Pick {
  readonly cell: CellAddress
  readonly asked: string
  /** Where Others was picked, by pill: the members that stand beside it. */
  readonly beside?: Beside
}
export type Beside = Readonly<Record<string, readonly Member[]>>
export type Picks = Readonly<Record<string, Pick>>
export type Drill = ViewState['drill']

/** The dimensions a block shows now, after its drill steps. */
export function shownDimensions(report: Report, block: Block, drill: Drill): FieldUse[] {
  const position = drillPosition(report, block, drill)
  return askedDimensions(block).map((use) => (position ? drilledPill(position, use) : use))
}

export function askedKey(report: Report, block: Block, drill: Drill): string {
  return JSON.stringify(
    shownDimensions(report, block, drill).map((use) => [use.id, use.field, use.grain ?? '']),
  )
}

/** Each dimension of a block with the member a cell has on it; dimensions above a subtotal have none. */
export function membersOfCell(
  report: Report,
  block: Block,
  drill: Drill,
  cell: CellAddress,
): { readonly use: FieldUse; readonly member: Member }[] {
  const uses = shownDimensions(report, block, drill)
  const rows = block.kind === 'crosstab' ? block.shelves.rows.length : uses.length
  return uses.flatMap((use, index) => {
    const path = index < rows ? cell.row : cell.column
    const at = index < rows ? index : index - rows
    const member = path[at]
    return member === undefined ? [] : [{ use, member }]
  })
}

export function pickFilters(
  report: Report,
  block: Block,
  drill: Drill,
  cell: CellAddress,
  beside: Beside = {},
): BlockFilter[] {
  return membersOfCell(report, block, drill, cell).map(({ use, member }) => ({
    field: use.field,
    ...(use.grain === undefined ? {} : { grain: use.grain }),
    ...(member === othersMember
      ? { op: 'notIn' as const, values: [...(beside[use.id] ?? [])] }
      : { op: 'in' as const, values: [member] }),
  }))
}

/** For every Others in a cell's paths the members of the answer that stand beside it, under the same parent. */
export function besideOthers(
  report: Report,
  block: Block,
  drill: Drill,
  cell: CellAddress,
  paths: {
    readonly rows: readonly (readonly Member[])[]
    readonly columns: readonly (readonly Member[])[]
  },
): Beside {
  const beside: Record<string, readonly Member[]> = {}
  const uses = shownDimensions(report, block, drill)
  const rows = block.kind === 'crosstab' ? block.shelves.rows.length : cell.row.length
  for (const [index, use] of uses.entries()) {
    const [path, lines, at] =
      index < rows ? [cell.row, paths.rows, index] : [cell.column, paths.columns, index - rows]
    if (path[at] !== othersMember) continue
    const parent = JSON.stringify(path.slice(0, at))
    const members = lines.flatMap((line) =>
      line.length > at && JSON.stringify(line.slice(0, at)) === parent ? [line[at] ?? null] : [],
    )
    beside[use.id] = [...new Set(members)].filter((member) => member !== othersMember)
  }
  return beside
}

/** The filters clicks send on a page; picks made under other dimensions than the block shows now count no more. */
export function selectionsOf(
  report: Report,
  page: BoardPage,
  picks: Picks,
  drill: Drill,
): Selections {
  const selections: Record<string, readonly BlockFilter[]> = {}
  for (const [id, pick] of Object.entries(picks)) {
    const block = page.blocks[id]
    if (!block || askedKey(report, block, drill) !== pick.asked) continue
    const filters = pickFilters(report, block, drill, pick.cell, pick.beside)
    if (filters.length > 0) selections[id] = filters
  }
  return selections
}
