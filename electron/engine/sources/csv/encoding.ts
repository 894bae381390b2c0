/** Finds out how a text file is encoded, from its bytes alone. */
import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { unreadable } from '../source-limits.ts'
import type { EncodingGuess } from './narrow-encodings.ts'
import { guessNarrow } from './narrow-encodings.ts'

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'windows-1252',
] as const
export type Encoding = (typeof encodings)[number]

export interface DetectedEncoding {
  readonly encoding: Encoding
  /** Bytes of the mark at the start to leave out. */
  readonly markBytes: number
  /** Other ways to read it, most likely first, when the bytes leave a choice. */
  readonly guesses: readonly EncodingGuess[]
}

const pieceBytes = 1_048_576
/** After this many lines with non-ASCII bytes the verdict will not change. */
const enoughLines = 2000

export async function detectEncoding(file: FileHandle): Promise<DetectedEncoding> {
  const piece = Buffer.alloc(pieceBytes)
  const { bytesRead } = await file.read(piece, 0, pieceBytes, 0)
  const wide = wideEncoding(piece.subarray(0, bytesRead))
  if (wide !== undefined) return { ...wide, guesses: [] }
  const guesses = await narrowEncodings(file)
  return { encoding: guesses[0]?.encoding ?? 'utf-8', markBytes: 0, guesses }
}

/** What a mark says, or zero bytes on one side; undefined for text of single bytes without a mark. */
export function wideEncoding(head: Buffer): Omit<DetectedEncoding, 'guesses'> | undefined {
  const marked = byteOrderMark(head)
  const wide = marked === undefined ? wideWithoutMark(head) : undefined
  return marked ?? (wide && { encoding: wide, markBytes: 0 })
}

function byteOrderMark(head: Buffer): Omit<DetectedEncoding, 'guesses'> | undefined {
  const start = head.toString('hex', 0, 3)
  if (start === 'efbbbf') return { encoding: 'utf-8', markBytes: 3 }
  if (start.startsWith('fffe')) return { encoding: 'utf-16le', markBytes: 2 }
  if (start.startsWith('feff')) return { encoding: 'utf-16be', markBytes: 2 }
  return undefined
}

/** Of the pairs of UTF-16 text at least so many have a zero, of other text at most so many. */
const zerosOfWide = 0.05
const strayZeros = 0.02
const fewZeros = 2
const zerosOfLatin = 0.3

/** Line ends and separators of UTF-16 leave zero bytes on one side only; many on both mean the file is no text. */
function wideWithoutMark(head: Buffer): Encoding | undefined {
  if (!head.includes(0)) return undefined
  const zeros = { even: 0, odd: 0 }
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2 ? 'odd' : 'even']++
  const pairs = head.length / 2
  const [even, odd] = [zeros.even / pairs, zeros.odd / pairs]
  // Without any byte beyond ASCII it would be Latin letters, of which every pair has a zero.
  const isWide = even + odd >= zerosOfLatin || head.some((byte) => byte >= 0x80)
  if (isWide && odd >= zerosOfWide && even === 0) return 'utf-16le'
  if (isWide && even >= zerosOfWide && odd === 0) return 'utf-16be'
  // A few are no reason to refuse the file: their rows are rejected one by one.
  if (even + odd <= strayZeros || zeros.even + zeros.odd <= fewZeros) return undefined
  throw unreadable('notText', 'zero bytes in a text file')
}

/** UTF-8 unless most lines with other bytes are not; a few damaged lines do not turn the whole file into another script. */
async function narrowEncodings(file: FileHandle): Promise<EncodingGuess[]> {
  const votes: Votes = { good: 0, bad: 0, lines: [] }
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
  return votes.bad > votes.good ? guessNarrow(votes.lines) : []
}

interface Votes {
  good: number
  bad: number
  /** Lines that are not UTF-8. */
  readonly lines: Buffer[]
}

function voteLines(block: Buffer, votes: Votes): void {
  const wide = block.some((byte) => byte >= 0x80)
  if (!wide) return
  let from = 0
  while (from < block.length && votes.good + votes.bad < enoughLines) {
    const found = block.indexOf(0x0a, from)
    const end = found < 0 ? block.length : found
    const line = block.subarray(from, end)
    if (line.some((byte) => byte >= 0x80)) {
      const good = isUtf8(line)
      votes[good ? 'good' : 'bad']++
      if (!good) votes.lines.push(Buffer.from(line))
    }
    from = end + 1
  }
}
