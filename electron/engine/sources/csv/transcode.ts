/** Gives a text file as UTF-8 in blocks of whole lines; bytes that do not decode stay recognisable as such. */
import type { FileHandle } from 'node:fs/promises'
import { overLimit } from '../source-limits.ts'
import type { DetectedEncoding, Encoding } from './encoding.ts'

export interface TextBlock {
  /** UTF-8, ending at a line end except for the last block. */
  readonly bytes: Buffer
  /** Bytes of the file taken so far. */
  readonly taken: number
}

const pieceBytes = 1_048_576
/** Never valid in UTF-8: stands for bytes that did not decode. */
const badByte = 0xff

const lineFeed = 0x0a
const carriageReturn = 0x0d
type LineEnd = typeof lineFeed | typeof carriageReturn

/** A lone carriage return ends lines only where no line feed is seen. */
export async function lineEndOf(file: FileHandle, detected: DetectedEncoding): Promise<LineEnd> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, 0)
  const head = buffer.subarray(0, bytesRead)
  const { encoding } = detected
  const has = (end: LineEnd): boolean => lastLineEnd(head, encoding, end) > 0
  return !has(lineFeed) && has(carriageReturn) ? carriageReturn : lineFeed
}

export async function* readTextBlocks(
  file: FileHandle,
  detected: DetectedEncoding,
  lineEnd: LineEnd,
  maxRest: number,
): AsyncGenerator<TextBlock> {
  let taken = detected.markBytes
  let rest: Buffer = Buffer.alloc(0)
  const withLineFeeds = (bytes: Buffer): Buffer => {
    const text = toUtf8(bytes, detected.encoding)
    if (lineEnd === lineFeed) return text
    return Buffer.from(text.map((byte) => (byte === carriageReturn ? lineFeed : byte)))
  }
  for (;;) {
    const piece = Buffer.alloc(pieceBytes)
    const { bytesRead } = await file.read(piece, 0, pieceBytes, taken)
    if (bytesRead === 0) break
    taken += bytesRead
    const all = Buffer.concat([rest, piece.subarray(0, bytesRead)])
    const end = lastLineEnd(all, detected.encoding, lineEnd)
    if (end > 0) yield { bytes: withLineFeeds(all.subarray(0, end)), taken }
    rest = all.subarray(end)
    if (rest.length > maxRest) throw overLimit('cellBytes')
  }
  if (rest.length > 0) yield { bytes: withLineFeeds(rest), taken }
}

/** Position after the last line end, on a character boundary. */
function lastLineEnd(all: Buffer, encoding: Encoding, lineEnd: LineEnd): number {
  if (!encoding.startsWith('utf-16')) return all.lastIndexOf(lineEnd) + 1
  const pattern = Buffer.from(encoding === 'utf-16le' ? [lineEnd, 0] : [0, lineEnd])
  for (let at = all.length - 2; at >= 0; at--) {
    at = all.lastIndexOf(pattern, at)
    if (at < 0) return 0
    if (at % 2 === 0) return at + 2
  }
  return 0
}

function toUtf8(bytes: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return bytes
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes), 'utf8')
  } catch {
    return markDamage(new TextDecoder(encoding).decode(bytes))
  }
}

/** Replacement characters become bytes that no row can pass with, so damage is rejected and never shown as text. */
function markDamage(text: string): Buffer {
  const bad = Buffer.from([badByte])
  const parts = text.split('\ufffd').map((part) => Buffer.from(part, 'utf8'))
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [bad, part])))
}
