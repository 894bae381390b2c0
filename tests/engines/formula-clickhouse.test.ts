/** Row formulas on ClickHouse, the oldest and a modern one: those worked out by hand, random ones, and numbers without room. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateFormula } from '../../shared/expression/evaluate/evaluate.ts'
import type { Value } from '../../shared/expression/value.ts'
import { formulaCases } from '../support/formula-cases.ts'
import { clickHouseValues, loadClickHouseFormulas } from '../support/formula-clickhouse.ts'
import type { FormulaRow } from '../support/formula-rows.ts'
import { blankRow, fullRow, reading } from '../support/formula-rows.ts'
import { shown, typed } from '../support/formula-text.ts'
import type { ClickHouseServer } from '../support/servers/clickhouse-servers.ts'
import {
  hasModernClickHouse,
  hasOldClickHouse,
  startModernClickHouse,
  startOldClickHouse,
} from '../support/servers/clickhouse-servers.ts'

/** Floating numbers may differ in the last digits, which depend on the order of steps. */
function alike(a: Value, b: Value): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))
}

const nines = '99999999999999999999999999999999999999'
const number = fc.oneof(
  fc.constantFrom('[qty]', '[单价]', '[cost]', '[shops.area]', '0.5', '-3', '12.345678', '0'),
  fc.tuple(fc.constantFrom('[qty]', '[cost]', '[单价]'), fc.constantFrom('+', '-', '*', '/'), fc.constantFrom('[单价]', '7', '[qty]', '0.3')).map((parts) => `(${parts.join(' ')})`), // prettier-ignore
)
const random = fc.oneof(
  fc.tuple(number, fc.constantFrom('+', '-', '*', '/'), number).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('ROUND', 'ROUNDUP', 'ROUNDDOWN'), number, fc.integer({ min: -3, max: 6 })).map(([name, x, digits]) => `${name}(${x}, ${digits})`), // prettier-ignore
  fc.tuple(fc.constantFrom('MOD', 'FLOOR', 'CEILING', 'MIN', 'MAX'), number, number).map(([name, x, y]) => `${name}(${x}, ${y})`), // prettier-ignore
  fc.tuple(fc.constantFrom('INT', 'SIGN', 'ABS'), number).map(([name, x]) => `${name}(${x})`),
)
const randomRow = fc
  .record({
    qty: fc.option(fc.bigInt(-1000n, 1000n)),
    单价: fc.option(fc.bigInt(-999_999n, 999_999n)),
    cost: fc.option(fc.bigInt(-9_999_999_999n, 9_999_999_999n)),
  })
  .map((some) => ({ ...fullRow, ...some }))

interface Kind {
  readonly name: string
  readonly has: boolean
  readonly start: () => Promise<readonly ClickHouseServer[]>
}
const kinds: readonly Kind[] = [
  { name: 'an old ClickHouse', has: hasOldClickHouse, start: startOldClickHouse },
  {
    name: 'a modern ClickHouse',
    has: hasModernClickHouse,
    start: async () => [await startModernClickHouse()],
  },
]

describe.each(kinds.filter(({ has }) => has))('row formulas on $name', ({ start }) => {
  let servers: readonly ClickHouseServer[] = []
  beforeAll(async () => {
    servers = await start()
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  async function unlike(rows: readonly FormulaRow[], formulas: readonly string[]) {
    const [server] = servers
    if (!server) throw new Error('no server')
    await loadClickHouseFormulas(server, rows)
    const found = []
    for (const formula of formulas) {
      const part = typed(formula)
      const values = await clickHouseValues(server, part)
      if (!values) found.push({ formula, refused: true })
      rows.forEach((row, index) => {
        const expected = evaluateFormula(part, reading(row))
        const value = values?.[index] ?? null
        if (values && !alike(expected, value)) found.push({ formula, index, expected, value })
      })
    }
    return found
  }

  it('have the values worked out by hand wherever they are not refused', async () => {
    const [server] = servers
    if (!server) throw new Error('no server')
    await loadClickHouseFormulas(server, [fullRow, blankRow])
    let known = 0
    const [found, right] = [[] as unknown[], [] as unknown[]]
    for (const [formula, full, blank] of Object.values(formulaCases).flat()) {
      const part = typed(formula)
      const values = await clickHouseValues(server, part).catch((error: unknown) => String(error))
      if (values === undefined) continue
      known += 1
      const told =
        typeof values === 'string' ? [values] : values.map((one) => shown(one, part.type))
      found.push(blank === undefined ? [formula, told[0]] : [formula, ...told])
      right.push(blank === undefined ? [formula, full] : [formula, full, blank])
    }
    expect(found).toEqual(right)
    expect(known).toBeGreaterThan(140)
  })

  it('have the same value as the reference for random numbers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomRow, { minLength: 5, maxLength: 5 }),
        fc.array(random, { minLength: 10, maxLength: 10 }),
        async (rows, formulas) => {
          expect(await unlike([...rows, blankRow], formulas)).toEqual([])
        },
      ),
      { numRuns: 12 },
    )
  })

  it('are blank where a number has no room', async () => {
    const rates = [0, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 1e-300, 3.3e17, -1.8e25, -1e300, 1.7e308] // prettier-ignore
    const rows = rates.map((rate) => ({ ...fullRow, rate }))
    const formulas = [
      ...[`${nines} + [qty]`, `${nines} - [qty]`, `[qty] * ${nines}`, `(0 - [qty]) * ${nines}`],
      ...[`${nines} + ${nines}`, `${nines} / [qty]`, `[qty] / ${nines}`, '10000000000000000000 * 10000000000000000000'],
      ...['ROUND([rate], 0)', 'ROUND([rate], 6)', 'ROUND([rate], -2)', 'ROUND([qty], -3)', '[qty] / (MOD([qty], 7))'],
    ] // prettier-ignore
    expect(await unlike(rows, formulas)).toEqual([])
  })
})
