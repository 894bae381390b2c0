/** The workspace the engine works in now, and how it becomes another one. */
import { basename, join, relative, resolve } from 'node:path'
import { randomBytes } from 'node:crypto'
import { availableParallelism, totalmem } from 'node:os'
import type { EventOf } from '../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { WorkspaceState } from '../../../shared/workspace-words.ts'
import type { Host } from '../host.ts'
import type { QueryCatalog } from '../query/query-catalog.ts'
import type { JobRunner } from '../runner/jobs/run-job.ts'
import { jobRunner } from '../runner/jobs/run-job.ts'
import { aliasOf, datasetInfo, queryCatalog, relationshipInfo } from './dataset-words.ts'
import type { FilePort } from './durable-files.ts'
import { nodeFiles } from './durable-files.ts'
import { readingsFor } from './import-turns.ts'
import type { Recents } from './recents.ts'
import { createRecents } from './recents.ts'
import type { WorkspaceOptions } from './workspace.ts'
import type { StoredDataset } from './store/catalogue.ts'
import { catchUpPeople } from './people/write-people.ts'
import { catchUpRelationships } from './relate-datasets.ts'
import { Workspace } from './workspace.ts'

export interface WorkspaceNeeds {
  readonly host: Host
  readonly now: () => Date
  readonly emit: (event: 'workspace.changed', payload: EventOf<'workspace.changed'>) => void
  /** Replaced in tests. */
  readonly runJob?: JobRunner
  readonly files?: FilePort
}

export type ChangeReason = EventOf<'workspace.changed'>['reason']

export class WorkspaceService {
  readonly recents: Recents
  readonly runJob: JobRunner
  readonly #needs: WorkspaceNeeds
  readonly #files: FilePort
  readonly #listeners: ((reason: ChangeReason) => void)[] = []
  #current: Workspace | undefined
  #changing: Promise<unknown> = Promise.resolve()

  constructor(needs: WorkspaceNeeds) {
    this.#needs = needs
    this.#files = needs.files ?? nodeFiles
    this.runJob = needs.runJob ?? jobRunner(() => needs.host.startProcess('job'))
    this.recents = createRecents(join(needs.host.folders.settings, 'recents.json'))
  }

  get current(): Workspace | undefined {
    return this.#current
  }

  /** Opens the usual workspace when none is open yet. */
  async require(): Promise<Workspace> {
    if (this.#current === undefined) await this.openDefault()
    if (this.#current === undefined) throw new Error('no workspace is open')
    return this.#current
  }

  /** What the query engine may ask now; empty without a workspace. */
  queryCatalog(): QueryCatalog {
    return this.#current ? queryCatalog(this.#current) : { datasets: [], relations: [] }
  }

  /** What tokens of persons are made with; it goes with the workspace and never leaves it otherwise. */
  personalSecret(): string {
    const key = 'personal.secret'
    const fresh = randomBytes(32).toString('hex')
    const catalogue = this.#current?.catalogue
    const known = catalogue?.setting(key)
    if (known === undefined) catalogue?.saveSetting(key, fresh)
    return known ?? fresh
  }

  /** Every file a question may need, under the names `queryCatalog` gives them. */
  extractFiles(): { readonly alias: string; readonly path: string }[] {
    const { datasets, relations } = this.queryCatalog()
    const own = datasets.flatMap(({ storage, companion }) => [storage, companion?.storage])
    const stored = own.flatMap((one) => (one?.kind === 'extract' ? [one] : []))
    // Attached with the others, so that a look at a recipe starts no process of its own.
    const imported = this.#current?.catalogue.datasets().flatMap((one) => importedFile(one)) ?? []
    const maps = relations.flatMap(({ map }) => (map === null ? [] : [map]))
    const sources = imported.map((file) => ({
      alias: aliasOf(file),
      path: this.#current?.extractPath(file) ?? '',
    }))
    return [...stored, ...maps, ...sources].map(({ alias, path }) => ({ alias, path }))
  }

  /** Heard in the engine before pages hear it. */
  onChanged(listener: (reason: ChangeReason) => void): void {
    this.#listeners.push(listener)
  }

  announce(reason: ChangeReason): void {
    for (const listener of this.#listeners) listener(reason)
    this.#needs.emit('workspace.changed', { reason })
  }

  get samplePath(): string {
    return join(this.#needs.host.folders.settings, 'sample-workspace')
  }

  options(): WorkspaceOptions {
    const half = Math.floor(totalmem() / 2 / 1_048_576)
    const memoryLimitMb = Math.max(512, Math.min(2048, Math.floor(half / 4)))
    return {
      kind: this.#needs.host.kind,
      now: this.#needs.now,
      runJob: this.runJob,
      files: this.#files,
      memoryLimitMb,
      importsAtOnce: Math.min(3, Math.max(1, availableParallelism() - 1)),
      readingsAtOnce: readingsFor(half, memoryLimitMb, availableParallelism()),
      threads: Math.min(8, Math.max(2, availableParallelism() - 1)),
    }
  }

  state(): WorkspaceState | null {
    const workspace = this.#current
    if (workspace === undefined) return null
    return {
      name: workspace.name,
      folder: this.#needs.host.files.register(workspace.folder),
      sample: workspace.folder === resolve(this.samplePath),
      datasets: workspace.catalogue.datasets().map(datasetInfo),
      relationships: workspace.catalogue.relationships().map(relationshipInfo),
      warnings: [...workspace.warnings],
    }
  }

  /** An empty or new folder becomes a workspace and the current one. */
  create(folder: string): Promise<void> {
    return this.#switch(async () => {
      if (Workspace.exists(folder)) throw refusal('workspace/notEmpty')
      const names = await this.#files.list(folder)
      if (names.some((name) => !name.startsWith('.'))) throw refusal('workspace/notEmpty')
      return folder
    })
  }

  open(folder: string): Promise<void> {
    return this.#switch(() => {
      if (!Workspace.exists(folder)) throw refusal('workspace/notFound', folder)
      return Promise.resolve(folder)
    })
  }

  /** The last one opened, or the usual folder among the documents. */
  openDefault(): Promise<void> {
    return this.#switch(async () => {
      const last = await this.recents.lastWorkspace()
      if (last !== null && Workspace.exists(last)) return last
      return join(this.#needs.host.folders.documents, 'Storeboard')
    })
  }

  /** A copy of the whole workspace in a new folder; the current one stays current. */
  async backUp(folder: string): Promise<string> {
    const workspace = await this.require()
    const target = resolve(folder)
    await this.#refuseTarget(workspace, target)
    await workspace.exclusive(() => this.#copy(workspace, target))
    return target
  }

  /** The workspace goes on in a new folder; the old one is removed once the new one is open. */
  async move(folder: string): Promise<void> {
    const from = await this.require()
    const target = resolve(folder)
    await this.#refuseTarget(from, target)
    // What would be committed after the copying would be lost.
    await from.imports.stop()
    await from.exclusive(() => this.#copy(from, target))
    await this.#switch(() => Promise.resolve(target))
    await this.#files.remove(from.folder).catch(() => undefined)
  }

  async #refuseTarget(workspace: Workspace, target: string): Promise<void> {
    const inside = relative(workspace.folder, target)
    if (!inside.startsWith('..') || (await this.#files.list(target)).length > 0) {
      throw refusal('workspace/notEmpty')
    }
  }

  /** Extracts first, the catalogue last: a copy without a catalogue is no workspace. */
  async #copy(workspace: Workspace, target: string): Promise<void> {
    const extracts = join(target, 'extracts')
    await this.#files.makeFolder(extracts)
    try {
      for (const file of workspace.catalogue.files()) {
        await this.#files.copy(workspace.extractPath(file), join(extracts, file))
        await this.#files.flush(join(extracts, file))
      }
      const catalogue = join(target, 'catalogue.sqlite')
      workspace.catalogue.copyTo(`${catalogue}.new`)
      await this.#files.flush(`${catalogue}.new`)
      await this.#files.move(`${catalogue}.new`, catalogue)
      await this.#files.flush(catalogue)
    } catch (error) {
      await this.#files.remove(target).catch(() => undefined)
      throw error
    }
  }

  /** The old one closes only when the new one is open: a refusal leaves everything as it was. */
  #switch(choose: () => Promise<string>): Promise<void> {
    const turn = this.#changing.then(async () => {
      const folder = resolve(await choose())
      if (this.#current?.folder === folder) return
      const next = await Workspace.open(folder, this.options())
      const before = this.#current
      this.#current = next
      await before?.imports.stop()
      await before?.exclusive(() => before.close())
      // A command is over before work in the background would be; a window waits for nothing it does not show.
      const caughtUp = next.exclusive(async () => {
        const related = await catchUpRelationships(next)
        return (await catchUpPeople(next)) || related
      })
      if (this.#needs.host.kind === 'cli') await caughtUp
      else void caughtUp.then((wrote) => wrote && next.open && this.announce('datasets'))
      if (folder !== resolve(this.samplePath)) await this.recents.rememberWorkspace(folder)
      this.announce('opened')
    })
    this.#changing = turn.catch(() => undefined)
    return turn
  }

  async close(): Promise<void> {
    await this.#changing
    await this.#current?.close()
    this.#current = undefined
  }
}

const importedFile = ({ imported }: StoredDataset): string[] =>
  imported === null ? [] : [imported.file]

function refusal(
  code: 'workspace/notEmpty' | 'workspace/notFound',
  folder?: string,
): AppErrorException {
  return new AppErrorException(
    appError(code, folder === undefined ? {} : { name: basename(folder) }),
  )
}
