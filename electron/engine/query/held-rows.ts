import { AppErrorException, appError } from '../../../shared/errors.ts'
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

/** So many rows of a server are looked at in one list. */
export const mostHeld = 5000

/** Whether no row has a name that would find it again: those of a server, and of a statement. */
export function rowsAreHeld({ base }: ResolvedQuery): boolean {
  const { storage } = base.dataset
  return storage.kind === 'live' && (storage.server !== undefined || storage.sql !== undefined)
}

export interface HeldRows {
  readonly rows: RawAnswer
  /** As many as there are, held or not. */
  readonly whole: number
}

/** The first rows as they came, in the server's own order of texts; `whole` refuses where that are not all. */
export async function heldRows(
  query: ResolvedQuery,
  fields: readonly FieldAt[],
  sorted: readonly SortKey[],
  members: readonly Expr[],
  tools: QueryTools,
  whole: boolean,
  signal: AbortSignal,
): Promise<HeldRows> {
  const clock = await filterClock(query, tools, signal)
  const base = fromClause(query, whereClause(query, { clock, members }))
  const statement = select({
    ...base,
    columns: fields.map((at, index) => ({ expr: groupKey(at, undefined).expr, as: `f${index}` })),
    orderBy: sorted.map(({ at, descending }) => ({ by: groupKey(at, undefined).expr, descending })),
    limit: whole ? mostHeld + 1 : mostHeld,
  })
  const run = (node: Select): Promise<RawAnswer> =>
    tools.runner.run(targetOf(query), print(node, dialectOf(query)), signal)
  const rows = await run(statement)
  if (rows.rows < mostHeld) return { rows, whole: rows.rows }
  if (rows.rows === mostHeld) {
    const counted = await run(select({ ...base, columns: [{ expr: call('countAll'), as: 'n' }] }))
    const n = counted.columns.get('n')
    return { rows, whole: Math.max(mostHeld, n ? (toNumbers(n)[0] ?? 0) : 0) }
  }
  throw new AppErrorException(appError('query/tooLarge', { rows: rows.rows, limit: mostHeld }))
}
