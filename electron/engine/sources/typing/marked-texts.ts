/** Texts of a column with marks that keep spreadsheets from taking them for numbers. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { withoutMarks } from '../../../../shared/data/text-marks.ts'
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'

export function markedTexts(
  column: string,
  profile: ColumnProfile,
  pool: TextPool,
): DatasetWarning[] {
  const examples: string[] = []
  let count = 0
  for (const place of profile.textPlaces()) {
    const text = pool.textAt(place)
    if (withoutMarks(text) === undefined) continue
    count++
    // A tab is seen by nobody.
    if (examples.length < 3) examples.push(text.slice(0, 60).replaceAll('\t', '⇥'))
  }
  return count === 0 ? [] : [{ code: 'textMarks', column, count, examples }]
}
