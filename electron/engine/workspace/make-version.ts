/** A new version of a dataset: a job writes and flushes its extract, a catalogue transaction makes it the current one. */
import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetWarning } from '../../../shared/data/dataset.ts'
import type { Meaning } from '../../../shared/data/meaning.ts'
import type { QuarantinedRow } from '../../../shared/data/rejected-words.ts'
import type { ImportProgress, OverlapChoice } from '../../../shared/data/import-words.ts'
import type {
  ImportJobOrder,
  ImportOutcome,
  JobOverride,
  JobPart,
  MendOrder,
} from '../runner/import/import-order.ts'
import type { FileState } from './store/dataset-versions.ts'
import type { StoredDataset, StoredSource } from './store/catalogue.ts'
import { nextTags } from './store/column-tags.ts'
import type { Workspace } from './workspace.ts'
import type { Recipe } from '../../../shared/preparation/recipe.ts'
import type { BrokenStep } from './preparation/replay.ts'
import { filesOf, replay } from './preparation/replay.ts'

export interface VersionAsk {
  readonly existing: StoredDataset | undefined
  readonly name: string
  /** Sources whose rows are taken over from a version as it is. */
  readonly kept: { readonly from: StoredDataset; readonly places: readonly number[] } | undefined
  /** Mended lines that join sources taken over; all of them are, then. */
  readonly mend?: readonly MendOrder[]
  readonly parts: readonly JobPart[]
  readonly overrides: StoredDataset['overrides']
  readonly renames: StoredDataset['renames']
  readonly folder: string | null
  readonly overlap: OverlapChoice
  /** About rows a later file tells otherwise; as it was answered before when absent. */
  readonly restated?: OverlapChoice | undefined
  readonly recipe: Recipe | null
  /** What to do when a step of it cannot run: `stop` leaves the version as imported for the caller to ask about. */
  readonly onBroken: 'refuse' | 'stop' | 'skip'
  /** Sources need not have the same columns. */
  readonly lenient: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

export interface PreparedVersion {
  readonly stored: StoredDataset
  /** The one imported and, where its recipe runs, the one prepared. */
  readonly files: readonly string[]
  readonly outcome: ImportOutcome
  /** Steps of the recipe that cannot run on what was read. */
  readonly broken: readonly BrokenStep[]
}

/** Leaves nothing behind when it rejects. */
export async function prepareVersion(
  workspace: Workspace,
  given: VersionAsk,
): Promise<PreparedVersion> {
  const ask = withRanks(given)
  const id = ask.existing?.id ?? `ds_${randomBytes(6).toString('hex')}`
  const version = workspace.catalogue.versions.next(id)
  const file = workspace.newExtractFile(`${id}-v${version}`)
  const tempFolder = await workspace.jobFolder()
  try {
    // Before the reading: a file that changes meanwhile differs from it at the next refresh.
    const states = await Promise.all(ask.parts.map(({ path }) => fileState(path)))
    const order = jobOrder(workspace, ask, { id, version, file, tempFolder })
    const outcome = await workspace.options.runJob('import', order, {
      signal: ask.signal,
      onStep: (step) => ask.onProgress({ dataset: ask.name, ...step }),
    })
    workspace.hold(file)
    await workspace.takeIn(tempFolder, file)
    const read = storedDataset(workspace, ask, { id, version, file, outcome, states })
    const { recipe, onBroken } = ask
    const { stored, broken } = await replay(workspace, read, {
      ...{ recipe, onBroken, tempFolder, signal: ask.signal, onProgress: ask.onProgress },
    })
    return { stored, outcome, broken, files: filesOf(stored) }
  } catch (error) {
    await dropFile(workspace, file)
    throw error
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

/** With what waits beside a database in its journal. Rejects with the system's error when the file is gone. */
export async function fileState(path: string): Promise<FileState> {
  const { size, mtimeMs } = await stat(path)
  const beside = await stat(`${path}-wal`).catch(() => undefined)
  return {
    size: size + (beside?.size ?? 0),
    changedMs: Math.max(mtimeMs, beside?.size ? beside.mtimeMs : 0),
  }
}

function jobOrder(
  workspace: Workspace,
  ask: VersionAsk,
  own: { id: string; version: number; file: string; tempFolder: string },
): ImportJobOrder {
  const { kept } = ask
  const base =
    kept?.from.file == null || kept.places.length === 0
      ? undefined
      : {
          path: workspace.extractPath(kept.from.file),
          percents: percentsOf(kept.from),
          keep: kept.places,
          ...(ask.mend ? { mend: ask.mend } : {}),
        }
  return {
    datasetId: own.id,
    version: own.version,
    parts: ask.parts.map((part) => withMends(workspace, ask.existing, part)),
    overrides: ask.overrides.flatMap(plainOverride),
    target: join(own.tempFolder, own.file),
    tempFolder: own.tempFolder,
    memoryLimitMb: workspace.options.memoryLimitMb,
    threads: workspace.options.threads,
    knownHashes: keptSources(ask).map((source) => source.hash),
    ranks: [...keptSources(ask), ...ask.parts].map(({ rank }, place) => rank ?? place),
    renames: ask.renames,
    ...beforeOf(workspace, ask.existing),
    lenient: ask.lenient,
    overlap: ask.overlap,
    restated: ask.restated ?? ask.existing?.restated ?? 'ask',
    meanings: meaningsOf(ask.overrides),
    ...(base ? { base } : {}),
  }
}

/** As imported: a recipe may have made other fields of them. */
function beforeOf(
  workspace: Workspace,
  existing: StoredDataset | undefined,
): Pick<ImportJobOrder, 'before' | 'earlier'> {
  if (existing === undefined) return {}
  const fields = existing.imported?.fields ?? existing.fields
  const file = existing.imported?.file ?? existing.file
  return {
    before: fields.map(({ name, type, role, coded, decimalMark }) => ({
      ...{ name, type, role, coded },
      ...(decimalMark ? { decimalMark } : {}),
    })),
    ...(file === null || existing.sql ? {} : { earlier: workspace.extractPath(file) }),
  }
}

/** Files that join come after all there ever were. */
function withRanks(ask: VersionAsk): VersionAsk {
  const known = ask.kept?.from.sources.map(rankOf) ?? []
  let next = Math.max(-1, ...known) + 1
  return { ...ask, parts: ask.parts.map((part) => ({ ...part, rank: part.rank ?? next++ })) }
}

export function rankOf({ rank }: StoredSource, place: number): number {
  return rank ?? place
}

function withMends(
  workspace: Workspace,
  existing: StoredDataset | undefined,
  part: JobPart,
): JobPart {
  if (existing === undefined) return part
  const own = workspace.catalogue.versions.quarantine
    .mends(existing.id, existing.version)
    .filter((mend) => mend.name === part.name && mend.part === (part.part ?? ''))
  return own.length === 0
    ? part
    : { ...part, mends: new Map(own.map(({ raw, fixed }) => [raw, fixed])) }
}

/** Lines kept apart of the sources taken over, by their new places, and of those read now. */
function quarantineOf(
  workspace: Workspace,
  { kept }: VersionAsk,
  outcome: ImportOutcome,
): QuarantinedRow[] {
  if (kept === undefined) return [...outcome.quarantine]
  const places = new Map(kept.places.map((place, index) => [place, index]))
  const earlier = workspace.catalogue.versions.quarantine.rows(kept.from.id, kept.from.version)
  return [
    ...earlier.flatMap((row) => {
      const source = places.get(row.source)
      return source === undefined ? [] : [{ ...row, source }]
    }),
    ...outcome.quarantine,
  ]
}

/** Of all sources, also of those taken over. */
function withRejected(
  warnings: readonly DatasetWarning[],
  sources: readonly StoredSource[],
): DatasetWarning[] {
  const count = sources.reduce((sum, { rejected }) => sum + rejected, 0)
  const others = warnings.filter(({ code }) => code !== 'rejectedRows')
  return count === 0 ? others : [...others, { code: 'rejectedRows', count }]
}

function keptSources({ kept }: VersionAsk): StoredSource[] {
  return (
    kept?.places.flatMap((place) => {
      const source = kept.from.sources[place]
      return source ? [{ ...source, rank: rankOf(source, place) }] : []
    }) ?? []
  )
}

function percentsOf(dataset: StoredDataset): string[] {
  return dataset.fields.filter((field) => field.sign === '%').map((field) => field.name)
}

/** An answer is kept for what it was asked about: the other kind of repeated rows may come later. */
function answersOf(
  { overlap, restated, existing }: VersionAsk,
  { found }: ImportOutcome,
): Pick<StoredDataset, 'overlap' | 'restated'> {
  const before = { overlap: existing?.overlap ?? 'ask', restated: existing?.restated ?? 'ask' }
  return {
    overlap: found.restated && !found.equal ? before.overlap : overlap,
    restated: found.restated ? (restated ?? before.restated) : before.restated,
  }
}

function meaningsOf(overrides: StoredDataset['overrides']): Record<string, Meaning | null> {
  return Object.fromEntries(
    overrides.flatMap(({ column, meaning }) => (meaning === undefined ? [] : [[column, meaning]])),
  )
}

/** What a column stands for does not change how it is read. */
function plainOverride(override: StoredDataset['overrides'][number]): JobOverride[] {
  const { column, type, role, dateOrder, fillMerged, trimMarks, decimalMark } = override
  const { rounded, padTo } = override
  const said = [type, role, dateOrder, fillMerged, trimMarks, decimalMark, rounded, padTo]
  if (said.every((one) => one === undefined)) return []
  return [
    {
      ...{ column },
      ...(type ? { type } : {}),
      ...(role ? { role } : {}),
      ...(dateOrder ? { dateOrder } : {}),
      ...(fillMerged ? { fillMerged } : {}),
      ...(trimMarks ? { trimMarks } : {}),
      ...(decimalMark ? { decimalMark } : {}),
      ...(rounded ? { rounded } : {}),
      ...(padTo ? { padTo } : {}),
    },
  ]
}

/** The flush is repeated here through the port: the commit must not name a file the disk does not hold. */
export async function commitVersions(
  workspace: Workspace,
  prepared: readonly Pick<PreparedVersion, 'stored' | 'files'>[],
): Promise<void> {
  for (const file of prepared.flatMap(({ files }) => files)) {
    await workspace.files.flush(workspace.extractPath(file))
  }
  const { versions } = workspace.catalogue
  for (const { stored } of prepared) if (!stored.sql) versions.sql.forget(stored.id)
  workspace.catalogue.saveDatasets(prepared.map(({ stored }) => stored))
  for (const file of prepared.flatMap(({ files }) => files)) workspace.settled(file)
}

export async function dropFiles(workspace: Workspace, files: readonly string[]): Promise<void> {
  for (const file of files) await dropFile(workspace, file)
}

/** Until the commit nothing stands on the file; after it the catalogue does. */
export async function dropFile(workspace: Workspace, file: string): Promise<void> {
  workspace.settled(file)
  if (!workspace.open || workspace.catalogue.files().includes(file)) return
  await workspace.files.remove(workspace.extractPath(file)).catch(() => undefined)
}

/** As prepared and as imported: a recipe may give a column another name. */
function fieldsBefore(existing: StoredDataset | undefined): StoredDataset['fields'] {
  return [...(existing?.imported?.fields ?? []), ...(existing?.fields ?? [])]
}

interface MadeVersion {
  readonly id: string
  readonly version: number
  readonly file: string
  readonly outcome: ImportOutcome
  readonly states: readonly FileState[]
}

function storedDataset(workspace: Workspace, ask: VersionAsk, made: MadeVersion): StoredDataset {
  const { id, version, file, outcome } = made
  const importedAt = workspace.options.now().toISOString()
  const sources = storedSources(ask, made, importedAt)
  return {
    ...{ id, version, file, mode: 'extract', livePath: null, liveTable: null },
    name: ask.kept?.from.name ?? ask.name,
    rows: outcome.rows,
    rejected: sources.reduce((sum, { rejected }) => sum + rejected, 0),
    dataAsOf: importedAt,
    lastDay: outcome.lastDay,
    fields: nextTags(outcome.fields, fieldsBefore(ask.existing), ask.overrides),
    warnings: withRejected(outcome.warnings, sources),
    overrides: ask.overrides,
    renames: ask.renames,
    folder: ask.folder,
    ...answersOf(ask, outcome),
    sources,
    recipe: null,
    imported: null,
    quarantine: quarantineOf(workspace, ask, outcome),
    companion: null,
  }
}

function storedSources(ask: VersionAsk, made: MadeVersion, importedAt: string): StoredSource[] {
  const earlier = keptSources(ask)
  return made.outcome.sources.map((source, index) => {
    const kept = earlier[index]
    // Rows of it may have been replaced.
    if (kept !== undefined) {
      const before = kept.leftOut ?? null
      const leftOut = before === null ? before : before + (source.leftOut ?? 0)
      return { ...kept, rows: source.rows, leftOut }
    }
    const place = index - earlier.length
    const asked = ask.parts[place]
    const { name, part, kind, hash, rows, rejected, columns, shape } = source
    const path = asked?.path ?? null
    // The sheets that were there when somebody chose: later ones are told as new.
    const known = ask.kept?.from.sources.find((one) => one.path === path)?.sheets
    return {
      ...{ name, part, kind, path, hash, rows, rejected, importedAt, columns },
      ...{ shape, sheets: known ?? source.sheets ?? null, rank: asked?.rank ?? null },
      leftOut: source.leftOut ?? 0,
      layout: asked?.layout ?? null,
      encoding: asked?.encoding ?? null,
      size: made.states[place]?.size ?? null,
      changedMs: made.states[place]?.changedMs ?? null,
    }
  })
}
