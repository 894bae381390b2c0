/** Streams one part of a zip file, unpacked in pieces of one mebibyte and never more than the directory promised. */
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { createInflateRaw } from 'node:zlib'
import { overLimit, unreadable } from '../source-limits.ts'
import type { ZipDirectory, ZipEntry } from './zip-directory.ts'
import { readAt } from './zip-directory.ts'

const pieceBytes = 1_048_576
const readAhead = 4 * pieceBytes

export interface ZipFile {
  readonly path: string
  readonly file: FileHandle
  readonly directory: ZipDirectory
}

export async function* readEntry(zip: ZipFile, entry: ZipEntry): AsyncGenerator<Buffer> {
  const start = await dataOffset(zip, entry)
  if (entry.packedBytes === 0) return
  const packed = createReadStream(zip.path, {
    start,
    end: start + entry.packedBytes - 1,
    highWaterMark: 262_144,
  })
  const unpacked = unpack(packed, entry)
  let given = 0
  try {
    for await (const piece of unpacked) {
      // Both streams are opened without an encoding, so they give buffers.
      const bytes = piece as Buffer
      given += bytes.length
      if (given > entry.bytes) throw overLimit('zipRatio', { part: entry.name })
      // Else the pieces at hand are all taken before the thread that unpacks is given more to do.
      await setImmediate()
      yield bytes
    }
  } catch (error) {
    throw isZlibError(error) ? unreadable('damaged', 'part damaged', { part: entry.name }) : error
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
  if (given !== entry.bytes) throw unreadable('damaged', 'part ends early', { part: entry.name })
}

function unpack(packed: Readable, entry: ZipEntry): Readable {
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw unreadable('newerProgram', 'unknown packing', { part: entry.name })
  // Unpacking runs ahead on another thread while pieces are scanned.
  const options = { chunkSize: pieceBytes, highWaterMark: readAhead }
  const inflate = createInflateRaw(options)
  packed.on('error', (error) => inflate.destroy(error))
  return packed.pipe(inflate)
}

async function dataOffset(zip: ZipFile, entry: ZipEntry): Promise<number> {
  const header = await readAt(zip.file, entry.headerOffset, 30)
  if (header.readUInt32LE(0) !== 0x04034b50) throw unreadable('damaged', 'part header missing')
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (start + entry.packedBytes > zip.directory.end)
    throw unreadable('damaged', 'part outside the file')
  return start
}

/** Reads a small part whole; beyond `maxBytes` the file is refused. */
export async function readSmallEntry(
  zip: ZipFile,
  entry: ZipEntry,
  maxBytes: number,
): Promise<Buffer> {
  if (entry.bytes > maxBytes) throw overLimit('zipPartBytes', { part: entry.name })
  const pieces: Buffer[] = []
  for await (const piece of readEntry(zip, entry)) pieces.push(piece)
  return Buffer.concat(pieces)
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('Z_')
  )
}
