/** How the cells of a file are to be understood when it is read again: as before, where that still fits it. */
import { columnKey } from '../../../../shared/data/column-key.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { JobPart } from '../../runner/import/import-order.ts'
import { inspectParts } from '../inspect-parts.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { columnsOf } from './schema-question.ts'

/** By file name. */
export type Passwords = Readonly<Record<string, string>>

export function openedBy(passwords: Passwords, name: string): { readonly password?: string } {
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
  const { path, name, kind, part, layout, encoding, rank } = source
  const opened = openedBy(passwords, name)
  const plain: JobPart = {
    ...{ path, name, ...opened },
    ...(rank == null ? {} : { rank }),
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
function unplaced({ keepTotals, totalsByWord, delimiter, unpivot }: SheetLayout): SheetLayout {
  return {
    ...(keepTotals === undefined ? {} : { keepTotals }),
    ...(totalsByWord === undefined ? {} : { totalsByWord }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(unpivot === undefined ? {} : { unpivot }),
  }
}

function closest(
  parts: readonly SourcePart[],
  known: readonly string[],
  renames: StoredDataset['renames'],
): SourcePart | undefined {
  const keys = new Set(known.map(columnKey))
  const shared = ({ columns }: SourcePart): number =>
    columns.filter(({ name }) => keys.has(columnKey(renames[name] ?? name))).length
  return parts.toSorted((a, b) => shared(b) - shared(a))[0]
}
