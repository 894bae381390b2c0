/** What came since the last reading: new files of the folder, new sheets of the workbooks, and whether they fit the data. */
import { basename } from 'node:path'
import { columnKey } from '../../../../shared/data/column-key.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { FolderFiles } from '../../../../shared/data/refresh-words.ts'
import { appError } from '../../../../shared/errors.ts'
import { partLabel } from '../../runner/import/inspect-files.ts'
import type { JobPart } from '../../runner/import/import-order.ts'
import type { UnreadablePart } from '../../runner/jobs/job-messages.ts'
import { inspectParts } from '../inspect-parts.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import { asImported } from '../preparation/replay.ts'
import type { Workspace } from '../workspace.ts'
import type { Passwords } from './parts-again.ts'
import { openedBy } from './parts-again.ts'
import { lacking } from './schema-question.ts'

export interface NewParts {
  readonly parts: readonly JobPart[]
  /** Of every new file none of whose tables has the columns of the data, the table nearest to them. */
  readonly strangers: readonly Stranger[]
  readonly leftOut: FolderFiles['leftOut']
  /** Tables that are not taken, beside others of their file. */
  readonly sheets: readonly string[]
}

export interface Stranger {
  readonly part: JobPart
  /** How many of its columns the data has as well. */
  readonly shared: number
}

const nothingNew: NewParts = { parts: [], strangers: [], leftOut: [], sheets: [] }

interface Look {
  readonly workspace: Workspace
  readonly stored: StoredDataset
  /** Field by the name its column has in a file. */
  readonly renames: StoredDataset['renames']
  readonly passwords: Passwords
  readonly signal: AbortSignal
  /** How the order names files it brings, by path. */
  readonly ids: FileIds
}

export type FileIds = ReadonlyMap<string, string>

/** Names of two files may be alike. */
export function idIn(ids: FileIds, path: string | undefined): { readonly fileId?: string } {
  const fileId = path === undefined ? undefined : ids.get(path)
  return fileId === undefined ? {} : { fileId }
}

export async function partsOfNewFiles(look: Look, paths: readonly string[]): Promise<NewParts> {
  if (paths.length === 0) return nothingNew
  const { parts: seen, unreadable } = await inspect(look, paths)
  const found = paths.map((path) => chosenOf(look, seen.filter(({ file }) => file === path))) // prettier-ignore
  return {
    parts: found.flatMap(({ fits }) => fits.map((part) => jobPart(look, part))),
    strangers: found.flatMap(({ nearest }) => {
      if (nearest && isOthers(look, nearest)) return []
      return nearest ? [{ part: jobPart(look, nearest), shared: likeness(look, nearest) }] : []
    }),
    leftOut: unreadable.map((part) => leftOutOf(look, part)),
    sheets: found.flatMap(({ others }) => others.map(labelOf)),
  }
}

/** Of another dataset that grows with the same folder: no question here. */
function isOthers({ workspace, stored }: Look, part: SourcePart): boolean {
  const beside = workspace.catalogue
    .datasets()
    .filter(({ id, folder }) => id !== stored.id && folder !== null && folder === stored.folder)
  const isSource = beside.some(({ sources }) => sources.some(({ path }) => path === part.file))
  // At its own refresh that one takes wider files as well.
  const takes = (other: StoredDataset): boolean =>
    other.file !== null && !other.sql && lacking(other, namesIn(other, part)).length === 0
  return isSource || beside.map(asImported).some(takes)
}

interface Chosen {
  readonly fits: readonly SourcePart[]
  readonly nearest: SourcePart | undefined
  readonly others: readonly SourcePart[]
}

/** Datasets with files of the same columns, none more and none fewer. */
export function joinable(datasets: readonly StoredDataset[], part: SourcePart): string[] {
  return datasets.flatMap((dataset) => {
    if (dataset.file === null || dataset.sql) return []
    const stored = asImported(dataset)
    const names = namesIn(stored, part)
    const known = new Set(stored.fields.map(({ name }) => columnKey(name)))
    const fits = lacking(stored, names).length === 0 && [...names].every((name) => known.has(name))
    return fits && names.size > 0 ? [dataset.id] : []
  })
}

/** What a workbook hides is taken by nobody's leave. */
function chosenOf(look: Look, parts: readonly SourcePart[]): Chosen {
  const shown = parts.filter(({ hidden }) => hidden !== true)
  const fits = shown.filter((part) => hasColumns(look, part))
  const [nearest] = fits.length > 0 ? [] : shown.toSorted((a, b) => likeness(look, b) - likeness(look, a)) // prettier-ignore
  const taken = nearest === undefined ? fits : [nearest]
  const others = parts.filter((part) => !taken.includes(part))
  return {
    ...{ fits, nearest },
    others: others.filter((part) => part.hidden !== true || hasColumns(look, part)),
  }
}

/**
 * Sheets that came to a workbook since those to take were chosen: taken where every other sheet of these columns is part
 * of the data, named where somebody chose among them.
 */
export async function partsOfNewSheets(
  look: Look,
  changed: readonly StoredSource[],
): Promise<NewParts & { readonly renamed: ReadonlyMap<number, string> }> {
  const { stored } = look
  const books = new Map(
    changed.flatMap(({ kind, path, sheets }) =>
      (kind === 'xlsx' || kind === 'book') && path !== null && sheets ? [[path, sheets]] : [],
    ),
  )
  if (books.size === 0) return { ...nothingNew, renamed: new Map() }
  const { parts: seen } = await inspect(look, [...books.keys()])
  const untaken = seen.filter(
    ({ file, part, hidden }) =>
      hidden !== true &&
      !stored.sources.some((one) => one.path === file && (one.part === null || one.part === part)),
  )
  const isNew = ({ file, part }: SourcePart): boolean =>
    part !== undefined && books.get(file)?.includes(part) === false
  const chosenAmong = new Set(
    untaken.filter((part) => !isNew(part) && hasColumns(look, part)).map(({ file }) => file),
  )
  const fresh = untaken.filter(isNew)
  const fitting = fresh.filter((part) => !chosenAmong.has(part.file) && hasColumns(look, part))
  const renamed = renamedSheets(look, [...books.keys()], seen, fitting)
  // Tills call their sheets alike: the name alone does not say of which workbook it is.
  const isRenamed = ({ file, part }: SourcePart): boolean =>
    [...renamed].some(([place, name]) => name === part && stored.sources[place]?.path === file)
  const fits = fitting.filter((part) => !isRenamed(part))
  return {
    ...nothingNew,
    renamed,
    parts: fits.map((part) => jobPart(look, part)),
    sheets: fresh.filter((part) => !fitting.includes(part)).map(labelOf),
  }
}

/** Where one sheet is gone from a workbook and one that fits is new, it is the same one: tills name it by the month. */
function renamedSheets(
  { stored }: Look,
  books: readonly string[],
  seen: readonly SourcePart[],
  fitting: readonly SourcePart[],
): Map<number, string> {
  const renamed = new Map<number, string>()
  for (const book of books) {
    const here = new Set(seen.flatMap(({ file, part }) => (file === book ? (part ?? []) : [])))
    const gone = [...stored.sources.entries()].filter(
      ([, { path, part }]) => path === book && part !== null && !here.has(part),
    )
    const fresh = fitting.filter(({ file }) => file === book)
    const [one, ...others] = fresh
    const [lost] = gone
    if (lost && gone.length === 1 && one?.part !== undefined && others.length === 0)
      renamed.set(lost[0], one.part)
  }
  return renamed
}

function inspect({ workspace, passwords, signal }: Look, paths: readonly string[]) {
  const files = paths.map((path) => {
    const name = basename(path)
    return { id: path, path, name, ...openedBy(passwords, name) }
  })
  return inspectParts(workspace, files, signal)
}

function jobPart({ passwords }: Look, found: SourcePart): JobPart {
  const { part, encoding, layout } = found
  return {
    ...{ path: found.file, name: found.fileName, layout },
    ...openedBy(passwords, found.fileName),
    ...(part === undefined ? {} : { part }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}

function leftOutOf({ ids }: Look, part: UnreadablePart): FolderFiles['leftOut'][number] {
  const { file, fileName, code, reason, facts } = part
  const details = { name: fileName, ...facts, ...(reason === undefined ? {} : { reason }) }
  return { name: fileName, ...idIn(ids, file), error: appError(code, details) }
}

/** A table without a name of its own is known by its title, else by its columns. */
function labelOf({ fileName, part, title, columns }: SourcePart): string {
  const names = columns.slice(0, 3).map(({ name }) => name)
  return partLabel(fileName, part ?? title ?? names.join(', '))
}

function namesIn(
  { renames }: Pick<StoredDataset, 'renames'>,
  { columns }: SourcePart,
): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => columnKey(renames[name] ?? name)))
}

function likeness(look: Look, part: SourcePart): number {
  const names = namesIn(look, part)
  return look.stored.fields.filter(({ name }) => names.has(columnKey(name))).length
}

/** More columns than the data has are no matter; with fewer it must be like a file that is part of it. */
function hasColumns(look: Look, part: SourcePart): boolean {
  return lacking(look.stored, namesIn(look, part)).length === 0
}
