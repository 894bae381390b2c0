/** Names that are one fewer than the columns: of rows that bear names of their own, or that each end with a delimiter. */
import { recognise, recognised } from './cell-bytes.ts'
import { cellKind } from '../cell-kinds.ts'
import { RecordScanner } from './record-scanner.ts'
import type { CsvShape } from './sniff.ts'
import { isEmptyLine } from './sniff.ts'

export interface ShortHead {
  /** 1-based record of the file. */
  readonly row: number
  /** Columns the names stand too far left. */
  readonly shift: 0 | 1
}

const lookedAt = 200
type Record = readonly Buffer[]

/** Undefined where the line above the first full one is a title, or there is none. */
export function shortHead(
  sample: Uint8Array,
  complete: boolean,
  shape: CsvShape,
  firstRow: number,
): ShortHead | undefined {
  // One name above two columns would be a title.
  if (shape.width < 3) return undefined
  const records = recordsOf(sample, complete, shape.delimiter)
  const first = records.findIndex((record) => record.length >= shape.width)
  const head = records[first - 1]
  if (head?.length !== shape.width - 1 || !head.every(isName)) return undefined
  const data = records.slice(first).filter((record) => record.length === shape.width)
  if (data.every((record) => isBlank(record.at(-1)))) return { row: first - 1 + firstRow, shift: 0 }
  return data.some(holdsValues) && holdsValues(data[0] ?? [])
    ? { row: first - 1 + firstRow, shift: 1 }
    : undefined
}

function recordsOf(sample: Uint8Array, complete: boolean, delimiter: number): Record[] {
  const records: Buffer[][] = []
  let fields: Buffer[] = []
  const end = (kept: Buffer[]): void => {
    if (records.length < lookedAt) records.push(kept)
    fields = []
  }
  const scanner = new RecordScanner(
    delimiter,
    {
      field: (_column, bytes, from, to) => fields.push(Buffer.from(bytes.subarray(from, to))),
      record: () => end(fields),
      bad: () => end([]),
    },
    sample.length,
  )
  scanner.scan(sample, complete)
  return records
}

const isBlank = (field: Buffer | undefined): boolean =>
  field === undefined || isEmptyLine(field, 0, field.length)

/** A fact such as 门店：全部 is said above a table, not of a column. */
function isName(field: Buffer): boolean {
  const text = field.toString('utf8')
  return /\p{L}/u.test(text) && !/.[:：]/.test(text) && !recognise(field, 0, field.length)
}

/** Numbers or days; years alone could be names of columns. */
function holdsValues(record: Record): boolean {
  return record.some((field) => {
    if (!recognise(field, 0, field.length)) return false
    const { kind, value } = recognised
    return !(kind === cellKind.scaled && value >= 1990 && value <= 2100)
  })
}
