/** Reads delimited text: any of four delimiters and four encodings, rows that do not parse rejected with the reason. */
import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { ReadInto, SourceReader } from '../reader.ts'
import { unreadable } from '../source-limits.ts'
import { CsvRows } from './csv-rows.ts'
import type { DetectedEncoding, Encoding } from './encoding.ts'
import { detectEncoding, encodings } from './encoding.ts'
import { RecordScanner } from './record-scanner.ts'
import { sniffShape } from './sniff.ts'
import { readTextBlocks } from './transcode.ts'

/** `encoding` overrules what the bytes suggest. */
export function csvReader(path: string, encoding?: string): SourceReader {
  return { kind: 'csv', read: (into) => readCsv(path, encoding, into) }
}

async function readCsv(path: string, encoding: string | undefined, into: ReadInto): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const detected = await chooseEncoding(file, encoding)
    into.notes.encoding = detected.encoding
    await readBlocks(file, detected, size, into)
  } finally {
    await file.close()
  }
}

const otherNames: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  'utf-16': 'utf-16le',
}

async function chooseEncoding(
  file: FileHandle,
  asked: string | undefined,
): Promise<DetectedEncoding> {
  const name = asked?.toLowerCase()
  const wanted =
    name === undefined
      ? undefined
      : (otherNames[name] ?? encodings.find((encoding) => encoding === name))
  if (name !== undefined && wanted === undefined) throw unreadable('unknown encoding', { name })
  const detected = await detectEncoding(file)
  if (wanted === undefined || wanted === detected.encoding) return detected
  return { encoding: wanted, markBytes: 0 }
}

async function readBlocks(
  file: FileHandle,
  detected: DetectedEncoding,
  size: number,
  into: ReadInto,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  let reading: { rows: CsvRows; scanner: RecordScanner } | undefined
  for await (const block of readTextBlocks(file, detected, into.limits.cellBytes)) {
    const bytes = rest.length === 0 ? block.bytes : Buffer.concat([rest, block.bytes])
    reading ??= startReading(bytes, block.taken >= size, into)
    reading.rows.damaged = !isUtf8(bytes)
    rest = bytes.subarray(reading.scanner.scan(bytes, false))
    into.progress(block.taken / size)
  }
  reading?.scanner.scan(rest, true)
}

function startReading(
  bytes: Buffer,
  complete: boolean,
  into: ReadInto,
): { rows: CsvRows; scanner: RecordScanner } {
  const sample = bytes.subarray(0, 262_144)
  const shape = sniffShape(sample, complete && sample.length === bytes.length)
  const rows = new CsvRows(into, shape.width)
  return { rows, scanner: new RecordScanner(shape.delimiter, rows, into.limits.cellBytes) }
}
