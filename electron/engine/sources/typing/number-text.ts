/** Numbers people write as text: grouped, signed, in percent, in 万, with a currency or a unit. */
import { cellKind, maxScaledDecimals, maxScaledDigits } from '../cell-kinds.ts'
import type { ExactNumber } from '../exact-number.ts'
import { exactNumber, powerOfTen } from '../exact-number.ts'

/** Which mark parts the decimals: `1,234.5` or `1.234,5`. */
export const numberForms = ['point', 'comma'] as const
export type NumberForm = (typeof numberForms)[number]

export interface WrittenNumber extends ExactNumber {
  /** `%`, a currency such as `¥`, a unit such as `件`; empty for a bare number. */
  readonly sign: string
  /** Places behind the point of a number of more digits than are kept exactly; Infinity where an exponent says them. */
  readonly places?: number
  /** Not all of its digits are in the value. */
  readonly lossy?: true
}

const currencies = new Map([
  ['¥', '¥'], ['￥', '¥'], ['RMB', '¥'], ['CNY', '¥'], ['人民币', '¥'], ['元', '¥'], ['圆', '¥'],
  ['$', '$'], ['US$', '$'], ['USD', '$'], ['美元', '$'], ['HK$', 'HK$'], ['HKD', 'HK$'], ['港元', 'HK$'], ['港币', 'HK$'],
  ['NT$', 'NT$'], ['TWD', 'NT$'], ['€', '€'], ['EUR', '€'], ['欧元', '€'], ['£', '£'], ['GBP', '£'], ['英镑', '£'],
]) // prettier-ignore
const units = [
  '件', '个', '只', '双', '瓶', '盒', '箱', '包', '袋', '台', '张', '次', '人', '人次', '天', '岁', '分', '积分', '套', '条', '支', '本', '杯', '份', '笔', '单',
  '公斤', '千克', '克', '斤', '吨', '升', '毫升', '米', '厘米', '毫米', '平方米', '小时', '分钟', 'kg', 'g', 'mg', 'l', 'ml', 'm', 'cm', 'mm', 'pcs', 'pts',
] // prettier-ignore
/** Places the point moves: `1.2万` is 12000, `12%` is 0.12. */
const multipliers = new Map([['万', 4], ['亿', 8], ['万亿', 12], ['%', -2], ['‰', -3]]) // prettier-ignore

const oneOf = (words: Iterable<string>): string =>
  [...words]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('$', String.raw`\$`))
    .join('|')

const digits = {
  point: String.raw`(?<whole>\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.(?<fraction>\d+))?`,
  comma: String.raw`(?<whole>\d{1,3}(?:\.\d{3})+|\d+|(?=,\d))(?:,(?<fraction>\d+))?`,
}
const written = (form: NumberForm): RegExp =>
  new RegExp(
    String.raw`^(?<open>\()?(?<sign>[+-])?\s*(?<before>${oneOf(currencies.keys())})?\s*(?<inner>[+-])?` +
      digits[form] +
      String.raw`\s*(?<times>${oneOf(multipliers.keys())})?\s*(?<after>${oneOf([...currencies.keys(), ...units])})?(?<behind>-)?(?<close>\))?$`,
    'i',
  )
const patterns: Readonly<Record<NumberForm, RegExp>> = {
  point: written('point'),
  comma: written('comma'),
}
/** As programs write them: with a point or a sign. `12E4` is a code. */
const exponentForm = /^[+-]?(?:\d+\.\d+[eE][+-]?|\d+[eE][+-])\d{1,3}$/

/** Full-width digits and signs, and the long minus, in their usual form. */
export function plainWidth(raw: string): string {
  const text = raw.trim()
  return /[\u3000\uff00-\uffef\u2212\u00a0]/.test(text)
    ? text.normalize('NFKC').replaceAll('\u2212', '-').trim()
    : text
}

/**
 * `12`, `-1,234.50`, `¥12.00`, `(300)`, `12.5%`, `1.2万`, `３件`, `.5`. Undefined for anything else, and for what a number would
 * lose: leading zeros, more than 15 digits in a whole number, a percent of money.
 */
export function readNumber(raw: string, form: NumberForm = 'point'): WrittenNumber | undefined {
  const found = writtenNumber(plainWidth(raw), form)
  if (typeof found === 'number') return finite(found, { sign: '', places: Infinity })
  return found && exactly(found)
}

/** The digits of a number as they are written, however many, and how many places its point moves to the right. */
export interface WrittenDigits {
  readonly whole: string
  readonly fraction: string
  readonly move: number
  readonly negative: boolean
}

const scientific = /^(?<sign>[+-])?(?<whole>\d+)(?:\.(?<fraction>\d+))?[eE](?<power>[+-]?\d{1,2})$/

/** As `readNumber`, with leading zeros and all digits. */
export function writtenDigits(raw: string, form: NumberForm): WrittenDigits | undefined {
  const text = plainWidth(raw)
  const power = scientific.exec(text)?.groups
  if (power) {
    const { sign, whole = '', fraction = '' } = power
    return { whole, fraction, move: Number(power['power']), negative: sign === '-' }
  }
  const found = writtenNumber(text, form)
  return typeof found === 'number' ? undefined : found
}

/** Looking for a number takes the square of the spaces inside a text. */
const longestNumber = 400

/** A number where the text is one with an exponent. */
function writtenNumber(text: string, form: NumberForm): Reading | number | undefined {
  if (text.length > longestNumber) return undefined
  const first = text.codePointAt(0) ?? 0
  // Letters other than a currency's start no number: most texts end here.
  if (first > 0x7f && !currencySign(first)) return undefined
  const found = patterns[form].exec(text)
  if (found === null) return exponentForm.test(text) ? Number(text) : undefined
  const {
    open,
    sign,
    before,
    inner,
    whole = '',
    fraction = '',
    times,
    after,
    behind,
    close,
  } = found.groups ?? {}
  if ((open === undefined) !== (close === undefined)) return undefined
  if ([open, sign, inner, behind].filter((one) => one !== undefined).length > 1) return undefined
  const unit = unitOf(before, times, after)
  if (unit === undefined) return undefined
  // `12.50-` is how old systems write it.
  const negative = open !== undefined || [sign, inner, behind].includes('-')
  const move = multipliers.get(times ?? '') ?? 0
  return { whole: whole.replaceAll(/[.,]/g, '') || '0', fraction, unit, negative, move }
}

/** Units of numbers that no number in a cell bears. */
const namedUnits = /^(?:家|户|位|名|款|种|桶|间|平米|㎡|m²|百分比|(?:元|件|人|万元)\/\S{1,4})$/

/** `元`, `（万元）`, `单位：%`: the unit a text names and nothing else. */
export function unitIn(raw: string): string | undefined {
  const bare = plainWidth(raw).replace(/^单位\s*[:：]?\s*/, '')
  const unit = bare.replace(/^[([【]\s*(.*?)\s*[)\]】]$/, '$1')
  if (unit === '' || unit.length > 8 || /[\d\s.,+\-()]/.test(unit)) return undefined
  return namedUnits.test(unit) || readNumber(`1${unit}`) !== undefined ? unit : undefined
}

const currencySign = (code: number): boolean =>
  [...currencies.keys()].some((key) => key.codePointAt(0) === code)

/** Undefined when signs contradict each other. */
function unitOf(before?: string, times?: string, after?: string): string | undefined {
  const leading = before === undefined ? '' : (currencies.get(before.toUpperCase()) ?? before)
  const trailing =
    after === undefined ? '' : (currencies.get(after.toUpperCase()) ?? after.toLowerCase())
  const share = times === '%' || times === '‰' ? times : ''
  const signs = new Set([leading, trailing, share].filter((sign) => sign !== ''))
  return signs.size > 1 ? undefined : ([...signs][0] ?? '')
}

interface Reading extends WrittenDigits {
  readonly unit: string
}

function exactly({ whole, fraction, ...reading }: Reading): WrittenNumber | undefined {
  if (whole.length > 1 && whole.startsWith('0')) return undefined
  if (whole.length > maxScaledDigits) return undefined
  const { unit, negative, move } = reading
  const decimals = fraction.length - move
  const significant = whole + fraction + '0'.repeat(Math.max(0, -decimals))
  if (significant.length > maxScaledDigits || decimals > maxScaledDecimals) {
    const wide = Number(`${negative ? '-' : ''}${whole}.${fraction || '0'}e${move}`)
    const lossy = digitsOf(wide) === bareDigits(whole + fraction) ? {} : { lossy: true as const }
    return finite(wide, { sign: unit, places: Math.max(0, decimals), ...lossy })
  }
  const value = Number(significant)
  return {
    kind: cellKind.scaled + Math.max(0, decimals),
    value: negative && value !== 0 ? -value : value,
    sign: unit,
  }
}

function finite(
  value: number,
  more: Pick<WrittenNumber, 'sign' | 'places' | 'lossy'>,
): WrittenNumber | undefined {
  return Number.isFinite(value) ? { ...exactNumber(value), ...more } : undefined
}

const bareDigits = (digits: string): string => digits.replace(/^0+/, '').replace(/0+$/, '')

/** The fewest digits that make this double and no other. */
const digitsOf = (value: number): string =>
  bareDigits(String(Math.abs(value)).replace(/e.*$/, '').replace('.', ''))

/** A number read from text under `1.234,5`: what was taken for 1.234 is 1234. Undefined when it cannot be. */
export function underCommaForm(kind: number, value: number): ExactNumber | undefined {
  const decimals = kind - cellKind.scaled
  if (decimals === 0) return { kind, value }
  const size = Math.abs(value)
  const isGrouped = decimals === 3 && size >= powerOfTen(3) && size < powerOfTen(6)
  return isGrouped || value === 0 ? { kind: cellKind.scaled, value } : undefined
}
