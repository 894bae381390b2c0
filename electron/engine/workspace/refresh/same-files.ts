/** New files that are known ones byte for byte: under another name, or a second time. */
import { basename } from 'node:path'
import { fileState } from '../make-version.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { FileState } from '../store/dataset-versions.ts'
import type { Workspace } from '../workspace.ts'
import { hashOf } from './source-states.ts'

export interface FileCopy {
  readonly path: string
  readonly name: string
  /** The file it is a copy of. */
  readonly of: string
  /** That one holds something else by now: it may be the file itself, renamed. */
  readonly moved: boolean
}

export interface SameFiles {
  /** Files that are none of the known ones. */
  readonly paths: readonly string[]
  readonly copies: readonly FileCopy[]
  /** Names of files another known one took the place of. */
  readonly gone: readonly string[]
}

export interface SameFilesAsk {
  readonly stored: StoredDataset
  readonly found: readonly string[]
  /** Names of those that are said to be files of the dataset, renamed. */
  readonly renamed: readonly string[]
  /** They were given, and the files of the dataset are not looked at. */
  readonly given: boolean
}

interface Known {
  readonly hash: string
  readonly path: string | null
  readonly name: string
  readonly size: number
  readonly changedMs: number | null
}

/** A known file that was found under another name is known by that from now on; only files as long as another are read for it. */
export async function sameFiles(
  workspace: Workspace,
  ask: SameFilesAsk,
  signal: AbortSignal,
): Promise<SameFiles> {
  const { stored, found, given } = ask
  const search = new Search(ask, signal)
  await search.place(found)
  if (stored.folder !== null && !given) await search.settleOverwritten()
  const { versions } = workspace.catalogue
  for (const path of search.detached.keys()) versions.detach(stored.id, stored.version, path)
  if (search.moves.length > 0) versions.move(stored.id, stored.version, search.moves)
  const { paths, copies, detached } = search
  return { paths, copies, gone: [...detached.values()] }
}

class Search {
  readonly paths: string[] = []
  readonly copies: FileCopy[] = []
  /** In such an order that each goes where nobody is. */
  readonly moves: { from: string; to: string; state: FileState }[] = []
  /** Name by path. */
  readonly detached = new Map<string, string>()
  readonly #ask: SameFilesAsk
  readonly #known: Known[]
  readonly #states = new Map<string, Promise<FileState | undefined>>()
  readonly #hashes = new Map<string, Promise<string | undefined>>()
  readonly #signal: AbortSignal

  constructor(ask: SameFilesAsk, signal: AbortSignal) {
    this.#ask = ask
    this.#signal = signal
    this.#known = knownFiles(ask.stored)
  }

  /** Those a known file was renamed away from are new ones themselves: files renamed in turn are followed to the last. */
  async place(found: readonly string[]): Promise<void> {
    const queue = [...found]
    const sizes = await this.#newSizes(found)
    for (const [index, path] of queue.entries()) {
      const state = await this.#state(path)
      const hash = state && this.#isLikely(state, sizes) ? await this.#hash(path) : undefined
      const same = hash === undefined ? undefined : this.#known.find((one) => one.hash === hash)
      const name = basename(path)
      if (same === undefined || state === undefined) {
        this.paths.push(path)
        if (hash !== undefined && state) this.#known.push({ hash, path, name, ...state })
        continue
      }
      const place = await this.#placeOf(same)
      const isOpen = place === 'changed' && index < found.length
      if (place === 'there' || (isOpen && !(await this.#isRenamed(same, name)))) {
        this.copies.push({ path, name, of: same.name, moved: place === 'changed' })
        continue
      }
      if (place === 'changed' && same.path !== null) queue.push(same.path)
      this.#move(same, path, state)
    }
  }

  /** A file whose name another one bears by now is gone by that, and what was read of it stays. */
  async settleOverwritten(): Promise<void> {
    const lost: Known[] = []
    const there: { path: string; name: string; state: FileState }[] = []
    for (const one of this.#known) {
      const state = one.path === null ? undefined : await this.#state(one.path)
      if (one.path === null) continue
      if (state === undefined) lost.push(one)
      else there.push({ path: one.path, name: one.name, state })
    }
    for (const one of lost) {
      for (const { path, name, state } of there.filter(
        ({ state: { size } }) => size === one.size,
      )) {
        if (this.detached.has(path) || (await this.#hash(path)) !== one.hash) continue
        this.detached.set(path, name)
        this.#move(one, path, state)
        break
      }
    }
  }

  #move(known: Known, to: string, state: FileState): void {
    if (known.path !== null) this.moves.push({ from: known.path, to, state })
    const now = { ...known, path: to, name: basename(to), ...state }
    this.#known.splice(this.#known.indexOf(known), 1, now)
  }

  /** Said so, or plain because another known file bears its name: else it may as well be a copy made before it was changed. */
  async #isRenamed({ path, hash }: Known, name: string): Promise<boolean> {
    if (this.#ask.renamed.includes(name)) return true
    const now = path === null ? undefined : await this.#hash(path)
    return this.#known.some((other) => other.hash === now && other.hash !== hash)
  }

  async #placeOf(known: Known): Promise<'there' | 'gone' | 'changed'> {
    if (known.path === null) return 'there'
    const state = await this.#state(known.path)
    if (state === undefined) return 'gone'
    const isSame = state.size === known.size && state.changedMs === known.changedMs
    if (isSame || this.#ask.given) return 'there'
    return (await this.#hash(known.path)) === known.hash ? 'there' : 'changed'
  }

  /** How many files are of a length: new ones, and those whose path something else may stand at. */
  async #newSizes(found: readonly string[]): Promise<ReadonlyMap<number, number>> {
    const sizes = new Map<number, number>()
    const count = ({ size }: FileState) => sizes.set(size, (sizes.get(size) ?? 0) + 1)
    for (const path of found) {
      const state = await this.#state(path)
      if (state !== undefined) count(state)
    }
    for (const { path, changedMs } of this.#ask.given ? [] : this.#known) {
      const state = path === null ? undefined : await this.#state(path)
      if (state !== undefined && state.changedMs !== changedMs) count(state)
    }
    return sizes
  }

  #isLikely({ size }: FileState, others: ReadonlyMap<number, number>): boolean {
    return (others.get(size) ?? 0) > 1 || this.#known.some((one) => one.size === size)
  }

  /** One that cannot be looked at is told when it is read. */
  #state(path: string): Promise<FileState | undefined> {
    const known = this.#states.get(path) ?? fileState(path).catch(() => undefined)
    this.#states.set(path, known)
    return known
  }

  #hash(path: string): Promise<string | undefined> {
    const known = this.#hashes.get(path) ?? hashOf(path, this.#signal).catch(() => undefined)
    this.#hashes.set(path, known)
    return known
  }
}

/** Each once, although it may be several sources; those that are looked for no more are told apart by their bytes alone. */
function knownFiles({ sources }: StoredDataset): Known[] {
  const known: Known[] = []
  for (const { hash, size, changedMs, path, name } of sources) {
    if (size === null || known.some((one) => one.path === path && one.hash === hash)) continue
    known.push({ hash, path, name, size, changedMs })
  }
  return known
}
