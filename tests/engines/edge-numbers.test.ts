import { describe, expect, it } from 'vitest'
import type { Field } from '../../shared/data/field.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { RowLists } from '../../electron/engine/query/row-lists.ts'
import type { BuiltField } from '../support/build-extract.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import { extractEngine, liveEngine, plainCells } from '../support/query-engines.ts'
import type { Row } from '../support/reference-pivot.ts'
import { tempFolder } from '../support/temp-folder.ts'

const lastDay = '2025-12-31'

async function answered(engine: TestedEngine, asked: ReportQueryInput) {
  const answer = await engine.ask(asked)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

const rowsOf = async (engine: TestedEngine, asked: ReportQueryInput) =>
  (await answered(engine, asked)).rows.paths.map(([member]) => member)

describe('decimals that no double holds', () => {
  const fields: readonly BuiltField[] = [
    { name: 'shop', type: 'text', role: 'dimension' },
    { name: 'price', type: 'decimal', role: 'measure', scale: 2, wide: true },
  ]
  const prices = [
    '123456789012345678901234.01',
    '123456789012345678901234.02',
    '90071992547409.93',
    '-123456789012345678901234.01',
    '-5.00',
    '-123456789012345678901234.02',
    '3.10',
  ]
  const rows: readonly Row[] = prices.map((price, n) => ({ shop: `S${n}`, price }))
  const sum = { field: 'price', aggregate: 'sum', as: 'sum' } as const

  it('are members in their own order, each as it is written', async () => {
    const engine = await extractEngine(tempFolder(), fields, rows, lastDay)
    expect(await rowsOf(engine, { dataset: 'sales', rows: [{ field: 'price' }] })).toEqual([
      '-123456789012345678901234.02',
      '-123456789012345678901234.01',
      -5,
      3.1,
      '90071992547409.93',
      '123456789012345678901234.01',
      '123456789012345678901234.02',
    ])
  })

  it('are found by a filter and by the rows behind a member, and counted apart', async () => {
    const engine = await extractEngine(tempFolder(), fields, rows, lastDay)
    const found = await answered(engine, {
      dataset: 'sales',
      rows: [{ field: 'shop' }],
      measures: [{ field: 'price', aggregate: 'countDistinct', as: 'prices' }, sum],
      filters: [
        { field: 'price', op: 'in', values: ['123456789012345678901234.02', 3.1, '-5.00'] },
      ],
    })
    expect(found.rows.paths).toEqual([['S1'], ['S4'], ['S6']])
    const query = ReportQuery.parse({ dataset: 'sales', rows: [{ field: 'price' }] })
    const cell = { row: ['123456789012345678901234.01'], column: [] }
    const list = await new RowLists(engine.tools).open(
      { query, cell, fields: ['shop', 'price'], sort: [], limit: 10 },
      engine.catalog,
      new AbortController().signal,
    )
    if (!list.ok) throw new Error(JSON.stringify(list.error))
    expect(list.value.page.columns.map(({ values }) => [...values])).toEqual([
      ['S0'],
      ['123456789012345678901234.01'],
    ])
  })

  it('are told apart by ranges, sorts and top-N', async () => {
    const engine = await extractEngine(tempFolder(), fields, rows, lastDay)
    const asked = { dataset: 'sales', measures: [sum] }
    const over = await rowsOf(engine, {
      ...asked,
      rows: [{ field: 'shop' }],
      filters: [{ field: 'price', op: 'range', from: '123456789012345678901234.02' }],
    })
    expect(over).toEqual(['S1'])
    const sort = { by: 'measure', measure: 'sum', direction: 'descending' } as const
    const sorted = await rowsOf(engine, { ...asked, rows: [{ field: 'shop', sort }] })
    expect(sorted).toEqual(['S1', 'S0', 'S2', 'S6', 'S4', 'S3', 'S5'])
    const top = { count: 1, measure: 'sum' } as const
    expect(await rowsOf(engine, { ...asked, rows: [{ field: 'shop', top }] })).toEqual(['S1'])
    const list = await new RowLists(engine.tools).open(
      {
        query: ReportQuery.parse({ dataset: 'sales' }),
        fields: ['shop'],
        sort: [{ field: 'price', direction: 'descending' }],
        limit: 10,
      },
      engine.catalog,
      new AbortController().signal,
    )
    if (!list.ok) throw new Error(JSON.stringify(list.error))
    expect(list.value.page.columns[0]?.values).toEqual(['S1', 'S0', 'S2', 'S6', 'S4', 'S3', 'S5'])
  })
})

const plainFields: readonly Field[] = [
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'paid_at', type: 'timestamp', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'weight', type: 'double', role: 'measure' },
  { name: 'points', type: 'integer', role: 'measure' },
]
const sale = (shop: string, more: Row): Row => ({ shop, ...more })

describe.each([
  ['an extract', extractEngine],
  ['live SQLite', liveEngine],
] as const)('numbers of %s', (_name, open) => {
  it('top-N by the latest date keeps the shops that sold last', async () => {
    const rows = [
      sale('A', { sold_at: '2025-01-05', paid_at: '2025-01-05T10:00:00' }),
      sale('B', { sold_at: '2025-03-01', paid_at: '2025-03-01T08:00:00' }),
      sale('C', { sold_at: '2025-03-01', paid_at: '2025-03-01T09:00:00' }),
      sale('D', {}),
    ]
    const engine = await open(tempFolder(), plainFields, rows, lastDay)
    const latest = async (field: string, count: number) => {
      const found = await answered(engine, {
        dataset: 'sales',
        rows: [{ field: 'points' }, { field: 'shop', top: { count, measure: 'latest' } }],
        measures: [{ field, aggregate: 'max', as: 'latest' }],
      })
      return found.rows.paths.map((path) => path.at(-1))
    }
    expect(await latest('sold_at', 2)).toEqual(['B', 'C'])
    expect(await latest('paid_at', 1)).toEqual(['C'])
    expect(await latest('sold_at', 4)).toEqual(['A', 'B', 'C', 'D'])
  })

  it('average and median of decimals are the nearest numbers there are', async () => {
    const rows = ['A', 'A', 'A'].map((shop) => sale(shop, { amount: 0.1 }))
    rows.push(sale('B', { amount: 0.1 }), sale('B', { amount: 0.2 }))
    const engine = await open(tempFolder(), plainFields, rows, lastDay)
    const found = await answered(engine, {
      dataset: 'sales',
      rows: [{ field: 'shop' }],
      measures: [
        { field: 'amount', aggregate: 'average', as: 'mean' },
        { field: 'amount', aggregate: 'median', as: 'middle' },
      ],
    })
    expect(plainCells(found)).toEqual([[[0.1, 0.1]], [[0.15, 0.15]]])
  })

  it('a member no row can have keeps none, however close it is', async () => {
    const rows = [sale('A', { amount: 12.35, points: 0 }), sale('B', { amount: 12.34, points: 7 })]
    const engine = await open(tempFolder(), plainFields, rows, lastDay)
    const kept = (field: string, values: (string | number)[]) =>
      rowsOf(engine, {
        dataset: 'sales',
        rows: [{ field: 'shop' }],
        filters: [{ field, op: 'in', values }],
      })
    expect(await kept('amount', [12.345])).toEqual([])
    expect(await kept('amount', [12.35, '12.34'])).toEqual(['A', 'B'])
    expect(await kept('points', [''])).toEqual([])
    expect(await kept('points', ['7'])).toEqual(['B'])
  })
})

it('a bound beyond all whole numbers of an engine is a bound like any other', async () => {
  const rows = [sale('A', { weight: 1e30, points: 1 }), sale('B', { weight: 5.5, points: 2 })]
  const engine = await extractEngine(tempFolder(), plainFields, rows, lastDay)
  const shops = (field: string, from: number) =>
    rowsOf(engine, {
      dataset: 'sales',
      rows: [{ field: 'shop' }],
      filters: [{ field, op: 'range', from }],
    })
  expect(await shops('weight', 1e25)).toEqual(['A'])
  expect(await shops('points', -1e25)).toEqual(['A', 'B'])
})

describe('whole numbers of a live table beyond 2^53', () => {
  it('are members and rows of their own', async () => {
    const folder = tempFolder()
    const { default: Database } = await import('better-sqlite3')
    const engine = liveEngine(folder, plainFields, [], lastDay)
    const { storage } = engine.catalog.datasets[0]!
    const database = new Database(storage.path)
    const add = database.prepare('insert into "sales" (shop, points) values (?, ?)')
    const points = [
      9_007_199_254_740_993n,
      9_007_199_254_740_992n,
      -9_007_199_254_740_995n,
      5n,
      -7n,
    ]
    points.forEach((value, n) => add.run(`S${n}`, value))
    database.close()
    const asked = { dataset: 'sales', rows: [{ field: 'points' }] }
    expect(await rowsOf(engine, asked)).toEqual([
      '-9007199254740995',
      -7,
      5,
      '9007199254740992',
      '9007199254740993',
    ])
    const shops = await rowsOf(engine, {
      dataset: 'sales',
      rows: [{ field: 'shop' }],
      filters: [{ field: 'points', op: 'in', values: ['9007199254740993', -7] }],
    })
    expect(shops).toEqual(['S0', 'S4'])
  })
})
