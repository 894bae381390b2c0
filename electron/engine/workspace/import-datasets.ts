/** Imports: the job writes and flushes a new extract, then one catalogue transaction makes it the dataset. */
import { randomBytes } from 'node:crypto'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import type { ImportOrder, ImportProgress } from '../../../shared/data/import-words.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type {
  ImportJobOrder,
  ImportOutcome,
  JobOverride,
  JobPart,
  RejectedRow,
} from '../runner/import/import-order.ts'
import { datasetInfo } from './dataset-words.ts'
import { rebuildRelationships } from './relate-datasets.ts'
import type { StoredDataset, StoredSource } from './store/catalogue.ts'
import type { Workspace } from './workspace.ts'

export interface ImportAsk {
  readonly order: ImportOrder
  /** The order's parts with their paths. */
  readonly parts: readonly JobPart[]
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

export interface ImportedNow {
  readonly dataset: DatasetInfo
  readonly rowsRead: number
  readonly rowsRejected: number
  readonly rejected: RejectedRow[]
}

interface Prepared {
  readonly stored: StoredDataset
  readonly file: string
  readonly outcome: ImportOutcome
}

/** All or nothing. Rejects with AppErrorException; then nothing in the workspace has changed. */
export function importDatasets(
  workspace: Workspace,
  asks: readonly ImportAsk[],
): Promise<ImportedNow[]> {
  return workspace.exclusive(async () => {
    refuseRepeatedNames(asks)
    const prepared: Prepared[] = []
    try {
      for (const ask of asks) prepared.push(await prepare(workspace, ask))
      await commit(workspace, prepared)
    } catch (error) {
      for (const { file } of prepared) await dropFile(workspace, file)
      throw error
    }
    await rebuildRelationships(workspace, new Set(prepared.map(({ stored }) => stored.id)))
    return prepared.map(importedNow)
  })
}

function refuseRepeatedNames(asks: readonly ImportAsk[]): void {
  const names = new Set<string>()
  for (const { order } of asks) {
    const name = order.name.toLowerCase()
    if (names.has(name)) throw nameTaken(order.name)
    names.add(name)
  }
}

function nameTaken(name: string): AppErrorException {
  return new AppErrorException(appError('dataset/nameTaken', { name }))
}

async function prepare(workspace: Workspace, ask: ImportAsk): Promise<Prepared> {
  const existing = workspace.catalogue.datasetNamed(ask.order.name)
  if (existing && ask.order.mode === 'fail') throw nameTaken(ask.order.name)
  const base = ask.order.mode === 'append' && existing?.file ? existing : undefined
  const id = existing?.id ?? `ds_${randomBytes(6).toString('hex')}`
  const version = (existing?.version ?? 0) + 1
  const file = workspace.newExtractFile(`${id}-v${version}`)
  const tempFolder = await workspace.jobFolder()
  const overrides = [...ask.order.overrides, ...(base?.overrides ?? [])]
  try {
    const order: ImportJobOrder = {
      datasetId: id,
      version,
      parts: ask.parts,
      overrides: overrides.map(plainOverride),
      target: workspace.extractPath(file),
      tempFolder,
      memoryLimitMb: workspace.options.memoryLimitMb,
      threads: workspace.options.threads,
      knownHashes: base?.sources.map((source) => source.hash) ?? [],
      ...(base?.file
        ? { base: { path: workspace.extractPath(base.file), percents: percentsOf(base) } }
        : {}),
    }
    const outcome = await runImportJob(workspace, order, ask)
    const made = { id, version, file, ask, base, outcome, overrides }
    return { stored: storedDataset(workspace, made), file, outcome }
  } catch (error) {
    await dropFile(workspace, file)
    throw error
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

function percentsOf(dataset: StoredDataset): string[] {
  return dataset.fields.filter((field) => field.sign === '%').map((field) => field.name)
}

function plainOverride(override: StoredDataset['overrides'][number]): JobOverride {
  const { column, type, role, dateOrder } = override
  return {
    ...{ column },
    ...(type ? { type } : {}),
    ...(role ? { role } : {}),
    ...(dateOrder ? { dateOrder } : {}),
  }
}

async function runImportJob(
  workspace: Workspace,
  order: ImportJobOrder,
  ask: ImportAsk,
): Promise<ImportOutcome> {
  const dataset = ask.order.name
  return workspace.options.runJob('import', order, {
    signal: ask.signal,
    onStep: (step) => ask.onProgress({ dataset, ...step }),
  })
}

/** The flush is repeated here through the port: the commit must not name a file the disk does not hold. */
async function commit(workspace: Workspace, prepared: readonly Prepared[]): Promise<void> {
  for (const { file } of prepared) await workspace.files.flush(workspace.extractPath(file))
  workspace.catalogue.saveDatasets(prepared.map(({ stored }) => stored))
}

/** Until the commit nothing stands on the file; after it the catalogue does. */
async function dropFile(workspace: Workspace, file: string): Promise<void> {
  if (!workspace.open || workspace.catalogue.files().includes(file)) return
  for (const end of ['', '.wal']) {
    await workspace.files.remove(`${workspace.extractPath(file)}${end}`).catch(() => undefined)
  }
}

interface NewVersion {
  readonly id: string
  readonly version: number
  readonly file: string
  readonly ask: ImportAsk
  readonly base: StoredDataset | undefined
  readonly outcome: ImportOutcome
  readonly overrides: StoredDataset['overrides']
}

function storedDataset(workspace: Workspace, made: NewVersion): StoredDataset {
  const { id, version, file, ask, base, outcome, overrides } = made
  const importedAt = workspace.options.now().toISOString()
  const earlier = base?.sources ?? []
  const sources = outcome.sources.map((source, index): StoredSource => {
    const kept = earlier[index]
    if (kept !== undefined) return kept
    const path = ask.parts[index - earlier.length]?.path ?? null
    const { name, part, kind, hash, rows, rejected } = source
    return { name, part, kind, path, hash, rows, rejected, importedAt }
  })
  return {
    id,
    name: base?.name ?? ask.order.name,
    mode: 'extract',
    version,
    file,
    livePath: null,
    liveTable: null,
    rows: outcome.rows,
    rejected: outcome.rejectedCount + (base?.rejected ?? 0),
    dataAsOf: importedAt,
    lastDay: outcome.lastDay,
    fields: outcome.fields,
    warnings: outcome.warnings,
    overrides,
    sources,
  }
}

function importedNow({ stored, outcome }: Prepared): ImportedNow {
  return {
    dataset: datasetInfo(stored),
    rowsRead: outcome.rows + outcome.rejectedCount,
    rowsRejected: outcome.rejectedCount,
    rejected: [...outcome.rejected],
  }
}
