/** Row formulas on ClickHouse, the oldest and a modern one: those worked out by hand, random ones, and numbers without room. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateFormula } from '../../shared/expression/evaluate/evaluate.ts'
import { parseIsoDay } from '../../shared/data/calendar-day.ts'
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

const daysOf = (text: string): number => parseIsoDay(text) ?? 0
const word = fc
  .array(
    fc.constantFrom('', 'a', 'B', 'é', 'Ωω', 'жЖ', 'ß', '上海', '😀', ' ', '-', ',', "'", '\\', '.', '1,234', '12', '-7', '.5', '2024-02-29', '2023/2/9', '2025年3月5日'), // prettier-ignore
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''))
const randomWords = fc
  .record({
    门店: fc.option(word),
    note: fc.option(word),
    qty: fc.option(fc.bigInt(-60n, 60n)),
    cost: fc.option(fc.bigInt(-9_999_999_999n, 9_999_999_999n)),
    单价: fc.option(fc.bigInt(-(10n ** 37n), 10n ** 37n)),
    // So far from both ends of the calendar that what moves them does not leave it.
    day: fc.option(fc.integer({ min: daysOf('2012-01-01'), max: daysOf('2060-12-31') })),
    until: fc.option(fc.integer({ min: daysOf('2012-01-01'), max: daysOf('2060-12-31') })),
    time: fc.option(fc.integer({ min: daysOf('2012-01-01') * 86_400, max: daysOf('2060-12-31') * 86_400 })), // prettier-ignore
  })
  .map((some) => ({ ...fullRow, ...some }))
const aText = fc.constantFrom('[note]', '[门店]', 'CONCAT([门店], [note])', '"éA"', 'TRIM([note])')
const count = fc.constantFrom('[qty]', '0', '3', '12', '-2')
const randomText = fc.oneof(
  fc.tuple(fc.constantFrom('UPPER', 'LOWER', 'VALUE', 'DATEVALUE'), aText).map(([name, x]) => `${name}(${x})`), // prettier-ignore
  fc.tuple(aText, count, fc.constantFrom('"0"', '"ab上"', '[note]', '""')).map(([x, n, fill]) => `PADLEFT(${x}, ${n}, ${fill})`), // prettier-ignore
  fc.tuple(aText, fc.integer({ min: 0, max: 12 })).map(([x, digits]) => `VALUE(${x}, ${digits})`),
  fc.tuple(fc.constantFrom('[qty]', '[cost]', '[单价]', '[cost] * 3', '[qty] / 7'), fc.constantFrom('"0"', '"000.0"', '"0.00"', '"0.0%"', '"0000000.000000"')).map(([x, pattern]) => `TEXT(${x}, ${pattern})`), // prettier-ignore
  fc.tuple(aText, fc.constantFrom('[qty]', '[cost]', '[单价]', '[day]', '[time]', '[cost] / 7')).map(([x, y]) => `${x} & ${y}`), // prettier-ignore
  fc.tuple(fc.constantFrom('[day]', '[time]'), fc.constantFrom('"yyyy-mm-dd"', '"yyyy年m月d日"', '"dd/mm"')).map(([x, pattern]) => `TEXT(${x}, ${pattern})`), // prettier-ignore
  fc.constantFrom('TEXT([time], "yyyy-mm-dd hh:mm:ss")', 'TEXT([time], "h:m")'),
)
const unit = fc.constantFrom('"day"', '"week"', '"month"', '"quarter"', '"year"')
const few = fc.constantFrom('[qty]', '1', '-13', '40', '-7', '0').map((n) => (n === '[qty]' ? 'MOD([qty], 9)' : n)) // prettier-ignore
const aDate = fc.oneof(
  fc.constantFrom('[day]', '[until]', 'TODATE([time])'),
  fc.tuple(fc.constantFrom('[day]', '[until]', '[time]'), few).map(([x, n]) => `EOMONTH(${x}, ${n})`),
  fc.tuple(fc.constantFrom('[day]', '[time]'), few).map(([x, n]) => `MONTHSTART(${x}, ${n})`),
  fc.tuple(fc.constantFrom('[day]', '[until]'), few, fc.constantFrom('"day"', '"week"', '"month"')).map(([x, n, by]) => `DATEADD(${x}, ${n}, ${by})`), // prettier-ignore
  fc.tuple(few, few).map(([m, d]) => `DATE(2030, ${m}, ${d})`),
) // prettier-ignore
const aTime = fc.oneof(
  fc.constant('[time]'),
  fc.tuple(few, fc.constantFrom('"hour"', '"minute"', '"second"', '"day"', '"week"', '"month"', '"quarter"')).map(([n, by]) => `DATEADD([time], ${n}, ${by})`), // prettier-ignore
)
const randomDate = fc.oneof(
  aDate,
  aTime,
  fc.tuple(fc.constantFrom('YEAR', 'QUARTER', 'MONTH', 'DAY', 'ISOWEEKNUM', 'ISOWEEKDAY'), fc.oneof(aDate, aTime)).map(([name, x]) => `${name}(${x})`), // prettier-ignore
  fc.tuple(aDate, fc.oneof(aDate, aTime), unit).map(([x, y, by]) => `DATEDIF(${x}, ${y}, ${by})`),
  fc.tuple(aTime, aTime, fc.constantFrom('"hour"', '"minute"', '"second"')).map(([x, y, by]) => `DATEDIF(${x}, ${y}, ${by})`), // prettier-ignore
  fc.tuple(fc.oneof(aDate, aTime), fc.constantFrom('<', '=', '>='), fc.oneof(aDate, aTime)).map((parts) => parts.join(' ')), // prettier-ignore
)

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

  /** A day the server does not hold is blank there. */
  function held(value: Value, kind: string): Value {
    const wide = servers[0]?.wideDays === true
    const [first, last] = wide ? ['1900-01-01', '2299-12-31'] : ['1970-01-02', '2105-12-31']
    if (typeof value !== 'number' || (kind !== 'date' && kind !== 'timestamp')) return value
    const day = kind === 'date' ? value : Math.floor(value / 86_400)
    return day < daysOf(first) || day > daysOf(last) ? null : value
  }

  const unlike = (rows: readonly FormulaRow[], formulas: readonly string[]) =>
    compared(rows, formulas, (value) => value)
  const unlikeWithin = (rows: readonly FormulaRow[], formulas: readonly string[]) =>
    compared(rows, formulas, held)

  async function compared(
    rows: readonly FormulaRow[],
    formulas: readonly string[],
    due: (value: Value, kind: string) => Value,
  ) {
    const [server] = servers
    if (!server) throw new Error('no server')
    await loadClickHouseFormulas(server, rows)
    const found = []
    for (const formula of formulas) {
      const part = typed(formula)
      const values = await clickHouseValues(server, part)
      if (!values) found.push({ formula, refused: true })
      rows.forEach((row, index) => {
        const expected = due(evaluateFormula(part, reading(row)), part.type.kind)
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
      // A year no ClickHouse holds is blank there.
      const due = formula === 'DATE([qty], 1, 1)' ? 'blank' : full
      found.push(blank === undefined ? [formula, told[0]] : [formula, ...told])
      right.push(blank === undefined ? [formula, due] : [formula, due, blank])
    }
    expect(found).toEqual(right)
    expect(known).toBe(Object.values(formulaCases).flat().length)
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

  it('have the same value as the reference for random texts and dates', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomWords, { minLength: 6, maxLength: 6 }),
        fc.array(fc.oneof(randomText, randomDate), { minLength: 12, maxLength: 12 }),
        async (rows, formulas) => {
          expect(await unlike([...rows, blankRow], formulas)).toEqual([])
        },
      ),
      { numRuns: 6 },
    )
  }, 120_000)

  it('end in a blank or a value where the server would end in an error or go round', async () => {
    const texts = ['1,234.5', '-0.000', '+7', ' 12\u3000', '1e5', '９', `${nines}.4`, `${nines}.5`, `-${nines}99`, '0.0000005', `000${nines}`, '2023-02-29', '2024年2月29日', '0000-01-01', '2024-13-01', '2030/12/31', "quote ' \\ \"", 'ÄÖß ΑΒΣς İı', 'ǅ ﬀ ა Ა 𐐨 中文', 'a\u0000b'] // prettier-ignore
    const days = [daysOf('1970-02-01'), daysOf('1970-02-28'), daysOf('2105-12-31'), daysOf('2024-02-29')] // prettier-ignore
    const rows = texts.map((note, at) => {
      const day = days[at % days.length] ?? 0
      const quantity = [0n, 1n, -1n, 9_000_000_000_000_000_000n, -9_000_000_000_000_000_000n][
        at % 5
      ]
      return { ...fullRow, note, day, qty: quantity ?? null, cost: 10n ** BigInt(at) - 5n }
    })
    const [server] = servers
    const far = server?.wideDays === true ? 1000 : 500
    const formulas = [
      ...['VALUE([note])', 'VALUE([note], 0)', 'VALUE([note], 12)', 'DATEVALUE([note])', 'UPPER([note])', 'LOWER([note])'],
      ...['[qty] & ""', '[cost] & ""', '([cost] * [cost]) & "x"', 'TEXT([cost], "00.00")', 'TEXT([qty], "0%")', 'TEXT([qty], "0.0%")', 'TEXT([cost], "0.000000000000")'],
      ...['PADLEFT([note], [qty], "ab")', 'PADLEFT([note], 1000, [note])', 'PADLEFT("", 12, "0")', 'PADLEFT([note], 12, "\\")'],
      ...['TEXT([day], "yyyy-m-d")', 'TEXT([time], "hh:m:s")', 'TEXT([day], "yyyy年mm月dd日 ""\\\'")'],
      ...[`DATEADD([day], ${far}, "year")`, `DATEADD([day], -${far}, "year")`, `DATEADD([day], ${far * 300}, "day")`, `DATEADD([time], -${far * 300}, "day")`, `DATEADD([time], ${far * 20}, "month")`],
      ...[`DATEADD([time], 20000000000, "second")`, 'DATEADD([day], [qty] * 4000000, "day")', 'DATEADD([day], [qty] * 4000000, "month")', 'DATEADD([time], [qty] * 400000000000, "second")', 'DATE(2024, [qty], 1)', 'DATE(2024, 1, [qty])', 'DATE(30, 1, 1)', 'MONTHSTART([day], [qty] * 100000)'],
      ...['EOMONTH([day])', 'MONTHSTART([day])', 'EOMONTH([day]) - MONTHSTART([day])', 'DATEADD([day], 0, "month")'],
      ...['[rate] ^ 2', '[qty] ^ 3', '0 ^ [qty]', '(0 - 2) ^ ([qty] + 0.5)', '2 ^ [qty]'],
    ] // prettier-ignore
    expect(await unlikeWithin(rows, formulas)).toEqual([])
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
