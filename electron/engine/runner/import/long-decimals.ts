/** Numbers of so many decimals that no exact type holds them: the whole column is floating numbers then, which is said. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { cellKind, maxScaledDecimals } from '../../sources/cell-kinds.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import { cellText } from '../../sources/typing/cell-text.ts'
import type { ColumnProfile } from '../../sources/typing/column-profile.ts'
import { namesMeasure, namesQuantity } from '../../sources/typing/identifier-names.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'

const mostDecimals = 6
const longFraction = /[.,]\d{7,}/

/** Of amounts always, of others where most have fewer: shares and coordinates are meant to be so. */
export function longDecimals(
  name: string,
  { type, warnings }: TypeDecision,
  profile: ColumnProfile,
  pool: TextPool,
): DatasetWarning[] {
  // Times of day and spans of time are fractions of days.
  if (profile.elapsed > 0) return []
  if (type !== 'double' || warnings.some(({ code }) => code === 'lostDigits')) return []
  const cells = profile.firstCells().filter(({ kind }) => isLong(kind))
  const written = cells.map(({ kind, value }) => cellText(kind, value, pool) ?? '')
  const texts = profile.exampleTexts(pool, (text) => longFraction.test(text))
  const examples = [...written.filter((text) => longFraction.test(text)), ...texts].slice(0, 3)
  if (examples.length === 0) return []
  const isAmount = namesMeasure(name) || namesQuantity(name)
  const long = longCells(profile) + profile.count(cellKind.text)
  if (!isAmount && long * 2 > profile.filled) return []
  return [{ code: 'longDecimals', column: name, examples }]
}

const isLong = (kind: number): boolean =>
  kind === cellKind.double || (kind > cellKind.scaled + mostDecimals && kind <= cellKind.scaledLast)

function longCells(profile: ColumnProfile): number {
  let count = profile.count(cellKind.double) - profile.wideWholes
  for (let places = mostDecimals + 1; places <= maxScaledDecimals; places++)
    count += profile.count(cellKind.scaled + places)
  return count
}
