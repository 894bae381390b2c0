import { expect, it } from 'vitest'
import { pillCaption } from '../../../shared/report/captions.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { runQuery } from '../../../electron/engine/query/run-query.ts'
import type { QueryRunner } from '../../../electron/engine/query/query-runner.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import { extractEngine } from '../../support/query-engines.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { byMonth, sales, tinyTable, tinyValues } from '../../support/tiny-engines.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../../support/tiny-sales.ts'

const members = { field: 'member', aggregate: 'countDistinct', as: 'members' } as const

it('Others is the function over the union of the remaining rows, last, and totals are unchanged', async () => {
  const table = await tinyTable({
    rows: [{ field: 'shop', top: { count: 2, measure: 'sales', others: true } }],
    measures: [sales, members],
    totals: { rows: 'grand' },
  })
  // Largest: A 60, then D before E (both 50, by caption). Others: B 10, C 30, E 50, F 0, G 25 with m1, m2, m4.
  expect(table).toEqual({
    A: { Total: [60, 2] },
    D: { Total: [50, 1] },
    Others: { Total: [115, 3] },
    Total: { Total: [225, 4] },
  })
})

it('per parent, the smallest too; a parent with no more members has no Others', async () => {
  const values = await tinyValues({
    rows: [
      { field: 'region' },
      { field: 'shop', top: { count: 1, measure: 'sales', direction: 'lowest', others: true } },
    ],
    measures: [sales],
    totals: { rows: 'all' },
  })
  expect(values).toEqual({
    ...{ 'East/B': 10, 'East/Others': 90, East: 100 },
    ...{ 'North/F': 0, North: 0, 'West/D': 50, 'West/Others': 50, West: 100 },
    ...{ '(blank)/G': 25, '(blank)': 25, Total: 225 },
  })
})

it('without Others a top is a filter: totals cover what is left, and the caption says so', async () => {
  const values = await tinyValues({
    rows: [{ field: 'shop', top: { count: 2, measure: 'sales' } }],
    measures: [sales],
    totals: { rows: 'grand' },
  })
  expect(values).toEqual({ A: 60, D: 50, Total: 110 })
  const use = { id: 'pl_aaaaaaaa', field: 'sl_aaaaaaaa.shop' }
  const top = { count: 2, pill: 'pl_bbbbbbbb' }
  const en = textIn('en')
  expect(pillCaption({ ...use, top }, en)).toBe('shop (top 2)')
  expect(pillCaption({ ...use, top: { ...top, others: true } }, en)).toBe('shop (top 2 and others)')
})

it('ranked in a chosen column, after the filters', async () => {
  const table = await tinyTable({
    rows: [{ field: 'shop', top: { count: 1, measure: 'sales', at: ['2025-02'], others: true } }],
    columns: [...byMonth],
    measures: [sales],
    totals: { rows: 'grand', columns: 'grand' },
  })
  // In February E sold most.
  expect(Object.keys(table)).toEqual(['E', 'Others', 'Total'])
  expect(table['Others']).toEqual({ '2025-01': 110, '2025-02': 20, '2025-03': 45, Total: 175 })
})

it('an inner top ranks below Others as below any parent', async () => {
  const values = await tinyValues({
    rows: [
      { field: 'region', top: { count: 1, measure: 'sales', others: true } },
      { field: 'shop', top: { count: 1, measure: 'sales', others: true } },
    ],
    measures: [sales],
    totals: { rows: 'all' },
  })
  expect(values).toEqual({
    ...{ 'East/A': 60, 'East/Others': 40, East: 100 },
    ...{ 'Others/D': 50, 'Others/Others': 75, Others: 125, Total: 225 },
  })
})

it('is asked of an extract by codes, parents too, so that no row looks its text up', async () => {
  const engine = await extractEngine(tempFolder(), tinyFields, tinyRows, tinyLastDay)
  const texts: string[] = []
  const runner: QueryRunner = {
    run: (target, statement, signal) => {
      texts.push(statement.text)
      return engine.tools.runner.run(target, statement, signal)
    },
  }
  const query = ReportQuery.parse({
    dataset: 'sales',
    rows: [
      { field: 'region' },
      { field: 'shop', top: { count: 1, measure: 'sales', others: true } },
    ],
    measures: [sales],
  })
  const { signal } = new AbortController()
  const answer = await runQuery(query, engine.catalog, { ...engine.tools, runner }, signal)
  expect(answer.ok).toBe(true)
  const overRows = texts.filter((text) => text.includes('count(*)'))
  expect(overRows.length).toBeGreaterThan(1)
  for (const text of overRows) expect(text).not.toContain('dict_')
})
