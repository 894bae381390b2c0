/** Builds zip files byte by byte, so that a test can also lie in them. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly content: string | Buffer
  readonly stored?: boolean
  /** What the directory claims instead of the truth. */
  readonly claimedBytes?: number
  readonly zip64?: boolean
  readonly flags?: number
}

export function makeZip(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const content = Buffer.from(part.content)
    const packed = part.stored === true ? content : deflateRawSync(content)
    const sizes = {
      bytes: part.claimedBytes ?? content.length,
      packed: packed.length,
      crc: crc32(content),
    }
    const local = localHeader(part, sizes)
    directory.push(directoryEntry(part, sizes, offset))
    pieces.push(local, packed)
    offset += local.length + packed.length
  }
  const list = Buffer.concat(directory)
  return Buffer.concat([...pieces, list, endRecord(parts.length, list.length, offset)])
}

interface Sizes {
  readonly bytes: number
  readonly packed: number
  readonly crc: number
}

function localHeader(part: ZipPart, sizes: Sizes): Buffer {
  const name = Buffer.from(part.name, 'utf8')
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(part.stored === true ? 0 : 8, 8)
  header.writeUInt32LE(sizes.crc, 14)
  header.writeUInt32LE(sizes.packed, 18)
  header.writeUInt32LE(sizes.bytes, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function directoryEntry(part: ZipPart, sizes: Sizes, offset: number): Buffer {
  const name = Buffer.from(part.name, 'utf8')
  const extra = part.zip64 === true ? zip64Extra(sizes, offset) : Buffer.alloc(0)
  const entry = Buffer.alloc(46)
  const none = 0xffff_ffff
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE((part.flags ?? 0) | 0x800, 8)
  entry.writeUInt16LE(part.stored === true ? 0 : 8, 10)
  entry.writeUInt32LE(sizes.crc, 16)
  entry.writeUInt32LE(part.zip64 === true ? none : sizes.packed, 20)
  entry.writeUInt32LE(part.zip64 === true ? none : sizes.bytes, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt16LE(extra.length, 30)
  entry.writeUInt32LE(part.zip64 === true ? none : offset, 42)
  return Buffer.concat([entry, name, extra])
}

function zip64Extra(sizes: Sizes, offset: number): Buffer {
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(sizes.bytes), 4)
  extra.writeBigUInt64LE(BigInt(sizes.packed), 12)
  extra.writeBigUInt64LE(BigInt(offset), 20)
  return extra
}

function endRecord(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

export interface WorkbookParts {
  readonly sheet: string
  readonly sharedStrings?: string
  readonly styles?: string
  readonly workbook?: string
  readonly relations?: string
  readonly sheetPath?: string
}

const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet from raw XML. */
export function workbookZip(parts: WorkbookParts, more: readonly ZipPart[] = []): Buffer {
  const sheetPath = parts.sheetPath ?? 'xl/worksheets/sheet1.xml'
  const relations =
    parts.relations ??
    `<Relationships><Relationship Id="rId1" Type="${relationTypes}/worksheet" Target="/${sheetPath}"/></Relationships>`
  const workbook =
    parts.workbook ??
    '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
  const optional = (name: string, content: string | undefined): ZipPart[] =>
    content === undefined ? [] : [{ name, content }]
  return makeZip([
    {
      name: '_rels/.rels',
      content: `<Relationships><Relationship Id="r" Type="${relationTypes}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    { name: 'xl/workbook.xml', content: workbook },
    { name: 'xl/_rels/workbook.xml.rels', content: relations },
    { name: sheetPath, content: parts.sheet },
    ...optional('xl/sharedStrings.xml', parts.sharedStrings),
    ...optional('xl/styles.xml', parts.styles),
    ...more,
  ])
}
