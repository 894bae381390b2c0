/** Names that are one fewer than the columns: of rows that bear names of their own, or that each end with a delimiter. */
import { recognise, recognised } from './cell-bytes.ts'
import { cellKind } from '../cell-kinds.ts'
import type { LineShape } from './dialect.ts'
import type { SampleRecord } from './sample-records.ts'
import { isBlankField } from './sample-records.ts'

export interface ShortHead {
  /** 1-based record of the file. */
  readonly row: number
  /** Columns the names stand too far left. */
  readonly shift: 0 | 1
}

/** Undefined where the line above the first full one is a title, or there is none. */
export function shortHead(
  records: readonly SampleRecord[],
  { width }: LineShape,
  firstRow: number,
): ShortHead | undefined {
  // One name above two columns would be a title.
  if (width < 3) return undefined
  const first = records.findIndex(({ fields }) => fields.length >= width)
  const [head, body] = [records[first - 1], records[first]]
  if (head?.fields.length !== width - 1 || head.row + 1 !== body?.row) return undefined
  if (!head.fields.every(isName)) return undefined
  const row = head.row - 1 + firstRow
  const data = records
    .slice(first)
    .map(({ fields }) => fields)
    .filter((fields) => fields.length === width)
  if (data.every((fields) => isBlankField(fields.at(-1)))) return { row, shift: 0 }
  if (data.every(endsInTwo)) return undefined
  return data.some(holdsValues) && holdsValues(data[0] ?? []) ? { row, shift: 1 } : undefined
}

/** `12,50` without quotes: an amount that its own comma cut in two, in every row. */
const endsInTwo = (fields: readonly Buffer[]): boolean =>
  /^\s*-?\d+,\d\d\s*$/.test(`${fields.at(-2)?.toString() ?? ''},${fields.at(-1)?.toString() ?? ''}`)

/** A fact such as 门店：全部 is said above a table, not of a column. */
export function isName(field: Buffer): boolean {
  const text = field.toString('utf8')
  return /\p{L}/u.test(text) && !/.[:：]/.test(text) && !recognise(field, 0, field.length)
}

/** Numbers or days; years alone could be names of columns. */
function holdsValues(record: readonly Buffer[]): boolean {
  return record.some((field) => {
    if (!recognise(field, 0, field.length)) return false
    const { kind, value } = recognised
    return !(kind === cellKind.scaled && value >= 1990 && value <= 2100)
  })
}
