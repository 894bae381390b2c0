import { availableParallelism, tmpdir, totalmem } from 'node:os'
import type { AppError } from '../../../shared/errors.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import type { QueryRunner } from '../query/query-runner.ts'
import type { EngineContext } from '../engine-context.ts'
import type { ExtractFile } from '../runner/process-runner.ts'
import { ProcessRunner } from '../runner/process-runner.ts'
import type { QueryCatalog } from '../query/query-catalog.ts'
import { RecipePreviews } from '../preparation/preview.ts'
import { QueryService } from '../query/query-service.ts'
import type { ServerAccess } from '../runner/server/server-access.ts'
import type { ServerRunner } from '../workspace/connections/connection-service.ts'
import { removeDeadFolders } from '../temp-folders.ts'

const mebibyte = 1024 * 1024
const dayMs = 86_400_000

/**
 * Half of what all processes may have together goes to questions: a quarter of the machine, at most 3 GiB. Three parts of
 * four of that for the screen, one for exports: both may be full at once.
 */
function memoryLimitsMb(): { readonly interactive: number; readonly background: number } {
  const all = Math.max(512, Math.min(3072, Math.floor(totalmem() / mebibyte / 4)))
  const background = Math.floor(all / 4)
  return { interactive: all - background, background }
}

/** The one door to every question: no statement nobody agreed to passes, whatever call it came by. */
const agreed = (
  runner: QueryRunner,
  { troubleWith }: { readonly troubleWith: (written: readonly string[]) => Promise<AppError | undefined> }, // prettier-ignore
): QueryRunner => ({
  run: async (target, statement, signal) => {
    const trouble = statement.written && (await troubleWith(statement.written))
    if (trouble) throw new AppErrorException(trouble)
    return runner.run(target, statement, signal)
  },
})

/** The query engine of one workspace, on processes of the host's. */
export function createQueryService(
  context: Pick<EngineContext, 'host' | 'now' | 'onClose' | 'emit'>,
  workspace: {
    readonly catalog: () => QueryCatalog
    readonly files: () => readonly ExtractFile[]
    readonly freshen: (dataset: string, signal: AbortSignal) => Promise<void>
    readonly access: (connection: string) => Promise<ServerAccess>
    /** What keeps statements of the user's from running, by their hashes. */
    readonly troubleWith: (written: readonly string[]) => Promise<AppError | undefined>
  },
): {
  readonly queries: QueryService
  readonly previews: RecipePreviews
  readonly openFiles: () => ReadonlySet<string>
  readonly servers: ServerRunner
} {
  void removeDeadFolders(tmpdir())
  const limits = memoryLimitsMb()
  const threads = Math.max(2, Math.min(8, availableParallelism() - 1))
  // A process starts with its first question, so nobody who never exports pays for the second one.
  const runnerWith = (memoryLimitMb: number, ownThreads: number): ProcessRunner =>
    new ProcessRunner({
      startProcess: () => context.host.startProcess('query'),
      current: workspace.files,
      access: workspace.access,
      memoryLimitMb,
      threads: ownThreads,
      tempFolder: tmpdir(),
      timeoutMs: 120_000,
      graceMs: 1000,
      onLost: () => context.emit('engine.restarted', { process: 'query' }),
    })
  const runner = runnerWith(limits.interactive, threads)
  const background = runnerWith(limits.background, Math.max(1, Math.floor(threads / 2)))
  context.onClose(() => {
    runner.close()
    background.close()
  })
  const openFiles = () => new Set([...runner.openPaths(), ...background.openPaths()])
  const queries = new QueryService({
    runner: agreed(runner, workspace),
    background: agreed(background, workspace),
    catalog: workspace.catalog,
    freshen: workspace.freshen,
    // "Today" is the wall-clock day of the machine's zone.
    clock: () => {
      const now = context.now()
      return { today: Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / dayMs) }
    },
    now: () => performance.now(),
    cacheBytes: 128 * mebibyte,
  })
  const servers: ServerRunner = {
    run: (target, statement, signal) => runner.run(target, statement, signal),
    endServer(connection) {
      for (const one of [runner, background]) one.endServer(connection)
    },
  }
  return { queries, previews: new RecipePreviews(runner), openFiles, servers }
}
