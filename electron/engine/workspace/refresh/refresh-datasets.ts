/** Reads the sources of datasets again from where they were. Each dataset has its new version whole, or stays as it was. */
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import type {
  FolderFiles,
  RefreshedDataset,
  RefreshOrder,
} from '../../../../shared/data/refresh-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { JobPart } from '../../runner/import/import-order.ts'
import { datasetInfo } from '../dataset-words.ts'
import type { PreparedVersion } from '../make-version.ts'
import { commitVersions, dropFiles, prepareVersion } from '../make-version.ts'
import { foundPeople, searchAgain } from '../people/search-again.ts'
import { asImported, lostFields } from '../preparation/replay.ts'
import { followVersions } from '../follow-versions.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { refreshSql } from '../user-sql/refresh-sql.ts'
import { partAgain, partsOfNewFiles } from './parts-again.ts'
import type { ReadReport } from './schema-question.ts'
import { affectedReports, schemaQuestion } from './schema-question.ts'
import { newFiles, sourceStates } from './source-states.ts'

export interface RefreshTools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
  readonly readReport: ReadReport
  /** Rejects where a statement's dataset may not run it on this machine; without it none may. */
  readonly requireAgreed?: (dataset: string) => Promise<void>
}

/** Rejects only when it is cancelled; datasets that were through by then stay refreshed. */
export async function refreshDatasets(
  workspace: Workspace,
  orders: readonly RefreshOrder[],
  tools: RefreshTools,
): Promise<RefreshedDataset[]> {
  const done: RefreshedDataset[] = []
  for (const order of orders) {
    if (tools.signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
    done.push(await workspace.exclusive(() => refreshOrSay(workspace, order, tools)))
  }
  const fresh = done.flatMap((one) => (one.state === 'refreshed' ? [one.dataset.id] : []))
  await searchAgain(workspace, new Set(fresh), tools)
  return done.map((one) => withPeople(workspace, one))
}

function withPeople(workspace: Workspace, one: RefreshedDataset): RefreshedDataset {
  if (one.state !== 'refreshed') return one
  const people = foundPeople(workspace, one.dataset.id, one.dataset.version)
  return people === undefined ? one : { ...one, people }
}

async function refreshOrSay(
  workspace: Workspace,
  order: RefreshOrder,
  tools: RefreshTools,
): Promise<RefreshedDataset> {
  try {
    return await refreshOne(workspace, order, tools)
  } catch (error) {
    const fault = fileFaultOf(error)
    const known = error instanceof AppErrorException ? error.appError : undefined
    if (known?.code === 'internal/cancelled' || known?.code === 'internal/bug') throw error
    if (known === undefined && fault === undefined) throw error
    const said = known ?? appError(fault ?? 'file/denied', {}, true)
    return { state: 'failed', dataset: order.dataset, error: said }
  }
}

interface Plan {
  readonly stored: StoredDataset
  readonly kept: readonly number[]
  readonly again: readonly StoredSource[]
  readonly added: readonly JobPart[]
  readonly folder: FolderFiles
}

async function refreshOne(
  workspace: Workspace,
  order: RefreshOrder,
  tools: RefreshTools,
): Promise<RefreshedDataset> {
  const stored = workspace.catalogue.dataset(order.dataset)
  if (stored === undefined) throw notFound(order.dataset)
  if (stored.sql && stored.file !== null) {
    if (!tools.requireAgreed) throw new AppErrorException(appError('sql/needsConsent'))
    await tools.requireAgreed(stored.id)
    return refreshSql(workspace, stored, stored.sql, order, tools)
  }
  const plan = await planOf(workspace, asImported(stored), order, tools)
  if (plan === undefined) return { state: 'unchanged', dataset: datasetInfo(stored) }
  if (plan.again.length + plan.added.length === 0)
    return { state: 'unchanged', dataset: datasetInfo(stored), ...folderOf(plan) }
  const prepared = await prepare(workspace, order, plan, tools)
  try {
    const question = order.acceptLoss
      ? undefined
      : schemaQuestion(plan.stored, plan.again, prepared, decidedTypes(order))
    if (question !== undefined) {
      await dropFiles(workspace, prepared.files)
      const { vanished, retyped } = question
      const fields = [
        ...vanished.map(({ field }) => field.name),
        ...retyped.map((one) => one.field),
        // Reports know fields by the names the recipe gives them.
        ...lostFields(workspace, stored, prepared),
      ]
      const known = workspace.catalogue.reports()
      const reports = await affectedReports(known, stored.id, new Set(fields), tools.readReport)
      return { state: 'question', dataset: datasetInfo(stored), question: { ...question, reports } }
    }
    if (tools.signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
    await commitVersions(workspace, [prepared])
  } catch (error) {
    await dropFiles(workspace, prepared.files)
    throw error
  }
  await followVersions(workspace, new Set([stored.id]), tools.onProgress)
  return refreshed(plan, prepared, stored.rows)
}

/** Fields whose type was just chosen: another one is what was asked for. */
function decidedTypes({ overrides = [] }: RefreshOrder): ReadonlySet<string> {
  return new Set(overrides.flatMap(({ column, type }) => (type === undefined ? [] : [column])))
}

function withOverrides(
  known: StoredDataset['overrides'],
  fresh: StoredDataset['overrides'] = [],
): StoredDataset['overrides'] {
  const columns = new Set([...known, ...fresh].map(({ column }) => column))
  const of = (list: StoredDataset['overrides'], column: string) =>
    list.find((one) => one.column === column)
  return [...columns].map((column) => ({ ...of(known, column), ...of(fresh, column), column }))
}

/** Undefined for a live dataset, which is asked where it is. */
async function planOf(
  workspace: Workspace,
  stored: StoredDataset,
  { passwords, overrides = [] }: RefreshOrder,
  { signal }: RefreshTools,
): Promise<Plan | undefined> {
  if (stored.file === null) return undefined
  const { kept, changed, lost, gone } = await sourceStates(workspace, stored, signal)
  const found = await newFiles(stored)
  const { parts, leftOut } = await partsOfNewFiles(workspace, stored, found, passwords, signal)
  const folder = { leftOut, gone: [...gone] }
  if (changed.length + parts.length + overrides.length === 0) {
    return { stored, kept, again: [], added: [], folder }
  }
  // A chosen type left values blank in the extract that another file may bring back: then every file there is is read.
  const isTyped = overrides.length > 0 || stored.overrides.some(({ type }) => type !== undefined)
  const isReread = (place: number): boolean =>
    isTyped && stored.sources[place]?.path != null && !lost.includes(place)
  const reread = kept.filter(isReread)
  const again = [...changed, ...reread].toSorted((a, b) => a - b)
  return {
    stored,
    kept: kept.filter((place) => !reread.includes(place)),
    again: again.flatMap((place) => stored.sources[place] ?? []),
    added: parts,
    folder,
  }
}

/** Nothing to say of a folder that is whole. */
function folderOf({ folder }: Plan): { readonly folder?: FolderFiles } {
  return folder.leftOut.length + folder.gone.length === 0 ? {} : { folder }
}

async function prepare(
  workspace: Workspace,
  order: RefreshOrder,
  { stored, kept, again, added }: Plan,
  { signal, onProgress }: RefreshTools,
): Promise<PreparedVersion> {
  const chosen = Object.entries(order.renames).map(([field, column]) => [column, field] as const)
  const renames = { ...stored.renames, ...Object.fromEntries(chosen) }
  const parts: JobPart[] = []
  for (const source of again) {
    const { path } = source
    if (path !== null) {
      const known = { ...stored, renames }
      parts.push(await partAgain(workspace, known, { ...source, path }, order.passwords, signal))
    }
  }
  return prepareVersion(workspace, {
    existing: stored,
    name: stored.name,
    kept: { from: stored, places: kept },
    parts: [...parts, ...added],
    overrides: withOverrides(stored.overrides, order.overrides),
    renames,
    folder: stored.folder,
    overlap: order.overlap ?? stored.overlap,
    recipe: stored.recipe,
    onBroken: order.acceptLoss ? 'skip' : 'stop',
    lenient: true,
    signal,
    onProgress,
  })
}

function refreshed(
  plan: Plan,
  { stored, outcome }: PreparedVersion,
  rowsBefore: number,
): RefreshedDataset {
  return {
    state: 'refreshed',
    dataset: datasetInfo(stored),
    rowsBefore,
    rejected: [...outcome.rejected],
    read: [...new Set(plan.again.map(({ name }) => name))],
    kept: plan.kept.length,
    added: [...new Set(plan.added.map(({ name }) => name))],
    ...folderOf(plan),
  }
}

function notFound(dataset: string): AppErrorException {
  return new AppErrorException(appError('dataset/notFound', { dataset }))
}
