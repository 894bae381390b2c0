/** Looks at the start of a text file to learn its delimiter and how many fields a record has. */
import { RecordScanner } from './record-scanner.ts'

export interface CsvShape {
  /** ASCII code. */
  readonly delimiter: number
  /** Fields of the usual record. */
  readonly width: number
}

const candidates = [0x2c, 0x09, 0x3b, 0x7c]
const sniffedRecords = 200

/** Chooses the delimiter under which most records agree on the largest number of fields, more than one. */
export function sniffShape(bytes: Uint8Array, complete: boolean, said?: number): CsvShape {
  if (said !== undefined) {
    return { delimiter: said, width: usualWidth(fieldCounts(bytes, said, complete)).width }
  }
  let best: CsvShape & { score: number } = { delimiter: 0x2c, width: 1, score: 0 }
  for (const delimiter of candidates) {
    const { width, share } = usualWidth(fieldCounts(bytes, delimiter, complete))
    const score = width > 1 ? share * (1 + Math.log2(width) / 8) : 0
    if (score > best.score) best = { delimiter, width, score }
  }
  return { delimiter: best.delimiter, width: best.width }
}

function fieldCounts(bytes: Uint8Array, delimiter: number, complete: boolean): number[] {
  const counts: number[] = []
  const scanner = new RecordScanner(
    delimiter,
    {
      field: () => undefined,
      record: (fields, block, from, to) => {
        if (counts.length < sniffedRecords && !isEmptyLine(block, from, to)) counts.push(fields)
      },
      bad: () => undefined,
    },
    bytes.length,
  )
  scanner.scan(bytes, complete)
  return counts
}

export function isEmptyLine(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if ((bytes[at] ?? 0) > 0x20) return false
  }
  return true
}

function usualWidth(counts: readonly number[]): { width: number; share: number } {
  const tally = new Map<number, number>()
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1)
  let width = 1
  let most = 0
  for (const [fields, times] of tally) {
    // Of widths met equally often the first is that of the names; of single lines the first may be a title.
    if (times > most || (times === most && fields > width && (width === 1 || times === 1))) {
      width = fields
      most = times
    }
  }
  return { width, share: counts.length === 0 ? 0 : most / counts.length }
}
