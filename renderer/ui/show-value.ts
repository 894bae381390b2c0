import { withoutTimeMark } from '../../shared/data/calendar-day.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { NumberStyle } from '../../shared/data/number-format.ts'
import { formatNumber } from '../../shared/data/number-format.ts'
import { exactAt, textAt } from '../../shared/query/cell-reading.ts'
import type { ValueColumn } from '../../shared/query/query-result.ts'
import { memberCaption } from '../../shared/report/captions.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'

export const showMember: (member: Member, text: Text) => string = memberCaption

const formats = new Map<string, Intl.NumberFormat>()

/** A value for reading: numbers grouped, with the decimals they have, at most two unless they are exact. */
export function showValue(
  column: ValueColumn,
  index: number,
  language: Language,
  text?: Text,
): string {
  const number = exactAt(column, index)
  if (number === null) return showText(column, index, text)
  const decimals = column.kind === 'scaled' ? column.scale : 0
  // Decimal text keeps every digit it has.
  const most = typeof number === 'string' ? 6 : Math.max(2, decimals)
  const key = `${language}${decimals}.${most}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: most,
      signDisplay: 'negative',
    })
  formats.set(key, format)
  // A cell's decimal text is digits and a point.
  return format.format(number as number | `${number}`)
}

/** A value of a detail table: its numbers in the column's own style, as an export writes them. */
export function showListed(
  column: ValueColumn,
  index: number,
  style: NumberStyle | undefined,
  language: Language,
  text: Text,
): string {
  const number = exactAt(column, index)
  return style && number !== null
    ? formatNumber(number, style, language)
    : showValue(column, index, language, text)
}

function showText(column: ValueColumn, index: number, text: Text | undefined): string {
  const value = textAt(column, index)
  if (value === null) return ''
  if (text && column.kind === 'text' && column.writing === 'boolean')
    return text(value === 'true' ? 'value.yes' : 'value.no')
  return withoutTimeMark(value)
}
