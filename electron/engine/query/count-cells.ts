/** How many cells a question would have, before it is asked. */
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import { call, column, select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import type { AskedPart } from './ask-levels.ts'
import { groupKey } from './field-access.ts'
import { membersAtMost, fromClause, whereClause } from './plan.ts'
import type { PlannedKey } from './planned-keys.ts'
import { grouping, keyColumns, keyName, plannedKey, restName } from './planned-keys.ts'
import { toNumbers } from './read-levels.ts'
import type { Dimension, ResolvedQuery } from './resolve.ts'
import type { QueryTools } from './query-tools.ts'
import { dialectOf, filterClock, queryLimits, targetOf } from './query-tools.ts'

type Axis = 'rows' | 'columns'

/** Throws what says that a crosstab would be too large; asks nothing where its fields cannot make it so. */
export async function refuseTooLarge(
  parts: readonly AskedPart[],
  tools: QueryTools,
  signal: AbortSignal,
): Promise<void> {
  for (const part of parts) {
    const { resolved } = part
    const most = { rows: linesAtMost(resolved, 'rows'), columns: linesAtMost(resolved, 'columns') }
    if (most.rows * most.columns <= queryLimits.cells) continue
    // Servers that name no selects answer with the groups themselves, up to the limit.
    if (dialectOf(resolved).namesSelects === false) continue
    const rows = await countLines(part, 'rows', tools, signal)
    const columns = await countLines(part, 'columns', tools, signal)
    if (rows * columns > queryLimits.cells) throw tooManyCells(rows, columns)
  }
}

export function tooManyCells(rows: number, columns: number): AppErrorException {
  const details = { reason: 'cells', rows, columns, cells: rows * columns, limit: queryLimits.cells } // prettier-ignore
  return new AppErrorException(appError('query/tooLarge', details))
}

/** Leaves, subtotals and the total, were every member under every other. */
function linesAtMost(query: ResolvedQuery, axis: Axis): number {
  const { rows } = query.base.dataset
  let [lines, level] = [1, 1]
  for (const dimension of query[axis]) {
    level = Math.min(rows, level * atMost(dimension, query, rows))
    lines += level
  }
  return lines
}

function atMost(dimension: Dimension, { filters }: ResolvedQuery, rows: number): number {
  const { top } = dimension.use
  const kept = top ? top.count + (top.others === true ? 1 : 0) : Infinity
  const listed = filters.flatMap(({ filter, at }) => chosen(filter, at, dimension))
  return Math.max(1, Math.min(kept, ...listed, membersAtMost(dimension, rows)))
}

/** A filter on the field itself that names its members. */
function chosen(filter: Filter, at: { readonly ref: string }, { ref, grain }: Dimension): number[] {
  const same = filter.op === 'in' && at.ref === ref && filter.grain === grain
  return same ? [filter.values.length] : []
}

async function countLines(
  part: AskedPart,
  axis: Axis,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<number> {
  const { resolved } = part
  const before = axis === 'rows' ? 0 : resolved.rows.length
  const keys = resolved[axis].map((dimension, index) =>
    plannedKey(
      groupKey(dimension, dimension.grain),
      part.named.get(before + index),
      dimension.computed !== undefined,
    ),
  )
  if (keys.length === 0) return 1
  const clock = await filterClock(resolved, tools, signal)
  const where = whereClause(resolved, { clock, members: part.members })
  const statement = linesSelect(keys, fromClause(resolved, where))
  const answer = await tools.runner.run(targetOf(resolved), print(statement, dialectOf(resolved)), signal) // prettier-ignore
  const counts = answer.columns.get('n')
  return counts ? toNumbers(counts).reduce((sum, count) => sum + count, 1) : 1
}

/** One count for every level: the finest paths are found in the data, shorter ones in those. */
function linesSelect(keys: readonly PlannedKey[], base: ReturnType<typeof fromClause>): Select {
  const level = (depth: number): string => `lines${depth}`
  const names = (depth: number): string[] =>
    keys.slice(0, depth).flatMap((key, index) => (key.rest ? [keyName(index), restName(index)] : [keyName(index)])) // prettier-ignore
  const columns = keyColumns(keys, keys.map((_key, index) => index)) // prettier-ignore
  const finest = select({ ...base, columns, groupBy: grouping(columns, keys) })
  const shorter = (depth: number): Select => {
    const kept = names(depth).map((as): { expr: Expr; as: string } => ({ expr: column('l', as), as })) // prettier-ignore
    const from = { from: { kind: 'named' as const, name: level(depth + 1) }, as: 'l' }
    return select({ ...from, columns: kept, groupBy: kept.map(({ expr }) => expr) })
  }
  const depths = keys.map((_key, index) => keys.length - index)
  const counts = depths.map((depth) =>
    select({
      columns: [{ expr: call('countAll'), as: 'n' }],
      from: { kind: 'named', name: level(depth) },
      as: 'c',
    }),
  )
  const [first, ...others] = counts
  if (!first) throw new Error('an edge without fields is not counted')
  return {
    ...first,
    with: depths.map((depth) => ({ name: level(depth), select: depth === keys.length ? finest : shorter(depth) })), // prettier-ignore
    unionAll: others,
  }
}
