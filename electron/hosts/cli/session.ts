import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CallName, Input, Output, Part, Calls } from '../../../shared/contract.ts'
import type { z } from 'zod'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { nearestName } from '../../../shared/expression/nearest-name.ts'
import type { FileRef } from '../../../shared/host-words.ts'
import type { WorkspaceState } from '../../../shared/workspace-words.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Host } from '../../engine/host.ts'
import { settingsFolder } from '../../engine/settings-folder.ts'
import { createProcessStarter } from '../loopback/child-process.ts'
import { documentsFolder } from '../loopback/user-folders.ts'
import { createCliHost } from './cli-host.ts'
import type { CommandRun } from './command.ts'
import { createPrintServer } from './print-server.ts'

export interface Session {
  readonly workspace: WorkspaceState
  readonly file: (path: string) => FileRef
  /** A call of the contract; an expected failure is thrown as AppErrorException. */
  call<C extends CallName>(
    name: C,
    input: z.input<Calls[C]['input']>,
    onPart?: (part: Part<C>) => void,
  ): Promise<Output<C>>
  /** By name, else by id. */
  dataset(name: string): DatasetInfo
}

export interface SessionOptions {
  readonly workspace: string
  /** A missing folder becomes a workspace. */
  readonly create?: boolean
  /** Local noon of the day that counts as today. */
  readonly now?: () => Date
}

/** The engine on one workspace while `work` runs; closed and unlocked afterwards, whatever happened. */
export async function withSession<T>(
  run: CommandRun,
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return withEngine(run, options, async (engine) => {
    const call = caller(engine, run.signal)
    const file = (path: string): FileRef => engine.files.register(path)
    const workspace = await openWorkspace(call, file(options.workspace), options)
    const dataset = (name: string): DatasetInfo => datasetOf(workspace, name)
    return work({ workspace, file, call, dataset })
  })
}

/** The engine without a workspace, for what concerns files only. */
export async function withFilesOnly<T>(
  run: CommandRun,
  work: (session: Pick<Session, 'file' | 'call'>) => Promise<T>,
): Promise<T> {
  return withEngine(run, {}, (engine) =>
    work({ file: (path) => engine.files.register(path), call: caller(engine, run.signal) }),
  )
}

type Files = Host['files']

async function withEngine<T>(
  { program, locale }: CommandRun,
  { now }: Pick<SessionOptions, 'now'>,
  work: (engine: Engine & { readonly files: Files }) => Promise<T>,
): Promise<T> {
  // Loaded here, so that wrong usage is answered without it.
  const { createEngine } = await import('../../engine/engine.ts')
  const processes = createProcessStarter(program.entries)
  const printing = createPrintServer(() => engine, program.pageFolder)
  const host = createCliHost({
    // A place of its own: an unattended run must not change which workspace the app opens next.
    folders: {
      settings: join(settingsFolder(), 'cli'),
      resources: program.resources,
      documents: documentsFolder(),
    },
    printPdf: (job) => printing.print(job),
    startProcess: (kind) => processes.start(kind),
  })
  const engine: Engine = createEngine(host, {
    version: program.version,
    systemLanguage: locale,
    checkOutput: false,
    ...(now === undefined ? {} : { now }),
  })
  try {
    return await work({ ...engine, files: host.files })
  } finally {
    await engine.close()
    await printing.close()
    processes.endAll()
  }
}

function caller(engine: Engine, signal: AbortSignal): Session['call'] {
  return async <C extends CallName>(
    name: C,
    input: z.input<Calls[C]['input']>,
    onPart?: (part: Part<C>) => void,
  ): Promise<Output<C>> => {
    // Parts and answers of a call are what its schemas say; the engine checks them in tests.
    const part = (payload: unknown): void => onPart?.(payload as Part<C>)
    const outcome = (await engine.call(name, input, { signal, part })) as Outcome<Output<C>>
    if (!outcome.ok) throw new AppErrorException(outcome.error)
    return outcome.value
  }
}

async function openWorkspace(
  call: Session['call'],
  folder: FileRef,
  options: SessionOptions,
): Promise<WorkspaceState> {
  const isThere = existsSync(join(options.workspace, 'catalogue.sqlite'))
  const ask: Input<'workspace.open'> = { file: folder }
  if (isThere || options.create !== true) return call('workspace.open', ask)
  return call('workspace.create', ask)
}

function datasetOf(workspace: WorkspaceState, name: string): DatasetInfo {
  const { datasets } = workspace
  const found = datasets.find((one) => one.name === name) ?? datasets.find((one) => one.id === name)
  if (found !== undefined) return found
  const known = datasets.map((one) => one.name).slice(0, 50)
  const near = nearestName(
    name,
    datasets.map((one) => one.name),
  )
  const more = near === undefined ? {} : { near }
  throw new AppErrorException(appError('dataset/notFound', { dataset: name, known, ...more }))
}
