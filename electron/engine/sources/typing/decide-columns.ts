/** Decides the types of all columns of a file: how some write their decimals says how the others are meant. */
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { KnownColumn, TypeDecision } from './type-decision.ts'
import { decideType, isOpenlyMarked, provenMark } from './type-decision.ts'

export interface ColumnCells {
  readonly name: string
  readonly profile: ColumnProfile
  readonly known?: KnownColumn
}

export function decideColumns(columns: readonly ColumnCells[], pool: TextPool): TypeDecision[] {
  const alone = columns.map(({ name, profile, known }) => decideType(name, profile, pool, known))
  const marks = alone.map((decision, index) => {
    const column = columns[index]
    return column && column.known?.mark === undefined && provenMark(decision, column.profile)
  })
  if (!marks.includes('comma') || marks.includes('point')) return alone
  return alone.map((decision, index) => {
    const column = columns[index]
    if (column === undefined || !isOpenlyMarked(decision, column.profile)) return decision
    const { name, profile, known } = column
    return decideType(name, profile, pool, { ...known, commas: true })
  })
}
