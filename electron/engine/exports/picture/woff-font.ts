import { inflateSync } from 'node:zlib'

const woffSignature = 0x774f4646
const headerBytes = 44
const entryBytes = 20

interface Table {
  readonly tag: number
  readonly checksum: number
  readonly data: Buffer
}

/** Unpacks a WOFF 1 font into the plain font file it wraps: the picture renderer reads no other (W3C WOFF 1.0). */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== woffSignature) throw new Error('not a WOFF font')
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) =>
    readTable(woff, headerBytes + index * entryBytes),
  )
  const flavor = woff.readUInt32BE(4)
  return writeFont(flavor, tables)
}

function readTable(woff: Buffer, at: number): Table {
  const [offset, packed, length] = [
    woff.readUInt32BE(at + 4),
    woff.readUInt32BE(at + 8),
    woff.readUInt32BE(at + 12),
  ]
  const raw = woff.subarray(offset, offset + packed)
  return {
    tag: woff.readUInt32BE(at),
    checksum: woff.readUInt32BE(at + 16),
    data: packed < length ? inflateSync(raw) : raw,
  }
}

const padded = (length: number): number => (length + 3) & ~3

function writeFont(flavor: number, tables: readonly Table[]): Buffer {
  const directory = 12 + tables.length * 16
  const size = tables.reduce((sum, { data }) => sum + padded(data.length), directory)
  const font = Buffer.alloc(size)
  const power = 2 ** Math.floor(Math.log2(tables.length))
  font.writeUInt32BE(flavor, 0)
  font.writeUInt16BE(tables.length, 4)
  font.writeUInt16BE(power * 16, 6)
  font.writeUInt16BE(Math.log2(power), 8)
  font.writeUInt16BE(tables.length * 16 - power * 16, 10)
  let at = directory
  tables.forEach(({ tag, checksum, data }, index) => {
    const entry = 12 + index * 16
    font.writeUInt32BE(tag, entry)
    font.writeUInt32BE(checksum, entry + 4)
    font.writeUInt32BE(at, entry + 8)
    font.writeUInt32BE(data.length, entry + 12)
    data.copy(font, at)
    at += padded(data.length)
  })
  return font
}
