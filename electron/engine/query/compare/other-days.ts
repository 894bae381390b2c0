/** A resolved question turned to other days than those of its lines. */
import type { Expr } from '../../sql/nodes.ts'
import { all, any, binary, integer } from '../../sql/nodes.ts'
import { dayOf } from '../field-access.ts'
import type { Dimension, ResolvedQuery } from '../resolve.ts'
import type { OtherDays } from './run-compared.ts'

/** Date levels become the lines the days are compared for. */
export function onOtherDays(query: ResolvedQuery, { keys }: OtherDays): ResolvedQuery {
  const turned = (axis: 'rows' | 'columns') => (one: Dimension, index: number) => {
    const days = keys.get(`${axis}.${index}`)
    return days ? { ...one, days, grain: one.grain ?? ('day' as const) } : one
  }
  return {
    ...query,
    rows: query.rows.map(turned('rows')),
    columns: query.columns.map(turned('columns')),
  }
}

/** The question carries a filter on the date, so that it is joined: always the last one. */
export function onlyDays(query: ResolvedQuery, spans: OtherDays['spans']): Expr {
  const at = query.filters.at(-1)?.at
  if (!at) throw new Error('other days of no field')
  const day = dayOf(at)
  return any(
    spans.map(({ first, last }) =>
      all([binary('>=', day, integer(first)), binary('<=', day, integer(last))]),
    ),
  )
}

/** What fixed values are computed over: the days of all lines of the level, whichever members a top-N keeps. */
export function groundOf(
  query: ResolvedQuery,
  { ground, cuts }: OtherDays,
): { readonly filters: ResolvedQuery['filters']; readonly within: readonly Expr[] } {
  const last = query.filters.length - 1
  const filters = query.filters.filter((_, at) => at < last - cuts || at === last)
  return { filters, within: [onlyDays(query, ground)] }
}
