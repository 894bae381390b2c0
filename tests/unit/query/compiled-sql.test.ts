/** The statements of everyday questions, word for word: wider models must not make them slower. */
import { expect, test } from 'vitest'
import { planQuery } from '../../../electron/engine/query/plan.ts'
import type {
  QueryCatalog,
  QueryDataset,
  QueryField,
} from '../../../electron/engine/query/query-catalog.ts'
import { resolve } from '../../../electron/engine/query/resolve.ts'
import { dialectOf } from '../../../electron/engine/query/query-tools.ts'
import { print } from '../../../electron/engine/sql/printer.ts'
import type { ReportQueryInput } from '../../../shared/query/report-query.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'

const field = (
  index: number,
  name: string,
  type: QueryField['type'],
  role: QueryField['role'] = 'dimension',
): QueryField => ({
  ...{ index, name, type, role, wide: false, distinct: type === 'text' ? 40 : -1 },
  ...{ scale: type === 'decimal' ? 2 : 0, coded: type === 'text' },
})

const dataset = (
  name: string,
  fields: readonly QueryField[],
  storage: QueryDataset['storage'],
): QueryDataset => ({
  ...{ id: `ds_${name}`, name, version: 1, rows: 1000, dataAsOf: '2026-01-01T00:00:00Z' },
  ...{ lastDay: 20_000, fields, storage },
})

const sales = [
  field(0, 'region', 'text'),
  field(1, 'shop', 'text', 'identifier'),
  field(2, 'sold_at', 'date'),
  field(3, 'amount', 'decimal', 'measure'),
]
const extract = (alias: string) => ({ kind: 'extract' as const, alias, path: `/${alias}` })
const catalog: QueryCatalog = {
  datasets: [
    dataset('sales', sales, extract('sales_v1')),
    dataset('shops', [field(0, 'code', 'text'), field(1, 'zone', 'text')], extract('shops_v1')),
    dataset('live', sales, { kind: 'live', path: '/live.sqlite', table: 'sales' }),
  ],
  relations: [
    {
      id: 'rel_1',
      from: { dataset: 'ds_sales', fields: ['shop'] },
      to: { dataset: 'ds_shops', fields: ['code'] },
      map: { alias: 'rel_1_map', path: '/map' },
    },
  ],
}

const total = { field: 'amount', aggregate: 'sum', as: 'sales' } as const
const questions: Readonly<Record<string, ReportQueryInput>> = {
  total: { dataset: 'sales', measures: [total] },
  'by region and month': {
    dataset: 'sales',
    rows: [{ field: 'region' }],
    columns: [{ field: 'sold_at', grain: 'month' }],
    measures: [total, { field: 'shop', aggregate: 'countDistinct', as: 'shops' }],
    totals: { rows: 'all', columns: 'grand' },
  },
  'by a field of a related dataset': {
    dataset: 'sales',
    rows: [{ field: 'shops.zone' }],
    measures: [total, { field: 'amount', aggregate: 'median', as: 'middle' }],
    filters: [{ field: 'shops.code', op: 'notBlank' }],
    totals: { rows: 'grand' },
  },
  live: { dataset: 'live', rows: [{ field: 'region' }], measures: [total] },
}

test('the SQL of simple questions stays as it is', async () => {
  const printed = Object.entries(questions).map(([name, question]) => {
    const resolved = resolve(ReportQuery.parse(question), catalog)
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.error))
    const plan = planQuery(resolved.value, {
      ...{ clock: { today: 20_000 }, maxGroups: 500, maxBitBytes: 1_000_000, members: [] },
    })
    return [plan.leaf, ...plan.levels.map(({ select }) => select)]
      .map((node) => `-- ${name}\n${print(node, dialectOf(resolved.value)).text}\n`)
      .join('\n')
  })
  await expect(printed.join('\n')).toMatchFileSnapshot('compiled-sql.txt')
})
