import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ByteSink } from '../../../../electron/engine/exports/xlsx-stream/byte-sink.ts'
import { ZipWriter } from '../../../../electron/engine/exports/xlsx-stream/zip-writer.ts'

function memory() {
  const chunks: Uint8Array[] = []
  const sink: ByteSink = {
    write: (bytes) => {
      chunks.push(bytes)
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  }
  return { sink, bytes: () => Buffer.concat(chunks) }
}

async function archive(zip64From?: number): Promise<Buffer> {
  const { sink, bytes } = memory()
  const zip = new ZipWriter(sink, { level: 6, ...(zip64From === undefined ? {} : { zip64From }) })
  await zip.addPart('small.xml', '<small/>')
  const part = await zip.openPart('large.xml')
  for (let i = 0; i < 40; i++) await part.write(Buffer.from(`${i},`.repeat(10_000)))
  await part.close()
  expect(await zip.finish()).toBe(bytes().length)
  return bytes()
}

describe('a zip archive', () => {
  it('lists its parts with sizes and positions that hold the data', async () => {
    const zip = await archive()
    const end = zip.length - 22
    expect(zip.readUInt32LE(end)).toBe(0x06054b50)
    expect(zip.readUInt16LE(end + 10)).toBe(2)
    const second = zip.readUInt32LE(end + 16) + 46 + 'small.xml'.length
    expect(zip.readUInt32LE(second)).toBe(0x02014b50)
    const packed = zip.readUInt32LE(second + 20)
    const data = zip.readUInt32LE(second + 42) + 30 + 'large.xml'.length
    const text = inflateRawSync(zip.subarray(data, data + packed))
    expect(text.length).toBe(zip.readUInt32LE(second + 24))
    expect(text.subarray(0, 4).toString()).toBe('0,0,')
    expect(zip.readUInt32LE(data + packed)).toBe(0x08074b50)
  })

  it('adds 64-bit records only when something lies that far', async () => {
    const plain = await archive()
    const far = await archive(10)
    const zip64Locator = far.length - 22 - 20
    expect(far.readUInt32LE(zip64Locator)).toBe(0x07064b50)
    const zip64End = Number(far.readBigUInt64LE(zip64Locator + 8))
    expect(far.readUInt32LE(zip64End)).toBe(0x06064b50)
    expect(far.readBigUInt64LE(zip64End + 32)).toBe(2n)
    expect(far.readUInt32LE(far.length - 22 + 16)).toBe(0xffffffff)
    expect(plain.includes(Buffer.from([0x50, 0x4b, 6, 7]))).toBe(false)
  })

  it('carries a part name and date that do not depend on the clock', async () => {
    const [one, two] = [await archive(), await archive()]
    expect(one.equals(two)).toBe(true)
  })
})
