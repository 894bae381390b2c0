import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { ChildPort } from '../host.ts'
import type { QueryRunner, RawAnswer, RunTarget } from '../query/query-runner.ts'
import type { Printed } from '../sql/printer.ts'
import type { FromQueryProcess, ToQueryProcess } from './query-messages.ts'

export interface ExtractFile {
  readonly alias: string
  readonly path: string
}

export interface RunnerOptions {
  readonly startProcess: () => ChildPort
  /** Every extract and map of the workspace as it is now: a new process is given all of them at once. */
  readonly current: () => readonly ExtractFile[]
  readonly memoryLimitMb: number
  readonly threads: number
  readonly tempFolder: string
  readonly timeoutMs: number
  /** After an interrupt that is not obeyed for so long the process is ended. */
  readonly graceMs: number
  readonly onLost?: () => void
}

interface Waiting {
  readonly resolve: (answer: RawAnswer) => void
  readonly reject: (error: AppErrorException) => void
}

const failure = (
  code: 'query/cancelled' | 'query/timedOut' | 'query/failed' | 'query/processLost',
  message?: string,
): AppErrorException =>
  new AppErrorException(
    appError(
      code,
      message === undefined ? {} : { message: message.slice(0, 2000) },
      code === 'query/processLost',
    ),
  )

/** One query process with what runs in it. */
class QueryProcess {
  readonly #port: ChildPort
  readonly #waiting = new Map<number, Waiting>()
  readonly paths: ReadonlySet<string>
  #next = 1
  #dead = false
  #retired = false

  constructor(port: ChildPort, open: ToQueryProcess, paths: Iterable<string>, onLost: () => void) {
    this.#port = port
    this.paths = new Set(paths)
    // The first message says only that the process is up.
    port.onMessage((message) => {
      if (isAnswer(message)) this.#receive(message)
    })
    port.onExit((expected) => {
      this.#dead = true
      this.#failAll(failure(expected ? 'query/cancelled' : 'query/processLost'))
      if (!expected) onLost()
    })
    port.post(open)
  }

  get usable(): boolean {
    return !this.#dead && !this.#retired
  }

  get busy(): boolean {
    return this.#waiting.size > 0
  }

  run(statement: Printed): { readonly id: number; readonly answer: Promise<RawAnswer> } {
    const id = this.#next++
    const answer = new Promise<RawAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#port.post({ kind: 'run', id, ...statement } satisfies ToQueryProcess)
    })
    return { id, answer }
  }

  interrupt(id: number): void {
    if (this.#waiting.has(id)) this.#port.post({ kind: 'interrupt', id } satisfies ToQueryProcess)
  }

  isRunning(id: number): boolean {
    return this.#waiting.has(id)
  }

  /** Takes no more questions and ends when the last is answered. */
  retire(): void {
    this.#retired = true
    if (!this.busy) this.kill()
  }

  kill(): void {
    this.#dead = true
    this.#port.kill()
  }

  #receive(message: FromQueryProcess): void {
    switch (message.kind) {
      case 'opened':
        return
      case 'openFailed':
        this.#failAll(failure('query/failed', message.message))
        this.kill()
        return
      case 'answer':
        this.#settle(message.id, ({ resolve }) =>
          resolve({ rows: message.rows, columns: new Map(message.columns) }),
        )
        return
      case 'failed':
        this.#settle(message.id, ({ reject }) =>
          reject(
            failure(message.interrupted ? 'query/cancelled' : 'query/failed', message.message),
          ),
        )
    }
  }

  #settle(id: number, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (waiting) settle(waiting)
    if (this.#retired && !this.busy) this.kill()
  }

  #failAll(error: AppErrorException): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of all) reject(error)
  }
}

/**
 * Query processes by what they read: one for the extracts of the workspace, one per live file. A file the extract
 * process does not have (a new version) means a new process; the old one answers what it was asked and ends.
 */
export class ProcessRunner implements QueryRunner {
  readonly #options: RunnerOptions
  #extracts: QueryProcess | undefined
  readonly #live = new Map<string, QueryProcess>()

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  async run(target: RunTarget, statement: Printed, signal: AbortSignal): Promise<RawAnswer> {
    if (signal.aborted) throw failure('query/cancelled')
    const process =
      target.kind === 'extracts'
        ? this.#extractProcess(target.attach)
        : this.#liveProcess(target.path)
    const { id, answer } = process.run(statement)
    const state = { timedOut: false }
    const stop = (): void => this.#stop(process, id, target.kind === 'live')
    const timer = setTimeout(() => {
      state.timedOut = true
      stop()
    }, this.#options.timeoutMs)
    signal.addEventListener('abort', stop, { once: true })
    try {
      return await answer
    } catch (error) {
      throw state.timedOut ? failure('query/timedOut') : error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }

  close(): void {
    this.#extracts?.kill()
    for (const process of this.#live.values()) process.kill()
    this.#live.clear()
  }

  /** DuckDB obeys an interrupt within milliseconds; SQLite cannot, so its process is ended at once. */
  #stop(process: QueryProcess, id: number, live: boolean): void {
    if (live) {
      process.kill()
      return
    }
    process.interrupt(id)
    setTimeout(() => {
      if (process.isRunning(id)) process.kill()
    }, this.#options.graceMs).unref()
  }

  #extractProcess(needed: readonly ExtractFile[]): QueryProcess {
    const current = this.#extracts
    if (current?.usable === true && needed.every(({ path }) => current.paths.has(path)))
      return current
    current?.retire()
    const all = new Map([...this.#options.current(), ...needed].map((one) => [one.path, one]))
    const open: ToQueryProcess = {
      kind: 'openExtracts',
      extracts: [...all.values()],
      memoryLimitMb: this.#options.memoryLimitMb,
      tempFolder: this.#options.tempFolder,
      threads: this.#options.threads,
    }
    this.#extracts = this.#start(open, all.keys())
    return this.#extracts
  }

  #liveProcess(path: string): QueryProcess {
    const known = this.#live.get(path)
    if (known?.usable === true) return known
    const started = this.#start({ kind: 'openLive', path }, [path])
    this.#live.set(path, started)
    return started
  }

  #start(open: ToQueryProcess, paths: Iterable<string>): QueryProcess {
    return new QueryProcess(this.#options.startProcess(), open, paths, () =>
      this.#options.onLost?.(),
    )
  }
}

/** The process ships with the engine: a message with a kind is one of its answers. */
function isAnswer(message: unknown): message is FromQueryProcess {
  return typeof message === 'object' && message !== null && 'kind' in message
}
