import { utf8 } from './byte-builder.ts'

/** What the directory at the end of a zip says about one part. */
export interface PartRecord {
  readonly name: string
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly offset: number
  /** Sizes follow the data instead of preceding it. */
  readonly streamed: boolean
}

export const MAX_32 = 0xffff_ffff
const MAX_16 = 0xffff
/** 1980-01-01 00:00, the zero of zip time: the same content gives the same bytes on any day. */
const FIXED_DATE = 0x21
const PLAIN_VERSION = 20
const ZIP64_VERSION = 45
const DEFLATED = 8
const STREAMED_FLAG = 8

type Field = readonly [bytes: 2 | 4 | 8, value: number]

function record(fields: readonly Field[], name = ''): Uint8Array {
  const tail = utf8(name)
  const size = fields.reduce((sum, [bytes]) => sum + bytes, 0)
  const out = new Uint8Array(size + tail.length)
  const view = new DataView(out.buffer)
  let at = 0
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else if (bytes === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += bytes
  }
  out.set(tail, at)
  return out
}

/** The head before a part's data; sizes and checksum are zero in it when the part is streamed. */
export function localHeader(part: PartRecord): Uint8Array {
  const known = part.streamed ? 0 : 1
  return record(
    [
      [4, 0x04034b50],
      [2, PLAIN_VERSION],
      [2, part.streamed ? STREAMED_FLAG : 0],
      [2, DEFLATED],
      [2, 0],
      [2, FIXED_DATE],
      [4, part.crc * known],
      [4, part.packedSize * known],
      [4, part.size * known],
      [2, utf8(part.name).length],
      [2, 0],
    ],
    part.name,
  )
}

/** The sizes after a streamed part's data. Parts stay below 4 GiB, so the short form is enough. */
export function dataDescriptor(part: PartRecord): Uint8Array {
  return record([
    [4, 0x08074b50],
    [4, part.crc],
    [4, part.packedSize],
    [4, part.size],
  ])
}

function centralHeader(part: PartRecord, zip64From: number): Uint8Array {
  const far = part.offset >= zip64From
  const head = record(
    [
      [4, 0x02014b50],
      [2, far ? ZIP64_VERSION : PLAIN_VERSION],
      [2, far ? ZIP64_VERSION : PLAIN_VERSION],
      [2, part.streamed ? STREAMED_FLAG : 0],
      [2, DEFLATED],
      [2, 0],
      [2, FIXED_DATE],
      [4, part.crc],
      [4, part.packedSize],
      [4, part.size],
      [2, utf8(part.name).length],
      [2, far ? 12 : 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, far ? MAX_32 : part.offset],
    ],
    part.name,
  )
  if (!far) return head
  const offset: readonly Field[] = [
    [2, 1],
    [2, 8],
    [8, part.offset],
  ]
  return Buffer.concat([head, record(offset)])
}

/**
 * The directory and the end records, in 64-bit form only when something lies at or beyond
 * `zip64From` bytes: old readers choke on zip64 records that are not needed.
 */
export function directory(
  parts: readonly PartRecord[],
  offset: number,
  zip64From: number,
): Uint8Array {
  const headers = parts.map((part) => centralHeader(part, zip64From))
  const size = headers.reduce((sum, header) => sum + header.length, 0)
  const far = offset >= zip64From || parts.length >= MAX_16
  const ends = far ? [zip64End(parts.length, size, offset)] : []
  ends.push(
    record([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, far ? MAX_16 : parts.length],
      [2, far ? MAX_16 : parts.length],
      [4, far ? MAX_32 : size],
      [4, far ? MAX_32 : offset],
      [2, 0],
    ]),
  )
  return Buffer.concat([...headers, ...ends])
}

function zip64End(count: number, size: number, offset: number): Uint8Array {
  return record([
    [4, 0x06064b50],
    [8, 44],
    [2, ZIP64_VERSION],
    [2, ZIP64_VERSION],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, offset],
    [4, 0x07064b50],
    [4, 0],
    [8, offset + size],
    [4, 1],
  ])
}
