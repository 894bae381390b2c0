import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateFormula } from '../../shared/expression/evaluate/evaluate.ts'
import type { Value } from '../../shared/expression/value.ts'
import { formulaCases } from '../support/formula-cases.ts'
import type { FormulaEngine } from '../support/formula-engine.ts'
import { openFormulaEngine } from '../support/formula-engine.ts'
import { openSqliteFormulas } from '../support/formula-sqlite.ts'
import { blankRow, fullRow, reading } from '../support/formula-rows.ts'
import { shown, typed } from '../support/formula-text.ts'
import { randomFormula, randomRow } from '../support/random-formula.ts'

let engine: FormulaEngine
beforeAll(async () => {
  engine = await openFormulaEngine()
})
afterAll(() => engine.close())

describe.each(Object.entries(formulaCases))('formulas with %s in DuckDB', (_group, cases) => {
  it('have the values worked out by hand', async () => {
    await engine.load([fullRow, blankRow])
    const found = []
    for (const [formula, , blank] of cases) {
      const part = typed(formula)
      const values = await engine.values(part)
      const told = values.map((value) => shown(value, part.type))
      found.push(blank === undefined ? [formula, told[0]] : [formula, ...told])
    }
    expect(found).toEqual(cases)
  })
})

/** SQLite has no wider numbers; it says so instead of rounding. */
const beyond64Bits: readonly string[] = [
  '99999999999999999999999999999999999998 + 1',
  '99999999999999999999999999999999999999 + 1',
  '10000000000000000000 * 10000000000000000000',
  'VALUE("99999999999999999999999999999999999999", 0)',
]

describe.each(Object.entries(formulaCases))('formulas with %s in SQLite', (_group, cases) => {
  it('have the values worked out by hand', () => {
    const sqlite = openSqliteFormulas([fullRow, blankRow])
    const known = cases.filter(([formula]) => !beyond64Bits.includes(formula))
    const found = known.map(([formula, , blank]) => {
      const part = typed(formula)
      const told = sqlite.values(part).map((value) => shown(value, part.type))
      return blank === undefined ? [formula, told[0]] : [formula, ...told]
    })
    expect(found).toEqual(known)
    for (const [formula] of cases.filter((one) => !known.includes(one))) {
      expect(() => sqlite.values(typed(formula)), formula).toThrow('beyond 64 bits')
    }
    sqlite.close()
  })
})

describe('random formulas over random rows', () => {
  it('have the same value in DuckDB and in the reference', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomRow, { minLength: 6, maxLength: 6 }),
        fc.array(randomFormula, { minLength: 12, maxLength: 12 }),
        async (rows, formulas) => {
          await engine.load(rows)
          for (const formula of formulas) {
            const part = typed(formula)
            const expected = rows.map((row) => evaluateFormula(part, reading(row)))
            const found = await engine.values(part)
            const unlike = expected.flatMap((value, index) =>
              alike(value, found[index] ?? null)
                ? []
                : [{ formula, index, value, found: found[index] }],
            )
            expect(unlike).toEqual([])
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

/** Floating numbers may differ in the last digits, which depend on the order of steps. */
function alike(a: Value, b: Value): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))
}
