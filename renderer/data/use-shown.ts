import { withoutTimeMark } from '../../shared/data/calendar-day.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import { showMember } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

/** Numbers with at most six digits after the point: a mean has no end of them. */
export function useShown(): (value: CellValue) => string {
  const text = useText()
  const language = useLanguage()
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 6 })
  return (value) =>
    typeof value === 'number' ? format.format(value) : withoutTimeMark(showMember(value, text))
}
