/** How the cells of a file are to be understood when it is read again: as before, where that still fits it. */
import { basename } from 'node:path'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { FolderFiles } from '../../../../shared/data/refresh-words.ts'
import { appError } from '../../../../shared/errors.ts'
import type { JobPart } from '../../runner/import/import-order.ts'
import type { UnreadablePart } from '../../runner/jobs/job-messages.ts'
import { inspectParts } from '../inspect-parts.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { columnsOf } from './schema-question.ts'

/** By file name. */
type Passwords = Readonly<Record<string, string>>

function openedBy(passwords: Passwords, name: string): { readonly password?: string } {
  const password = Object.hasOwn(passwords, name) ? passwords[name] : undefined
  return password === undefined ? {} : { password }
}

export async function partAgain(
  workspace: Workspace,
  stored: StoredDataset,
  source: StoredSource & { readonly path: string },
  passwords: Passwords,
  signal: AbortSignal,
): Promise<JobPart> {
  const { path, name, kind, part, layout, encoding } = source
  const opened = openedBy(passwords, name)
  const plain: JobPart = {
    ...{ path, name, ...opened },
    ...(part === null ? {} : { part }),
    ...(encoding === null ? {} : { encoding }),
    ...(layout === null ? {} : { layout }),
  }
  if (kind === 'sqlite' || layout === null || !isPlaced(layout)) return plain
  const own = part === null ? {} : { part }
  const found = { ...own, ...(encoding === null ? {} : { encoding }), layout: unplaced(layout) }
  const before = { ...found, layout }
  const file = { id: 'again', path, name, ...opened, parts: [before, found] }
  const { parts } = await inspectParts(workspace, [file], signal)
  // A table that ends where it ended would lose what was added below it: then what is found now goes first.
  const first = layout.range?.toRow === undefined ? parts : parts.toReversed()
  const best = closest(first, columnsOf(source, stored), stored.renames)
  return best === undefined ? plain : { ...plain, layout: { ...layout, ...best.layout } }
}

function isPlaced({ headerRow, range }: SheetLayout): boolean {
  return headerRow !== undefined || range !== undefined
}

/** What the user said about the cells, without where they stood. */
function unplaced({ keepTotals, totalsByWord, unpivot }: SheetLayout): SheetLayout {
  return {
    ...(keepTotals === undefined ? {} : { keepTotals }),
    ...(totalsByWord === undefined ? {} : { totalsByWord }),
    ...(unpivot === undefined ? {} : { unpivot }),
  }
}

function closest(
  parts: readonly SourcePart[],
  known: readonly string[],
  renames: StoredDataset['renames'],
): SourcePart | undefined {
  const shared = ({ columns }: SourcePart): number =>
    columns.filter(({ name }) => known.includes(renames[name] ?? name)).length
  return parts.toSorted((a, b) => shared(b) - shared(a))[0]
}

export interface NewParts {
  readonly parts: readonly JobPart[]
  readonly leftOut: FolderFiles['leftOut']
}

/** Parts of new files that have the dataset's very columns, and the files that give none. */
export async function partsOfNewFiles(
  workspace: Workspace,
  stored: StoredDataset,
  paths: readonly string[],
  passwords: Passwords,
  signal: AbortSignal,
): Promise<NewParts> {
  if (paths.length === 0) return { parts: [], leftOut: [] }
  const files = paths.map((path) => {
    const name = basename(path)
    return { id: path, path, name, ...openedBy(passwords, name) }
  })
  const { parts: seen, unreadable } = await inspectParts(workspace, files, signal)
  const wanted = shapeOf(stored.fields.map(({ name }) => name))
  const parts = seen.flatMap((found): JobPart[] => {
    const names = found.columns.map(({ name }) => stored.renames[name] ?? name)
    if (shapeOf(names) !== wanted) return []
    const { part, encoding, layout } = found
    return [
      {
        ...{ path: found.file, name: found.fileName, layout },
        ...openedBy(passwords, found.fileName),
        ...(part === undefined ? {} : { part }),
        ...(encoding === undefined ? {} : { encoding }),
      },
    ]
  })
  return { parts, leftOut: leftOutOf(files, parts, unreadable) }
}

/** What could not be read, and files without a single part of the dataset's columns. */
function leftOutOf(
  files: readonly { readonly path: string; readonly name: string }[],
  parts: readonly JobPart[],
  unreadable: readonly UnreadablePart[],
): FolderFiles['leftOut'] {
  const said = unreadable.map(({ fileName, code, reason }) => ({
    name: fileName,
    error: appError(code, { name: fileName, ...(reason === undefined ? {} : { reason }) }),
  }))
  const heard = new Set([
    ...parts.map(({ path }) => path),
    ...unreadable.flatMap(({ file }) => file ?? []),
  ])
  const strangers = files.filter(({ path }) => !heard.has(path))
  return [
    ...said,
    ...strangers.map(({ name }) => ({ name, error: appError('dataset/shapeMismatch', { name }) })),
  ]
}

const shapeOf = (names: readonly string[]): string =>
  JSON.stringify(names.map((name) => name.trim().toLowerCase()).toSorted())
