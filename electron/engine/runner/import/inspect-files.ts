/** Looks into chosen files: their sheets and tables, each with the columns its first rows suggest. */
import { createHash } from 'node:crypto'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import { AppErrorException } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { SourceReader } from '../../sources/reader.ts'
import { refusal, sourceLimits, unreadable } from '../../sources/source-limits.ts'
import { Workbook } from '../../sources/xlsx/workbook.ts'
import type {
  AskedPart,
  InspectedFile,
  InspectJobOrder,
  InspectOutcome,
  InspectStep,
  UnreadablePart,
} from '../jobs/job-messages.ts'
import { SqliteCopy } from '../sqlite/sqlite-source.ts'
import type { SourceKind } from './import-order.ts'
import type { Sample } from './inspect-sample.ts'
import { readSamples } from './inspect-sample.ts'
import { openPart, sourceKindOf } from './part-reader.ts'

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
    for (const asked of file.parts ?? (await partNames(file, kind))) {
      const { part, encoding, layout } = asked
      const job = {
        ...{ path: file.path, kind, name: file.name },
        ...(part === undefined ? {} : { part }),
        ...(encoding === undefined ? {} : { encoding }),
      }
      const opened = await openPart(job, sourceLimits, this.#order.tempFolder)
      try {
        await this.#part(file, kind, part, opened.reader, layout)
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
    layout: SheetLayout = {},
  ): Promise<void> {
    for (const sample of await readSamples(reader, layout)) {
      const part = describe(file, kind, name, sample)
      this.#parts.push(part)
      this.#onStep({ kind: 'found', part }, 'atOnce')
    }
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
): Promise<AskedPart[]> {
  if (kind === 'csv') return [{}]
  const workbook = await Workbook.open(file.path, sourceLimits)
  await workbook.close()
  return workbook.visibleSheets().map((sheet) => ({ part: sheet.name }))
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
    layout: sample.layout,
    ...(sample.periods === undefined ? {} : { periods: [...sample.periods] }),
    ...(sample.title === undefined ? {} : { title: sample.title }),
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
