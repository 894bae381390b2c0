/** Keeps what is known of live datasets true of their files: nothing is answered with a description of an older file. */
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { fileFaultOf } from '../file-faults.ts'
import { fileStamp } from '../runner/sqlite/file-stamp.ts'
import { describedStamp, describeTable, redescribed } from './live-dataset.ts'
import type { WorkspaceService } from './workspace-service.ts'
import type { Workspace } from './workspace.ts'

export class LiveDescriptions {
  readonly #workspaces: WorkspaceService
  readonly #now: () => Date
  readonly #closing = new AbortController()
  readonly #running = new Map<string, Promise<void>>()

  constructor(workspaces: WorkspaceService, now: () => Date) {
    this.#workspaces = workspaces
    this.#now = now
  }

  /**
   * Describes the dataset anew when its file changed since; questions asked meanwhile wait for the same look. Rejects with
   * AppErrorException: the file's trouble, `dataset/tooSlow`, or `query/cancelled` for the one who left.
   */
  async freshen(id: string, signal: AbortSignal): Promise<void> {
    const workspace = this.#workspaces.current
    const stored = workspace?.catalogue.dataset(id)
    if (!workspace || !stored || stored.livePath === null) return
    if ((await stampOf(stored.livePath)) === describedStamp(stored)) return
    let running = this.#running.get(id)
    if (!running) {
      running = this.#describe(workspace, id).finally(() => this.#running.delete(id))
      this.#running.set(id, running)
    }
    await orLeave(running, signal)
  }

  close(): void {
    this.#closing.abort()
  }

  async #describe(workspace: Workspace, id: string): Promise<void> {
    const asked = workspace.catalogue.dataset(id)
    if (!asked || asked.livePath === null || asked.liveTable === null) return
    const described = await describeTable(workspace, {
      path: asked.livePath,
      table: asked.liveTable,
      ...(asked.sql ? { sql: asked.sql } : {}),
      signal: this.#closing.signal,
    })
    await workspace.exclusive(() => {
      // Renamed, removed or read in meanwhile, or the workspace is no longer open.
      const stored = workspace.open ? workspace.catalogue.dataset(id) : undefined
      if (stored?.livePath !== asked.livePath) return Promise.resolve()
      const next = redescribed(stored, described, this.#now())
      workspace.catalogue.saveDatasets([next])
      if (next.version !== stored.version) this.#workspaces.announce('datasets')
      return Promise.resolve()
    })
  }
}

async function stampOf(path: string): Promise<string> {
  try {
    return await fileStamp(path)
  } catch (error) {
    const fault = fileFaultOf(error)
    if (fault === undefined) throw error
    throw new AppErrorException(appError(fault, {}, true))
  }
}

function orLeave(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new AppErrorException(appError('query/cancelled')))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
