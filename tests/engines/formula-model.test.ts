/** Formulas beyond one dataset: fields that are looked up, measures of several datasets, other days. */
import { describe, expect, it } from 'vitest'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { RowLists } from '../../electron/engine/query/row-lists.ts'
import { askedFields } from '../../electron/engine/query/resolve-parts.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import { extractEngine, plainCells } from '../support/query-engines.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../support/tiny-sales.ts'

const shops = {
  key: 'shop',
  fields: [
    { name: 'code', type: 'text', role: 'identifier' },
    { name: 'city', type: 'text', role: 'dimension' },
    { name: 'area', type: 'integer', role: 'measure' },
  ] as const,
  rows: [
    { code: 'A', city: 'Hill', area: 10 },
    { code: 'B', city: 'Port', area: 20 },
    { code: 'C', city: 'Hill', area: 30 },
    { code: 'D', city: 'Port', area: 40 },
  ],
}

const fields = tinyFields.map((field) =>
  field.name === 'member' ? { ...field, personal: 'phone' as const } : field,
)

const open = (): Promise<TestedEngine> =>
  extractEngine(tempFolder(), fields, tinyRows, tinyLastDay, shops)

async function values(engine: TestedEngine, asked: Omit<ReportQueryInput, 'dataset'>) {
  const outcome = await engine.ask({ dataset: 'sales', ...asked })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  const cells = plainCells(outcome.value)
  return outcome.value.rows.paths.map((path, row) => [path.at(-1) ?? null, ...(cells[row]?.[0] ?? [])]) // prettier-ignore
}

describe('a formula', () => {
  it('looks fields of a related dataset up for each row', async () => {
    const engine = await open()
    const found = await values(engine, {
      rows: [{ field: 'region' }],
      measures: [
        { aggregate: 'formula', formula: 'SUMIFS([amount], [shops.city] = "Hill")', as: 'hill' },
        // East has four rows, two of them of A.
        { aggregate: 'formula', formula: 'SUM(RELATED([shops.area]))', as: 'areas' },
      ],
      totals: { rows: 'all' },
    })
    expect(found).toEqual([
      ['East', 90, 70],
      ['North', null, null],
      ['West', null, 80],
      [null, null, null],
      [null, 90, 150],
    ])
  })

  it('is a field by what is looked up', async () => {
    const engine = await open()
    const calculated = [{ name: 'place', formula: '[shops.city] & "/" & [shop]' }]
    const measures = [{ field: 'amount', aggregate: 'sum', as: 'sales' }] as const
    const found = await values(engine, {
      rows: [{ field: 'place' }],
      calculated,
      measures: [...measures],
    })
    expect(found).toEqual([
      ...[
        ['/E', 50],
        ['/F', 0],
        ['/G', 25],
      ],
      ...[
        ['Hill/A', 60],
        ['Hill/C', 30],
        ['Port/B', 10],
        ['Port/D', 50],
      ],
    ])
  })

  it('is somebody’s where its values are', async () => {
    const { catalog } = await open()
    const query = ReportQuery.parse({
      dataset: 'sales',
      rows: [{ field: 'who' }, { field: 'known' }],
      calculated: [
        { name: 'who', formula: 'LEFT([member], 1)' },
        { name: 'known', formula: 'IF(ISBLANK([member]), "no", "yes")' },
      ],
      measures: [
        { aggregate: 'formula', formula: 'MAX(LEN([member]))', as: 'length' },
        { aggregate: 'formula', formula: 'COUNT([member]) / DISTINCTCOUNT([member])', as: 'times' },
        { aggregate: 'cells', formula: '[length] + 1', as: 'more' },
      ],
    })
    const asked = askedFields(query, catalog)
    if (!asked.ok) throw new Error(asked.error.code)
    const { rows, measures } = asked.value
    expect(rows.map(({ field }) => field.personal ?? null)).toEqual(['phone', null])
    expect(measures.slice(0, 3).map(({ personal }) => personal ?? null)).toEqual([
      'phone',
      null,
      'phone',
    ])
  })

  it('over shown cells puts measures of two datasets together', async () => {
    const engine = await open()
    const found = await values(engine, {
      rows: [{ field: 'shops.city' }],
      measures: [
        { aggregate: 'cells', formula: '[sales] / [area]', as: 'perArea' },
        { field: 'amount', aggregate: 'sum', as: 'sales', hidden: true },
        { field: 'shops.area', aggregate: 'sum', as: 'area', hidden: true },
      ],
      totals: { rows: 'all' },
    })
    expect(found).toEqual([
      ['Hill', 2.25],
      ['Port', 1],
      [null, null],
      [null, 2.25],
    ])
  })

  it('leads to the rows behind its number', async () => {
    const { catalog, tools } = await open()
    const query = ReportQuery.parse({
      dataset: 'sales',
      rows: [{ field: 'size' }],
      calculated: [{ name: 'size', formula: 'IF([amount] >= 40, "big", "small")' }],
      measures: [{ aggregate: 'formula', formula: 'SUM([amount]) / COUNTROWS()', as: 'mean' }],
    })
    const outcome = await new RowLists(tools).open(
      {
        ...{ query, cell: { row: ['big'], column: [] }, limit: 10 },
        ...{ fields: ['shop', 'size'], sort: [{ field: 'shop', direction: 'descending' }] },
      },
      catalog,
      new AbortController().signal,
    )
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
    const { count, totals, page } = outcome.value
    expect(count).toBe(3)
    expect(page.columns.map(({ values }) => [...values])).toEqual([
      ['E', 'D', 'A'],
      ['big', 'big', 'big'],
    ])
    expect(totals.map(({ values }) => [...values])).toEqual([[50]])
  })

  it('named by others over and over is refused before anything is made of it', async () => {
    const engine = await open()
    const calculated = Array.from({ length: 60 }, (_, n) => ({
      name: `c${n}`,
      formula: n === 0 ? '[score] + [score]' : `[c${n - 1}] + [c${n - 1}]`,
    }))
    const measures = [{ field: 'c59', aggregate: 'sum', as: 's' }]
    const outcome = await engine.ask(ReportQuery.parse({ dataset: 'sales', calculated, measures }))
    expect(outcome.ok ? 'answered' : outcome.error.details['reason']).toBe('tooComplex')
  })

  it('is compared with other days', async () => {
    const engine = await open()
    const found = await values(engine, {
      rows: [{ field: 'day', grain: 'month' }],
      measures: [
        { aggregate: 'formula', formula: 'SUM([amount]) / COUNTROWS()', as: 'mean' },
        {
          ...{ aggregate: 'formula', formula: 'SUM([amount]) / COUNTROWS()', as: 'before' },
          compare: { field: 'day', with: { with: 'previous' } },
        },
        {
          ...{ field: 'amount', aggregate: 'sum', as: 'growth', hidden: true },
          compare: { field: 'day', with: { with: 'previous' }, show: 'percent' },
        },
        { aggregate: 'cells', formula: '[mean] - [before]', as: 'change' },
        { aggregate: 'cells', formula: '[growth] * 100', as: 'percent' },
      ],
    })
    expect(
      found.map((line) =>
        line.slice(1).map((one) => (typeof one === 'number' ? Number(one.toPrecision(10)) : one)),
      ),
    ).toEqual([
      [36.66666667, null, null, null],
      [23.33333333, 36.66666667, -13.33333333, -36.36363636],
      [11.25, 23.33333333, -12.08333333, -35.71428571],
    ])
  })

  it('dates that a formula gives have no difference, like dates of a field', async () => {
    const engine = await open()
    const measure = (show: 'value' | 'difference' | 'percent') => ({
      ...{ aggregate: 'formula' as const, formula: 'MAX([day])', as: show },
      compare: { field: 'day', with: { with: 'previous' as const }, show },
    })
    const answer = await engine.ask({
      dataset: 'sales',
      measures: [measure('value'), measure('difference'), measure('percent')],
      filters: [{ field: 'day', grain: 'month', op: 'in', values: ['2025-02'] }],
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    expect(plainCells(answer.value)).toEqual([[['2025-01-20', null, null]]])
  })

  it.each([
    [
      {
        rows: [{ field: 'region', top: { count: 1, measure: 'c' } }],
      },
      'rankedByCells',
    ],
    [{ measures: [{ aggregate: 'cells', formula: '[c] + 1', as: 'c' }] }, 'cellsInCircle'],
    [{ measures: [{ aggregate: 'formula', formula: 'SUM([amuont])', as: 'c' }] }, 'unknown'],
    [
      { measures: [{ aggregate: 'formula', formula: '"a"', as: 'c', blankAs: 'zero' }] },
      'notShownAs',
    ],
    [
      {
        measures: [
          {
            ...{ aggregate: 'formula', formula: 'IF(SUM([amount]) > 30, "a", "b")', as: 'c' },
            compare: { field: 'day', with: { with: 'previous' } },
          },
        ],
      },
      'comparedText',
    ],
    [
      {
        calculated: [
          { name: 'x', formula: '1' },
          { name: 'x', formula: '2' },
        ],
      },
      'sameNameTwice',
    ],
    [
      { rows: [{ field: 'shop' }], calculated: [{ name: 'shop', formula: '1' }] },
      'calculatedNameTaken',
    ],
    [{ rows: [{ field: 'x' }], calculated: [{ name: 'x', formula: '[amount] > "a"' }] }, 'mixed'],
  ] as const)('says what is wrong: %j', async (asked, reason) => {
    const engine = await open()
    const usual = {
      rows: [{ field: 'region' }],
      measures: [
        { field: 'amount', aggregate: 'sum', as: 'sales' },
        { aggregate: 'cells', formula: '[sales] * 2', as: 'c' },
      ],
    }
    const outcome = await engine.ask(ReportQuery.parse({ dataset: 'sales', ...usual, ...asked }))
    expect(outcome.ok ? 'answered' : outcome.error.details['reason']).toBe(reason)
  })
})
