/** Every number of random answers, recomputed from base rows read one by one: the two paths share no code and agree. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prove } from '../../electron/engine/query/proof/prove.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import { extractEngine, liveEngine } from '../support/query-engines.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../support/tiny-sales.ts'

const measures = [
  { field: 'amount', aggregate: 'sum', as: 'sales' },
  { aggregate: 'count', as: 'lines' },
  { field: 'member', aggregate: 'countDistinct', as: 'members' },
  { field: 'member', aggregate: 'countDistinctWithBlank', as: 'members2' },
  { field: 'amount', aggregate: 'average', as: 'mean' },
  { field: 'amount', aggregate: 'median', as: 'middle' },
  { field: 'amount', aggregate: 'percentile', percent: 90, as: 'p90' },
  { field: 'score', aggregate: 'weightedAverage', weight: 'amount', as: 'weighted' },
  { field: 'stock', aggregate: 'closing', over: 'day', per: 'shop', as: 'closing' },
  { field: 'stock', aggregate: 'opening', over: 'day', as: 'opening' },
  {
    aggregate: 'formula',
    formula: 'SUM([amount] * [score]) / SUMIFS([score], [region] <> "West")',
    as: 'ratio',
  },
  {
    aggregate: 'formula',
    formula: 'AVERAGE([amount]) + DISTINCTCOUNT([shop]) - MEDIAN([stock])',
    as: 'mixed',
  },
  {
    aggregate: 'formula',
    formula: 'AVERAGE(FIXED(SUM([amount] * 2), [member])) + COUNTROWS()',
    as: 'each',
  },
  { field: 'day', aggregate: 'max', as: 'last' },
] as const

const shows = [
  undefined,
  { as: 'percent', of: 'parentRow' },
  { as: 'percent', of: 'grand' },
  { as: 'percentOfParent', field: { axis: 'rows', level: 0 } },
  { as: 'index' },
  { as: 'difference', field: { axis: 'columns', level: 0 }, from: 'previous' },
  { as: 'percentDifference', field: { axis: 'rows', level: 0 }, from: 'next' },
  { as: 'runningTotal', axis: 'rows', reset: 'lowest' },
  { as: 'percentRunningTotal', axis: 'columns', reset: 'none' },
  { as: 'movingAverage', axis: 'rows', reset: 'none', window: 2 },
  { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' },
] as const

const compares = [
  undefined,
  undefined,
  { field: 'day', with: { with: 'previous' } },
  { field: 'day', with: { with: 'previous' }, show: 'difference' },
  { field: 'day', with: { with: 'previous', back: 2 }, show: 'percent' },
  { field: 'day', toDate: 'quarter' },
  { field: 'day', toDate: 'year', with: { with: 'previous' }, show: 'difference' },
] as const

const dayFilters = [
  [],
  [],
  [{ field: 'day', op: 'range', from: '2025-02-01', to: '2025-03-31' }],
  [{ field: 'day', grain: 'month', op: 'in', values: ['2025-03'] }],
] as const

const question = fc
  .record({
    measure: fc.constantFrom(...measures),
    show: fc.constantFrom(...shows),
    pass: fc.constantFrom(undefined, undefined, 'sum', 'average'),
    others: fc.boolean(),
    filtered: fc.boolean(),
    over: fc.constantFrom(undefined, 'all'),
    compare: fc.constantFrom(...compares),
    days: fc.constantFrom(...dayFilters),
    which: fc.nat(200),
  })
  .map(({ measure, show, pass, others, filtered, over, which, compare, days }) => ({
    which,
    query: ReportQuery.parse(
      JSON.parse(
        JSON.stringify({
          dataset: 'sales',
          rows: [
            { field: 'region' },
            {
              field: 'shop',
              top:
                others && measure.as !== 'last'
                  ? { count: 1, measure: measure.as, others }
                  : undefined,
            },
          ],
          columns: [{ field: 'day', grain: 'month' }],
          measures: [
            {
              ...measure,
              show: measure.as === 'last' ? undefined : show,
              totals: pass && measure.as !== 'last' ? { rows: pass } : undefined,
              compare,
            },
          ],
          filters: [
            ...(filtered ? [{ field: 'region', op: 'notIn', values: ['North'] }] : []),
            ...days,
          ],
          totals: { rows: 'all', columns: 'all', over },
        }),
      ),
    ),
  }))

describe.each([
  ['an extract', extractEngine],
  ['live SQLite', liveEngine],
] as const)('a number of %s', (_name, open) => {
  it('is the same when recomputed from its base rows', async () => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const context = {
      ...{ catalog: engine.catalog, tools: engine.tools },
      ...{ signal: new AbortController().signal, onRows: () => undefined },
    }
    await fc.assert(
      fc.asyncProperty(question, async ({ query, which }) => {
        const answer = await engine.ask(query)
        if (!answer.ok) throw new Error(JSON.stringify(answer.error))
        const { rows, columns } = answer.value
        const row = rows.paths[which % rows.paths.length]!
        const column = columns.paths[which % columns.paths.length]!
        const measure = query.measures[0]!.as!
        const proof = await prove({ query, cell: { row, column }, measure }, context)
        if (!proof.ok) throw new Error(JSON.stringify(proof.error))
        expect(proof.value, JSON.stringify(proof.value)).toMatchObject({ agrees: true })
        const counted = proof.value.sources.reduce((sum, source) => sum + source.rows, 0)
        expect(counted).toBe(proof.value.rows)
      }),
      { numRuns: 70 },
    )
  }, 240_000)

  it('says its formula, filters, rows, source and time', async () => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const query = ReportQuery.parse({
      dataset: 'sales',
      rows: [
        { field: 'region' },
        { field: 'shop', top: { count: 1, measure: 'sales', others: true } },
      ],
      measures: [{ ...measures[0], show: { as: 'percent', of: 'parentRow' } }],
      filters: [{ field: 'amount', op: 'notBlank' }],
      totals: { rows: 'all' },
    })
    const proof = await prove(
      { query, cell: { row: ['East', othersMember], column: [] }, measure: 'sales' },
      {
        ...{ catalog: engine.catalog, tools: engine.tools },
        ...{ signal: new AbortController().signal, onRows: () => undefined },
      },
    )
    expect(proof).toMatchObject({
      ok: true,
      value: {
        formula: 'percent',
        shown: 0.4,
        recomputed: 0.4,
        agrees: true,
        rows: 2,
        dataAsOf: '2026-01-01T00:00:00Z',
        dataset: 'sales',
        filters: [{ field: 'amount', op: 'notBlank' }],
        operands: [
          { role: 'cell', recomputed: '40.00', rows: 2 },
          { role: 'whole', recomputed: '100.00', rows: 4 },
        ],
      },
    })
    expect(proof.ok && proof.value.sources).toHaveLength(1)
  })

  it('of other days names both periods and reads the rows of both', async () => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const query = ReportQuery.parse({
      dataset: 'sales',
      rows: [{ field: 'day', grain: 'month' }],
      columns: [{ field: 'region' }],
      measures: [
        {
          ...measures[0],
          compare: { field: 'day', with: { with: 'previous' }, show: 'percent' },
        },
      ],
      totals: { columns: 'all' },
    })
    const context = {
      ...{ catalog: engine.catalog, tools: engine.tools },
      ...{ signal: new AbortController().signal, onRows: () => undefined },
    }
    const ask = { query, cell: { row: ['2025-02'], column: ['East'] }, measure: 'sales' }
    // East sold 40 + 10 in January and 20 in February.
    expect(await prove(ask, context)).toMatchObject({
      ok: true,
      value: {
        shown: -0.6,
        recomputed: -0.6,
        agrees: true,
        rows: 3,
        compared: {
          show: 'percent',
          own: { days: [{ from: '2025-02-01', to: '2025-02-28' }], value: '20.00', rows: 1 },
          other: { days: [{ from: '2025-01-01', to: '2025-01-31' }], value: '50.00', rows: 2 },
        },
      },
    })
  })

  it('of other days is proved with values fixed per member, whichever days are asked together', async () => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const context = {
      ...{ catalog: engine.catalog, tools: engine.tools },
      ...{ signal: new AbortController().signal, onRows: () => undefined },
    }
    for (const compare of [
      { field: 'day', with: { with: 'previous' }, show: 'difference' },
      { field: 'day', toDate: 'quarter' },
      { field: 'day', toDate: 'year', with: { with: 'previous' }, show: 'difference' },
    ]) {
      const query = ReportQuery.parse({
        dataset: 'sales',
        rows: [{ field: 'region' }],
        columns: [{ field: 'day', grain: 'month' }],
        measures: [{ ...measures.find(({ as }) => as === 'each')!, compare }],
        totals: { rows: 'all', columns: 'all' },
      })
      const answer = await engine.ask(query)
      if (!answer.ok) throw new Error(JSON.stringify(answer.error))
      for (const row of answer.value.rows.paths) {
        for (const column of answer.value.columns.paths) {
          const proof = await prove({ query, cell: { row, column }, measure: 'each' }, context)
          expect(proof, JSON.stringify({ compare, row, column })).toMatchObject({
            ok: true,
            value: { agrees: true },
          })
        }
      }
    }
  }, 120_000)

  it('of a balance is proved where a top-N leaves some periods, and in Others', async () => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const context = {
      ...{ catalog: engine.catalog, tools: engine.tools },
      ...{ signal: new AbortController().signal, onRows: () => undefined },
    }
    const month = { field: 'day', grain: 'month' }
    for (const others of [false, true]) {
      const top = { count: 1, measure: 'closing', direction: 'lowest', others }
      for (const rows of [
        [{ field: 'region' }, { ...month, top }],
        [{ field: 'day', grain: 'quarter' }, { ...month, top }, { field: 'region' }],
      ]) {
        const query = ReportQuery.parse({
          dataset: 'sales',
          ...{ rows, columns: [], measures: [measures.find(({ as }) => as === 'closing')!] },
          totals: { rows: 'all' },
        })
        const answer = await engine.ask(query)
        if (!answer.ok) throw new Error(JSON.stringify(answer.error))
        for (const row of answer.value.rows.paths) {
          const ask = { query, cell: { row, column: [] }, measure: 'closing' }
          const proof = await prove(ask, context)
          expect(proof, JSON.stringify({ rows, row, proof })).toMatchObject({
            ok: true,
            value: { agrees: true },
          })
        }
      }
    }
  }, 120_000)

  it('of a formula over cells is made of the cells it names, each proved', async () => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const context = {
      ...{ catalog: engine.catalog, tools: engine.tools },
      ...{ signal: new AbortController().signal, onRows: () => undefined },
    }
    const shown = [
      '[sales] / PARENT([sales])',
      '[sales] - PREVIOUS([sales], "columns")',
      'RUNNINGSUM([sales]) + RANK([share], "rows")',
      'MOVINGAVERAGE([sales], 2, "columns") / GRANDTOTAL([sales])',
      'IF([share] > 0.5, "most", "less")',
      '[ratio] + [share]',
      '[before] * 2 - LAST([sales], "columns") + ROWTOTAL([sales])',
    ]
    for (const [at, formula] of shown.entries()) {
      const query = ReportQuery.parse({
        dataset: 'sales',
        rows: [{ field: 'region' }, { field: 'shop' }],
        columns: [{ field: 'day', grain: 'month' }],
        measures: [
          { ...measures[0], hidden: true },
          { ...measures[0], as: 'share', show: { as: 'percent', of: 'parentRow' } },
          {
            ...{ ...measures[0], as: 'before', hidden: true },
            compare: { field: 'day', with: { with: 'previous' } },
          },
          { aggregate: 'formula', formula: '[sales] / COUNTROWS() + [before]', as: 'ratio' },
          {
            ...{ aggregate: 'cells', formula, as: 'c' },
            ...(at === 0 ? { show: { as: 'difference', field: { axis: 'columns', level: 0 }, from: 'previous' } } : {}), // prettier-ignore
          },
        ],
        totals: { rows: 'all', columns: 'all' },
      })
      const answer = await engine.ask(query)
      if (!answer.ok) throw new Error(JSON.stringify(answer.error))
      const { rows, columns } = answer.value
      for (let line = 0; line < rows.paths.length; line += 3) {
        const column = columns.paths[line % columns.paths.length]!
        const cell = { row: rows.paths[line]!, column }
        const proof = await prove({ query, cell, measure: 'c' }, context)
        if (!proof.ok) throw new Error(JSON.stringify(proof.error))
        expect(proof.value, JSON.stringify(proof.value)).toMatchObject({ agrees: true })
      }
    }
  }, 120_000)
})
