/** What came since the last reading: new files of the folder, new sheets of the workbooks, and whether they fit the data. */
import { basename } from 'node:path'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { FolderFiles } from '../../../../shared/data/refresh-words.ts'
import { appError } from '../../../../shared/errors.ts'
import { partLabel } from '../../runner/import/inspect-files.ts'
import type { JobPart } from '../../runner/import/import-order.ts'
import type { UnreadablePart } from '../../runner/jobs/job-messages.ts'
import { inspectParts } from '../inspect-parts.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import type { Passwords } from './parts-again.ts'
import { openedBy } from './parts-again.ts'
import { keyOf, lacking } from './schema-question.ts'

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
}

export async function partsOfNewFiles(look: Look, paths: readonly string[]): Promise<NewParts> {
  if (paths.length === 0) return nothingNew
  const { parts: seen, unreadable } = await inspect(look, paths)
  const found = paths.map((path) => chosenOf(look, seen.filter(({ file }) => file === path))) // prettier-ignore
  return {
    parts: found.flatMap(({ fits }) => fits.map((part) => jobPart(look, part))),
    strangers: found.flatMap(({ nearest }) => {
      return nearest ? [{ part: jobPart(look, nearest), shared: likeness(look, nearest) }] : []
    }),
    leftOut: unreadable.map(leftOutOf),
    sheets: found.flatMap(({ others }) => others.map(labelOf)),
  }
}

interface Chosen {
  readonly fits: readonly SourcePart[]
  readonly nearest: SourcePart | undefined
  readonly others: readonly SourcePart[]
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
): Promise<NewParts> {
  const { stored } = look
  const books = new Map(
    changed.flatMap(({ kind, path, sheets }) =>
      (kind === 'xlsx' || kind === 'book') && path !== null && sheets ? [[path, sheets]] : [],
    ),
  )
  if (books.size === 0) return nothingNew
  const { parts: seen } = await inspect(look, [...books.keys()])
  const untaken = seen.filter(
    ({ file, part, hidden }) =>
      hidden !== true && !stored.sources.some((one) => one.path === file && one.part === part),
  )
  const isNew = ({ file, part }: SourcePart): boolean =>
    part !== undefined && books.get(file)?.includes(part) === false
  const chosenAmong = new Set(
    untaken.filter((part) => !isNew(part) && hasColumns(look, part)).map(({ file }) => file),
  )
  const fresh = untaken.filter(isNew)
  const fits = fresh.filter((part) => !chosenAmong.has(part.file) && hasColumns(look, part))
  return {
    ...nothingNew,
    parts: fits.map((part) => jobPart(look, part)),
    sheets: fresh.filter((part) => !fits.includes(part)).map(labelOf),
  }
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

function leftOutOf(part: UnreadablePart): FolderFiles['leftOut'][number] {
  const { fileName, code, reason, facts } = part
  const details = { name: fileName, ...facts, ...(reason === undefined ? {} : { reason }) }
  return { name: fileName, error: appError(code, details) }
}

/** A table without a name of its own is known by its title, else by its columns. */
function labelOf({ fileName, part, title, columns }: SourcePart): string {
  const names = columns.slice(0, 3).map(({ name }) => name)
  return partLabel(fileName, part ?? title ?? names.join(', '))
}

function namesIn({ renames }: Look, { columns }: SourcePart): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => keyOf(renames[name] ?? name)))
}

function likeness(look: Look, part: SourcePart): number {
  const names = namesIn(look, part)
  return look.stored.fields.filter(({ name }) => names.has(keyOf(name))).length
}

/** More columns than the data has are no matter; with fewer it must be like a file that is part of it. */
function hasColumns(look: Look, part: SourcePart): boolean {
  return lacking(look.stored, namesIn(look, part)).length === 0
}
