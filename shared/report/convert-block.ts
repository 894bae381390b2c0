import type { Block } from './blocks/block.ts'
import type { Mark } from './blocks/chart-block.ts'
import type { FieldUse } from './field-use.ts'
import { isFormula } from './field-use.ts'
import { newBlock } from './new-block.ts'
import { allPills, draftPills, shelfRules } from './shelves.ts'

export type ConvertTarget =
  | { readonly kind: 'chart'; readonly mark: Mark }
  | { readonly kind: 'crosstab' | 'table' | 'metric' }

/**
 * Turns a block into another kind and keeps what fits: dimensions and measures move to the shelves that take them in
 * the order the inspector shows; what finds no place is dropped (undo brings it back).
 */
export function convertBlock(block: Block, to: ConvertTarget): Block {
  const next = newBlock(to.kind, block.frame, () => block.id)
  if (block.title !== undefined) next.title = block.title
  if (next.kind === 'chart' && to.kind === 'chart') {
    next.mark = to.mark
    if (block.kind === 'chart') copyLook(block, next)
  }
  if ('filters' in next && 'filters' in block) next.filters = block.filters
  if (
    'drillPath' in block &&
    block.drillPath &&
    (next.kind === 'chart' || next.kind === 'crosstab')
  ) {
    next.drillPath = block.drillPath
  }
  placeAll(
    allPills(block).map(({ use }) => use),
    next,
  )
  return next
}

function copyLook(
  from: Extract<Block, { kind: 'chart' }>,
  to: Extract<Block, { kind: 'chart' }>,
): void {
  to.orientation = from.orientation
  to.stacking = from.stacking
  to.legend = from.legend
  to.showLabels = from.showLabels
  to.axisTitles = from.axisTitles
}

function placeAll(uses: readonly FieldUse[], next: Block): void {
  for (const use of uses) {
    const isMeasure = use.aggregate !== undefined
    for (const rule of shelfRules(next)) {
      const pills = draftPills(next, rule.shelf)
      if (!pills || pills.length >= rule.max || rule.shelf === 'tooltip') continue
      if (rule.takes === 'raw') {
        if (isFormula(use)) break
        if (!pills.some((pill) => pill.field === use.field)) pills.push(rawUse(use))
        break
      }
      if (rule.takes === 'any' || (rule.takes === 'measure') === isMeasure) {
        pills.push(use)
        break
      }
    }
  }
}

function rawUse(use: FieldUse): FieldUse {
  const { id, field, format, caption } = use
  return {
    ...{ id, field },
    ...(format === undefined ? {} : { format }),
    ...(caption === undefined ? {} : { caption }),
  }
}
