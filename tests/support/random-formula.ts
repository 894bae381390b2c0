/** Random formulas that pass the check, and random rows for them. Each text is written as a person would. */
import fc from 'fast-check'
import type { FormulaRow } from './formula-rows.ts'

const pieces = [
  '', 'a', 'A', 'ab', '上海', '店', '😀', '👩‍👩‍👧', ' ', '　', "'", '"', '%', '_', '-', ',', '\\', '\n', '1,234.5', '12', '-7', '.5',
  '2024-02-29', '2023/2/29', '2024年3月5日', 'Straße', 'éÉ', 'Ωω', 'жЖ', ']', '$1', '\\1', '{a}',
] // prettier-ignore
const rawText = fc
  .array(fc.constantFrom(...pieces), { maxLength: 4 })
  .map((parts) => parts.join(''))

const quoted = rawText.map((text) => `"${text.replaceAll('"', '""')}"`)

type Kinds = Record<'exact' | 'whole' | 'double' | 'text' | 'date' | 'time' | 'condition', string>

const call = (name: string, ...args: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...args).map((parts) => `${name}(${parts.join(', ')})`)
const infix = (
  a: fc.Arbitrary<string>,
  ops: readonly string[],
  b: fc.Arbitrary<string>,
): fc.Arbitrary<string> =>
  fc.tuple(a, fc.constantFrom(...ops), b).map(([x, op, y]) => `(${x} ${op} ${y})`)
const written = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)
const comparing = ['=', '<>', '<', '<=', '>', '>=']
const dayUnits = written('"day"', '"week"', '"month"', '"quarter"', '"year"')
const timeUnits = written('"hour"', '"minute"', '"second"', '"day"', '"month"')

function branches(of: fc.Arbitrary<string>, condition: fc.Arbitrary<string>) {
  return [
    call('IF', condition, of, of),
    call('IF', condition, of),
    call('IFS', condition, of, condition, of),
    call('COALESCE', of, of),
  ]
}

const { exact, whole, double, text, date, time, condition } = fc.letrec<Kinds>((tie) => {
  const t = {
    exact: tie('exact'),
    whole: tie('whole'),
    double: tie('double'),
    text: tie('text'),
    date: tie('date'),
    time: tie('time'),
    condition: tie('condition'),
  }
  const options = { maxDepth: 3, depthIdentifier: 'formula' }
  const number = fc.oneof(t.exact, t.whole)
  const digits = fc.integer({ min: -3, max: 6 }).map(String)
  const small = fc.oneof(fc.integer({ min: -3, max: 40 }).map(String), t.whole)
  return {
    exact: fc.oneof(
      options,
      written('[单价]', '[cost]', '[shops.area]'),
      fc.tuple(fc.nat(99_999), fc.nat(9999)).map(([a, b]) => `${a}.${b}`),
      infix(number, ['+', '-', '*', '/'], number),
      call('ROUND', number, digits),
      call('ROUNDUP', number, digits),
      call('ROUNDDOWN', number, digits),
      call('ROUND', t.double, digits),
      call('FLOOR', number, number),
      call('CEILING', number, number),
      call('MOD', number, number),
      call('MIN', number, number, number),
      call('MAX', number, number),
      call('ABS', number),
      number.map((x) => `-${x}`),
      number.map((x) => `(${x})%`),
      call('VALUE', t.text),
      call('VALUE', t.text, written('0', '2', '12')),
      ...branches(number, t.condition),
      call('SWITCH', t.text, t.text, number, number),
    ),
    whole: fc.oneof(
      options,
      written('[qty]'),
      fc.nat(2000).map(String),
      call('INT', number),
      call('SIGN', fc.oneof(number, t.double)),
      call('LEN', t.text),
      call('FIND', t.text, t.text),
      ...['YEAR', 'QUARTER', 'MONTH', 'DAY', 'ISOWEEKNUM', 'ISOWEEKDAY'].map((name) =>
        call(name, fc.oneof(t.date, t.time)),
      ),
      call('HOUR', t.time),
      call('MINUTE', t.time),
      call('DATEDIF', t.date, fc.oneof(t.date, t.time), dayUnits),
      call('DATEDIF', t.time, t.time, timeUnits),
      infix(t.date, ['-'], t.date),
      infix(t.whole, ['+', '-', '*'], t.whole),
    ),
    double: fc.oneof(
      options,
      written('[rate]'),
      infix(t.double, ['+', '-', '*', '/'], fc.oneof(t.double, number)),
      call('POWER', t.whole, written('0', '1', '2')),
      t.double.map((x) => `-${x}`),
      call('ABS', t.double),
      call('MAX', t.double, number),
      ...branches(t.double, t.condition),
    ),
    text: fc.oneof(
      options,
      written('[门店]', '[note]', '[shops.region]'),
      quoted,
      infix(t.text, ['&'], fc.oneof(t.text, number, t.date, t.time)),
      call('LEFT', t.text, small),
      call('RIGHT', t.text, small),
      call('MID', t.text, small, small),
      call('TRIM', t.text),
      call('UPPER', t.text),
      call('LOWER', t.text),
      call('CONCAT', t.text, t.text, number),
      call('SUBSTITUTE', t.text, t.text, t.text),
      call('REPLACE', t.text, small, small, t.text),
      call('TEXTBEFORE', t.text, t.text),
      call('TEXTAFTER', t.text, t.text),
      call('PADLEFT', t.text, small, t.text),
      call('TEXT', number, written('"0"', '"000.0"', '"0.00"', '"0.0%"')),
      call('TEXT', t.date, written('"yyyy-mm-dd"', '"yyyy年m月d日"', '"dd/mm"')),
      call('TEXT', t.time, written('"yyyy-mm-dd hh:mm:ss"', '"h:m"')),
      call('MIN', t.text, t.text),
      ...branches(t.text, t.condition),
    ),
    date: fc.oneof(
      options,
      written('[day]', '[until]', 'LASTDAY()'),
      call('DATE', t.whole, small, small),
      call('DATE', fc.integer({ min: 1890, max: 2110 }).map(String), small, small),
      call('DATEADD', t.date, small, dayUnits),
      call('MONTHSTART', fc.oneof(t.date, t.time), small),
      call('EOMONTH', fc.oneof(t.date, t.time)),
      call('TODATE', t.time),
      call('DATEVALUE', t.text),
      infix(t.date, ['+', '-'], small),
      ...branches(t.date, t.condition),
    ),
    time: fc.oneof(
      options,
      written('[time]'),
      call('DATEADD', t.time, small, timeUnits),
      call('IF', t.condition, t.time, t.date),
    ),
    condition: fc.oneof(
      options,
      written('[paid]', 'TRUE', 'FALSE'),
      infix(number, comparing, number),
      infix(t.text, comparing, t.text),
      infix(t.date, comparing, fc.oneof(t.date, t.time)),
      infix(t.condition, ['=', '<>', 'AND', 'OR'], t.condition),
      call('NOT', t.condition),
      call('ISBLANK', fc.oneof(number, t.text, t.date, t.double)),
      call('IN', t.text, t.text, t.text),
      call('BETWEEN', number, number, number),
      call('CONTAINS', t.text, t.text),
      call('STARTSWITH', t.text, t.text),
      call('ENDSWITH', t.text, t.text),
    ),
  }
})

export const randomFormula = fc.oneof(exact, whole, double, text, date, time, condition)

const orBlank = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(of, { freq: 5, nil: null })
const wide = (limit: bigint) => fc.bigInt({ min: -limit, max: limit })
const bigger = (small: bigint, large: bigint) =>
  fc.oneof({ weight: 8, arbitrary: wide(small) }, wide(large))
const leapDays = fc.constantFrom(11_016, 19_782, -25_508, 0, -1, 2_932_896, -719_162)
const dayNumber = fc.oneof(fc.integer({ min: 0, max: 25_000 }), leapDays)

export const randomRow: fc.Arbitrary<FormulaRow> = fc.record({
  qty: orBlank(bigger(2000n, 9_000_000_000_000_000_000n)),
  单价: orBlank(bigger(1_000_000n, 10n ** 37n)),
  cost: orBlank(bigger(10_000_000n, 10n ** 37n)),
  rate: orBlank(fc.constantFrom(0, 0.1, -2.5, 3, 1e300, 1 / 3, 2.675, -1e-9)),
  门店: orBlank(rawText),
  note: orBlank(rawText),
  day: orBlank(dayNumber),
  until: orBlank(dayNumber),
  time: orBlank(fc.tuple(dayNumber, fc.nat(86_399)).map(([day, second]) => day * 86_400 + second)),
  paid: orBlank(fc.boolean()),
  'shops.region': orBlank(rawText),
  'shops.area': orBlank(wide(99_999n)),
})
