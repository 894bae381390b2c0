/** Formulas over aggregates on every engine, against a plain evaluation over the rows of each cell. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

async function suite(make: () => Promise<TestedEngine>, refused: readonly string[]): Promise<void> {
  const engine = await make()
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
    await suite(async () => liveEngine(folder, tinyFields, tinyRows, tinyLastDay), [])
  })

  describe.runIf(hasPostgres)('on PostgreSQL', () => {
    it('hold, and what it would compute another way it refuses', async () => {
      const server = await startPostgres()
      try {
        await suite(
          () => postgresEngine(server)(tinyFields, tinyRows, tinyLastDay),
          ['DISTINCTCOUNT(UPPER([member]))', 'DISTINCTCOUNT(TEXT([day], "yyyy-mm"))'],
        )
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
          somewhere,
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
        await suite(
          () => clickhouseEngine('modern', server)(tinyFields, tinyRows, tinyLastDay),
          somewhere,
        )
      } finally {
        await server.stop()
      }
    })
  })
})
