/** The first records of a text file under one way of cutting it, to see which way it means. */
import type { Dialect } from './dialect.ts'
import { RecordScanner } from './record-scanner.ts'

export interface SampleRecord {
  /** 1-based among all records, blank and bad ones included. */
  readonly row: number
  readonly fields: readonly Buffer[]
}

export interface SampleRecords {
  /** The first that are not blank. */
  readonly records: readonly SampleRecord[]
  /** Lines of the whole sample that do not parse. */
  readonly bad: number
  /** Fields of the whole sample that stand in quotes. */
  readonly quoted: number
}

const mostRecords = 200

export function readSample(sample: Uint8Array, complete: boolean, dialect: Dialect): SampleRecords {
  const records: SampleRecord[] = []
  const seen = { bad: 0, quoted: 0 }
  let row = 0
  let fields: Buffer[] = []
  const listener = {
    field: (_column: number, bytes: Uint8Array, from: number, to: number): void => {
      if (bytes !== sample || bytes[from - 1] === dialect.quote) seen.quoted++
      if (records.length < mostRecords) fields.push(Buffer.from(bytes.subarray(from, to)))
    },
    record: (_fields: number, bytes: Uint8Array, from: number, to: number): void => {
      row++
      if (records.length < mostRecords && !isEmptyLine(bytes, from, to))
        records.push({ row, fields })
      fields = []
    },
    bad: (): void => {
      row++
      seen.bad++
      fields = []
    },
  }
  new RecordScanner(dialect, listener, sample.length).scan(sample, complete)
  return { records, ...seen }
}

export const isBlankField = (field: Buffer | undefined): boolean =>
  field === undefined || isEmptyLine(field, 0, field.length)

export function isEmptyLine(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if ((bytes[at] ?? 0) > 0x20) return false
  }
  return true
}
