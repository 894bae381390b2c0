import type { CellValue, Member } from '../../shared/data/cell-value.ts'
import type { ValueColumn } from '../../shared/query/query-result.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'

export function showMember(member: Member, text: Text): string {
  if (member === null) return text('value.blank')
  if (typeof member === 'boolean') return text(member ? 'value.yes' : 'value.no')
  return String(member)
}

/** A value of a column, numbers at full precision; null for blank. */
export function valueAt(column: ValueColumn, index: number): CellValue {
  if (column.kind === 'text') return column.values[index] ?? null
  const value = column.values[index] ?? NaN
  if (Number.isNaN(value)) return null
  return column.kind === 'scaled' ? value / 10 ** column.scale : value
}

const formats = new Map<string, Intl.NumberFormat>()

/** A value for reading: numbers grouped, with the decimals they have, at most two unless they are exact. */
export function showValue(
  column: ValueColumn,
  index: number,
  language: Language,
  text?: Text,
): string {
  const value = valueAt(column, index)
  if (value === null) return ''
  if (text && column.kind === 'text' && column.writing === 'boolean')
    return text(value === 'true' ? 'value.yes' : 'value.no')
  if (typeof value !== 'number') return String(value).replace('T', ' ')
  const decimals = column.kind === 'scaled' ? column.scale : 0
  const key = `${language}${decimals}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: Math.max(2, decimals),
    })
  formats.set(key, format)
  return format.format(value)
}
