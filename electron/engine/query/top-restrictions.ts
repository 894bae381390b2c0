import { othersMember } from '../../../shared/data/cell-value.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { ReportQuery, TopN } from '../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../shared/query/row-list.ts'
import type { Axis } from '../../../shared/query/show-as.ts'
import type { Expr } from '../sql/nodes.ts'
import type { CarryAsk } from './carry-plan.ts'
import type { Expanded } from './expand-formulas.ts'
import { expandFormulas } from './expand-formulas.ts'
import type { FilterClock } from './filter-sql.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { ResolvedQuery } from './resolve.ts'
import { atGrain } from './resolve.ts'
import type { QueryPart } from './resolve-parts.ts'
import { resolveParts } from './resolve-parts.ts'
import type { EdgeConditions, Restriction } from './top-members.ts'
import { edgeConditions, isRest, keptMembers, rankingQuery, topSteps } from './top-members.ts'

/** Asks one ranking, cut to what its top-N may keep. */
export interface RankingTools {
  readonly clockFor: (query: ResolvedQuery) => Promise<FilterClock>
  readonly rank: (
    asked: Expanded,
    part: QueryPart & EdgeConditions & { readonly tops: CarryAsk['tops'] },
    top: TopN,
  ) => Promise<QueryResult>
}

export async function topRestrictions(
  query: ReportQuery,
  catalog: QueryCatalog,
  ask: RankingTools,
): Promise<Restriction[]> {
  const restrictions: Restriction[] = []
  for (const step of topSteps(query)) {
    const asked = expandFormulas(rankingQuery(query, step), catalog)
    const ranking = resolveParts(asked.query, catalog)
    if (!ranking.ok) throw new AppErrorException(ranking.error)
    // One measure is of one dataset: members without rows there are not ranked.
    const [part] = ranking.value
    if (!part) continue
    const { axis, index, top } = step
    // Only the same edge's outer top-N restricts a ranking: rows rank over all columns and the other way round.
    const clock = await ask.clockFor(part.resolved)
    const outer = restrictions.filter((one) => one.axis === axis)
    const conditions = edgeConditions(outer, part.resolved.rows, clock)
    const ranked = { ...part, ...conditions, tops: outer.map((one) => ({ ...one, axis: 'rows' as const })) } // prettier-ignore
    const kept = keptMembers(await ask.rank(asked, ranked, top), top)
    restrictions.push({ axis, index, others: top.others === true, kept })
  }
  return restrictions
}

/**
 * What the top-N rules of `query` leave under a cell, as conditions of another question (`target`) that has the fields of
 * `edges` as rows: the same edges, as the target's dataset names them.
 */
export async function topMembersOf(
  { query, cell }: { readonly query: ReportQuery; readonly cell?: CellAddress | undefined },
  edges: ReportQuery,
  target: ResolvedQuery,
  catalog: QueryCatalog,
  ask: RankingTools,
): Promise<Expr[]> {
  const restrictions = await topRestrictions(query, catalog, ask)
  const clock = await ask.clockFor(target)
  return (['rows', 'columns'] as const).flatMap((axis) => {
    const dimensions = edges[axis].flatMap((use) => {
      const at = target.rows.find((dimension) => dimension.ref === use.field)
      if (!at) return []
      const edge = { ...at, days: undefined, grain: use.grain, use }
      return [atGrain(edge, use.grain, target.calendar)]
    })
    const own = restrictions.filter((one) => one.axis === axis)
    const { members, named } = edgeConditions(own, dimensions, clock)
    const path = (axis === 'rows' ? cell?.row : cell?.column) ?? []
    const rest = path.flatMap((member, index) => {
      const condition = member === othersMember ? named.get(index) : undefined
      return condition ? [isRest(condition)] : []
    })
    return [...members, ...rest]
  })
}

export async function partConditions(
  { resolved }: QueryPart,
  restrictions: readonly Restriction[],
  ask: RankingTools,
): Promise<EdgeConditions> {
  if (restrictions.length === 0) return { members: [], cutAt: [], named: new Map() }
  const clock = await ask.clockFor(resolved)
  const of = (axis: Axis): EdgeConditions =>
    edgeConditions(
      restrictions.filter((one) => one.axis === axis),
      resolved[axis],
      clock,
    )
  const [rows, columns] = [of('rows'), of('columns')]
  const shifted = [...columns.named].map(
    ([index, named]) => [index + resolved.rows.length, named] as const,
  )
  return {
    members: [...rows.members, ...columns.members],
    cutAt: [...rows.cutAt, ...columns.cutAt.map((index) => index + resolved.rows.length)],
    named: new Map([...rows.named, ...shifted]),
  }
}
