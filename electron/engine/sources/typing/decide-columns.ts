/** Decides the types of all columns of a file: how some write their decimals says how the others are meant. */
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { KnownColumn, TypeDecision } from './type-decision.ts'
import type { NumberForm } from './number-text.ts'
import { namesMeasure } from './identifier-names.ts'
import { decideType, isOpenlyMarked, provenMark } from './type-decision.ts'

export interface ColumnCells {
  readonly name: string
  readonly profile: ColumnProfile
  readonly known?: KnownColumn
  readonly before?: EarlierColumn | undefined
}

/** How a column of the dataset was read so far. */
export interface EarlierColumn {
  /** As some file proved it. */
  readonly mark: NumberForm | undefined
  readonly decimals: boolean
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
  if (marks.includes('point')) return alone
  if (!marks.includes('comma')) return alone.map((one, index) => asBefore(one, columns[index], pool)) // prettier-ignore
  return alone.map((decision, index) => {
    const column = columns[index]
    if (column === undefined || !isOpenlyMarked(decision, column.profile)) return decision
    const { name, profile, known } = column
    return decideType(name, profile, pool, { ...known, commas: true })
  })
}

/** Nothing in its file says what the marks of a column are: what they were so far does, or is told to be in doubt. */
function asBefore(
  decision: TypeDecision,
  column: ColumnCells | undefined,
  pool: TextPool,
): TypeDecision {
  if (column?.before === undefined || !isOpenlyMarked(decision, column.profile)) return decision
  const { name, profile, known, before } = column
  if (known?.mark !== undefined) return decision
  const other = decideType(name, profile, pool, { ...known, commas: true })
  const open = other.warnings.find(({ code }) => code === 'commaFile')
  if (open === undefined) return decision
  if (before.mark === 'comma') {
    const others = other.warnings.filter((one) => one !== open)
    return { ...other, warnings: [...others, { ...open, code: 'commaBefore' }] }
  }
  const isDoubt = before.mark === undefined && before.decimals && open.examples?.some(hasComma)
  const isTold = decision.warnings.some(({ code }) => code === 'openComma')
  if (isDoubt !== true || isTold) return decision
  return { ...decision, warnings: [...decision.warnings, { ...open, code: 'openComma' }] }
}

const hasComma = (text: string): boolean => /[,，]/.test(text)
