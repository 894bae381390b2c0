/** Formulas over aggregates on every engine, against a plain evaluation over the rows of each cell. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import { NaiveFormula } from '../support/naive-formula.ts'
import type { TestedEngine } from '../support/query-engines.ts'
import { extractEngine, liveEngine, plainCells } from '../support/query-engines.ts'
import { clickhouseEngine, postgresEngine } from '../support/server-engines.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../support/tiny-sales.ts'

/** What every engine computes. */
const everywhere = [
  'SUM([amount]) / SUM([score])',
  'SUM([amount] * [score])',
  'SUM([amount] * 1.05 - [stock]) + COUNTROWS()',
  'AVERAGE([amount])',
  'SUMIFS([amount], [score] >= 3, [region] = "East")',
  'SUMIFS([amount], [region] = "East" OR [shop] = "D") / SUM([amount])',
  'COUNTIFS(ISBLANK([member])) + COUNT([score])',
  'DISTINCTCOUNTIFS([member], [amount] > 0)',
  'AVERAGEIFS([score], [amount] <> 0)',
  'MAX([amount]) - MIN([amount] * 2)',
  'DISTINCTCOUNT([region] & "-" & [shop])',
  'COUNTIFS(MONTH([day]) = 1) * 10 + COUNTIFS(YEAR([day]) = 2025)',
  'SUM(IF([day] >= @since, [amount], 0))',
  'SUM(COALESCE([score], 0)) - SUM(IFS([amount] > 40, 1, [amount] > 10, 2, 3))',
  'COUNTIFS(STARTSWITH([member], "m1")) - COUNTIFS(NOT(CONTAINS([member], "2")))',
  'COUNTIFS(LEFT([member], 1) = "m") + COUNTIFS(BETWEEN([score], 2, 4))',
]
/** What some engines refuse rather than compute another way. */
const somewhere = [
  'SUM(ROUND([amount] / [score], 2))',
  'SUM(ROUNDDOWN([amount] / 7, 1)) + SUM(ROUNDUP([amount] / 7, 1))',
  'SUM([amount] * [amount] / 3)',
  'SUM(MOD([stock], 4)) + SUM(CEILING([stock], 3))',
  'SUM(DATEDIF([day], DATE(2025, 12, 31), "month"))',
  'COUNTIFS(EOMONTH([day]) = [day]) + COUNTIFS(DATEADD([day], 1, "week") > DATE(2025, 3, 1))',
  'DISTINCTCOUNT(TRIM([member] & "  x"))',
  'DISTINCTCOUNT(SUBSTITUTE([member], "m", "n") & [score])',
  'SUM(MAX([score], [stock]) * LEN([shop]))',
  'DISTINCTCOUNT(UPPER([member]))',
  'DISTINCTCOUNT(TEXT([day], "yyyy-mm"))',
]
const parameters = [{ name: 'since', type: 'date' as const, value: '2025-02-01' }]

const number = fc.oneof(
  fc.constantFrom('[amount]', '[score]', '[stock]', '1.5', '3'),
  fc.tuple(fc.constantFrom('[amount]', '[score]', '[stock]'), fc.constantFrom('+', '-', '*'), fc.constantFrom('[stock]', '0.25', '[score]')).map((parts) => `(${parts.join(' ')})`), // prettier-ignore
)
const condition = fc.oneof(
  fc.tuple(number, fc.constantFrom('>', '<=', '=', '<>'), number).map((parts) => parts.join(' ')),
  fc.constantFrom(
    '[region] = "East"',
    'ISBLANK([member])',
    'NOT([shop] = "A")',
    'MONTH([day]) > 1',
  ),
)
const aggregate = fc.oneof(
  number.map((x) => `SUM(${x})`),
  number.map((x) => `AVERAGE(${x})`),
  number.map((x) => `MAX(${x})`),
  fc.tuple(number, condition).map(([x, c]) => `SUMIFS(${x}, ${c})`),
  fc.tuple(condition, condition).map(([a, b]) => `COUNTIFS(${a}, ${b})`),
  fc.constantFrom('COUNTROWS()', 'DISTINCTCOUNT([member])', 'COUNT([amount])'),
)
const randomAggregate = fc
  .tuple(aggregate, fc.constantFrom('+', '-', '*', '/'), aggregate, fc.boolean())
  .map(([a, op, b, wrapped]) =>
    wrapped ? `IF(${a} > 1, ${a} ${op} ${b}, ${b})` : `${a} ${op} ${b}`,
  )

const groups = (rows: typeof tinyRows, path: readonly unknown[]) =>
  rows.filter((row) =>
    path.every((member, level) => [row['region'], row['shop']][level] === member),
  )

/** Undefined where the engine says that it cannot. */
async function answered(engine: TestedEngine, formula: string) {
  const outcome = await engine.ask({
    ...{ dataset: 'sales', rows: [{ field: 'region' }, { field: 'shop' }], parameters },
    measures: [{ aggregate: 'formula', formula, as: 'f' }],
    totals: { rows: 'all' },
  })
  if (outcome.ok) {
    const cells = plainCells(outcome.value)
    return outcome.value.rows.paths.map(
      (path, row) => [path, cells[row]?.[0]?.[0] ?? null] as const,
    )
  }
  const { code, details } = outcome.error
  if (details['reason'] === 'engineLacksFunction') return undefined
  throw new Error(`${engine.name}: ${formula}: ${code} ${JSON.stringify(details)}`)
}

function expected(formula: string, path: readonly unknown[]): unknown {
  const text = formula.replaceAll('@since', 'DATE(2025, 2, 1)')
  return new NaiveFormula(text, tinyFields).over(groups(tinyRows, path))
}

const round = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(12)) : value

async function hold(engine: TestedEngine, formulas: readonly string[]): Promise<string[]> {
  const refused: string[] = []
  for (const formula of formulas) {
    const found = await answered(engine, formula)
    if (!found) refused.push(formula)
    const told = found?.map(([path, value]) => [path, round(value)])
    const right = found?.map(([path]) => [path, round(expected(formula, path))])
    expect({ formula, told }).toEqual({ formula, told: right })
  }
  return refused
}

/** Calculated fields as dimensions and filters, a ranking by a formula with Others, cells beside each other. */
async function asksOtherwise(engine: TestedEngine): Promise<void> {
  const values = async (asked: Omit<ReportQueryInput, 'dataset'>) => {
    const outcome = await engine.ask({ dataset: 'sales', ...asked })
    if (!outcome.ok) throw new Error(`${engine.name}: ${JSON.stringify(outcome.error)}`)
    const cells = plainCells(outcome.value)
    return outcome.value.rows.paths.map((path, row) => [path.at(-1) ?? null, round(cells[row]?.[0]?.[0] ?? null)]) // prettier-ignore
  }
  const calculated = [
    { name: 'size', formula: 'IF([amount] >= @least, "big", "small")' },
    { name: 'when', formula: 'IF([score] > 0, [day])' },
    { name: 'twice', formula: '[stock] * 2' },
  ]
  const computed = {
    calculated,
    parameters: [{ name: 'least', type: 'number' as const, value: 40 }],
  }
  const sales = { field: 'amount', aggregate: 'sum', as: 'sales' } as const
  const bySize = await values({ ...computed, rows: [{ field: 'size' }], measures: [sales] })
  expect(bySize).toEqual([
    ['big', 150],
    ['small', 75],
  ])
  const byMonth = await values({
    ...{ ...computed, rows: [{ field: 'when', grain: 'month' }], measures: [sales] },
    filters: [{ field: 'size', op: 'in', values: ['small'] }],
  })
  expect(byMonth).toEqual([
    ['2025-01', 10],
    ['2025-02', 20],
    ['2025-03', 55],
    [null, -10],
  ])
  const byNumber = await values({
    ...{
      ...computed,
      rows: [{ field: 'twice' }],
      measures: [{ field: 'twice', aggregate: 'sum', as: 't' }],
    },
    filters: [{ field: 'twice', op: 'range', from: 14 }],
  })
  expect(byNumber).toEqual([
    [14, 14],
    [16, 16],
    [18, 18],
    [20, 20],
  ])
  const perScore = {
    aggregate: 'formula',
    formula: 'SUM([amount]) / SUM([score])',
    as: 'f',
  } as const
  const top = await values({
    ...{
      rows: [{ field: 'shop', top: { count: 2, measure: 'f', others: true } }],
      measures: [perScore],
    },
    totals: { rows: 'all' },
  })
  expect(top).toEqual([
    ['C', 30],
    ['D', 16.6666666667],
    [othersMember, 5.8],
    [null, 7.75862068966],
  ])
  const shares = await values({
    rows: [{ field: 'region' }],
    measures: [
      { aggregate: 'cells', formula: '[sales] / COLUMNTOTAL([sales])', as: 'c' },
      { ...sales, hidden: true },
    ],
  })
  expect(shares).toEqual([
    ['East', 0.444444444444],
    ['North', 0],
    ['West', 0.444444444444],
    [null, 0.111111111111],
  ])
}

/** Values per combination need selects upon selects. */
async function fixedValues(engine: TestedEngine) {
  const outcome = await engine.ask({
    ...{ dataset: 'sales', rows: [{ field: 'region' }], totals: { rows: 'all' } },
    measures: [
      { aggregate: 'formula', formula: 'AVERAGE(FIXED(SUM([amount]), [member]))', as: 'mean' },
      {
        aggregate: 'formula',
        formula: 'COUNTIFS(FIXED(SUM([amount]), [member]) >= 20)',
        as: 'many',
      },
    ],
  })
  if (!outcome.ok) return outcome.error.details['reason']
  return plainCells(outcome.value).map(([cell]) => cell?.map(round))
}
const fixedExpected = [
  [47.5, 2],
  [20, 1],
  [50, 1],
  [75, 1],
  [48.3333333333, 3],
]

async function suite(make: () => Promise<TestedEngine>, refused: readonly string[]): Promise<void> {
  const engine = await make()
  await asksOtherwise(engine)
  expect(await fixedValues(engine)).toEqual(fixedExpected)
  expect(await hold(engine, everywhere)).toEqual([])
  expect(await hold(engine, somewhere)).toEqual(refused)
  await fc.assert(
    fc.asyncProperty(
      fc.array(randomAggregate, { minLength: 4, maxLength: 4 }),
      async (formulas) => {
        expect(await hold(engine, formulas)).toEqual([])
      },
    ),
    { numRuns: 6 },
  )
}

describe('formulas over aggregates', () => {
  it('hold on an extract', async () => {
    const folder = tempFolder()
    await suite(() => extractEngine(folder, tinyFields, tinyRows, tinyLastDay), [])
  })

  it('hold on live SQLite', async () => {
    const folder = tempFolder()
    await suite(() => Promise.resolve(liveEngine(folder, tinyFields, tinyRows, tinyLastDay)), [])
  })

  describe.runIf(hasPostgres)('on PostgreSQL', () => {
    it('hold, and what it would compute another way it refuses', async () => {
      const server = await startPostgres()
      try {
        await suite(() => postgresEngine(server)(tinyFields, tinyRows, tinyLastDay), [])
      } finally {
        await server.stop()
      }
    })
  })

  describe.runIf(hasOldClickHouse)('on an old ClickHouse', () => {
    it('hold, and what it would compute another way it refuses', async () => {
      const servers = await startOldClickHouse()
      try {
        await suite(
          () => clickhouseEngine('old', servers[0])(tinyFields, tinyRows, tinyLastDay),
          [],
        )
      } finally {
        await Promise.all(servers.map((server) => server.stop()))
      }
    })
  })

  describe.runIf(hasModernClickHouse)('on a modern ClickHouse', () => {
    it('hold, and what it would compute another way it refuses', async () => {
      const server = await startModernClickHouse()
      try {
        await suite(() => clickhouseEngine('modern', server)(tinyFields, tinyRows, tinyLastDay), [])
      } finally {
        await server.stop()
      }
    })
  })
})
