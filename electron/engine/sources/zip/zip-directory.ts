/** Lists a zip file from its central directory (ZIP64 included), refusing names and sizes that an attack would use. */
import type { FileHandle } from 'node:fs/promises'
import type { SourceLimits } from '../source-limits.ts'
import { overLimit, refusal, unreadable } from '../source-limits.ts'

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly bytes: number
  readonly headerOffset: number
}

export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** Where the list of entries starts: no part may reach into it. */
  readonly end: number
}

const endSignature = 0x06054b50
const end64Signature = 0x06064b50
const locator64Signature = 0x07064b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const none32 = 0xffff_ffff
const maxDirectoryBytes = 64 * 1_048_576

interface Span {
  readonly offset: number
  readonly bytes: number
  readonly count: number
}

export async function readZipDirectory(
  file: FileHandle,
  limits: SourceLimits,
): Promise<ZipDirectory> {
  const { size } = await file.stat()
  const span = await findDirectory(file, size)
  if (span.count > limits.zipParts) throw overLimit('zipParts', { parts: span.count })
  if (span.bytes > maxDirectoryBytes) throw overLimit('zipParts', { parts: span.count })
  if (span.offset + span.bytes > size) throw unreadable('damaged', 'zip directory outside the file')
  const list = await readAt(file, span.offset, span.bytes)
  const entries = parseEntries(list, span.count)
  checkTotals(entries, limits, span.offset)
  return { entries, end: span.offset }
}

export async function readAt(file: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(buffer, 0, bytes, offset)
  if (bytesRead !== bytes) throw unreadable('damaged', 'file ends early')
  return buffer
}

async function findDirectory(file: FileHandle, size: number): Promise<Span> {
  const tailBytes = Math.min(size, 65_535 + 22 + 20)
  const tail = await readAt(file, size - tailBytes, tailBytes)
  await refuseCompoundFile(file, size)
  for (let at = tailBytes - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== endSignature) continue
    const span = {
      count: tail.readUInt16LE(at + 10),
      bytes: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    }
    if (span.count !== 0xffff && span.bytes !== none32 && span.offset !== none32) return span
    return findDirectory64(file, tail, at - 20)
  }
  // It starts as a zip does: the end, where its directory stands, did not come along.
  const startsAsZip = size >= 4 && (await readAt(file, 0, 4)).readUInt32LE(0) === localSignature
  throw unreadable(startsAsZip ? 'damaged' : 'notAWorkbook', 'not a zip file')
}

/** An encrypted workbook and an old .xls are compound files, not zips; the first is worth naming. */
async function refuseCompoundFile(file: FileHandle, size: number): Promise<void> {
  if (size < 512) return
  const head = await readAt(file, 0, 8)
  if (head.toString('hex') !== 'd0cf11e0a1b11ae1') return
  const start = await readAt(file, 0, Math.min(size, 1_048_576))
  if (start.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw refusal('dataset/encrypted')
  throw unreadable('notAWorkbook', 'old binary workbook')
}

async function findDirectory64(file: FileHandle, tail: Buffer, at: number): Promise<Span> {
  if (at < 0 || tail.readUInt32LE(at) !== locator64Signature)
    throw unreadable('damaged', 'zip64 end missing')
  const end = await readAt(file, safeNumber(tail.readBigUInt64LE(at + 8)), 56)
  if (end.readUInt32LE(0) !== end64Signature) throw unreadable('damaged', 'zip64 end missing')
  return {
    count: safeNumber(end.readBigUInt64LE(32)),
    bytes: safeNumber(end.readBigUInt64LE(40)),
    offset: safeNumber(end.readBigUInt64LE(48)),
  }
}

function safeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw unreadable('damaged', 'impossible size')
  return Number(value)
}

function parseEntries(list: Buffer, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== entrySignature) {
      throw unreadable('damaged', 'zip directory damaged')
    }
    const nameBytes = list.readUInt16LE(at + 28)
    const extraBytes = list.readUInt16LE(at + 30)
    const next = at + 46 + nameBytes + extraBytes + list.readUInt16LE(at + 32)
    if (next > list.length) throw unreadable('damaged', 'zip directory damaged')
    const name = list.toString('utf8', at + 46, at + 46 + nameBytes)
    refuseName(name)
    // Some writers use the other slash.
    const key = name.replaceAll('\\', '/').toLowerCase()
    if (entries.has(key)) throw unreadable('unsafe', 'two parts of one name', { part: name })
    const extra = list.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes)
    entries.set(key, parseEntry(list, at, name, extra))
    at = next
  }
  return entries
}

/** A part is never written to disk under its name; a name that would leave its folder still marks a hostile file. */
function refuseName(name: string): void {
  const parts = name.split(/[\\/]/)
  if (parts.includes('..') || /^[\\/]|^[a-z]:|\0/i.test(name)) {
    throw unreadable('unsafe', 'unsafe part name', { part: name.slice(0, 200) })
  }
}

function parseEntry(list: Buffer, at: number, name: string, extra: Buffer): ZipEntry {
  if ((list.readUInt16LE(at + 8) & 1) !== 0) throw refusal('dataset/encrypted')
  const narrow = {
    bytes: list.readUInt32LE(at + 24),
    packedBytes: list.readUInt32LE(at + 20),
    headerOffset: list.readUInt32LE(at + 42),
  }
  return { name, method: list.readUInt16LE(at + 10), ...widen(narrow, extra) }
}

type Sizes = Pick<ZipEntry, 'bytes' | 'packedBytes' | 'headerOffset'>

/** The ZIP64 field holds, in this order, only the sizes that did not fit. */
function widen(narrow: Sizes, extra: Buffer): Sizes {
  let at = 0
  while (at + 4 <= extra.length) {
    const bytes = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) {
      return readWide(narrow, extra.subarray(at + 4, at + 4 + bytes))
    }
    at += 4 + bytes
  }
  return narrow
}

function readWide(narrow: Sizes, field: Buffer): Sizes {
  let at = 0
  const take = (value: number): number => {
    if (value !== none32) return value
    if (at + 8 > field.length) throw unreadable('damaged', 'zip64 size missing')
    at += 8
    return safeNumber(field.readBigUInt64LE(at - 8))
  }
  const bytes = take(narrow.bytes)
  const packedBytes = take(narrow.packedBytes)
  return { bytes, packedBytes, headerOffset: take(narrow.headerOffset) }
}

function checkTotals(
  entries: ReadonlyMap<string, ZipEntry>,
  limits: SourceLimits,
  end: number,
): void {
  let total = 0
  let packed = 0
  for (const entry of entries.values()) {
    total += entry.bytes
    packed += entry.packedBytes
    // Parts that share their bytes are how a small file promises a huge one.
    if (packed > end) throw unreadable('unsafe', 'parts overlap')
    if (entry.bytes > limits.zipPartBytes) throw overLimit('zipPartBytes', { part: entry.name })
    if (total > limits.zipTotalBytes) throw overLimit('zipTotalBytes')
    const allowed = 1_048_576 + entry.packedBytes * limits.zipRatio
    if (entry.bytes > allowed) throw overLimit('zipRatio', { part: entry.name })
  }
}
