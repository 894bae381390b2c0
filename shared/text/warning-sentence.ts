import type { DatasetWarning } from '../data/dataset.ts'
import type { Text } from './messages.ts'

const neutral = new Set<DatasetWarning['code']>([
  'convertedEncoding',
  'textIdentifier',
  'mendedRows',
  'droppedRows',
  'oneZone',
  'shortYears',
  'monthsAsDays',
  'trimmedMarks',
  'filledMerged',
  'innerList',
  'shortRows',
])

/** A text that was converted, an identifier kept with its zeros: said, not warned of. */
export const warningTone = (code: DatasetWarning['code']): 'neutral' | 'warning' =>
  neutral.has(code) ? 'neutral' : 'warning'

/** A remark about an import, for people. */
export function warningSentence(warning: DatasetWarning, text: Text): string {
  const { code, column = '', count = 0, examples = [], wouldBe } = warning
  const type = wouldBe === undefined ? '' : text(`type.${wouldBe}`)
  const values = { column, count, type, examples: examples.join(text('list.separator')) }
  if (wouldBe !== undefined) return text('warning.mostlyOne', values)
  // Earlier imports did not keep which name it was.
  if (code === 'duplicateHeader' && examples.length === 0) return text('warning.sameNames', values)
  // Counted: the column is one of dates, and these alone are blank.
  if (code === 'openDateOrder' && warning.count !== undefined)
    return text('warning.openDates', values)
  // Earlier imports counted them for the whole sheet.
  if (code === 'mergedCells' && column === '') return text('warning.mergedSheet', values)
  if (code === 'innerList' && examples.length === 0) return text('warning.innerListAlone', values)
  if (code === 'leftOutColumn' && column === '') return text('warning.leftOutColumns', values)
  return text(`warning.${code}`, values)
}
