import type { Expr, Select } from '../sql/nodes.ts'
import { call, select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import { groupKey } from './field-access.ts'
import { fromClause, whereClause } from './plan.ts'
import type { RawAnswer } from './query-runner.ts'
import { toNumbers } from './read-levels.ts'
import type { FieldAt, ResolvedQuery } from './resolve.ts'
import type { SortKey } from './row-sort.ts'
import type { QueryTools } from './query-tools.ts'
import { dialectOf, filterClock, targetOf } from './query-tools.ts'

/** So many rows of a server are read at a time for somebody who looks at a list. */
export const shownPiece = 5000
/** For somebody who writes it down, front to back: the server puts all rows in order for every piece. */
export const writtenPiece = 20_000

/** Whether no row has a name that would find it again: those of a server, and of a statement. */
export function rowsAreHeld({ base }: ResolvedQuery): boolean {
  const { storage } = base.dataset
  return storage.kind === 'live' && (storage.server !== undefined || storage.sql !== undefined)
}

export interface HeldRows {
  /** All of them, or the first. */
  readonly rows: RawAnswer
  /** As many as there are, held or not. */
  readonly whole: number
  /** How many are read at a time. */
  readonly piece: number
  /** Rows at any place, where not all are held. */
  readonly read: (offset: number, limit: number, signal: AbortSignal) => Promise<RawAnswer>
}

/**
 * Rows are put in the order asked for and then by every field shown, so that any page can be asked alone: rows that are still equal
 * look alike.
 */
export async function heldRows(
  query: ResolvedQuery,
  fields: readonly FieldAt[],
  sorted: readonly SortKey[],
  members: readonly Expr[],
  tools: QueryTools,
  piece: number,
  signal: AbortSignal,
): Promise<HeldRows> {
  const clock = await filterClock(query, tools, signal)
  const base = fromClause(query, whereClause(query, { clock, members }))
  const shown = fields.map((at) => groupKey(at, undefined).expr)
  const statement = {
    ...base,
    columns: shown.map((expr, index) => ({ expr, as: `f${index}` })),
    orderBy: [
      ...sorted.map(({ at, descending }) => ({ by: groupKey(at, undefined).expr, descending })),
      ...shown.map((by) => ({ by, descending: false })),
    ],
  }
  const run = (node: Select, by: AbortSignal): Promise<RawAnswer> =>
    tools.runner.run(targetOf(query), print(node, dialectOf(query)), by)
  const read: HeldRows['read'] = (offset, limit, by) =>
    run(select({ ...statement, limit, offset }), by)
  const rows = await read(0, piece, signal)
  if (rows.rows < piece) return { rows, whole: rows.rows, piece, read }
  const counting = select({ ...base, columns: [{ expr: call('countAll'), as: 'n' }] })
  const n = (await run(counting, signal)).columns.get('n')
  return { rows, whole: Math.max(piece, n ? (toNumbers(n)[0] ?? 0) : 0), piece, read }
}
