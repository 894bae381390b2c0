/** New files that are known ones byte for byte: under another name, or a second time. */
import { basename } from 'node:path'
import { fileState } from '../make-version.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { hashOf } from './source-states.ts'

export interface FileCopy {
  readonly name: string
  /** The file it is a copy of. */
  readonly of: string
}

export interface SameFiles {
  /** Files that are none of the known ones. */
  readonly paths: readonly string[]
  readonly copies: readonly FileCopy[]
  /** Whether a known file was found under another name, and is known by that from now on. */
  readonly moved: boolean
}

interface Known {
  readonly hash: string
  readonly size: number
  readonly path: string | null
  readonly name: string
}

/** Only files as long as another are read for it. */
export async function sameFiles(
  workspace: Workspace,
  stored: StoredDataset,
  found: readonly string[],
  signal: AbortSignal,
): Promise<SameFiles> {
  const known: Known[] = []
  for (const { hash, size, path, name } of stored.sources) {
    if (size !== null && !known.some((one) => one.path === path)) known.push({ hash, size, path, name }) // prettier-ignore
  }
  const states = new Map<string, Awaited<ReturnType<typeof fileState>>>()
  for (const path of found) {
    // One that cannot be looked at is told when it is read.
    const state = await fileState(path).catch(() => undefined)
    if (state !== undefined) states.set(path, state)
  }
  const paths: string[] = []
  const copies: FileCopy[] = []
  let moved = false
  for (const path of found) {
    const state = states.get(path)
    const others = [...states].filter(([other, { size }]) => other !== path && size === state?.size)
    const likely = known.some(({ size }) => size === state?.size) || others.length > 0
    const hash = state && likely ? await hashOf(path, signal).catch(() => undefined) : undefined
    const same = hash === undefined ? undefined : known.find((one) => one.hash === hash)
    if (same === undefined || state === undefined) {
      paths.push(path)
      if (hash !== undefined && state) known.push({ hash, size: state.size, path, name: basename(path) }) // prettier-ignore
    } else if (same.path !== null && !(await isThere(same.path))) {
      workspace.catalogue.versions.move(stored.id, stored.version, same.path, path, state)
      known.splice(known.indexOf(same), 1, { ...same, path, name: basename(path) })
      moved = true
    } else copies.push({ name: basename(path), of: same.name })
  }
  return { paths, copies, moved }
}

const isThere = (path: string): Promise<boolean> =>
  fileState(path).then(
    () => true,
    () => false,
  )
