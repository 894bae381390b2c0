import type { Expr, Select } from '../sql/nodes.ts'
import { integer, nothing, output, when } from '../sql/nodes.ts'
import type { GroupKey } from './field-access.ts'

export const keyName = (index: number): string => `k${index}`
export const restName = (index: number): string => `o${index}`
export const measureColumn = (index: number, part: 'v' | 'n' | 'b' = 'v'): string =>
  `m${index}${part}`

/** A key whose members beyond a top-N stand together; `rest` is 1 for their rows, and their own key is blank. */
export interface PlannedKey extends GroupKey {
  readonly rest?: Expr
  /** It has bound values in it. */
  readonly bound?: boolean
}

export function plannedKey(
  { expr, key }: GroupKey,
  named: Expr | undefined,
  bound: boolean,
): PlannedKey {
  if (!named) return bound ? { expr, key, bound } : { expr, key }
  return { expr: when(named, expr, nothing), key, rest: when(named, integer(0), integer(1)) }
}

/** The answer's columns of some keys. */
export function keyColumns(
  keys: readonly PlannedKey[],
  kept: readonly number[],
): Select['columns'] {
  return kept.flatMap((index) => {
    const key = keys[index]
    if (!key) return []
    const own = { expr: key.expr, as: keyName(index) }
    return key.rest ? [own, { expr: key.rest, as: restName(index) }] : [own]
  })
}

/** Grouped by name where a key has parameters in it, which no engine takes for the same when they are written again. */
export function grouping(columns: Select['columns'], keys: readonly PlannedKey[]): Expr[] {
  const named = keys.some(({ rest, bound }) => rest !== undefined || bound === true)
  return columns.map(({ expr, as }) => (named ? output(as) : expr))
}
