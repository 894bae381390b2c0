/** What would make a crosstab or chart small enough: each offer is a command that can be undone. */
import { isTemporal } from '../data/field.ts'
import type { Grain } from '../data/grain.ts'
import type { Block } from './blocks/block.ts'
import { fieldOf } from './captions.ts'
import type { Command } from './commands/commands.ts'
import type { FieldUse } from './field-use.ts'
import { fieldNameOf } from './field-use.ts'
import type { Report } from './report.ts'
import { allPills, pillsOf } from './shelves.ts'

/** Lines of each edge; what they are is known before the numbers are asked. */
export interface EdgeSizes {
  readonly rows: number
  readonly columns: number
}

export type SizeOffer = {
  readonly field: string
  readonly command: Command
} & (
  | { readonly kind: 'top'; readonly count: number }
  | { readonly kind: 'grain'; readonly grain: Grain }
  | { readonly kind: 'remove' }
)

const keptCount = 20

/** The next coarser periods; parts of periods and kinds of days are few already. */
const coarser: Partial<Record<Grain, Grain>> = {
  ...{ hour: 'day', day: 'month', week: 'month', month: 'year', quarter: 'year' },
  ...{ fiscalWeek: 'fiscalPeriod', fiscalPeriod: 'fiscalYear', fiscalQuarter: 'fiscalYear' },
  januaryWeek: 'month',
}

/** At most one of each kind, for the fields of the longer edge first. */
export function sizeOffers(report: Report, block: Block, sizes: EdgeSizes): SizeOffer[] {
  const dimensions = dimensionsOf(block, sizes)
  const inner = dimensions.toReversed()
  const isDate = (use: FieldUse): boolean => {
    const type = fieldOf(report, use.field)?.type
    return type !== undefined && isTemporal(type)
  }
  const measure = allPills(block).find(({ use }) => use.aggregate !== undefined)?.use
  const cut = inner.find((use) => !isDate(use) && !use.top)
  const dated = dimensions.find((use) => isDate(use) && coarser[use.grain ?? 'day'])
  const grain = dated && coarser[dated.grain ?? 'day']
  const [innermost] = inner
  return [
    ...(cut && measure ? [topOffer(block, cut, measure)] : []),
    ...(dated && grain ? [grainOffer(block, dated, grain)] : []),
    ...(innermost && dimensions.length > 1 ? [removeOffer(block, innermost)] : []),
  ]
}

/** Those of the longer edge last, so that the innermost of them is met first from the end. */
function dimensionsOf(block: Block, sizes: EdgeSizes): FieldUse[] {
  if (block.kind !== 'crosstab') {
    return allPills(block).flatMap(({ use }) => (use.aggregate === undefined ? [use] : []))
  }
  const [rows, columns] = [pillsOf(block, 'rows') ?? [], pillsOf(block, 'columns') ?? []]
  return sizes.rows >= sizes.columns ? [...columns, ...rows] : [...rows, ...columns]
}

const topOffer = (block: Block, use: FieldUse, measure: FieldUse): SizeOffer => ({
  ...{ kind: 'top', field: fieldNameOf(use.field), count: keptCount },
  command: {
    name: 'shelf.changePill',
    args: {
      ...{ block: block.id, pill: use.id, clear: [] },
      set: { top: { count: keptCount, pill: measure.id, direction: 'highest', others: true } },
    },
  },
})

const grainOffer = (block: Block, use: FieldUse, grain: Grain): SizeOffer => ({
  ...{ kind: 'grain', field: fieldNameOf(use.field), grain },
  command: {
    name: 'shelf.changePill',
    args: { block: block.id, pill: use.id, set: { grain }, clear: [] },
  },
})

const removeOffer = (block: Block, use: FieldUse): SizeOffer => ({
  ...{ kind: 'remove', field: fieldNameOf(use.field) },
  command: { name: 'shelf.removePill', args: { block: block.id, pill: use.id } },
})
