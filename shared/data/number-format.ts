/** How a number is written for people. The value is never changed: rounding happens in the text alone. */
export interface NumberStyle {
  readonly kind: 'number' | 'percent' | 'currency'
  readonly decimals: number
  readonly grouping: boolean
  /** `wan` writes 万 and 亿, `kmb` K, M and B. */
  readonly unit: 'none' | 'wan' | 'kmb'
}

export type FormatLocale = 'zh-CN' | 'en'

/** Money is the shop's: yuan in both languages, since the data has one currency whoever reads it. */
const currencySign = '¥'

const units: Record<
  NumberStyle['unit'],
  readonly { readonly power: number; readonly sign: string }[]
> = {
  none: [],
  wan: [
    { power: 8, sign: '亿' },
    { power: 4, sign: '万' },
  ],
  kmb: [
    { power: 9, sign: 'B' },
    { power: 6, sign: 'M' },
    { power: 3, sign: 'K' },
  ],
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Half away from zero, as in Excel: 0.125 with two decimals is 0.13. */
function formatter(locale: FormatLocale, decimals: number, grouping: boolean): Intl.NumberFormat {
  const key = `${locale}|${decimals}|${grouping}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: grouping,
    roundingMode: 'halfExpand',
    // What rounds to zero has no sign.
    signDisplay: 'negative',
  })
  formatters.set(key, made)
  return made
}

/** A number moved by a power of ten digit by digit: times 100 would make 28.499… of 0.285. */
function shifted(value: number | string, power: number): `${number}` {
  const [digits = '', exponent = '0'] = String(value).split('e')
  // The caller's decimal text stays one under another exponent.
  return `${digits}e${Number(exponent) + power}` as `${number}`
}

/**
 * Text of a number; blank is empty text. Decimal text, for numbers too wide for a double, is written with all its digits.
 * A unit is taken when the number itself reaches it.
 */
export function formatNumber(
  value: number | string | null,
  style: NumberStyle,
  locale: FormatLocale,
): string {
  if (value === null || Number.isNaN(value)) return ''
  const format = formatter(locale, style.decimals, style.grouping)
  if (style.kind === 'percent') return `${format.format(shifted(value, 2))}%`
  const size = Math.abs(Number(value))
  const unit = units[style.unit].find(({ power }) => size >= 10 ** power)
  const text = format.format(shifted(value, -(unit?.power ?? 0)))
  const sign = style.kind === 'currency' ? currencySign : ''
  const signed = text.startsWith('-') ? `-${sign}${text.slice(1)}` : `${sign}${text}`
  return `${signed}${unit?.sign ?? ''}`
}

/** The same look as an Excel number format, as far as that goes (docs/divergences.md, workbooks). */
export function excelFormat(style: NumberStyle): string {
  const digits = style.decimals > 0 ? `.${'0'.repeat(style.decimals)}` : ''
  const body = `${style.grouping ? '#,##0' : '0'}${digits}`
  if (style.kind === 'percent') return `${body}%`
  const signed = style.kind === 'currency' ? `"${currencySign}"${body}` : body
  if (style.unit !== 'kmb') return signed
  const scaled = (commas: string, sign: string): string => `${signed}${commas}"${sign}"`
  return `[>=1000000]${scaled(',,', 'M')};[>=1000]${scaled(',', 'K')};${signed}`
}
