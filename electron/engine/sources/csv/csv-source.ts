/** Reads delimited text as it is found to be cut (`sniff.ts`) and encoded, rows that do not parse rejected with the reason. */
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { ReadInto, SourceReader } from '../reader.ts'
import { unreadable } from '../source-limits.ts'
import { CsvRows } from './csv-rows.ts'
import type { DetectedEncoding, Encoding } from './encoding.ts'
import { detectEncoding, encodings } from './encoding.ts'
import { RecordScanner } from './record-scanner.ts'
import { shortHead } from './short-head.ts'
import { sniffShape } from './sniff.ts'
import { lineEndOf, readTextBlocks } from './transcode.ts'

/** What somebody chose of a text file: it overrules what the bytes suggest. */
export interface TextChoices {
  readonly encoding?: string | undefined
  /** One sign. */
  readonly delimiter?: string | undefined
}

export function csvReader(path: string, chosen: TextChoices = {}): SourceReader {
  return { kind: 'csv', read: (into) => readCsv(path, chosen, into) }
}

async function readCsv(
  path: string,
  { encoding, delimiter }: TextChoices,
  into: ReadInto,
): Promise<void> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const detected = await chooseEncoding(file, encoding)
    into.notes.encoding = detected.encoding
    into.notes.encodings = detected.guesses
    await readBlocks(file, { detected, size, delimiter: delimiter?.charCodeAt(0) }, into)
  } finally {
    await file.close()
  }
}

const otherNames: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  'big5-hkscs': 'big5',
  sjis: 'shift_jis',
  'shift-jis': 'shift_jis',
  'latin-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
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
  if (name !== undefined && wanted === undefined)
    throw unreadable('unknownEncoding', 'unknown encoding', { name })
  const detected = await detectEncoding(file)
  if (wanted === undefined || wanted === detected.encoding) return detected
  return { encoding: wanted, markBytes: 0, guesses: detected.guesses }
}

interface TextFile {
  readonly detected: DetectedEncoding
  readonly size: number
  /** As chosen; an ASCII code. */
  readonly delimiter: number | undefined
}

async function readBlocks(
  file: FileHandle,
  { detected, size, delimiter }: TextFile,
  into: ReadInto,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  const lineEnd = await lineEndOf(file, detected)
  let reading: { rows: CsvRows; scanner: RecordScanner } | undefined
  for await (const block of readTextBlocks(file, detected, lineEnd, into.limits.cellBytes)) {
    const all = rest.length === 0 ? block.bytes : Buffer.concat([rest, block.bytes])
    const skipped = reading === undefined ? separatorLine(all) : undefined
    const bytes = all.subarray(skipped?.bytes ?? 0)
    reading ??= startReading(bytes, block.taken >= size, into, {
      firstRow: skipped === undefined ? 1 : 2,
      delimiter: delimiter ?? skipped?.delimiter,
    })
    reading.rows.begin(bytes)
    rest = bytes.subarray(reading.scanner.scan(bytes, false))
    into.progress(block.taken / size)
  }
  reading?.scanner.scan(rest, true)
  reading?.rows.finish()
}

/** `sep=;` as the first line is how a file tells Excel its delimiter. */
function separatorLine(bytes: Buffer): { delimiter: number; bytes: number } | undefined {
  const found = /^"?sep=(.)"?\r?\n/i.exec(bytes.toString('latin1', 0, 12))
  if (found?.[1] === undefined) return undefined
  return { delimiter: found[1].charCodeAt(0), bytes: found[0].length }
}

function startReading(
  bytes: Buffer,
  complete: boolean,
  into: ReadInto,
  { firstRow, delimiter }: { readonly firstRow: number; readonly delimiter: number | undefined },
): { rows: CsvRows; scanner: RecordScanner } {
  const sample = bytes.subarray(0, 262_144)
  const isWhole = complete && sample.length === bytes.length
  const { shape, records } = sniffShape(sample, isWhole, delimiter)
  into.notes.lineShape = shape
  const head = shortHead(records, shape, firstRow)
  if (head?.shift === 1) into.notes.namesRows = true
  const rows = new CsvRows(into, shape, { firstRow, head })
  return { rows, scanner: new RecordScanner(shape, rows, into.limits.cellBytes) }
}
