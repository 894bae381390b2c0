/** Opens a workbook: its sheets, date system, cell styles and shared strings, found through relationships. */
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { posix } from 'node:path'
import type { ReadInto, SourceReader, TotalsRow } from '../reader.ts'
import type { SourceLimits } from '../source-limits.ts'
import { unreadable } from '../source-limits.ts'
import type { ZipEntry } from '../zip/zip-directory.ts'
import { readZipDirectory } from '../zip/zip-directory.ts'
import type { ZipFile } from '../zip/zip-entry.ts'
import { readEntry, readSmallEntry } from '../zip/zip-entry.ts'
import type { CellStyle } from './number-formats.ts'
import { readCellStyles } from './number-formats.ts'
import { asUtf8, partEncoding } from './part-encoding.ts'
import { readSharedStrings } from './shared-strings.ts'
import { MergeFinder, totalsRowOf } from './sheet-parts.ts'
import { SheetScanner } from './sheet-scanner.ts'
import type { XmlTag } from './xml-text.ts'
import { attribute, walkXml } from './xml-text.ts'

const smallPartBytes = 64 * 1_048_576

export interface SheetInfo {
  readonly name: string
  readonly part: string
  readonly hidden: boolean
}

interface Relation {
  readonly type: string
  readonly target: string
}

export class Workbook {
  readonly #zip: ZipFile
  readonly #limits: SourceLimits
  readonly sheets: readonly SheetInfo[]
  readonly #date1904: boolean
  readonly #sharedStrings: ZipEntry | undefined
  readonly #styles: readonly CellStyle[]

  private constructor(zip: ZipFile, limits: SourceLimits, parts: WorkbookParts) {
    this.#zip = zip
    this.#limits = limits
    this.sheets = parts.sheets
    this.#date1904 = parts.date1904
    this.#sharedStrings = parts.sharedStrings
    this.#styles = parts.styles
  }

  /** Rejects with AppErrorException: not a workbook, encrypted, beyond a limit, damaged. */
  static async open(path: string, limits: SourceLimits): Promise<Workbook> {
    const file = await open(path, 'r')
    try {
      const zip = { path, file, directory: await readZipDirectory(file, limits) }
      return new Workbook(zip, limits, await readParts(zip, limits))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await (this.#zip.file satisfies FileHandle).close()
  }

  /** Sheets a person sees; hidden ones only when there is nothing else. */
  visibleSheets(): readonly SheetInfo[] {
    const visible = this.sheets.filter((sheet) => !sheet.hidden)
    return visible.length > 0 ? visible : this.sheets
  }

  reader(sheet: SheetInfo): SourceReader {
    return { kind: 'xlsx', read: (into) => this.#read(sheet, into) }
  }

  async #read(sheet: SheetInfo, into: ReadInto): Promise<void> {
    const entry = entryAt(this.#zip, sheet.part)
    if (entry === undefined) throw unreadable('damaged', 'sheet missing', { sheet: sheet.name })
    const texts = this.#sharedStrings
      ? await readSharedStrings(
          asUtf8(readEntry(this.#zip, this.#sharedStrings)),
          this.#sharedStrings.bytes,
          into.pool,
          this.#limits,
        )
      : { places: new Int32Array(0) }
    into.notes.totals.push(...(await this.#totalsRows(sheet)))
    const scanner = new SheetScanner(into, texts, this.#styles, this.#date1904)
    const merges = new MergeFinder()
    const progress = (given: number): void => into.progress(given / entry.bytes)
    for await (const piece of asUtf8(readEntry(this.#zip, entry), progress)) {
      if (scanner.done) merges.feed(piece)
      else if (scanner.feed(piece)) merges.feed(scanner.rest)
    }
    scanner.finish()
    into.notes.merged = merges.found
  }

  async #totalsRows(sheet: SheetInfo): Promise<TotalsRow[]> {
    const relations = await readRelations(this.#zip, sheet.part, this.#limits)
    const rows: TotalsRow[] = []
    for (const { type, target } of relations.values()) {
      const xml = type.endsWith('/table') ? await readText(this.#zip, target) : undefined
      const found = xml === undefined ? undefined : totalsRowOf(xml, this.#limits.xmlDepth)
      if (found) rows.push(found)
    }
    return rows
  }
}

interface WorkbookParts {
  readonly sheets: readonly SheetInfo[]
  readonly date1904: boolean
  readonly sharedStrings: ZipEntry | undefined
  readonly styles: readonly CellStyle[]
}

function entryAt(zip: ZipFile, part: string): ZipEntry | undefined {
  const name = part.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()
  return zip.directory.entries.get(name) ?? zip.directory.entries.get(unescaped(name))
}

/** Targets are addresses: a blank in a name may be written %20. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

async function readText(zip: ZipFile, part: string): Promise<string | undefined> {
  const entry = entryAt(zip, part)
  if (entry === undefined) return undefined
  const bytes = await readSmallEntry(zip, entry, smallPartBytes)
  return new TextDecoder(partEncoding(bytes)).decode(bytes)
}

async function readParts(zip: ZipFile, limits: SourceLimits): Promise<WorkbookParts> {
  const root = await readRelations(zip, '', limits)
  const main = [...root.values()].find((relation) => relation.type.endsWith('/officeDocument'))
  const part = main?.target ?? 'xl/workbook.xml'
  const xml = await readText(zip, part)
  if (xml === undefined) throw unreadable('notAWorkbook', 'not a workbook')
  if (part.endsWith('.bin')) throw unreadable('notAWorkbook', 'binary workbook')
  const relations = await readRelations(zip, part, limits)
  const byType = (type: string) =>
    [...relations.values()].find((relation) => relation.type.endsWith(`/${type}`))?.target
  const stylesXml = await readText(zip, byType('styles') ?? siblingOf(part, 'styles.xml'))
  const workbook = readWorkbookXml(xml, relations, limits)
  return {
    ...workbook,
    sharedStrings: entryAt(zip, byType('sharedStrings') ?? siblingOf(part, 'sharedStrings.xml')),
    styles: stylesXml === undefined ? [] : readCellStyles(stylesXml, limits.xmlDepth),
  }
}

function siblingOf(part: string, name: string): string {
  return posix.join(posix.dirname(part), name)
}

/** Targets are relative to the part's folder, or absolute with a leading slash. */
async function readRelations(
  zip: ZipFile,
  part: string,
  limits: SourceLimits,
): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part === '' ? 'x' : part)
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const xml = await readText(zip, path)
  const relations = new Map<string, Relation>()
  if (xml === undefined) return relations
  const tag = (found: XmlTag): void => {
    const id = attribute(found, 'Id')
    const target = attribute(found, 'Target')
    if (found.name !== 'Relationship' || id === undefined || target === undefined) return
    if (attribute(found, 'TargetMode') === 'External') return
    relations.set(id, {
      type: attribute(found, 'Type') ?? '',
      target: partTarget(folder, target.replaceAll('\\', '/')),
    })
  }
  walkXml(xml, { tag }, limits.xmlDepth)
  return relations
}

function partTarget(folder: string, target: string): string {
  return target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(folder, target)
}

function readWorkbookXml(
  xml: string,
  relations: ReadonlyMap<string, Relation>,
  limits: SourceLimits,
): { sheets: SheetInfo[]; date1904: boolean } {
  const sheets: SheetInfo[] = []
  let date1904 = false
  const tag = (found: XmlTag): void => {
    if (found.name === 'workbookPr') {
      date1904 = /^(1|true)$/.test(attribute(found, 'date1904') ?? '0')
    }
    if (found.name !== 'sheet' || found.kind === 'close') return
    const relation = relations.get(attribute(found, 'r:id') ?? '')
    const name = attribute(found, 'name')
    if (relation?.type.endsWith('/worksheet') !== true || name === undefined) return
    const state = attribute(found, 'state')
    sheets.push({ name, part: relation.target, hidden: state !== undefined && state !== 'visible' })
  }
  walkXml(xml, { tag }, limits.xmlDepth)
  return { sheets, date1904 }
}
