import { withoutTimeMark } from '../../shared/data/calendar-day.ts'
import type { NumberStyle } from '../../shared/data/number-format.ts'
import { formatNumber } from '../../shared/data/number-format.ts'
import { exactAt, textAt } from '../../shared/query/cell-reading.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'

export interface CrosstabMeasure {
  readonly caption: string
  readonly format: NumberStyle
}

/** A cell as it is shown; blank where no base rows are behind it. */
export function cellText(
  result: QueryResult,
  measure: CrosstabMeasure,
  index: number,
  place: number,
  locale: 'zh-CN' | 'en',
): string {
  const column = result.cells[index]
  const number = exactAt(column, place)
  if (number !== null) return formatNumber(number, measure.format, locale)
  return withoutTimeMark(textAt(column, place) ?? '')
}
