/**
 * Imports: jobs write and flush new extracts beside whatever else goes on, then one catalogue transaction makes them the
 * datasets. What is imported into stands still meanwhile (`ImportTurns`).
 */
import { basename, dirname } from 'node:path'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import type { ImportProgress } from '../../../shared/data/import-words.ts'
import type { PreparedImportOrder } from '../../../shared/preparation/recipe-words.ts'
import { AppErrorException, appError, cancelled } from '../../../shared/errors.ts'
import type { JobPart, RejectedRow } from '../runner/import/import-order.ts'
import { tagsAlone } from './store/column-tags.ts'
import type { StoredDataset } from './store/catalogue.ts'
import { datasetInfo } from './dataset-words.ts'
import type { PreparedVersion } from './make-version.ts'
import { commitVersions, dropFiles, prepareVersion } from './make-version.ts'
import { asImported } from './preparation/replay.ts'
import { decideFiles } from './refresh/source-states.ts'
import { followLookups } from './preparation/follow-lookups.ts'
import { outdatedLookups } from './preparation/outdated-lookups.ts'
import { followVersions } from './follow-versions.ts'
import { refuseNameBeingMade } from './import-turns.ts'
import type { Workspace } from './workspace.ts'

export interface ImportAsk {
  readonly order: PreparedImportOrder
  /** The order's parts with their paths. */
  readonly parts: readonly JobPart[]
  /** Paths of the files it leaves out. */
  readonly leaveOut?: readonly string[]
  /** Calls off the whole import. */
  readonly signal: AbortSignal
  /** Leaves this dataset out; the others go on. */
  readonly leftOut?: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

export interface ImportedNow {
  readonly dataset: DatasetInfo
  readonly rowsRead: number
  readonly rowsRejected: number
  readonly rejected: RejectedRow[]
}

/**
 * All or nothing, but for what was left out meanwhile. Rejects with AppErrorException; then nothing in the workspace has
 * changed. A new name that another import is making is taken already; one that another changes is waited for.
 */
export async function importDatasets(
  workspace: Workspace,
  asks: readonly ImportAsk[],
): Promise<ImportedNow[]> {
  refuseRepeatedNames(asks)
  for (const { order } of asks) {
    if (order.mode === 'fail') refuseNameBeingMade(workspace, order.name)
  }
  const signal = AbortSignal.any([workspace.imports.ending, ...asks.map((ask) => ask.signal)])
  const names = asks.map(({ order }) => order.name)
  const release = await workspace.imports.claim(names, signal)
  try {
    if (names.some((name) => workspace.catalogue.datasetNamed(name)))
      await workspace.imports.after(workspace.exclusive(nothing), signal)
    const read = await workspace.imports.untilRead(prepareAll(workspace, asks, signal))
    const begun = Promise.withResolvers<undefined>()
    const committed = workspace.exclusive(async () => {
      begun.resolve(undefined)
      const came = await commit(workspace, read, signal)
      // Recipes of these very datasets may have to follow.
      release()
      await followAll(workspace, came, signal)
      return came.map(({ prepared }) => importedNow(prepared))
    })
    try {
      // What has the turn now may take long.
      await workspace.imports.after(begun.promise, signal)
    } catch (error) {
      committed.catch(() => undefined)
      await dropAll(workspace, read)
      throw error
    }
    return await committed
  } finally {
    release()
  }
}

/** What changes it now began before these names were claimed. */
const nothing = (): Promise<void> => Promise.resolve()

interface Read {
  readonly ask: ImportAsk
  readonly prepared: PreparedVersion
  /** What it was made for, as it was then. */
  readonly base: string
}

/** In the order asked, several at once. The first that fails ends the others and takes back what was through. */
async function prepareAll(
  workspace: Workspace,
  asks: readonly ImportAsk[],
  signal: AbortSignal,
): Promise<Read[]> {
  const stop = new AbortController()
  const failures: unknown[] = []
  const done = new Map<ImportAsk, Read>()
  const waiting = [...asks]
  const work = async (): Promise<void> => {
    for (let ask = waiting.shift(); ask !== undefined; ask = waiting.shift()) {
      const one = ask
      const until = AbortSignal.any([signal, stop.signal, ...(one.leftOut ? [one.leftOut] : [])])
      try {
        const read = await workspace.imports.reading(until, () =>
          prepare(workspace, { ...one, signal: until }),
        )
        done.set(one, read)
      } catch (error) {
        if (one.leftOut?.aborted === true && !signal.aborted) continue
        failures.push(error)
        waiting.length = 0
        stop.abort()
      }
    }
  }
  const atOnce = Math.min(asks.length, workspace.options.importsAtOnce ?? 1)
  await Promise.all(Array.from({ length: atOnce }, work))
  const read = asks.flatMap((ask) => done.get(ask) ?? [])
  if (failures.length === 0) return read
  await dropAll(workspace, read)
  // The others were only cancelled because of it.
  throw failures[0]
}

/** Within `exclusive`. */
async function commit(
  workspace: Workspace,
  read: readonly Read[],
  signal: AbortSignal,
): Promise<Read[]> {
  const out = read.filter(({ ask }) => ask.leftOut?.aborted === true)
  await dropAll(workspace, out)
  let rest = read.filter((one) => !out.includes(one))
  try {
    if (signal.aborted || rest.length === 0) throw cancelled()
    rest = await onWhatIsThere(workspace, rest, signal)
    await commitVersions(
      workspace,
      rest.map(({ prepared }) => prepared),
    )
  } catch (error) {
    await dropAll(workspace, rest)
    throw error
  }
  for (const { ask, prepared } of rest) {
    rememberChoices(workspace, ask.order)
    await leaveOutOffered(workspace, prepared.stored.id, ask)
  }
  return rest
}

async function dropAll(workspace: Workspace, read: readonly Read[]): Promise<void> {
  for (const { prepared } of read) await dropFiles(workspace, prepared.files)
}

/**
 * Little can change what is imported into (`refuseBeingImported`), and it is read once more where something did: what was
 * made for another version would undo it.
 */
async function onWhatIsThere(
  workspace: Workspace,
  read: readonly Read[],
  signal: AbortSignal,
): Promise<Read[]> {
  const now: Read[] = []
  for (const one of read) {
    const { ask, prepared, base } = one
    if (baseOf(workspace.catalogue.datasetNamed(ask.order.name)) === base) {
      now.push(one)
      continue
    }
    const again = await prepare(workspace, { ...ask, signal })
    await dropFiles(workspace, prepared.files)
    now.push(again)
  }
  return now
}

/** Person fields are written beside a version and change nothing of it; nor does being behind others. */
function baseOf(existing: StoredDataset | undefined): string {
  if (existing === undefined) return ''
  const { companion: _persons, lookedUp: _behind, ...rest } = existing
  return JSON.stringify(rest)
}

/** Recipes of others that look into these, and of these, where what they looked into has another version by now. */
async function followAll(
  workspace: Workspace,
  read: readonly Read[],
  signal: AbortSignal,
): Promise<void> {
  const tools = { signal, onProgress: read[0]?.ask.onProgress ?? (() => undefined) }
  const made = new Set(read.map(({ prepared }) => prepared.stored.id))
  await followVersions(workspace, made, tools)
  const { catalogue } = workspace
  const all = catalogue.datasets()
  const behind = new Set(
    all.filter(({ id }) => made.has(id)).flatMap((one) => outdatedLookups(all, one)),
  )
  const lookedInto = all.filter(({ name }) => behind.has(name)).map(({ id }) => id)
  if (lookedInto.length === 0) return
  const { followed } = await followLookups(workspace, new Set(lookedInto), tools)
  if (followed.size > 0) await followVersions(workspace, followed, tools)
}

function rememberChoices(workspace: Workspace, { remember, overrides }: ImportAsk['order']): void {
  if (remember === undefined) return
  const { shape, ...choices } = remember
  try {
    workspace.catalogue.shapes.remember(shape, { ...choices, overrides })
  } catch {
    // The import is committed and stands; the next file of this shape is asked about anew.
  }
}

/** What was unticked would come in by itself at the next refresh. */
async function leaveOutOffered(
  workspace: Workspace,
  id: string,
  ask: ImportAsk | undefined,
): Promise<void> {
  const made = workspace.catalogue.dataset(id)
  const leaveOut = ask?.leaveOut?.map((path) => basename(path)) ?? []
  if (made === undefined || ask?.order.growing !== true) return
  // The import is committed and stands; what cannot be noted is asked about at the refresh.
  await decideFiles(workspace, made, { leaveOut }).catch(() => undefined)
}

function folderOf({ order, parts }: ImportAsk): string | undefined {
  const [first] = parts
  return order.growing === true && first !== undefined ? dirname(first.path) : undefined
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

async function prepare(workspace: Workspace, ask: ImportAsk): Promise<Read> {
  const existing = workspace.catalogue.datasetNamed(ask.order.name)
  if (existing && ask.order.mode === 'fail') throw nameTaken(ask.order.name)
  const base = ask.order.mode === 'append' && existing?.file ? asImported(existing) : undefined
  const { recipe } = ask.order
  const prepared = await prepareVersion(workspace, {
    existing,
    name: ask.order.name,
    kept: base ? { from: base, places: base.sources.map((_, place) => place) } : undefined,
    parts: ask.parts,
    overrides: [
      ...ask.order.overrides,
      ...(base?.overrides ?? tagsAlone(existing?.overrides ?? [])),
    ],
    renames: base?.renames ?? {},
    folder: folderOf(ask) ?? base?.folder ?? null,
    overlap: ask.order.overlap ?? base?.overlap ?? 'ask',
    restated: ask.order.overlap ?? base?.restated ?? 'ask',
    recipe: recipe === undefined ? (existing?.recipe ?? null) : recipe,
    onBroken: 'refuse',
    lenient: false,
    signal: ask.signal,
    onProgress: ask.onProgress,
  })
  return { ask, prepared, base: baseOf(existing) }
}

function importedNow({ stored, outcome }: PreparedVersion): ImportedNow {
  return {
    dataset: datasetInfo(stored),
    rowsRead: outcome.rows + outcome.rejectedCount + outcome.repeatedCount,
    rowsRejected: outcome.rejectedCount,
    rejected: [...outcome.rejected],
  }
}
