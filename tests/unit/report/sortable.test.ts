import { expect, it } from 'vitest'
import { CrosstabBlock } from '../../../shared/report/blocks/crosstab-block.ts'
import type { FieldUse } from '../../../shared/report/field-use.ts'
import { newReport } from '../../../shared/report/new-report.ts'
import { canSortBy } from '../../../shared/report/sortable.ts'

const slot = 'sl_aaaaaaaa'
const field = (name: string): string => `${slot}.${name}`
const formula = (id: string, text: string) => ({
  ...{ id, slot, name: id, kind: 'cells' as const, type: 'double' as const, text },
})
const texts = {
  share: '[Sales] / PARENT([Sales])',
  before: '[Sales] - PREVIOUS([Sales], "rows")',
  across: '[Sales] - PREVIOUS([Sales], "columns")',
  through: '[before] * 2',
}
let made = 0
const report = {
  ...newReport('t', 'p', (kind: string) => `${kind}_${String(made++).padStart(8, '0')}`),
  formulas: Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`fm_${name}`, { ...formula(`fm_${name}`, text), name }]), // prettier-ignore
  ),
}
const uses: FieldUse[] = [
  { id: 'pl_amount00', field: field('amount'), aggregate: 'sum', caption: 'Sales' },
  ...Object.keys(texts).map((name) => ({
    ...{ id: `pl_${name}`, field: field(name), aggregate: 'cells' as const },
  })),
]
const block = CrosstabBlock.parse({
  ...{ id: 'bk_aaaaaaaa', kind: 'crosstab', frame: { x: 0, y: 0, w: 8, h: 8 }, filters: [] },
  overflow: 'continue',
  shelves: {
    rows: [{ id: 'pl_region00', field: field('region') }],
    columns: [{ id: 'pl_month000', field: field('day'), grain: 'month' }],
    values: uses,
  },
  totals: { rows: 'all', columns: 'grand' },
})
const context = { bindings: { [slot]: 'ds_sales' }, reachable: () => true }
const offered = (pills: string[]): string[] =>
  uses.filter((use) => canSortBy(report as never, block, pills, use, context)).map(({ id }) => id)

it('lines are not sorted by what reads the lines before or after on the same edge', () => {
  expect(offered(['pl_region00'])).toEqual(['pl_amount00', 'pl_share', 'pl_across'])
  expect(offered(['pl_month000'])).toEqual(['pl_amount00', 'pl_share', 'pl_before', 'pl_through'])
})
