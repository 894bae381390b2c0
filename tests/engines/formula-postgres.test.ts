/** Row formulas on a real PostgreSQL server: those worked out by hand, random ones, and rows that raise errors of its own. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateFormula } from '../../shared/expression/evaluate/evaluate.ts'
import type { Value } from '../../shared/expression/value.ts'
import { formulaCases } from '../support/formula-cases.ts'
import { loadPostgresFormulas, postgresValues } from '../support/formula-postgres.ts'
import type { FormulaRow } from '../support/formula-rows.ts'
import { blankRow, fullRow, reading } from '../support/formula-rows.ts'
import { shown, typed } from '../support/formula-text.ts'
import { randomFormula, randomRow } from '../support/random-formula.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'

/** Floating numbers may differ in the last digits, which depend on the order of steps. */
function alike(a: Value, b: Value): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))
}

describe.runIf(hasPostgres)('row formulas on PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  async function unlike(rows: readonly FormulaRow[], formulas: readonly string[]) {
    await loadPostgresFormulas(server, rows)
    const found: unknown[] = []
    for (const formula of formulas) {
      const part = typed(formula)
      const values = await postgresValues(server, part)
      rows.forEach((row, index) => {
        const expected = evaluateFormula(part, reading(row))
        const value = values[index] ?? null
        if (!alike(expected, value)) found.push({ formula, index, expected, value })
      })
    }
    return found
  }

  it.each(Object.entries(formulaCases))(
    'with %s have the values worked out by hand',
    async (_group, cases) => {
      await loadPostgresFormulas(server, [fullRow, blankRow])
      const found = []
      for (const [formula, , blank] of cases) {
        const part = typed(formula)
        const told = (await postgresValues(server, part)).map((value) => shown(value, part.type))
        found.push(blank === undefined ? [formula, told[0]] : [formula, ...told])
      }
      expect(found).toEqual(cases)
    },
  )

  it('have the same value as the reference for random rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomRow, { minLength: 6, maxLength: 6 }),
        fc.array(randomFormula, { minLength: 12, maxLength: 12 }),
        async (rows, formulas) => {
          expect(await unlike(rows, formulas)).toEqual([])
        },
      ),
      { numRuns: 25 },
    )
  })

  it('end in a blank or a number where the server would end in an error', async () => {
    const doubles = [0, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 1e-300, -1e-310, 3.3e17, -1.8e25, 9.87654321e37, 1e38, -1e300, 1.7e308] // prettier-ignore
    const texts = ['1,234.5', '-0.000', ' 12 ', '1e5', '９', '2023-02-29', '2024年2月29日', '0000-01-01', '2024-13-01', '9999/12/31', "quote ' \\ \"", 'ÄÖß ΑΒΣς İı', 'ǅ ﬀ ა Ა 𐐨 中文'] // prettier-ignore
    const length = Math.max(doubles.length, texts.length)
    const rows = Array.from({ length }, (_, at) => ({
      ...fullRow,
      rate: doubles[at % doubles.length] ?? 0,
      note: texts[at % texts.length] ?? '',
    }))
    const formulas = [
      ...['ROUND([rate], 0)', 'ROUND([rate], 6)', 'ROUND([rate], -2)', 'ROUND([rate], 12)'],
      ...['[rate] * [rate]', '[rate] + [rate]', '[rate] - 1.7 * [rate]', '[rate] / 0.0000001', '[rate]%', '[rate] * [rate] / [rate]', '[rate] ^ 2', '[rate] ^ 0.5', '[rate] ^ -1', '0 ^ [rate]', '(0 - 1) ^ [rate]'],
      ...['2 ^ [rate]', '1.0000001 ^ [rate]', '(0 - [rate]) ^ 3', '0.5 ^ ([qty] * 100 + 340.5)', '(0 - 0.5) ^ ([qty] * 100 + 323)', '0.5 ^ ([qty] * 200)'],
      ...['VALUE([note])', 'VALUE([note], 0)', 'DATEVALUE([note])', 'UPPER([note])', 'LOWER([note])'],
      ...['TEXT([day], "yyyy-m-d")', 'TEXT([time], "hh:mm:ss")', 'TEXT([day], "yyyy年mm月dd日 ""\\")'],
    ] // prettier-ignore
    expect(await unlike(rows, formulas)).toEqual([])
  })
})
