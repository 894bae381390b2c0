/** Looks into chosen files: their sheets and tables, each with the columns its first rows suggest. */
import { createHash } from 'node:crypto'
import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { Field } from '../../../../shared/data/field.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import { AppErrorException } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import { ChunkBuilder } from '../../sources/column-chunk.ts'
import { ReadNotes } from '../../sources/reader.ts'
import type { SourceReader } from '../../sources/reader.ts'
import { refusal, sourceLimits, unreadable } from '../../sources/source-limits.ts'
import { TextPool } from '../../sources/text-pool.ts'
import { cellText } from '../../sources/typing/cell-text.ts'
import { ColumnProfile } from '../../sources/typing/column-profile.ts'
import { findHeader, readNames, usableNames } from '../../sources/typing/header-row.ts'
import { decideType } from '../../sources/typing/type-decision.ts'
import { Workbook } from '../../sources/xlsx/workbook.ts'
import type {
  InspectedFile,
  InspectJobOrder,
  InspectOutcome,
  InspectStep,
  UnreadablePart,
} from '../jobs/job-messages.ts'
import { SqliteCopy } from '../sqlite/sqlite-source.ts'
import type { SourceKind } from './import-order.ts'
import { openPart, sourceKindOf } from './part-reader.ts'

const sampledRows = 200
const shownRows = 20

type OnStep = (step: InspectStep, atOnce: 'atOnce') => void

export async function inspectFiles(
  order: InspectJobOrder,
  onStep: OnStep,
): Promise<InspectOutcome> {
  return new Inspection(order, onStep).run()
}

class Inspection {
  readonly #order: InspectJobOrder
  readonly #onStep: OnStep
  readonly #parts: SourcePart[] = []
  readonly #unreadable: UnreadablePart[] = []

  constructor(order: InspectJobOrder, onStep: OnStep) {
    this.#order = order
    this.#onStep = onStep
  }

  async run(): Promise<InspectOutcome> {
    for (const [index, file] of this.#order.files.entries()) {
      const done = index === 0 ? this.#order.done : []
      this.#onStep({ kind: 'file', file: file.id }, 'atOnce')
      const before = this.#parts.length + this.#unreadable.length + done.length
      try {
        await this.#file(file, done)
        const found = this.#parts.length + this.#unreadable.length + done.length
        if (found === before && done.length === 0) throw refusal('dataset/empty')
      } catch (error) {
        this.#cannotRead({ fileName: file.name, code: codeOf(error) })
      }
    }
    return { parts: this.#parts, unreadable: this.#unreadable }
  }

  async #file(file: InspectedFile, done: readonly string[]): Promise<void> {
    const kind = sourceKindOf(file.path)
    if (kind === undefined) throw unreadable('unknown kind of file')
    if (kind === 'sqlite') {
      await this.#tables(file, done)
      return
    }
    for (const part of await partNames(file, kind)) {
      const job = {
        path: file.path,
        kind,
        name: file.name,
        ...(part === undefined ? {} : { part }),
      }
      const opened = await openPart(job, sourceLimits, this.#order.tempFolder)
      try {
        await this.#part(file, kind, part, opened.reader)
      } finally {
        await opened.close()
      }
    }
  }

  /** One copy for all tables; one that cannot be read takes no other with it. */
  async #tables(file: InspectedFile, done: readonly string[]): Promise<void> {
    const copy = await SqliteCopy.open(file.path, this.#order.tempFolder)
    try {
      for (const { name } of copy.tables()) {
        if (done.includes(name)) continue
        this.#onStep({ kind: 'table', table: name }, 'atOnce')
        // The driver gives no turn back until it has an answer: the step must be on its way before.
        await new Promise((resolve) => setImmediate(resolve))
        try {
          const reader = copy.reader(name)
          if (reader === undefined) throw unreadable('no columns', { table: name })
          await this.#part(file, 'sqlite', name, reader)
        } catch (error) {
          this.#cannotRead({ fileName: partLabel(file.name, name), code: codeOf(error) })
        }
      }
    } finally {
      await copy.close()
    }
  }

  async #part(
    file: InspectedFile,
    kind: SourceKind,
    name: string | undefined,
    reader: SourceReader,
  ): Promise<void> {
    const sample = await readSample(reader)
    if (sample === undefined) return
    const part = describe(file, kind, name, sample)
    this.#parts.push(part)
    this.#onStep({ kind: 'found', part }, 'atOnce')
  }

  #cannotRead(what: UnreadablePart): void {
    this.#unreadable.push(what)
    this.#onStep({ kind: 'unreadable', what }, 'atOnce')
  }
}

/** A table's name beside its file's, as people are told it. */
export function partLabel(file: string, part: string): string {
  return `${file} · ${part}`
}

function codeOf(error: unknown): string {
  if (error instanceof AppErrorException) return error.appError.code
  const fault = fileFaultOf(error)
  if (fault === undefined) throw error
  return fault
}

async function partNames(
  file: InspectedFile,
  kind: Exclude<SourceKind, 'sqlite'>,
): Promise<(string | undefined)[]> {
  if (kind === 'csv') return [undefined]
  const workbook = await Workbook.open(file.path, sourceLimits)
  await workbook.close()
  return workbook.visibleSheets().map((sheet) => sheet.name)
}

interface Sample {
  readonly headerRow: number
  readonly headerRows: number
  readonly columns: readonly Field[]
  readonly rows: CellValue[][]
  readonly encoding: string | undefined
  readonly rowsKnown: number | undefined
}

/** Ends the reading from inside: a reader stops at nothing but an error. */
class EnoughRows extends Error {}

/** Undefined when the part has no cells. */
async function readSample(reader: SourceReader): Promise<Sample | undefined> {
  const pool = new TextPool(sourceLimits.textBytes)
  const notes = new ReadNotes()
  let sample: Sample | undefined
  const cells = new ChunkBuilder(
    (chunk) => {
      sample ??= sampleOf(chunk, reader, pool, notes)
      throw new EnoughRows()
    },
    sourceLimits.columns,
    sampledRows,
  )
  try {
    const limits = sourceLimits
    await reader.read({ cells, pool, notes, limits, progress: () => undefined })
    cells.finish()
  } catch (error) {
    if (!(error instanceof EnoughRows)) throw error
  }
  return sample
}

function sampleOf(
  chunk: ColumnChunk,
  reader: SourceReader,
  pool: TextPool,
  notes: ReadNotes,
): Sample {
  const named = reader.namedColumns
  const header = named === undefined ? findHeader(chunk) : undefined
  const { names } = named === undefined ? readNames(chunk, header, pool) : usableNames(named)
  const from = header === undefined ? 0 : header.last + 1
  const columns = names.map((name, column) =>
    sampleColumn(name, chunk, column, from, pool, notes.percents.get(column) ?? 0),
  )
  const shown = Math.max(0, Math.min(shownRows, chunk.rows - from))
  return {
    headerRow: header === undefined ? 0 : (chunk.sourceRows[header.first] ?? 0),
    headerRows: header === undefined ? 1 : header.last - header.first + 1,
    columns,
    rows: Array.from({ length: shown }, (_, row) =>
      names.map((_name, column) =>
        cellText(
          chunk.kinds[column]?.[from + row] ?? 0,
          chunk.values[column]?.[from + row] ?? 0,
          pool,
        ),
      ),
    ),
    encoding: notes.encoding,
    rowsKnown: reader.countRows?.(),
  }
}

function sampleColumn(
  name: string,
  chunk: ColumnChunk,
  column: number,
  from: number,
  pool: TextPool,
  percents: number,
): Field {
  const profile = new ColumnProfile()
  profile.percents = percents
  const kinds = chunk.kinds[column]?.subarray(from, chunk.rows)
  const values = chunk.values[column]?.subarray(from, chunk.rows)
  if (kinds && values) profile.add(kinds, values, kinds.length)
  const { type, role, scale, sign } = decideType(name, profile, pool)
  return {
    ...{ name, type, role },
    ...(type === 'decimal' ? { scale } : {}),
    ...(sign === '' ? {} : { sign }),
  }
}

function describe(
  file: InspectedFile,
  kind: SourceKind,
  part: string | undefined,
  sample: Sample,
): SourcePart {
  return {
    file: file.id,
    fileName: file.name,
    kind,
    ...(part === undefined ? {} : { part }),
    headerRow: sample.headerRow,
    headerRows: sample.headerRows,
    ...(sample.encoding === undefined ? {} : { encoding: sample.encoding }),
    columns: [...sample.columns],
    sample: sample.rows,
    ...(sample.rowsKnown === undefined ? {} : { rowsKnown: sample.rowsKnown }),
    fingerprint: fingerprintOf(sample.columns.map((column) => column.name)),
  }
}

/** Equal for parts whose columns have the same names, in any order and case. */
export function fingerprintOf(names: readonly string[]): string {
  const key = names.map((name) => name.trim().toLowerCase()).toSorted()
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)
}
