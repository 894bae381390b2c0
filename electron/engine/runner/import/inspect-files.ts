/** Looks into chosen files: their sheets and tables, each with the columns its first rows suggest. */
import { createHash } from 'node:crypto'
import type { EmptyPart, SourcePart } from '../../../../shared/data/import-words.ts'
import type { SourceKind } from '../../../../shared/data/source-kind.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import { AppErrorException } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { SourceReader } from '../../sources/reader.ts'
import { refusal, sourceLimits, unreadable } from '../../sources/source-limits.ts'
import type {
  AskedPart,
  InspectedFile,
  InspectJobOrder,
  InspectOutcome,
  InspectStep,
  UnreadablePart,
} from '../jobs/job-messages.ts'
import type { Sample } from './inspect-sample.ts'
import { readSamples } from './inspect-sample.ts'
import type { OpenFile } from './part-reader.ts'
import { openFile } from './part-reader.ts'

/** Stands among the tables for the opening of the file itself. */
export const wholeFile = ''

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
  readonly #empty: EmptyPart[] = []

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
        this.#cannotRead({ file: file.id, fileName: file.name, ...causeOf(error) })
      }
    }
    return { parts: this.#parts, unreadable: this.#unreadable, empty: this.#empty }
  }

  async #file(file: InspectedFile, done: readonly string[]): Promise<void> {
    // A workbook that is read whole gives no turn back: it is watched like a table of a database.
    if (done.includes(wholeFile)) return
    await this.#turnTo(wholeFile)
    const opened = await openFile(file, sourceLimits, this.#order.tempFolder)
    try {
      if (opened.kind === 'sqlite') await this.#tables(file, opened, done)
      else for (const asked of askedParts(file, opened)) await this.#asked(file, opened, asked)
      if (file.parts === undefined) await this.#hidden(file, opened)
    } finally {
      await opened.close()
    }
  }

  /** The driver gives no turn back until it has an answer: the step must be on its way before. */
  async #turnTo(table: string): Promise<void> {
    this.#onStep({ kind: 'table', table }, 'atOnce')
    await new Promise((resolve) => setImmediate(resolve))
  }

  async #asked(
    file: InspectedFile,
    opened: OpenFile,
    asked: AskedPart,
    hidden = false,
  ): Promise<void> {
    const reader = opened.reader(asked.part, {
      encoding: asked.encoding,
      delimiter: asked.layout?.delimiter,
    })
    if (reader === undefined)
      throw unreadable('partMissing', 'part missing', { part: asked.part ?? '' })
    const what = { kind: opened.kind, part: asked.part, hidden }
    await this.#part(file, what, reader, asked.layout)
  }

  /** Nobody asked for what a workbook hides: a hidden sheet that cannot be read is not offered. */
  async #hidden(file: InspectedFile, opened: OpenFile): Promise<void> {
    for (const name of opened.hidden) {
      try {
        await this.#asked(file, opened, { part: name }, true)
      } catch (error) {
        if (!(error instanceof AppErrorException)) throw error
      }
    }
  }

  /** One copy for all tables; one that cannot be read takes no other with it. */
  async #tables(file: InspectedFile, opened: OpenFile, done: readonly string[]): Promise<void> {
    for (const name of opened.parts) {
      if (name === undefined || done.includes(name)) continue
      await this.#turnTo(name)
      try {
        const reader = opened.reader(name)
        if (reader === undefined) throw unreadable('brokenView', 'no columns', { table: name })
        await this.#part(file, { kind: 'sqlite', part: name, hidden: false }, reader)
      } catch (error) {
        this.#cannotRead({ fileName: partLabel(file.name, name), ...causeOf(error) })
      }
    }
  }

  async #part(
    file: InspectedFile,
    what: Described,
    reader: SourceReader,
    layout: SheetLayout = {},
  ): Promise<void> {
    const samples = await readSamples(reader, layout, { sheet: what.part })
    if (samples.length === 0 && what.part !== undefined && !what.hidden) {
      const empty = { fileName: file.name, part: what.part }
      this.#empty.push(empty)
      this.#onStep({ kind: 'empty', what: empty }, 'atOnce')
    }
    for (const sample of samples) {
      const part = describe(file, { ...what, derived: reader.derived === true }, sample)
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

/** Facts that sentences about a file have places for. */
const toldFacts = ['line', 'spot', 'columns', 'most']

function causeOf(error: unknown): Pick<UnreadablePart, 'code' | 'reason' | 'facts'> {
  if (error instanceof AppErrorException) {
    const { code, details } = error.appError
    const { reason } = details
    if (typeof reason !== 'string') return { code }
    const facts = toldFacts.flatMap((name) => {
      const fact = details[name]
      return typeof fact === 'number' || typeof fact === 'string' ? [[name, fact] as const] : []
    })
    return { code, reason, ...(facts.length > 0 ? { facts: Object.fromEntries(facts) } : {}) }
  }
  const code = fileFaultOf(error)
  if (code === undefined) throw error
  return code === 'file/denied' ? { code, reason: 'reading' } : { code }
}

function askedParts(file: InspectedFile, opened: OpenFile): readonly AskedPart[] {
  return file.parts ?? opened.parts.map((part) => (part === undefined ? {} : { part }))
}

interface Described {
  readonly kind: SourceKind
  readonly part: string | undefined
  readonly hidden: boolean
}

function describe(
  file: InspectedFile,
  { kind, part, hidden, derived }: Described & { readonly derived: boolean },
  sample: Sample,
): SourcePart {
  return {
    file: file.id,
    fileName: file.name,
    kind,
    ...(part === undefined ? {} : { part }),
    ...(hidden ? { hidden } : {}),
    layout: sample.layout,
    ...(sample.periods === undefined ? {} : { periods: [...sample.periods] }),
    ...(sample.periodTotals.length === 0 ? {} : { periodTotals: [...sample.periodTotals] }),
    ...(sample.title === undefined ? {} : { title: sample.title }),
    ...(sample.note === undefined ? {} : { note: sample.note }),
    ...(sample.encoding === undefined ? {} : { encoding: sample.encoding }),
    ...(sample.delimiter === undefined ? {} : { delimiter: sample.delimiter }),
    ...(sample.encodings.length === 0 ? {} : { encodings: [...sample.encodings] }),
    columns: [...sample.columns],
    sample: sample.rows,
    looked: { rows: sample.looked, all: !sample.goesOn },
    ...(sample.leftOut === undefined ? {} : { leftOut: sample.leftOut }),
    ...(sample.remarks.length === 0 ? {} : { remarks: [...sample.remarks] }),
    ...(sample.merged === undefined ? {} : { merged: sample.merged }),
    // They stand behind the cells, where the looking has ended.
    ...(sample.goesOn && kind === 'xlsx' ? { mergedUnseen: true as const } : {}),
    ...(sample.rowsKnown === undefined ? {} : { rowsKnown: sample.rowsKnown }),
    fingerprint: fingerprintOf(
      sample.columns.map((column) => column.name),
      derived ? (part ?? '') : undefined,
    ),
  }
}

/** Equal for parts whose columns have the same names, in any order and case, but for a view, which has a shape of its own. */
function fingerprintOf(names: readonly string[], view: string | undefined): string {
  const key = names.map((name) => name.trim().toLowerCase()).toSorted()
  const shape = view === undefined ? key : { view, key }
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32)
}
