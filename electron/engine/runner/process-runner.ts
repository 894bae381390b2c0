import { rmSync } from 'node:fs'
import type { ChildPort } from '../host.ts'
import type { QueryRunner, RawAnswer, RunTarget } from '../query/query-runner.ts'
import type { Printed } from '../sql/printer.ts'
import { makeTempFolder } from '../temp-folders.ts'
import type { ServerAccess } from './server/server-access.ts'
import type { ToQueryProcess } from './query-messages.ts'
import { EndedForAnother, failure, StartedProcess } from './started-process.ts'

export interface ExtractFile {
  readonly alias: string
  readonly path: string
}

export interface RunnerOptions {
  readonly startProcess: () => ChildPort
  /** Every extract and map of the workspace as it is now: a new process is given all of them at once. */
  readonly current: () => readonly ExtractFile[]
  /** How to reach a server, password and all. Rejects with AppErrorException where it cannot be said. */
  readonly access?: (connection: string) => Promise<ServerAccess>
  readonly memoryLimitMb: number
  readonly threads: number
  /** Where each process gets a folder of its own, which goes with it. */
  readonly tempFolder: string
  readonly timeoutMs: number
  /** After an interrupt that is not obeyed for so long the process is ended. */
  readonly graceMs: number
  readonly onLost?: () => void
}

/** A question whose process is ended for another's sake is asked so often in all. */
const attempts = 4
/** A server far away hears of a withdrawal later, and must: ending the process here would leave it working there. */
const serverGraceMs = 10_000

/**
 * Query processes by what they read: one for the extracts of the workspace, one per live file. A file the extract
 * process does not have (a new version) means a new process; the old one answers what it was asked and ends. A live
 * process answers one question at a time, so the next ones wait here and lose nothing when it has to be ended.
 */
export class ProcessRunner implements QueryRunner {
  readonly #options: RunnerOptions
  #extracts: StartedProcess | undefined
  readonly #live = new Map<string, StartedProcess>()
  readonly #servers = new Map<string, { process: StartedProcess; written: string }>()
  readonly #turns = new Map<string, Promise<undefined>>()
  readonly #folders = new Set<string>()
  readonly #started = new Set<StartedProcess>()
  #closed = false

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  async run(target: RunTarget, statement: Printed, signal: AbortSignal): Promise<RawAnswer> {
    if (target.kind !== 'live') return this.#ask(target, statement, signal)
    return this.#inTurn(target.path, signal, () => this.#ask(target, statement, signal))
  }

  /** Paths some process of this runner reads, one that is ending among them. */
  openPaths(): string[] {
    return [...this.#started].flatMap(({ paths }) => [...paths])
  }

  /** Its settings changed, or nobody needs it any more; what runs there is asked again by another process. */
  endServer(connection: string): void {
    this.#servers.get(connection)?.process.kill()
    this.#servers.delete(connection)
  }

  close(): void {
    this.#closed = true
    // Those as well whose place another has taken while they answer.
    for (const process of this.#started) process.kill()
    this.#live.clear()
    this.#servers.clear()
    for (const folder of this.#folders) this.#removeFolder(folder)
  }

  async #ask(target: RunTarget, statement: Printed, signal: AbortSignal): Promise<RawAnswer> {
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted || this.#closed) throw failure('query/cancelled')
      try {
        return await this.#askOnce(target, statement, signal)
      } catch (error) {
        if (!(error instanceof EndedForAnother)) throw error
        if (attempt === attempts) throw failure('query/processLost')
      }
    }
  }

  async #askOnce(target: RunTarget, statement: Printed, signal: AbortSignal): Promise<RawAnswer> {
    const found = this.#processFor(target)
    const process = found instanceof Promise ? await found : found
    if (signal.aborted) throw failure('query/cancelled')
    const { id, answer } = process.run(statement)
    const state: { stopped?: 'query/cancelled' | 'query/timedOut' } = {}
    const stop = (why: 'query/cancelled' | 'query/timedOut'): void => {
      state.stopped ??= why
      const hangs = why === 'query/timedOut' && !process.opened
      if (target.kind === 'live' || hangs) process.kill()
      else this.#interrupt(process, id, target.kind === 'server' ? serverGraceMs : undefined)
    }
    const cancel = (): void => stop('query/cancelled')
    const timer = setTimeout(() => stop('query/timedOut'), this.#options.timeoutMs)
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return await answer
    } catch (error) {
      throw state.stopped === undefined ? error : failure(state.stopped)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
    }
  }

  /** Who leaves while waiting leaves alone: nothing of theirs is running yet. */
  async #inTurn<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(path) ?? Promise.resolve(undefined)
    const { promise: done, resolve } = Promise.withResolvers<undefined>()
    const mine = before.then(() => done)
    this.#turns.set(path, mine)
    try {
      await turnOrLeave(before, signal)
      return await work()
    } finally {
      resolve(undefined)
      if (this.#turns.get(path) === mine) this.#turns.delete(path)
    }
  }

  /**
   * DuckDB obeys an interrupt within milliseconds; SQLite cannot, so its process is ended at once. A process that is still
   * starting hears nothing: its time to obey begins when it has opened its files.
   */
  #interrupt(process: StartedProcess, id: number, graceMs = this.#options.graceMs): void {
    process.interrupt(id)
    process.whenOpened(() => {
      setTimeout(() => {
        if (process.isRunning(id)) process.kill()
      }, graceMs).unref()
    })
  }

  #processFor(target: RunTarget): StartedProcess | Promise<StartedProcess> {
    switch (target.kind) {
      case 'extracts':
        return this.#extractProcess(target.attach)
      case 'live':
        return this.#liveProcess(target.path)
      case 'server':
        return this.#serverProcess(target.connection)
    }
  }

  /** One for each way to reach a server: other settings or another password are another process. */
  async #serverProcess(connection: string): Promise<StartedProcess> {
    if (!this.#options.access) throw failure('connection/notFound')
    const access = await this.#options.access(connection)
    const written = JSON.stringify(access)
    const known = this.#servers.get(connection)
    if (known?.process.usable === true && known.written === written) return known.process
    known?.process.retire()
    const process = this.#start([], () => ({ kind: 'openServer', access }))
    this.#servers.set(connection, { process, written })
    return process
  }

  #extractProcess(needed: readonly ExtractFile[]): StartedProcess {
    const current = this.#extracts
    if (current?.usable === true && needed.every(({ path }) => current.paths.has(path)))
      return current
    current?.retire()
    const all = new Map([...this.#options.current(), ...needed].map((one) => [one.path, one]))
    const { memoryLimitMb, threads } = this.#options
    const extracts = [...all.values()]
    this.#extracts = this.#start(all.keys(), (tempFolder) => ({
      ...{ kind: 'openExtracts', extracts, memoryLimitMb, tempFolder, threads },
    }))
    return this.#extracts
  }

  #liveProcess(path: string): StartedProcess {
    const known = this.#live.get(path)
    if (known?.usable === true) return known
    const started = this.#start([path], (tempFolder) => ({ kind: 'openLive', path, tempFolder }))
    this.#live.set(path, started)
    return started
  }

  #removeFolder(folder: string): void {
    this.#folders.delete(folder)
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Still held by a process that is ending (Windows): the system's own folder for temporary files is cleaned by it.
    }
  }

  /** A process is ended, never asked to end: what it spilled or copied is removed here. */
  #start(paths: Iterable<string>, open: (tempFolder: string) => ToQueryProcess): StartedProcess {
    const folder = makeTempFolder(this.#options.tempFolder)
    this.#folders.add(folder)
    const port = this.#options.startProcess()
    const started = new StartedProcess(port, open(folder), paths, (expected) => {
      this.#started.delete(started)
      this.#removeFolder(folder)
      if (!expected) this.#options.onLost?.()
    })
    this.#started.add(started)
    return started
  }
}

function turnOrLeave(turn: Promise<undefined>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(failure('query/cancelled'))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    void turn.then(() => {
      signal.removeEventListener('abort', leave)
      resolve()
    })
  })
}
