/** Opens the reader for one part of an import, whatever kind of file it is in. */
import { extname } from 'node:path'
import type { SourceReader } from '../../sources/reader.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { unreadable } from '../../sources/source-limits.ts'
import { csvReader } from '../../sources/csv/csv-source.ts'
import { Workbook } from '../../sources/xlsx/workbook.ts'
import { SqliteCopy } from '../sqlite/sqlite-source.ts'
import type { JobPart, SourceKind } from './import-order.ts'

export interface OpenPart {
  readonly reader: SourceReader
  close(): Promise<void>
}

const kinds: Readonly<Record<string, SourceKind>> = {
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.sqlite': 'sqlite',
  '.sqlite3': 'sqlite',
  '.db': 'sqlite',
}

/** By the name's end; undefined when the product reads no such file. */
export function sourceKindOf(path: string): SourceKind | undefined {
  return kinds[extname(path).toLowerCase()]
}

export async function openPart(
  part: JobPart,
  limits: SourceLimits,
  tempFolder: string,
): Promise<OpenPart> {
  switch (part.kind) {
    case 'xlsx':
      return openSheet(part, limits)
    case 'csv':
      return { reader: csvReader(part.path, part.encoding), close: () => Promise.resolve() }
    case 'sqlite':
      return openTable(part, tempFolder)
  }
}

async function openSheet(part: JobPart, limits: SourceLimits): Promise<OpenPart> {
  const workbook = await Workbook.open(part.path, limits)
  const sheet =
    part.part === undefined
      ? workbook.visibleSheets()[0]
      : workbook.sheets.find((candidate) => candidate.name === part.part)
  if (sheet === undefined) {
    await workbook.close()
    throw unreadable('sheet missing', { sheet: part.part ?? '' })
  }
  return { reader: workbook.reader(sheet), close: () => workbook.close() }
}

async function openTable(part: JobPart, tempFolder: string): Promise<OpenPart> {
  const copy = await SqliteCopy.open(part.path, tempFolder)
  const table = part.part ?? copy.tables()[0]?.name ?? ''
  const reader = copy.reader(table)
  if (reader === undefined) {
    await copy.close()
    throw unreadable('table missing', { table })
  }
  return { reader, close: () => copy.close() }
}
