/** What a file is, by its content first: tills save pages and text under a workbook's name. */
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { SourceKind } from '../../../shared/data/source-kind.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import { isWebArchive } from './html/web-archive.ts'
import { sourceLimits, unreadable } from './source-limits.ts'
import { readZipDirectory } from './zip/zip-directory.ts'

const byName: Readonly<Record<string, SourceKind>> = {
  ...{ '.xlsx': 'xlsx', '.xlsm': 'xlsx', '.xltx': 'xlsx', '.xltm': 'xlsx' },
  ...{ '.xls': 'book', '.xlt': 'book', '.xlsb': 'book', '.ods': 'book', '.ots': 'book' },
  ...{ '.htm': 'html', '.html': 'html', '.mht': 'html', '.mhtml': 'html' },
  ...{ '.csv': 'csv', '.tsv': 'csv', '.tab': 'csv', '.txt': 'csv' },
  ...{ '.sqlite': 'sqlite', '.sqlite3': 'sqlite', '.db': 'sqlite' },
  ...{ '.parquet': 'parquet' },
  ...{ '.json': 'json', '.jsonl': 'json', '.ndjson': 'json' },
}

/** By its name alone. */
export function kindByName(path: string): SourceKind | undefined {
  return byName[extname(path).toLowerCase()]
}

const headBytes = 4096

/** Undefined when the product reads no such file. */
export async function kindOfFile(path: string): Promise<SourceKind | undefined> {
  const named = kindByName(path)
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0)
    const head = buffer.subarray(0, bytesRead)
    const kind = (await byContent(file, head, named)) ?? textKind(head, named)
    if ((kind === 'csv' || kind === 'json') && isNoText(head))
      throw unreadable('notText', 'no text')
    return kind
  } finally {
    await file.close()
  }
}

const marks: readonly (readonly [string, SourceKind])[] = [
  [Buffer.from('SQLite format 3\0').toString('hex'), 'sqlite'],
  [Buffer.from('PAR1').toString('hex'), 'parquet'],
  ['d0cf11e0a1b11ae1', 'book'],
  // Workbooks older than compound files: a lone stream of records.
  ...['0900040000', '0902060000', '0904060000', '0908080000', '0908100000'].map(
    (mark): [string, SourceKind] => [mark, 'book'],
  ),
]

async function byContent(
  file: FileHandle,
  head: Buffer,
  named: SourceKind | undefined,
): Promise<SourceKind | undefined> {
  const start = head.toString('hex', 0, 16)
  if (start.startsWith('504b0304') || start.startsWith('504b0506')) return zipKind(file, named)
  return marks.find(([mark]) => start.startsWith(mark))?.[1]
}

/** A zip that cannot be listed is left to the workbook reader, which says why. */
async function zipKind(file: FileHandle, named: SourceKind | undefined): Promise<SourceKind> {
  try {
    const { entries } = await readZipDirectory(file, sourceLimits)
    if (entries.has('xl/workbook.bin') || entries.has('content.xml')) return 'book'
    return 'xlsx'
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    return named === 'book' ? 'book' : 'xlsx'
  }
}

/** Under a workbook's name stands a page, an XML workbook of 2003, or else text with tabs or commas. */
function textKind(head: Buffer, named: SourceKind | undefined): SourceKind | undefined {
  if (named === undefined || named === 'json' || named === 'sqlite') return named
  if (head.length === 0) return named
  if (isWebArchive(head.toString('latin1'))) return 'html'
  const text = shownText(head).trimStart().toLowerCase()
  if (text.startsWith('<')) {
    if (text.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'book'
    if (/<(!doctype html|html|head|body|table|meta|style)[\s>]/.test(text)) return 'html'
  }
  if (named === 'parquet' || named === 'html') return named
  // An .xlsx that is all zeros or one word is damaged, not text.
  const zeros = head.includes(0) && !hasUtf16Lines(head)
  const lines = /[\r\n]/.test(text) && /[\t,;|]/.test(text)
  return named === 'csv' || (lines && !zeros) ? 'csv' : named
}

/** Pictures, documents and packed files, of which some begin with letters. */
const foreign = ['89504e47', 'ffd8ff', '25504446', '1f8b08', '377abcaf', '526172211a']
const fewKinds = 4
const fewControls = 0.01
/** UTF-16, or what the look for an encoding refuses. */
const manyZeros = 0.02

/** Text has no such bytes but one that parts its fields; those of UTF-16 are halves of characters. */
function isNoText(head: Buffer): boolean {
  const start = head.toString('hex', 0, 8)
  if (foreign.some((mark) => start.startsWith(mark))) return true
  const zeros = head.filter((byte) => byte === 0).length
  if (/^(?:fffe|feff)/.test(start) || zeros >= head.length * manyZeros) return false
  const controls = head.filter((byte) => byte > 0 && byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d))
  return new Set(controls).size >= fewKinds && controls.length >= head.length * fewControls
}

/** Without zeros UTF-16 of this length reads well enough to be told from a page. */
function shownText(head: Buffer): string {
  return head
    .toString('latin1')
    .replace(/^(\xff\xfe|\xfe\xff|\xef\xbb\xbf)/, '')
    .replaceAll('\0', '')
}

function hasUtf16Lines(head: Buffer): boolean {
  const zeros = [0, 0]
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  })
  return zeros.includes(0)
}
