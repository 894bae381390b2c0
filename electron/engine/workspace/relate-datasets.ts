/** Relationships of the workspace: made by a job, kept with the versions they were measured on, rebuilt with either. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { ErrorCode, ErrorDetails } from '../../../shared/errors.ts'
import type { RelateOutcome } from '../runner/relate/relate-order.ts'
import type { StoredDataset, StoredRelationship } from './store/catalogue.ts'
import type { Workspace } from './workspace.ts'

export interface RelationshipAsk {
  readonly from: { readonly dataset: string; readonly field: string }
  readonly to: { readonly dataset: string; readonly field: string }
}

/** Rejects with AppErrorException: `relationship/duplicateKey`, `relationship/cycle`, `dataset/notFound`, `dataset/fieldMissing`. */
export async function createRelationship(
  workspace: Workspace,
  ask: RelationshipAsk,
  signal?: AbortSignal,
): Promise<StoredRelationship> {
  const known = workspace.catalogue
    .relationships()
    .find(
      (relation) =>
        relation.fromDataset === ask.from.dataset && relation.fromField === ask.from.field &&
        relation.toDataset === ask.to.dataset && relation.toField === ask.to.field,
    ) // prettier-ignore
  refuseCycle(workspace, ask)
  const id = known?.id ?? `rel_${randomBytes(6).toString('hex')}`
  const made = await measure(workspace, id, ask, signal)
  workspace.catalogue.saveRelationship(made)
  return made
}

/** Following "many" to "one" from the new target must never lead back: a query would have two ways to one field. */
function refuseCycle(workspace: Workspace, ask: RelationshipAsk): void {
  const steps = workspace.catalogue.relationships()
  const reached = new Set([ask.to.dataset])
  for (const dataset of reached) {
    if (dataset === ask.from.dataset) throw refusal('relationship/cycle')
    for (const step of steps) if (step.fromDataset === dataset) reached.add(step.toDataset)
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
        from: { path: from.path, field: from.field },
        to: { path: to.path, field: to.field },
        target: join(tempFolder, file),
        tempFolder,
        memoryLimitMb: workspace.options.memoryLimitMb,
        info: { from: infoOf(from.dataset, ask.from.field), to: infoOf(to.dataset, ask.to.field) },
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
      field: ask.to.field,
      dataset: to.name,
      count: outcome.count,
      examples: [...outcome.examples],
    })
  }
  return {
    id,
    fromDataset: from.id,
    fromField: ask.from.field,
    toDataset: to.id,
    toField: ask.to.field,
    orphans: outcome.orphans,
    blanks: outcome.blanks,
    examples: outcome.orphanExamples,
    file,
    fromVersion: from.version,
    toVersion: to.version,
  }
}

interface Side {
  readonly dataset: StoredDataset
  readonly path: string
  readonly field: number
}

function side(workspace: Workspace, end: RelationshipAsk['from']): Side {
  const dataset = workspace.catalogue.dataset(end.dataset)
  if (dataset?.file == null) throw refusal('dataset/notFound', { dataset: end.dataset })
  const field = dataset.fields.findIndex((candidate) => candidate.name === end.field)
  if (field < 0) throw refusal('dataset/fieldMissing', { field: end.field, dataset: dataset.name })
  return { dataset, path: workspace.extractPath(dataset.file), field }
}

function infoOf(dataset: StoredDataset, field: string): string {
  return `${dataset.id}:${dataset.version}:${field}`
}

/**
 * After a new version. A relationship that no longer holds (key gone or repeated) keeps its row but answers no question
 * (`queryCatalog` leaves it out) until an import makes it hold again.
 */
export async function rebuildRelationships(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
): Promise<void> {
  for (const relation of workspace.catalogue.relationships()) {
    if (!datasets.has(relation.fromDataset) && !datasets.has(relation.toDataset)) continue
    const ask = {
      from: { dataset: relation.fromDataset, field: relation.fromField },
      to: { dataset: relation.toDataset, field: relation.toField },
    }
    try {
      workspace.catalogue.saveRelationship(await measure(workspace, relation.id, ask))
    } catch {
      // The import it follows is committed and stands; the relationship stays out of date.
    }
  }
}

/** Pairs worth offering: the same field name on both sides, an identifier or text, unique on the "one" side. */
export function proposeRelationships(workspace: Workspace): RelationshipAsk[] {
  const datasets = workspace.catalogue.datasets().filter((dataset) => dataset.file !== null)
  const known = workspace.catalogue.relationships()
  const isLinked = (from: string, to: string): boolean =>
    known.some((relation) => relation.fromDataset === from && relation.toDataset === to)
  return datasets.flatMap((from) =>
    datasets.flatMap((to) => {
      if (from.id === to.id || isLinked(from.id, to.id)) return []
      const key = to.fields.find((field) => isKey(to, field) && hasPartner(from, to, field.name))
      if (key === undefined) return []
      const ends = {
        from: { dataset: from.id, field: key.name },
        to: { dataset: to.id, field: key.name },
      }
      return [ends]
    }),
  )
}

function isKey(dataset: StoredDataset, field: StoredDataset['fields'][number]): boolean {
  return (
    field.type === 'text' && field.distinct > 0 && field.distinct + field.blanks === dataset.rows
  )
}

/** The other side repeats its keys; two unique sides would be proposed both ways, so the longer one counts as many. */
function hasPartner(from: StoredDataset, to: StoredDataset, name: string): boolean {
  const field = from.fields.find((candidate) => candidate.name === name)
  return field?.type === 'text' && (!isKey(from, field) || from.rows > to.rows)
}

function refusal(code: ErrorCode, details: ErrorDetails = {}): AppErrorException {
  return new AppErrorException(appError(code, details))
}
