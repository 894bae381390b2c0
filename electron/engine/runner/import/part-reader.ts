/** Opens the readers of one file, whatever kind it is: its parts by name, each with its reader. */
import { stat } from 'node:fs/promises'
import { AppErrorException } from '../../../../shared/errors.ts'
import type { SourceReader } from '../../sources/reader.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { refusal, unreadable } from '../../sources/source-limits.ts'
import type { TextChoices } from '../../sources/csv/csv-source.ts'
import { csvReader } from '../../sources/csv/csv-source.ts'
import { kindOfFile } from '../../sources/file-kind.ts'
import { Workbook } from '../../sources/xlsx/workbook.ts'
import type { SourceKind } from '../../../../shared/data/source-kind.ts'
import type { JobPart } from './import-order.ts'
import { plainFile } from './unlock-file.ts'

export interface OpenFile {
  readonly kind: SourceKind
  /** Parts offered to people, in order; undefined stands for the file itself. */
  readonly parts: readonly (string | undefined)[]
  /** Sheets the workbook hides, offered after the others. */
  readonly hidden: readonly string[]
  /** The reader of a part, hidden ones too, or of the first when none is named; undefined when there is no such part. */
  reader(part: string | undefined, chosen?: TextChoices): SourceReader | undefined
  close(): Promise<void>
}

export interface OpenPart {
  readonly kind: SourceKind
  /** The file's visible sheets or tables; null where it is one. */
  readonly sheets: readonly string[] | null
  readonly reader: SourceReader
  close(): Promise<void>
}

interface AskedFile {
  readonly path: string
  readonly password?: string
}

export async function openFile(
  { path, password }: AskedFile,
  limits: SourceLimits,
  tempFolder: string,
  tableThread?: string,
): Promise<OpenFile> {
  await refuseNoFile(path)
  const plain = await plainFile(path, password, limits, tempFolder)
  try {
    const kind = await kindOfFile(plain.path)
    if (kind === undefined) throw unreadable('unknownKind', 'unknown kind of file')
    const opened = await openers[kind](plain.path, limits, tempFolder, tableThread)
    return {
      ...opened,
      kind,
      async close() {
        await opened.close()
        await plain.close()
      },
    }
  } catch (error) {
    await plain.close()
    throw error
  }
}

/** Refuses what has no bytes to read; resolves with how many there are. */
export async function refuseNoFile(path: string): Promise<number> {
  const found = await stat(path)
  if (found.isDirectory()) throw unreadable('folder', 'a folder')
  if (found.size === 0) throw refusal('dataset/empty', { reason: 'noBytes' })
  return found.size
}

/** `tableThread` is the file of a thread that may ask a database beside the reading. */
export async function openPart(
  part: JobPart,
  limits: SourceLimits,
  tempFolder: string,
  tableThread?: string,
): Promise<OpenPart> {
  const file = await openFile(part, limits, tempFolder, tableThread).catch((error: unknown) => {
    throw withName(error, part.name)
  })
  const reader = file.reader(part.part, {
    encoding: part.encoding,
    delimiter: part.layout?.delimiter,
  })
  if (reader === undefined) {
    await file.close()
    throw unreadable('partMissing', 'part missing', { part: part.part ?? '' })
  }
  const sheets = file.parts.filter((name) => name !== undefined)
  return {
    ...{ kind: file.kind, reader, close: () => file.close() },
    sheets: sheets.length === 0 ? null : sheets,
  }
}

/** Whoever reads many files has to know which of them is locked. */
function withName(error: unknown, name: string): unknown {
  if (!(error instanceof AppErrorException)) return error
  const { code, details } = error.appError
  const locked = code === 'dataset/encrypted' || code === 'dataset/wrongPassword'
  return locked ? refusal(code, { ...details, name }) : error
}

type Opener = (
  path: string,
  limits: SourceLimits,
  tempFolder: string,
  tableThread?: string,
) => Promise<Omit<OpenFile, 'kind'>>

function othersOf(
  sheets: readonly { readonly name: string }[],
  parts: readonly string[],
): readonly string[] {
  return sheets.map(({ name }) => name).filter((name) => !parts.includes(name))
}

const nothing = (): Promise<void> => Promise.resolve()

/** What reads the other kinds is loaded with the first file of its kind: databases and old formats take their time. */
const openers: Readonly<Record<SourceKind, Opener>> = {
  async xlsx(path, limits) {
    const workbook = await Workbook.open(path, limits)
    const parts = workbook.visibleSheets().map(({ name }) => name)
    return {
      parts,
      hidden: othersOf(workbook.sheets, parts),
      reader(part = parts[0]) {
        const sheet = workbook.sheets.find(({ name }) => name === part)
        return sheet && workbook.reader(sheet)
      },
      close: () => workbook.close(),
    }
  },
  async book(path, limits) {
    const { Book } = await import('../../sources/book/book-source.ts')
    const book = await Book.open(path, limits)
    const parts = book.visibleSheets().map(({ name }) => name)
    return {
      parts,
      hidden: othersOf(book.sheets, parts),
      reader: (part = parts[0]) => book.reader(part ?? ''),
      close: nothing,
    }
  },
  async html(path, limits) {
    const { HtmlPage } = await import('../../sources/html/html-source.ts')
    const page = await HtmlPage.open(path, limits)
    const parts = page.names()
    return {
      parts,
      hidden: [],
      reader: (part = parts[0]) => page.reader(part ?? ''),
      close: nothing,
    }
  },
  csv: (path) =>
    Promise.resolve({
      parts: [undefined],
      hidden: [],
      reader: (_part, chosen) => csvReader(path, chosen),
      close: nothing,
    }),
  async sqlite(path, _limits, tempFolder, tableThread) {
    const { SqliteCopy } = await import('../sqlite/sqlite-source.ts')
    const copy = await SqliteCopy.open(path, tempFolder, tableThread)
    const parts = copy.tables().map(({ name }) => name)
    return {
      parts,
      hidden: [],
      reader: (part = parts[0]) => copy.reader(part ?? ''),
      close: () => copy.close(),
    }
  },
  parquet: (path, limits, tempFolder) => openData(path, 'parquet', limits, tempFolder),
  json: (path, limits, tempFolder) => openData(path, 'json', limits, tempFolder),
}

async function openData(
  path: string,
  kind: 'parquet' | 'json',
  limits: SourceLimits,
  tempFolder: string,
): Promise<Omit<OpenFile, 'kind'>> {
  const { DataFile } = await import('../duckdb/data-file.ts')
  const file = await DataFile.open(path, kind, limits, tempFolder)
  return {
    parts: file.parts(),
    hidden: [],
    reader: (part) => file.reader(part),
    close: () => file.close(),
  }
}
