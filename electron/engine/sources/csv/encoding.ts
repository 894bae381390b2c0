/** Finds out how a text file is encoded, from its bytes alone. */
import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { unreadable } from '../source-limits.ts'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const
export type Encoding = (typeof encodings)[number]

export interface DetectedEncoding {
  readonly encoding: Encoding
  /** Bytes of the mark at the start to leave out. */
  readonly markBytes: number
}

const pieceBytes = 1_048_576
/** After this many lines with non-ASCII bytes the verdict will not change. */
const enoughLines = 2000

export async function detectEncoding(file: FileHandle): Promise<DetectedEncoding> {
  const piece = Buffer.alloc(pieceBytes)
  const { bytesRead } = await file.read(piece, 0, pieceBytes, 0)
  const head = piece.subarray(0, bytesRead)
  const marked = byteOrderMark(head)
  if (marked !== undefined) return marked
  const wide = wideWithoutMark(head)
  if (wide !== undefined) return { encoding: wide, markBytes: 0 }
  return { encoding: await narrowEncoding(file), markBytes: 0 }
}

function byteOrderMark(head: Buffer): DetectedEncoding | undefined {
  const start = head.toString('hex', 0, 3)
  if (start === 'efbbbf') return { encoding: 'utf-8', markBytes: 3 }
  if (start.startsWith('fffe')) return { encoding: 'utf-16le', markBytes: 2 }
  if (start.startsWith('feff')) return { encoding: 'utf-16be', markBytes: 2 }
  return undefined
}

/** Line ends and separators of UTF-16 leave zero bytes on one side only; other zeros mean the file is no text. */
function wideWithoutMark(head: Buffer): Encoding | undefined {
  if (!head.includes(0)) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  if (even === 0) return 'utf-16le'
  if (odd === 0) return 'utf-16be'
  throw unreadable('zero bytes in a text file')
}

/** UTF-8 unless most lines with other bytes are not; a few damaged lines do not turn the whole file into another script. */
async function narrowEncoding(file: FileHandle): Promise<Encoding> {
  const votes = { good: 0, bad: 0 }
  const piece = Buffer.alloc(pieceBytes)
  let rest = Buffer.alloc(0)
  for (let at = 0; votes.good + votes.bad < enoughLines;) {
    const { bytesRead } = await file.read(piece, 0, pieceBytes, at)
    if (bytesRead === 0) break
    at += bytesRead
    const all = Buffer.concat([rest, piece.subarray(0, bytesRead)])
    const end = all.lastIndexOf(0x0a) + 1
    voteLines(all.subarray(0, end), votes)
    rest = all.length - end > pieceBytes ? Buffer.alloc(0) : Buffer.from(all.subarray(end))
  }
  voteLines(rest, votes)
  return votes.bad > votes.good ? 'gb18030' : 'utf-8'
}

function voteLines(block: Buffer, votes: { good: number; bad: number }): void {
  const wide = block.some((byte) => byte >= 0x80)
  if (!wide) return
  let from = 0
  while (from < block.length && votes.good + votes.bad < enoughLines) {
    const found = block.indexOf(0x0a, from)
    const end = found < 0 ? block.length : found
    const line = block.subarray(from, end)
    if (line.some((byte) => byte >= 0x80)) votes[isUtf8(line) ? 'good' : 'bad']++
    from = end + 1
  }
}
