import type { Member } from '../data/cell-value.ts'
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
}
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
): BlockFilter[] {
  return membersOfCell(report, block, drill, cell).map(({ use, member }) => ({
    field: use.field,
    ...(use.grain === undefined ? {} : { grain: use.grain }),
    op: 'in' as const,
    values: [member],
  }))
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
    const filters = pickFilters(report, block, drill, pick.cell)
    if (filters.length > 0) selections[id] = filters
  }
  return selections
}
