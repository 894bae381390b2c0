/** Decides the types of all columns of a file: how some write their decimals says how the others are meant. */
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { KnownColumn, TypeDecision } from './type-decision.ts'
import { namesMeasure } from './identifier-names.ts'
import { decideType, isOpenlyMarked, provenMark } from './type-decision.ts'

export interface ColumnCells {
  readonly name: string
  readonly profile: ColumnProfile
  readonly known?: KnownColumn
}

/** `partedByCommas`: their file is a text file whose fields commas part. */
export function decideColumns(
  columns: readonly ColumnCells[],
  pool: TextPool,
  partedByCommas: boolean,
): TypeDecision[] {
  const alone = columns.map(({ name, profile, known }) => decideType(name, profile, pool, known))
  const marks = alone.map((decision, index) => {
    const column = columns[index]
    if (column === undefined || column.known?.mark !== undefined) return undefined
    const mark = provenMark(decision, column.profile)
    // Sizes 1,5 and 2,3 in quotes are rather lists of two.
    const mayBeList = partedByCommas && decision.scale < 2 && !namesMeasure(column.name)
    return mark === 'comma' && mayBeList ? undefined : mark
  })
  if (!marks.includes('comma') || marks.includes('point')) return alone
  return alone.map((decision, index) => {
    const column = columns[index]
    if (column === undefined || !isOpenlyMarked(decision, column.profile)) return decision
    const { name, profile, known } = column
    return decideType(name, profile, pool, { ...known, commas: true })
  })
}
