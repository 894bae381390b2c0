/** Relationships of the workspace: made by a job, kept with the versions they were measured on, rebuilt with either. */
import { nearestName } from '../../../shared/expression/nearest-name.ts'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { AppError, ErrorCode, ErrorDetails } from '../../../shared/errors.ts'
import { edgeConflict } from '../../../shared/data/relationship-graph.ts'
import { fileFaultOf } from '../file-faults.ts'
import type { RelateOutcome } from '../runner/relate/relate-order.ts'
import type { StoredDataset, StoredRelationship } from './store/catalogue.ts'
import type { Workspace } from './workspace.ts'
import type { QueryRunner } from '../query/query-runner.ts'
import { queryCatalog } from './dataset-words.ts'
import { measuredLive } from './relate-live.ts'

export interface RelationshipAsk {
  readonly from: { readonly dataset: string; readonly fields: readonly string[] }
  readonly to: { readonly dataset: string; readonly fields: readonly string[] }
  /** The relationship that gets these ends; a new one when absent. */
  readonly id?: string | undefined
}

/**
 * Rejects with AppErrorException: `relationship/duplicateKey`, `samePair`, `cycle`, `ambiguous` or `live`, `dataset/notFound`,
 * `dataset/fieldMissing`. What there was stays as it was then.
 */
export async function createRelationship(
  workspace: Workspace,
  ask: RelationshipAsk,
  signal?: AbortSignal,
  live?: QueryRunner,
): Promise<StoredRelationship> {
  const stored = workspace.catalogue.relationships()
  const known = stored.find((one) =>
    ask.id === undefined ? sameEnds(endsOf(one), ask) : one.id === ask.id,
  )
  if (ask.id !== undefined && !known) throw refusal('relationship/notFound')
  refuseConflict(workspace, ask, stored.filter((one) => one !== known).map(endsOf))
  const id = known?.id ?? `rel_${randomBytes(6).toString('hex')}`
  const made = isLive(workspace, ask) && live ? await measureLive(workspace, id, ask, live, signal) : await measure(workspace, id, ask, signal) // prettier-ignore
  workspace.catalogue.saveRelationship(made)
  return made
}

/** On the source that holds both; no map is made, since the rows stay where they are. */
async function measureLive(
  workspace: Workspace,
  id: string,
  ask: RelationshipAsk,
  live: QueryRunner,
  signal = new AbortController().signal,
): Promise<StoredRelationship> {
  const [from, to] = [liveSide(workspace, ask.from), liveSide(workspace, ask.to)]
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    if (!sameHome(from, to) && one.file === null) throw refusal('relationship/live', { reason: 'dataset', dataset: one.name, other: other.name }) // prettier-ignore
  }
  const outcome = await measuredLive(queryCatalog(workspace), ask, live, signal)
  return storedRelationship(id, ask, '', from, to, outcome)
}

const isLive = (workspace: Workspace, { from, to }: RelationshipAsk): boolean =>
  [from, to].some(({ dataset }) => workspace.catalogue.dataset(dataset)?.file === null)

function liveSide(workspace: Workspace, end: RelationshipAsk['from']): StoredDataset {
  const dataset = workspace.catalogue.dataset(end.dataset)
  if (dataset === undefined) throw refusal('dataset/notFound', { dataset: end.dataset })
  for (const name of end.fields) placeOf(dataset, name)
  return dataset
}

function sameHome(a: StoredDataset, b: StoredDataset): boolean {
  if (a.file !== null || b.file !== null) return false
  if (a.liveServer || b.liveServer) return a.liveServer?.connection === b.liveServer?.connection
  return a.livePath === b.livePath
}

export function endsOf(stored: StoredRelationship): Required<Omit<RelationshipAsk, 'id'>> {
  return {
    from: { dataset: stored.fromDataset, fields: stored.fromFields },
    to: { dataset: stored.toDataset, fields: stored.toFields },
  }
}

function sameEnds(a: RelationshipAsk, b: RelationshipAsk): boolean {
  const text = ({ from, to }: RelationshipAsk): string =>
    JSON.stringify([from.dataset, from.fields, to.dataset, to.fields])
  return text(a) === text(b)
}

/** Broken ones count as well: they may hold again with the next version. */
function refuseConflict(
  workspace: Workspace,
  ask: RelationshipAsk,
  others: readonly RelationshipAsk[],
): void {
  const conflict = edgeConflict(ask, others)
  if (!conflict) return
  const names = new Map(workspace.catalogue.datasets().map(({ id, name }) => [id, name]))
  const written = (way: readonly string[]): string =>
    way.map((id) => names.get(id) ?? id).join(' → ')
  switch (conflict.kind) {
    case 'samePair':
      throw refusal('relationship/samePair', {
        reason: 'way',
        way: written([ask.from.dataset, ask.to.dataset]),
      })
    case 'cycle':
      throw refusal('relationship/cycle', { reason: 'way', way: written(conflict.way) })
    case 'ambiguous':
      throw refusal('relationship/ambiguous', {
        reason: 'way',
        way: written(conflict.ways[0]),
        other: written(conflict.ways[1]),
      })
  }
}

/** Counts and maps the keys into a file of its own; the caller keeps or removes it. */
export async function measure(
  workspace: Workspace,
  id: string,
  ask: RelationshipAsk,
  signal?: AbortSignal,
): Promise<StoredRelationship> {
  const from = side(workspace, ask.from)
  const to = side(workspace, ask.to)
  const file = workspace.newExtractFile(id)
  const tempFolder = await workspace.jobFolder()
  const drop = () => workspace.files.remove(workspace.extractPath(file)).catch(() => undefined)
  try {
    const outcome = await workspace.options.runJob(
      'relate',
      {
        from: { path: from.path, fields: from.fields },
        to: { path: to.path, fields: to.fields },
        target: join(tempFolder, file),
        tempFolder,
        memoryLimitMb: workspace.options.memoryLimitMb,
        info: {
          from: infoOf(from.dataset, ask.from.fields),
          to: infoOf(to.dataset, ask.to.fields),
        },
      },
      signal === undefined ? {} : { signal },
    )
    const made = storedRelationship(id, ask, file, from.dataset, to.dataset, outcome)
    await workspace.takeIn(tempFolder, file)
    await workspace.files.flush(workspace.extractPath(file))
    return made
  } catch (error) {
    await drop()
    throw error
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

function storedRelationship(
  id: string,
  ask: RelationshipAsk,
  file: string,
  from: StoredDataset,
  to: StoredDataset,
  outcome: RelateOutcome,
): StoredRelationship {
  if (outcome.kind === 'duplicateKey') {
    throw refusal('relationship/duplicateKey', {
      field: ask.to.fields.join(' · '),
      dataset: to.name,
      count: outcome.count,
      examples: [...outcome.examples],
    })
  }
  return {
    id,
    fromDataset: from.id,
    fromFields: ask.from.fields,
    toDataset: to.id,
    toFields: ask.to.fields,
    orphans: outcome.orphans,
    blanks: outcome.blanks,
    examples: outcome.orphanExamples,
    most: outcome.most,
    mostExample: outcome.mostExample,
    file,
    fromVersion: from.version,
    toVersion: to.version,
    broken: null,
  }
}

interface Side {
  readonly dataset: StoredDataset
  readonly path: string
  readonly fields: readonly number[]
}

function side(workspace: Workspace, end: RelationshipAsk['from']): Side {
  const dataset = workspace.catalogue.dataset(end.dataset)
  if (dataset === undefined) throw refusal('dataset/notFound', { dataset: end.dataset })
  if (dataset.file === null)
    throw refusal('relationship/live', { reason: 'dataset', dataset: dataset.name })
  const fields = end.fields.map((name) => placeOf(dataset, name))
  return { dataset, path: workspace.extractPath(dataset.file), fields }
}

function placeOf(dataset: StoredDataset, name: string): number {
  const field = dataset.fields.findIndex((candidate) => candidate.name === name)
  if (field >= 0) return field
  const near = nearestName(name, dataset.fields.map((field) => field.name)) // prettier-ignore
  const more = near === undefined ? {} : { near }
  throw refusal('dataset/fieldMissing', { field: name, dataset: dataset.name, ...more })
}

function infoOf(dataset: StoredDataset, fields: readonly string[]): string {
  return `${dataset.id}:${dataset.version}:${fields.join(',')}`
}

/**
 * After a new version. A relationship that no longer holds (key gone or repeated) keeps its row with the reason but answers
 * no question (`queryCatalog` leaves it out) until an import makes it hold again. One that could not be measured, for want of
 * room or a process that was lost, says so and is measured again with the next version of anything, and when it is opened.
 */
export async function rebuildRelationships(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
): Promise<void> {
  for (const relation of workspace.catalogue.relationships()) {
    const stands = datasets.has(relation.fromDataset) || datasets.has(relation.toDataset)
    if (stands || relation.broken?.canRetry === true) await rebuild(workspace, relation)
  }
}

/** What an owner that was ended did not come to measure, or could not. Answers whether anything was measured anew. */
export async function catchUpRelationships(workspace: Workspace): Promise<boolean> {
  if (!workspace.open) return false
  const versions = new Map(workspace.catalogue.datasets().map(({ id, version }) => [id, version]))
  const waiting = workspace.catalogue.relationships().filter((one) => {
    const { broken, file, fromDataset, toDataset, fromVersion, toVersion } = one
    if (broken !== null) return broken.canRetry
    const isCurrent = versions.get(fromDataset) === fromVersion && versions.get(toDataset) === toVersion // prettier-ignore
    return file !== '' && !isCurrent
  })
  for (const relation of waiting) await rebuild(workspace, relation)
  return waiting.length > 0
}

async function rebuild(workspace: Workspace, relation: StoredRelationship): Promise<void> {
  // Two live datasets have no versions of rows; one that was read in meanwhile is refused below.
  if (bothLive(workspace, relation)) return
  try {
    const measured = await measure(workspace, relation.id, endsOf(relation))
    // One that was removed meanwhile stays away.
    const stands = workspace.catalogue.relationships().some(({ id }) => id === relation.id)
    if (stands) workspace.catalogue.saveRelationship(measured)
    else await workspace.files.remove(workspace.extractPath(measured.file))
  } catch (error) {
    // The import it follows is committed and stands; the relationship waits for a version it holds with, or for room.
    workspace.catalogue.breakRelationship(relation.id, reasonOf(error))
  }
}

/** What a version says of the keys themselves. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['relationship/duplicateKey', 'relationship/live'] as const),
  ...(['dataset/fieldMissing', 'dataset/notFound'] as const),
])

function reasonOf(error: unknown): AppError {
  const known = error instanceof AppErrorException ? error.appError : undefined
  if (known !== undefined) return { ...known, canRetry: !refusals.has(known.code) }
  return appError(fileFaultOf(error) ?? 'internal/bug', {}, true)
}

const bothLive = (workspace: Workspace, { fromDataset, toDataset }: StoredRelationship): boolean =>
  [fromDataset, toDataset].every((id) => workspace.catalogue.dataset(id)?.file === null)

function refusal(code: ErrorCode, details: ErrorDetails = {}): AppErrorException {
  return new AppErrorException(appError(code, details))
}
