/** Looks into chosen files in a job process, and past a view in them that never ends. */
import type { EmptyPart, SourcePart } from '../../../shared/data/import-words.ts'
import { partLabel, wholeFile } from '../runner/import/inspect-files.ts'
import type {
  InspectedFile,
  InspectOutcome,
  InspectStep,
  UnreadablePart,
} from '../runner/jobs/job-messages.ts'
import type { Workspace } from './workspace.ts'

/** For the first rows and the number of rows of one table. */
const tableLimitMs = 10_000

interface Found {
  readonly parts: SourcePart[]
  readonly unreadable: UnreadablePart[]
  readonly empty: EmptyPart[]
}

interface InspectOptions {
  readonly limitMs?: number
  /** Hears of each file as it is opened. */
  readonly onFile?: ((id: string) => void) | undefined
}

/** A table that gives no answer in time is told as `dataset/tooSlow`; everything else is there all the same. */
export async function inspectParts(
  workspace: Workspace,
  files: readonly InspectedFile[],
  signal: AbortSignal,
  { limitMs = tableLimitMs, onFile }: InspectOptions = {},
): Promise<InspectOutcome> {
  const found: Found = { parts: [], unreadable: [], empty: [] }
  let rest = files
  let done: readonly string[] = []
  for (;;) {
    const round = new Round(limitMs, onFile)
    if (await round.run(workspace, { files: rest, done }, signal, found)) return onceTold(found)
    // Its process is gone with the table that held it; the next one goes on behind it.
    const at = rest.findIndex(({ id }) => id === round.file)
    const tables = (at === 0 ? [...done, ...round.tables] : round.tables).filter(
      (name, index, all) => name !== wholeFile || index === all.length - 1,
    )
    rest = rest.slice(at)
    done = tables
    const [{ name } = { name: '' }] = rest
    const held = tables.at(-1) ?? wholeFile
    const fileName = held === wholeFile ? name : partLabel(name, held)
    found.unreadable.push({ fileName, code: 'dataset/tooSlow' })
  }
}

/** Of a file without anything in it that alone is told. */
function onceTold({ parts, unreadable, empty }: Found): InspectOutcome {
  const nothing = unreadable.filter(({ code }) => code === 'dataset/empty')
  const told = new Set(nothing.map(({ fileName }) => fileName))
  return { parts, unreadable, empty: empty.filter(({ fileName }) => !told.has(fileName)) }
}

/** One process, until it is through or held by one table. */
class Round {
  file = ''
  /** Tables of that file, the one looked at last. */
  tables: string[] = []
  readonly #limitMs: number
  readonly #onFile: ((id: string) => void) | undefined
  readonly #held = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor(limitMs: number, onFile?: (id: string) => void) {
    this.#limitMs = limitMs
    this.#onFile = onFile
  }

  /** False when it was held; what was found until then is in `found`. */
  async run(
    workspace: Workspace,
    order: { readonly files: readonly InspectedFile[]; readonly done: readonly string[] },
    signal: AbortSignal,
    found: Found,
  ): Promise<boolean> {
    const tempFolder = await workspace.jobFolder()
    try {
      await workspace.options.runJob(
        'inspect',
        { ...order, tempFolder },
        {
          signal: AbortSignal.any([signal, this.#held.signal]),
          onStep: (step) => this.#hear(step, found),
        },
      )
      return true
    } catch (error) {
      if (!this.#held.signal.aborted || signal.aborted) throw error
      return false
    } finally {
      clearTimeout(this.#timer)
      await workspace.files.remove(tempFolder)
    }
  }

  /** A whole file may take longer than the first rows of a table. */
  #limitFor(table: string): number {
    return table === wholeFile ? this.#limitMs * 6 : this.#limitMs
  }

  #hear(step: InspectStep, { parts, unreadable, empty }: Found): void {
    clearTimeout(this.#timer)
    switch (step.kind) {
      case 'file':
        this.file = step.file
        this.tables = []
        this.#onFile?.(step.file)
        return
      case 'table':
        this.tables.push(step.table)
        this.#timer = setTimeout(() => this.#held.abort(), this.#limitFor(step.table))
        return
      case 'found':
        parts.push(step.part)
        return
      case 'unreadable':
        unreadable.push(step.what)
        return
      case 'empty':
        empty.push(step.what)
    }
  }
}
