/** Relationships of live datasets, looked at again while they are asked: a key that repeats now would count rows twice. */
import { appError } from '../../../shared/errors.ts'
import { reachedFrom } from '../../../shared/data/relationship-graph.ts'
import type { QueryRunner } from '../query/query-runner.ts'
import { fileStamp } from '../runner/sqlite/file-stamp.ts'
import { queryCatalog } from './dataset-words.ts'
import { endsOf } from './relate-datasets.ts'
import { repeatedKeysLive } from './relate-live.ts'
import type { StoredDataset, StoredRelationship } from './store/catalogue.ts'
import type { WorkspaceService } from './workspace-service.ts'
import type { Workspace } from './workspace.ts'

/** So long the keys of a server are taken for unique; those of a file until it changes. */
const freshMs = 60_000

export class LiveRelations {
  readonly #workspaces: WorkspaceService
  readonly #runner: QueryRunner
  readonly #now: () => Date
  /** What a key looked like when it was found to be unique or not, by relationship. */
  readonly #looked = new Map<string, string>()

  constructor(workspaces: WorkspaceService, runner: QueryRunner, now: () => Date) {
    this.#workspaces = workspaces
    this.#runner = runner
    this.#now = now
  }

  /** Rejects with AppErrorException: whatever keeps the source from being asked. */
  async freshen(dataset: string, signal: AbortSignal): Promise<void> {
    const workspace = this.#workspaces.current
    if (!workspace) return
    const live = workspace.catalogue.relationships().filter(({ file }) => file === '')
    const reached = reachedFrom(dataset, live.map(endsOf))
    for (const relation of live) {
      if (reached.has(relation.fromDataset)) await this.#look(workspace, relation, signal)
    }
  }

  async #look(
    workspace: Workspace,
    relation: StoredRelationship,
    signal: AbortSignal,
  ): Promise<void> {
    const one = workspace.catalogue.dataset(relation.toDataset)
    if (one?.file !== null) return
    const state = await this.#stateOf(one)
    const key = `${relation.id}|${relation.toFields.join('|')}`
    if (this.#looked.get(key) === state) return
    const ends = endsOf(relation)
    const { count, examples } = await repeatedKeysLive(queryCatalog(workspace), ends, this.#runner, signal) // prettier-ignore
    this.#looked.set(key, state)
    if (count > 0 === (relation.broken !== null)) return
    await workspace.exclusive(() => {
      const known = workspace.open
        ? workspace.catalogue.relationships().find(({ id }) => id === relation.id)
        : undefined
      if (!known) return Promise.resolve()
      const field = relation.toFields.join(' · ')
      const broken = appError('relationship/duplicateKey', { field, dataset: one.name, count, examples: [...examples] }) // prettier-ignore
      if (count > 0) workspace.catalogue.breakRelationship(relation.id, broken)
      else workspace.catalogue.saveRelationship({ ...known, broken: null })
      this.#workspaces.announce('relationships')
      return Promise.resolve()
    })
  }

  async #stateOf({ livePath }: StoredDataset): Promise<string> {
    if (livePath !== null) return fileStamp(livePath)
    return String(Math.floor(this.#now().getTime() / freshMs))
  }
}
