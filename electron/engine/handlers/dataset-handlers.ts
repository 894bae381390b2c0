import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { Input, Part } from '../../../shared/contract.ts'
import { calls } from '../../../shared/contract.ts'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import type { ImportOrder } from '../../../shared/data/import-words.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import type { EngineContext } from '../engine-context.ts'
import type { QueryService } from '../query/query-service.ts'
import type { JobPart } from '../runner/import/import-order.ts'
import type { InspectOutcome } from '../runner/jobs/job-messages.ts'
import { datasetInfo } from '../workspace/dataset-words.ts'
import { importDatasets } from '../workspace/import-datasets.ts'
import { inspectParts } from '../workspace/inspect-parts.ts'
import { dataFilesIn, filesTogether, refuseTooMany } from '../workspace/folder-files.ts'
import { joinable } from '../workspace/refresh/new-parts.ts'
import { loseList } from '../workspace/people/write-people.ts'
import { describeTable, liveDataset } from '../workspace/live-dataset.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceService } from '../workspace/workspace-service.ts'
import { answer } from './answer.ts'
import type { HandlerGroup } from './handler-group.ts'
import type { PreparationGroup } from './preparation-handlers.ts'
import type { ServerDatasetGroup } from './connection-handlers.ts'
import type { RejectedGroup } from './rejected-handlers.ts'
import type { RefreshGroup } from './refresh-handlers.ts'
import { pathOf } from './workspace-handlers.ts'

type DatasetGroup = Omit<
  HandlerGroup<'files' | 'dataset'>,
  keyof ServerDatasetGroup | keyof RefreshGroup | keyof RejectedGroup | keyof PreparationGroup
>

export function createDatasetHandlers(
  context: EngineContext,
  workspaces: WorkspaceService,
  queries: QueryService,
): DatasetGroup {
  return {
    'files.ofFolder': ({ folder }) =>
      answer(calls['files.ofFolder'].fails, async () => {
        const paths = await dataFilesIn(pathOf(context, folder.id))
        const register = (path: string) => context.host.files.register(path, { readOnly: true })
        return { files: paths.map(register) }
      }),
    'files.inspect': (ask, { signal, part: onStep }) =>
      answer(calls['files.inspect'].fails, async () => {
        const { parts, unreadable, empty } = await inspect(context, workspaces, ask, {
          signal,
          onStep,
        })
        const { catalogue } = await workspaces.require()
        const datasets = catalogue.datasets()
        const files = ask.files.map((id) => ({ id, path: pathOf(context, id) }))
        return {
          folders: filesTogether(files),
          parts: parts.map((part) => {
            const remembered = catalogue.shapes.find(part.fingerprint)
            const joins = joinable(datasets, part)
            return {
              ...part,
              ...(joins.length === 0 ? {} : { joins }),
              ...(remembered === undefined ? {} : { remembered }),
            }
          }),
          unreadable: [...unreadable],
          empty: [...empty],
        }
      }),
    'dataset.import': ({ orders }, { signal, part }) =>
      answer(calls['dataset.import'].fails, async () => {
        const asks = orders.map((order) => ({
          order,
          parts: jobParts(context, order),
          leaveOut: order.leaveOut?.map((file) => pathOf(context, file)) ?? [],
          signal,
          onProgress: part,
        }))
        const datasets = await importDatasets(await workspaces.require(), asks)
        await context.inbox.keep(asks.flatMap(({ parts }) => parts.map(({ path }) => path)))
        workspaces.announce('datasets')
        return { datasets }
      }),
    'dataset.connectLive': (ask, call) =>
      answer(calls['dataset.connectLive'].fails, () => connect(context, workspaces, ask, call)),
    ...keptDatasetHandlers(workspaces),
    'dataset.values': (ask, { signal }) => queries.values(ask, signal),
    'dataset.profile': (ask, { signal }) => queries.profile(ask, signal),
  }
}

/** What is done to a dataset that is there. */
function keptDatasetHandlers(
  workspaces: WorkspaceService,
): Pick<DatasetGroup, 'dataset.rename' | 'dataset.usedBy' | 'dataset.remove' | 'dataset.tag'> {
  return {
    'dataset.rename': ({ dataset, name }) =>
      answer(calls['dataset.rename'].fails, async () => {
        const workspace = await workspaces.require()
        // Not beside an import, which would bring the name back it began with.
        const stored = await workspace.exclusive(() => {
          const named = { ...required(workspace, dataset), name }
          refuseTakenName(workspace, name, dataset)
          workspace.catalogue.renameDataset(dataset, name)
          return Promise.resolve(named)
        })
        workspaces.announce('datasets')
        return datasetInfo(stored)
      }),
    'dataset.usedBy': ({ dataset }) =>
      answer(calls['dataset.usedBy'].fails, async () => {
        const workspace = await workspaces.require()
        required(workspace, dataset)
        return { reports: reportsOf(workspace, dataset) }
      }),
    'dataset.remove': ({ dataset }) =>
      answer(calls['dataset.remove'].fails, async () => {
        const workspace = await workspaces.require()
        required(workspace, dataset)
        await workspace.exclusive(async () => {
          const people = workspace.catalogue.people.setOf(dataset)
          workspace.catalogue.removeDataset(dataset)
          if (people !== undefined) await loseList(workspace, people.id)
        })
        workspaces.announce('datasets')
        return {}
      }),
    'dataset.tag': (ask) =>
      answer(calls['dataset.tag'].fails, async () => {
        const tagged = await tagColumn(await workspaces.require(), ask)
        workspaces.announce('datasets')
        return tagged
      }),
  }
}

async function connect(
  context: EngineContext,
  workspaces: WorkspaceService,
  ask: Input<'dataset.connectLive'>,
  call: {
    readonly signal: AbortSignal
    readonly part: (step: Part<'dataset.connectLive'>) => void
  },
): Promise<DatasetInfo> {
  const { file, table, name } = ask
  const workspace = await workspaces.require()
  const path = pathOf(context, file)
  refuseTakenName(workspace, name)
  const described = await describeTable(workspace, {
    ...{ path, table, signal: call.signal },
    onStep: (step) => call.part({ dataset: name, ...step }),
  })
  if (described.rows === 0) throw refusal('dataset/empty')
  return workspace.exclusive(async () => {
    refuseTakenName(workspace, name)
    const id = `ds_${randomBytes(6).toString('hex')}`
    const dataset = liveDataset({ id, name, path, table, described, now: context.now() })
    workspace.catalogue.saveDatasets([dataset])
    workspaces.announce('datasets')
    await context.inbox.keep([path])
    return datasetInfo(dataset)
  })
}

/** Not beside an import: it would take over what was said before. */
function tagColumn(
  workspace: Workspace,
  { dataset, field, meaning, personal }: Input<'dataset.tag'>,
): Promise<DatasetInfo> {
  return workspace.exclusive(() => {
    const { fields } = required(workspace, dataset)
    if (!fields.some(({ name }) => name === field)) throw refusal('dataset/fieldMissing', { field })
    workspace.catalogue.versions.tag(dataset, field, { meaning, personal })
    return Promise.resolve(datasetInfo(required(workspace, dataset)))
  })
}

async function inspect(
  context: EngineContext,
  workspaces: WorkspaceService,
  ask: Input<'files.inspect'>,
  { signal, onStep }: { signal: AbortSignal; onStep: (step: Part<'files.inspect'>) => void },
): Promise<InspectOutcome> {
  refuseTooMany(ask.files.length)
  const workspace = await workspaces.require()
  const files = ask.files.map((id) => {
    const path = pathOf(context, id)
    const parts = ask.parts?.filter(({ file }) => file === id)
    const password = ask.passwords?.[id]
    return {
      ...{ id, path, name: basename(path) },
      ...(parts ? { parts } : {}),
      ...(password === undefined ? {} : { password }),
    }
  })
  const places = new Map(files.map(({ id }, index) => [id, index]))
  return inspectParts(workspace, files, signal, {
    onFile: (id) => onStep({ done: places.get(id) ?? 0, files: files.length }),
  })
}

function jobParts(context: EngineContext, order: ImportOrder): JobPart[] {
  return order.parts.map(({ file, part, layout, encoding, password }) => {
    const path = pathOf(context, file)
    return {
      path,
      name: basename(path),
      ...(part === undefined ? {} : { part }),
      ...(layout === undefined ? {} : { layout }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(password === undefined ? {} : { password }),
    }
  })
}

function required(workspace: Workspace, id: string) {
  const dataset = workspace.catalogue.dataset(id)
  if (dataset === undefined) throw refusal('dataset/notFound', { dataset: id })
  return dataset
}

function reportsOf(workspace: Workspace, dataset: string): { title: string }[] {
  return workspace.catalogue
    .reports()
    .filter(({ path, slots }) => Object.values(slots).includes(dataset) && existsSync(path))
    .map(({ title }) => ({ title }))
}

function refuseTakenName(workspace: Workspace, name: string, own?: string): void {
  const holder = workspace.catalogue.datasetNamed(name)
  if (holder !== undefined && holder.id !== own) throw refusal('dataset/nameTaken', { name })
}

function refusal(code: ErrorCode, details: Record<string, string> = {}): AppErrorException {
  return new AppErrorException(appError(code, details))
}
