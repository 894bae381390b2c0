/** Rows before and after a step laid beside each other. Pure. */
import type { Field } from '../../shared/data/field.ts'
import type { RecipeStep } from '../../shared/preparation/recipe.ts'
import type { PreviewRows } from '../../shared/preparation/recipe-words.ts'
import { exactAt, textAt } from '../../shared/query/cell-reading.ts'
import type { ValueColumn } from '../../shared/query/query-result.ts'

export interface ComparedColumn {
  readonly field: Field
  /** Place among the fields of either side; undefined where it is not there. */
  readonly before: number | undefined
  readonly after: number | undefined
  /** What it was called, where that is something else. */
  readonly was?: string
}

export interface ComparedRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added'
  readonly before: number | undefined
  readonly after: number | undefined
}

export interface Compared {
  readonly columns: readonly ComparedColumn[]
  readonly rows: readonly ComparedRow[]
}

/** Names before the steps by names after them; only what was renamed. */
export function renamesIn(steps: readonly RecipeStep[]): ReadonlyMap<string, string> {
  let was = new Map<string, string>()
  for (const step of steps) {
    if (!step.on || step.kind !== 'rename') continue
    const next = new Map(was)
    for (const { field } of step.names) next.delete(field)
    for (const { field, to } of step.names) next.set(to, was.get(field) ?? field)
    was = next
  }
  return was
}

/** Columns as they are afterwards, those that go in the place they had. */
export function comparedColumns(
  before: readonly Field[],
  after: readonly Field[],
  renames: ReadonlyMap<string, string>,
): ComparedColumn[] {
  const places = new Map(before.map(({ name }, index) => [name, index]))
  const columns = after.map((field, index): ComparedColumn => {
    const old = renames.get(field.name)
    const was = old !== undefined && places.has(old) ? old : undefined
    const place = places.get(was ?? field.name)
    return { field, before: place, after: index, ...(was === undefined ? {} : { was }) }
  })
  const kept = new Set(columns.flatMap((column) => column.before ?? []))
  for (const [index, field] of before.entries()) {
    if (kept.has(index)) continue
    const at = columns.findIndex((column) => column.before !== undefined && column.before > index)
    const gone = { field, before: index, after: undefined }
    columns.splice(at < 0 ? columns.length : at, 0, gone)
  }
  return columns
}

/**
 * Both pages are in the order of the source and begin with the same row. A page that is full may end before the other: what
 * lies beyond its end is not known and is left out.
 */
export function compareRows(
  before: PreviewRows,
  after: PreviewRows,
  renames: ReadonlyMap<string, string>,
  limit: number,
): Compared {
  const columns = comparedColumns(before.fields, after.fields, renames)
  const later = Map.groupBy(after.page.rowIds.keys(), (index) => after.page.rowIds[index] ?? -1)
  const seen = new Set(before.page.rowIds)
  const full = after.page.rowIds.length >= limit
  const end = full ? Math.max(...after.page.rowIds) : Infinity
  const rows: ComparedRow[] = []
  for (const [index, id] of before.page.rowIds.entries()) {
    const [first, ...more] = later.get(id) ?? []
    if (first === undefined) {
      if (id > end) break
      rows.push({ kind: 'removed', before: index, after: undefined })
      continue
    }
    const differs = columns.some((column) => cellDiffers(column, before, after, index, first))
    rows.push({ kind: differs ? 'changed' : 'same', before: index, after: first })
    for (const extra of more) rows.push({ kind: 'added', before: undefined, after: extra })
    if (more.length > 0 && rows.length >= limit) break
  }
  if (before.page.rowIds.length < limit) {
    for (const [index, id] of after.page.rowIds.entries())
      if (!seen.has(id)) rows.push({ kind: 'added', before: undefined, after: index })
  }
  return { columns, rows: rows.slice(0, limit) }
}

/** A cell with another value; of a new column: with any. */
export function cellDiffers(
  { before, after }: ComparedColumn,
  left: PreviewRows,
  right: PreviewRows,
  leftRow: number,
  rightRow: number,
): boolean {
  if (after === undefined) return false
  const now = valueAt(right.page.columns[after], rightRow)
  return before === undefined ? now !== null : valueAt(left.page.columns[before], leftRow) !== now
}

function valueAt(column: ValueColumn | undefined, row: number): string | null {
  const number = exactAt(column, row)
  return number === null ? textAt(column, row) : String(number)
}
