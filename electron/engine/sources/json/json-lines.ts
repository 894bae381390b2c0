/** Lines of JSON that do not parse are kept apart, so that the others can be read. */
import { isUtf8 } from 'node:buffer'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isEmptyLine } from '../csv/sample-records.ts'
import { rawLine } from '../csv/csv-rows.ts'
import type { RejectedLine, RejectReason } from '../reader.ts'
import { keptRejects } from '../reader.ts'
import { findJsonFault } from './json-faults.ts'

export interface CleanLines {
  readonly good: number
  /** Of very many the first alone. */
  readonly bad: readonly RejectedLine[]
  readonly badCount: number
  /** Lines of the file that are no rows of the clean one, by their number. */
  readonly without: ReadonlySet<number>
}

const pieceBytes = 4_194_304
/** More than so many lines apart are no file of lines. */
const mostBad = 100_000

/** Writes the lines that are one object each to `target`; undefined where the file is hardly one of lines. */
export async function cleanLines(
  path: string,
  target: string,
  maxLine: number,
): Promise<CleanLines | undefined> {
  const found = { good: 0, bad: [] as RejectedLine[], badCount: 0, without: new Set<number>() }
  // Heard by the pipeline alone, so that a full disk ends the writing with what is wrong.
  await pipeline(Readable.from(goodLines(path, maxLine, found)), createWriteStream(target))
  return found.badCount <= mostBad && found.badCount < found.good ? found : undefined
}

interface Found {
  good: number
  readonly bad: RejectedLine[]
  badCount: number
  readonly without: Set<number>
}

async function* goodLines(path: string, maxLine: number, found: Found): AsyncGenerator<Buffer> {
  let row = 0
  for await (const line of linesOf(path, maxLine)) {
    row++
    const isBlank = isEmptyLine(line, 0, line.length)
    const reason = isBlank ? undefined : faultOf(line, maxLine)
    if (!isBlank && reason === undefined) {
      found.good++
      yield Buffer.concat([line, newline])
      continue
    }
    found.without.add(row)
    if (reason === undefined) continue
    if (++found.badCount > mostBad) return
    if (found.bad.length < keptRejects) {
      const { text: raw, cut } = rawLine(line, 0, line.length)
      found.bad.push({ row, reason, raw, cut })
    }
  }
}

const newline = Buffer.from('\n')

function faultOf(line: Buffer, maxLine: number): RejectReason | undefined {
  if (line.length > maxLine) return 'tooLong'
  if (!isUtf8(line)) return 'badEncoding'
  const fault = findJsonFault(line.toString('utf8'), 'objects')
  return fault?.kind === 'cutJson' ? 'badJson' : fault?.kind
}

/** Without their ends; of a line beyond the limit no more than tells so. */
async function* linesOf(path: string, maxLine: number): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    let rest = Buffer.alloc(0)
    for (;;) {
      const piece = Buffer.alloc(pieceBytes)
      const { bytesRead } = await file.read(piece, 0, pieceBytes)
      if (bytesRead === 0) break
      const all = Buffer.concat([rest, piece.subarray(0, bytesRead)])
      let from = 0
      for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
        yield all.subarray(from, end)
        from = end + 1
      }
      rest = Buffer.from(all.subarray(from, from + maxLine + 1))
    }
    if (rest.length > 0) yield rest
  } finally {
    await file.close()
  }
}
