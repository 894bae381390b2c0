/** The names and types inside an extract file: what the writer makes and the query compiler reads. See CONTEXT.md. */
import type { FieldRole, FieldType } from '../../../shared/data/field.ts'
import type { Meaning } from '../../../shared/data/meaning.ts'
import type { PersonalKind } from '../../../shared/data/personal.ts'
import { isTemporal } from '../../../shared/data/field.ts'

export const extractFormat = 1

export interface ExtractField {
  readonly name: string
  readonly type: FieldType
  readonly role: FieldRole
  /** Digits after the point; 0 unless `decimal`. */
  readonly scale: number
  /** `%`, a currency or a unit its numbers bore; kept in the catalogue alone. */
  readonly sign?: string
  /** What parted its decimals where some file proved it; kept in the catalogue alone. */
  readonly decimalMark?: 'point' | 'comma' | undefined
  /** As proposed; null for none, absent where nobody looked. Kept in the catalogue alone. */
  readonly meaning?: Meaning | null
  readonly personal?: PersonalKind | null
  /** Text stored as dense codes beside a dictionary table. */
  readonly coded: boolean
  /** Whole numbers beyond 32 bits (`integer`), or more than 18 digits (`decimal`). */
  readonly wide: boolean
  /** Distinct values that are not blank; -1 when not counted. */
  readonly distinct: number
  readonly blanks: number
  /** Smallest and largest value as text (ISO for dates), null when all are blank or the type is text or boolean. */
  readonly min: string | null
  readonly max: string | null
}

export type ExtractShape = Pick<ExtractField, 'type' | 'scale' | 'coded' | 'wide'>

export const dateParts = ['y', 'q', 'm', 'w', 'd'] as const
export type DatePart = (typeof dateParts)[number]

export const rowsTable = 'rows'
export const rowIdColumn = 'row_id'
export const sourceIdColumn = 'source_id'
export const sourceRowColumn = 'source_row'

export function columnName(index: number): string {
  return `c${index}`
}

export function dictionaryTable(index: number): string {
  return `dict_c${index}`
}

export function partColumn(index: number, part: DatePart): string {
  return `c${index}_${part}`
}

/** Column of a relationship's map that holds one part of the many side's key. */
export function mapKey(part: number): string {
  return part === 0 ? 'from_key' : `from_key_${part}`
}

export interface StoredColumn {
  readonly name: string
  readonly sqlType: string
}

/** All columns a field takes in `rows`, its own first, date parts after it. */
export function storedColumns(index: number, shape: ExtractShape): readonly StoredColumn[] {
  const own = { name: columnName(index), sqlType: sqlTypeOf(shape) }
  if (!isTemporal(shape.type)) return [own]
  return [
    own,
    ...dateParts.map((part) => ({
      name: partColumn(index, part),
      sqlType: part === 'y' ? 'SMALLINT' : 'INTEGER',
    })),
  ]
}

export function sqlTypeOf(shape: ExtractShape): string {
  switch (shape.type) {
    case 'text':
      return shape.coded ? 'INTEGER' : 'VARCHAR'
    case 'integer':
      return shape.wide ? 'BIGINT' : 'INTEGER'
    case 'decimal':
      return `DECIMAL(${shape.wide ? 38 : 18},${shape.scale})`
    case 'double':
      return 'DOUBLE'
    case 'boolean':
      return 'BOOLEAN'
    case 'date':
      return 'DATE'
    case 'timestamp':
      return 'TIMESTAMP'
  }
}

/** Dictionary coding pays below a million values, and not for columns that hardly repeat. */
export function worthCoding(distinct: number, rows: number): boolean {
  return distinct < 1_000_000 && !(rows > 100_000 && distinct > rows / 2)
}
