/** Imports: the job writes and flushes a new extract, then one catalogue transaction makes it the dataset. */
import { basename, dirname } from 'node:path'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import type { ImportProgress } from '../../../shared/data/import-words.ts'
import type { PreparedImportOrder } from '../../../shared/preparation/recipe-words.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { JobPart, RejectedRow } from '../runner/import/import-order.ts'
import { tagsAlone } from './store/column-tags.ts'
import { datasetInfo } from './dataset-words.ts'
import type { PreparedVersion } from './make-version.ts'
import { commitVersions, dropFiles, prepareVersion } from './make-version.ts'
import { asImported } from './preparation/replay.ts'
import { decideFiles } from './refresh/source-states.ts'
import { followVersions } from './follow-versions.ts'
import type { Workspace } from './workspace.ts'

export interface ImportAsk {
  readonly order: PreparedImportOrder
  /** The order's parts with their paths. */
  readonly parts: readonly JobPart[]
  /** Paths of the files it leaves out. */
  readonly leaveOut?: readonly string[]
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

export interface ImportedNow {
  readonly dataset: DatasetInfo
  readonly rowsRead: number
  readonly rowsRejected: number
  readonly rejected: RejectedRow[]
}

/** All or nothing. Rejects with AppErrorException; then nothing in the workspace has changed. */
export function importDatasets(
  workspace: Workspace,
  asks: readonly ImportAsk[],
): Promise<ImportedNow[]> {
  return workspace.exclusive(async () => {
    refuseRepeatedNames(asks)
    const prepared = await prepareAll(workspace, asks)
    try {
      await commitVersions(workspace, prepared)
    } catch (error) {
      for (const { files } of prepared) await dropFiles(workspace, files)
      throw error
    }
    for (const { order } of asks) rememberChoices(workspace, order)
    for (const [index, { stored }] of prepared.entries()) await leaveOutOffered(workspace, stored.id, asks[index]) // prettier-ignore
    const [first] = asks
    const made = new Set(prepared.map(({ stored }) => stored.id))
    await followVersions(workspace, made, { ...(first ? { signal: first.signal, onProgress: first.onProgress } : {}) }) // prettier-ignore
    return prepared.map(importedNow)
  })
}

/** In the order asked, several at once. The first that fails ends the others and takes back what was through. */
async function prepareAll(
  workspace: Workspace,
  asks: readonly ImportAsk[],
): Promise<PreparedVersion[]> {
  const stop = new AbortController()
  const failures: unknown[] = []
  const done = new Map<ImportAsk, PreparedVersion>()
  const waiting = [...asks]
  const work = async (): Promise<void> => {
    for (let ask = waiting.shift(); ask !== undefined; ask = waiting.shift()) {
      const signal = AbortSignal.any([ask.signal, stop.signal])
      try {
        done.set(ask, await prepare(workspace, { ...ask, signal }))
      } catch (error) {
        failures.push(error)
        waiting.length = 0
        stop.abort()
      }
    }
  }
  const atOnce = Math.min(asks.length, workspace.options.importsAtOnce ?? 1)
  await Promise.all(Array.from({ length: atOnce }, work))
  if (failures.length === 0) return asks.flatMap((ask) => done.get(ask) ?? [])
  for (const { files } of done.values()) await dropFiles(workspace, files)
  // The others were only cancelled because of it.
  throw failures[0]
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

async function prepare(workspace: Workspace, ask: ImportAsk): Promise<PreparedVersion> {
  const existing = workspace.catalogue.datasetNamed(ask.order.name)
  if (existing && ask.order.mode === 'fail') throw nameTaken(ask.order.name)
  const base = ask.order.mode === 'append' && existing?.file ? asImported(existing) : undefined
  const { recipe } = ask.order
  return prepareVersion(workspace, {
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
}

function importedNow({ stored, outcome }: PreparedVersion): ImportedNow {
  return {
    dataset: datasetInfo(stored),
    rowsRead: outcome.rows + outcome.rejectedCount + outcome.repeatedCount,
    rowsRejected: outcome.rejectedCount,
    rejected: [...outcome.rejected],
  }
}
