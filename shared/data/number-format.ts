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
  readonly { readonly from: number; readonly sign: string }[]
> = {
  none: [],
  wan: [
    { from: 1e8, sign: '亿' },
    { from: 1e4, sign: '万' },
  ],
  kmb: [
    { from: 1e9, sign: 'B' },
    { from: 1e6, sign: 'M' },
    { from: 1e3, sign: 'K' },
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
  })
  formatters.set(key, made)
  return made
}

/** Text of a number; blank is empty text. A unit is taken when the number itself reaches it. */
export function formatNumber(
  value: number | null,
  style: NumberStyle,
  locale: FormatLocale,
): string {
  if (value === null || Number.isNaN(value)) return ''
  if (style.kind === 'percent') {
    return `${formatter(locale, style.decimals, style.grouping).format(value * 100)}%`
  }
  const unit = units[style.unit].find(({ from }) => Math.abs(value) >= from)
  const number = unit ? value / unit.from : value
  const text = formatter(locale, style.decimals, style.grouping).format(Math.abs(number))
  const negative = number < 0 && /[1-9]/.test(text)
  return `${negative ? '-' : ''}${style.kind === 'currency' ? currencySign : ''}${text}${unit?.sign ?? ''}`
}

/** The same look as an Excel number format; units are divided by thousands only, so 万 and 亿 stay unscaled there. */
export function excelFormat(style: NumberStyle): string {
  const digits = style.decimals > 0 ? `.${'0'.repeat(style.decimals)}` : ''
  const body = `${style.grouping ? '#,##0' : '0'}${digits}`
  if (style.kind === 'percent') return `${body}%`
  const signed = style.kind === 'currency' ? `"${currencySign}"${body}` : body
  if (style.unit !== 'kmb') return signed
  const scaled = (commas: string, sign: string): string => `${signed}${commas}"${sign}"`
  return `[>=1000000]${scaled(',,', 'M')};[>=1000]${scaled(',', 'K')};${signed}`
}
