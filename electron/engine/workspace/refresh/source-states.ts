/** Which sources of a dataset have changed since they were read: by the state of the file, then by its bytes. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { FolderFiles, RefreshOrder, Staleness } from '../../../../shared/data/refresh-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { isDataFileName } from '../../../../shared/file-kinds.ts'
import { fileFaultOf } from '../../file-faults.ts'
import { fileState } from '../make-version.ts'
import { outdatedLookups } from '../preparation/outdated-lookups.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { FileState } from '../store/dataset-versions.ts'
import type { Workspace } from '../workspace.ts'
import { kindByName } from '../../sources/file-kind.ts'

export interface SourceStates {
  readonly kept: readonly number[]
  readonly changed: readonly number[]
  /** Those of the kept whose file cannot be read again. */
  readonly lost: readonly number[]
  /** Names of files that are gone from the folder the dataset grows with. */
  readonly gone: readonly string[]
}

/**
 * Places of the sources by what became of them. A file that is gone or cannot be read is refused with its name, unless the
 * dataset grows with a folder, where what was read of it stays.
 */
export async function sourceStates(
  workspace: Workspace,
  stored: StoredDataset,
  signal: AbortSignal,
): Promise<SourceStates> {
  const answers = new Map<string, FileChange>()
  const kept: number[] = []
  const changed: number[] = []
  const lost: number[] = []
  const gone = new Set<string>()
  for (const [place, source] of stored.sources.entries()) {
    const key = source.path ?? ''
    const known = answers.get(key) ?? (await changeOf(workspace, stored, source, signal))
    answers.set(key, known)
    ;(known === 'changed' ? changed : kept).push(place)
    if (known !== 'gone') continue
    lost.push(place)
    gone.add(source.name)
  }
  return { kept, changed, lost, gone: [...gone] }
}

type FileChange = 'same' | 'changed' | 'gone'

async function changeOf(
  workspace: Workspace,
  stored: StoredDataset,
  source: StoredSource,
  signal: AbortSignal,
): Promise<FileChange> {
  if (source.path === null) return 'same'
  try {
    const state = await fileState(source.path)
    if (isSame(source, state)) return 'same'
    // What waits in a database's journal is not in its bytes.
    if (source.kind === 'sqlite' || (await hashOf(source.path, signal)) !== source.hash)
      return 'changed'
    workspace.catalogue.versions.restamp(stored.id, stored.version, source.path, state)
    return 'same'
  } catch (error) {
    const fault = fileFaultOf(error)
    if (fault === 'file/notFound' && stored.folder !== null) return 'gone'
    if (fault === undefined) throw error
    // Of several files what was read of one that is gone may stay.
    const others = stored.sources.some(({ path }) => path !== source.path)
    const keeps = fault === 'file/notFound' && others ? { keeps: true } : {}
    throw new AppErrorException(appError(fault, { name: source.name, ...keeps }, true))
  }
}

/** What was read of files that are gone stays from now on. Answers their names. */
export async function keepGone(workspace: Workspace, stored: StoredDataset): Promise<string[]> {
  const gone = new Set<string>()
  for (const { path, name } of stored.sources) {
    const fault = path === null ? undefined : await fileState(path).then(() => undefined, fileFaultOf) // prettier-ignore
    if (path === null || fault !== 'file/notFound') continue
    workspace.catalogue.versions.detach(stored.id, stored.version, path)
    gone.add(name)
  }
  return [...gone]
}

function isSame({ size, changedMs }: StoredSource, state: FileState): boolean {
  return size === state.size && changedMs === state.changedMs
}

export async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    if (signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
    // A stream without an encoding gives buffers.
    hash.update(piece as Buffer)
  }
  return hash.digest('hex')
}

export interface NewFiles {
  readonly paths: readonly string[]
  /** Names of those that were left out by choice and have not changed since. */
  readonly decided: readonly string[]
}

/** Files of a growing dataset's folder that are none of its sources yet, in the order of their names. */
export async function newFiles(
  stored: StoredDataset,
  kinds: FileKinds = 'known',
): Promise<NewFiles> {
  const found = await filesBeside(stored, kinds)
  const decided = new Map(stored.leftOut?.map((file) => [file.name, file]))
  const out: string[] = []
  for (const path of found) {
    const before = decided.get(basename(path))
    if (before === undefined) continue
    const now = await fileState(path).catch(() => undefined)
    if (now?.size === before.size && now.changedMs === before.changedMs) out.push(path)
  }
  return {
    paths: found.filter((path) => !out.includes(path)),
    decided: out.map((path) => basename(path)),
  }
}

/** Remembers which new files of the folder stay out of it, and which no longer. */
export async function decideFiles(
  workspace: Workspace,
  stored: StoredDataset,
  { leaveOut = [], takeIn = [] }: Pick<RefreshOrder, 'leaveOut' | 'takeIn'>,
): Promise<void> {
  if (leaveOut.length + takeIn.length === 0) return
  const changed = new Set([...leaveOut, ...takeIn])
  const kept = (stored.leftOut ?? []).filter(({ name }) => !changed.has(name))
  const beside = [...(await filesBeside(stored, 'known')), ...(await filesBeside(stored, 'other'))]
  for (const path of beside) {
    const name = basename(path)
    if (leaveOut.includes(name)) kept.push({ name, ...(await fileState(path)) })
  }
  workspace.catalogue.versions.leaveOut(stored.id, kept)
}

/** Of the endings the dataset's files have, or of others the product reads. */
export type FileKinds = 'known' | 'other'

async function filesBeside(stored: StoredDataset, wanted: FileKinds): Promise<string[]> {
  const { folder } = stored
  if (folder === null) return []
  const known = new Set(stored.sources.map(({ path }) => path))
  const kinds = new Set(stored.sources.map(({ name }) => extname(name).toLowerCase()))
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const fault = fileFaultOf(error)
    if (fault === undefined) throw error
    throw new AppErrorException(appError(fault, { name: basename(folder) }, true))
  })
  const isWanted = (name: string): boolean =>
    kinds.has(extname(name).toLowerCase()) === (wanted === 'known')
  return entries
    .filter((entry) => entry.isFile() && isDataFileName(entry.name) && isWanted(entry.name))
    .map(({ name }) => join(folder, name))
    .filter((path) => !known.has(path))
    .toSorted((a, b) => basename(a).localeCompare(basename(b), 'en', { numeric: true }))
}

/** Folders inside the one a dataset grows with, and how many data files lie right in each: they are not looked into. */
export async function foldersInside({ folder }: StoredDataset): Promise<FolderFiles['inside']> {
  if (folder === null) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const inside = entries.filter((entry) => entry.isDirectory() && !/^[.~]/.test(entry.name))
  const counted = await Promise.all(
    inside.map(async ({ name }) => {
      const files = await readdir(join(folder, name), { withFileTypes: true }).catch(() => [])
      const data = files.filter((file) => file.isFile() && isMonthly(file.name))
      return { name, files: data.length }
    }),
  )
  return counted
    .filter(({ files }) => files > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .slice(0, mostInside)
}

const mostInside = 20

/** A database is no monthly file; a workspace beside the data holds some. */
const isMonthly = (name: string): boolean => isDataFileName(name) && kindByName(name) !== 'sqlite'

/** Looks at the states of files alone: cheap enough for every time the window is entered. */
export async function staleDatasets(datasets: readonly StoredDataset[]): Promise<Staleness> {
  const stale: Staleness['stale'] = []
  for (const dataset of datasets) {
    if (dataset.file === null) continue
    const changed = new Set<string>()
    const missing = new Set<string>()
    for (const { name, dataset: id, version } of dataset.sql?.inputs ?? []) {
      const input = datasets.find((one) => one.id === id)
      if (input === undefined) missing.add(name)
      else if (input.version !== version) changed.add(input.name)
    }
    for (const name of outdatedLookups(datasets, dataset)) changed.add(name)
    for (const source of dataset.sources) {
      if (source.path === null || source.size === null) continue
      try {
        if (!isSame(source, await fileState(source.path))) changed.add(source.name)
      } catch {
        // What was read of it stays where files come and go.
        if (dataset.folder === null) missing.add(source.name)
      }
    }
    const { paths } = await newFiles(dataset).catch(() => ({ paths: [] }))
    const ofOthers = new Set(
      datasets.flatMap(({ folder, sources }) =>
        folder === dataset.folder ? sources.map(({ path }) => path) : [],
      ),
    )
    for (const path of paths) if (!ofOthers.has(path)) changed.add(basename(path))
    if (changed.size + missing.size === 0) continue
    stale.push({ dataset: dataset.id, changed: [...changed], missing: [...missing] })
  }
  return { stale }
}
