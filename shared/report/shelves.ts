import type { Draft } from 'immer'
import type { Block, BlockKind } from './blocks/block.ts'
import type { Mark } from './blocks/chart-block.ts'
import type { FieldUse } from './field-use.ts'

export type ShelfName =
  'columns' | 'rows' | 'color' | 'size' | 'label' | 'detail' | 'tooltip' | 'values' | 'field'

/** What a shelf takes: `any` takes a dimension or a measure as it comes, `raw` a field without aggregate. */
export interface ShelfRule {
  readonly shelf: ShelfName
  readonly takes: 'dimension' | 'measure' | 'any' | 'raw'
  readonly max: number
}

const rule = (shelf: ShelfName, takes: ShelfRule['takes'], max: number): ShelfRule => ({
  shelf,
  takes,
  max,
})

const cartesian: readonly ShelfRule[] = [
  rule('columns', 'dimension', 3),
  rule('rows', 'measure', 8),
  rule('color', 'dimension', 1),
  rule('tooltip', 'measure', 5),
]

/** Which shelves a mark uses, in the order the inspector shows them. */
const chartShelves: Record<Mark, readonly ShelfRule[]> = {
  bar: cartesian,
  line: cartesian,
  arc: [rule('color', 'dimension', 1), rule('rows', 'measure', 1), rule('tooltip', 'measure', 5)],
  point: [
    rule('columns', 'measure', 1),
    rule('rows', 'measure', 1),
    rule('detail', 'dimension', 2),
    rule('color', 'dimension', 1),
    rule('size', 'measure', 1),
    rule('tooltip', 'measure', 5),
  ],
}

const blockShelves: Record<Exclude<BlockKind, 'chart'>, readonly ShelfRule[]> = {
  crosstab: [
    rule('rows', 'dimension', 8),
    rule('columns', 'dimension', 8),
    rule('values', 'measure', 20),
  ],
  table: [rule('columns', 'raw', 60)],
  metric: [rule('values', 'measure', 1)],
  filter: [rule('field', 'dimension', 1)],
  text: [],
  image: [],
  parameter: [],
}

export function shelfRules(
  block: Pick<Block, 'kind'> & { readonly mark?: Mark },
): readonly ShelfRule[] {
  return block.kind === 'chart' ? chartShelves[block.mark ?? 'bar'] : blockShelves[block.kind]
}

/** The pills of a shelf, or nothing when this kind of block has no such shelf. */
export function pillsOf(block: Block, shelf: ShelfName): readonly FieldUse[] | undefined {
  return shelfRecord(block)[shelf]
}

/** The same list inside an immer draft, to be changed by commands only. */
export function draftPills(block: Draft<Block>, shelf: ShelfName): FieldUse[] | undefined {
  return shelfRecord(block)[shelf]
}

export function allPills(block: Block): readonly { shelf: ShelfName; use: FieldUse }[] {
  return shelfRules(block).flatMap(({ shelf }) =>
    (shelfRecord(block)[shelf] ?? []).map((use) => ({ shelf, use })),
  )
}

function shelfRecord(block: Block): Partial<Record<ShelfName, FieldUse[]>> {
  return 'shelves' in block ? block.shelves : {}
}
