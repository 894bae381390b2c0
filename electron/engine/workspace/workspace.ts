/** One open workspace: its folder, its lock, its catalogue and the extract files the catalogue stands on. */
import { basename, join } from 'node:path'
import { existsSync } from 'node:fs'
import type { JobRunner } from '../runner/jobs/run-job.ts'
import { Catalogue } from './store/catalogue.ts'
import type { FilePort } from './durable-files.ts'
import { nodeFiles } from './durable-files.ts'
import type { FolderWarning } from './folder-kind.ts'
import { folderWarnings } from './folder-kind.ts'
import { ImportTurns } from './import-turns.ts'
import type { WorkspaceLock } from './workspace-lock.ts'
import { lockWorkspace } from './workspace-lock.ts'

export interface WorkspaceOptions {
  /** Who opens it, for the message of the next one: electron, loopback, cli. */
  readonly kind: string
  readonly now: () => Date
  readonly runJob: JobRunner
  readonly files?: FilePort
  readonly memoryLimitMb: number
  readonly threads: number
  /** Datasets of one import that are read side by side, each in a process of its own; one unless it is said. */
  readonly importsAtOnce?: number
  /** The same over all imports that run; as many as of one, and two at least, unless it is said. */
  readonly readingsAtOnce?: number
}

export class Workspace {
  readonly folder: string
  readonly catalogue: Catalogue
  readonly files: FilePort
  readonly options: WorkspaceOptions
  readonly warnings: readonly FolderWarning[]
  readonly imports: ImportTurns
  readonly #lock: WorkspaceLock
  /** Extracts that lie among the others and wait for the catalogue to name them. */
  readonly #uncommitted = new Set<string>()
  #closed = false
  #busy: Promise<unknown> = Promise.resolve()

  private constructor(
    folder: string,
    options: WorkspaceOptions,
    lock: WorkspaceLock,
    catalogue: Catalogue,
    warnings: readonly FolderWarning[],
  ) {
    this.folder = folder
    this.options = options
    this.files = options.files ?? nodeFiles
    this.imports = new ImportTurns(
      options.readingsAtOnce ?? Math.max(2, options.importsAtOnce ?? 1),
    )
    this.#lock = lock
    this.catalogue = catalogue
    this.warnings = warnings
  }

  static exists(folder: string): boolean {
    return existsSync(join(folder, 'catalogue.sqlite'))
  }

  /** Makes the folder when it is not there. Rejects with AppErrorException (`workspace/*`) or the system's error. */
  static async open(folder: string, options: WorkspaceOptions): Promise<Workspace> {
    const files = options.files ?? nodeFiles
    for (const name of ['', 'extracts', 'backups']) await files.makeFolder(join(folder, name))
    const lock = await lockWorkspace(folder, options.kind, options.now, () =>
      Catalogue.isFree(folder),
    )
    let catalogue: Catalogue | undefined
    try {
      catalogue = Catalogue.open(folder)
      const warnings = await folderWarnings(folder)
      const workspace = new Workspace(folder, options, lock, catalogue, warnings)
      await workspace.#cleanUp()
      return workspace
    } catch (error) {
      catalogue?.close()
      await lock.release()
      throw error
    }
  }

  get name(): string {
    return basename(this.folder)
  }

  get open(): boolean {
    return !this.#closed
  }

  get tempFolder(): string {
    return join(this.folder, 'temp')
  }

  extractPath(file: string): string {
    return join(this.folder, 'extracts', file)
  }

  /**
   * Puts what a job wrote in its own folder among the extracts. Only the owner does this and never a job, whose process
   * may outlive a killed owner for a moment: what it then writes lies in a folder the next opening has removed.
   */
  takeIn(jobFolder: string, file: string): Promise<void> {
    return this.files.move(join(jobFolder, file), this.extractPath(file))
  }

  /** An extract that is taken in before its turn to be committed: until it is settled, collecting passes it over. */
  hold(file: string): void {
    this.#uncommitted.add(file)
  }

  /** It is named by the catalogue, or gone: from now on it is collected like any other. */
  settled(file: string): void {
    this.#uncommitted.delete(file)
  }

  /** A name no extract ever had. */
  newExtractFile(owner: string): string {
    return `${owner}-${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}.duckdb`
  }

  /** The lock is ours alone, so whatever the catalogue does not name was left by a dead owner. */
  async #cleanUp(): Promise<void> {
    // A folder a dead owner's last job still writes in goes at the next opening (Windows keeps open files).
    for (const name of await this.files.list(this.tempFolder)) {
      await this.files.remove(join(this.tempFolder, name)).catch(() => undefined)
    }
    await this.files.makeFolder(this.tempFolder)
    await this.collect(new Set())
  }

  /** Removes extract files nothing stands on; `inUse` are kept, and so is what the system refuses to remove. */
  async collect(inUse: ReadonlySet<string>): Promise<void> {
    const needed = new Set([...this.catalogue.files(), ...inUse, ...this.#uncommitted])
    for (const name of await this.files.list(join(this.folder, 'extracts'))) {
      if (needed.has(name)) continue
      try {
        await this.files.remove(this.extractPath(name))
      } catch {
        // Still open somewhere (Windows): the next opening collects it.
      }
    }
  }

  /** One change at a time. Imports read outside of it and only commit within. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#busy.then(work)
    this.#busy = turn.catch(() => undefined)
    return turn
  }

  /** A private folder for one job; the job's caller removes it. */
  async jobFolder(): Promise<string> {
    const folder = join(this.tempFolder, `job-${crypto.randomUUID()}`)
    await this.files.makeFolder(folder)
    return folder
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.imports.end()
    this.catalogue.close()
    await this.#lock.release()
  }
}
