/** Datasets that grow: with the folder their files lie in, or by files that are added to them. */
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { InspectedFiles } from '../../shared/data/import-words.ts'
import type { z } from 'zod'
import type { FileRef } from '../../shared/host-words.ts'
import type { App } from '../state/app.ts'
import type { ImportPlan, Passwords, PlannedDataset } from './import-plan.ts'
import { isHidden } from './import-plan.ts'

export type Folders = z.infer<typeof InspectedFiles>['folders']

/** The folder all its files lie in, where the product can look into it again; copies lie in none of the user's. */
export function folderOf(
  { parts }: PlannedDataset,
  folders: Folders,
  files: readonly FileRef[],
): string | undefined {
  const own = new Set(parts.map(({ file }) => file))
  if (parts.some(({ kind }) => kind === 'sqlite')) return undefined
  if (files.some(({ id, copy }) => copy === true && own.has(id))) return undefined
  const home = folders.find((folder) => [...own].every((file) => folder.files.includes(file)))
  return home?.name
}

export const isCopied = ({ parts }: PlannedDataset, files: readonly FileRef[]): boolean =>
  files.some(({ id, copy }) => copy === true && parts.some(({ file }) => file === id))

/** Files of a folder that was chosen as such: all that is made of them grows with it. */
export function growWith(
  plan: ImportPlan,
  folders: Folders,
  files: readonly FileRef[],
  chosen: ReadonlySet<string>,
): ImportPlan {
  return plan.map((one) => {
    const isChosen = one.parts.every(({ file }) => chosen.has(file))
    return isChosen && folderOf(one, folders, files) !== undefined ? { ...one, growing: true } : one
  })
}

/** The dataset the files could join: the first with the columns of all of them. */
export function joinsOf(
  { parts, live }: PlannedDataset,
  datasets: readonly DatasetInfo[],
): DatasetInfo | undefined {
  if (live) return undefined
  return datasets.find(({ id }) => parts.every(({ joins }) => joins?.includes(id) === true))
}

/** What of the state of the import says how its files are to be read. */
export interface Reading {
  readonly plan: ImportPlan
  readonly files: readonly FileRef[]
  readonly passwords: Passwords
}

/** What would be added where: null unless every dataset of the plan joins one that is there, as its files are found. */
export function appendsOf(
  reading: Reading,
  datasets: readonly DatasetInfo[],
): { dataset: string; files: FileRef[] }[] | null {
  const wanted = reading.plan.filter(({ included }) => included)
  const found = wanted.map((one) => {
    const own = new Set(one.parts.map(({ file }) => file))
    const dataset = isAsFound(one, reading) ? joinsOf(one, datasets) : undefined
    return dataset && { dataset: dataset.id, files: reading.files.filter(({ id }) => own.has(id)) }
  })
  const all = found.flatMap((one) => one ?? [])
  return wanted.length > 0 && all.length === wanted.length ? all : null
}

/** What is added by file alone is looked at anew: that knows nothing of choices, and takes every table that fits but hidden ones. */
function isAsFound(dataset: PlannedDataset, { plan, passwords }: Reading): boolean {
  const { parts, chosen, overrides } = dataset
  const isChosen = Object.keys(chosen).length + Object.keys(overrides).length > 0
  const own = new Set(parts.map(({ file }) => file))
  if (isChosen || parts.some(isHidden) || [...own].some((file) => file in passwords)) return false
  return plan
    .filter((one) => one !== dataset)
    .every((one) => one.parts.every((part) => isHidden(part) || !own.has(part.file)))
}

/** The files of a folder the user chooses; undefined where it was dismissed. */
export async function pickFolder(app: App) {
  const picked = await app.engine['host.pickOpen']({ purpose: 'dataFolder', multiple: false })
  if (!picked.ok) return picked
  const [folder] = picked.value.files
  return folder === undefined ? undefined : app.engine['files.ofFolder']({ folder })
}
