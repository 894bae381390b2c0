import { isoDay, isoSecond } from '../../../shared/data/calendar-day.ts'
import { isTemporal } from '../../../shared/data/field.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type {
  QueryResult,
  ResultAxis,
  ResultMeasure,
  ValueColumn,
} from '../../../shared/query/query-result.ts'
import type { ReportQuery, TopN } from '../../../shared/query/report-query.ts'
import { spread } from '../../../shared/query/spread/spread.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import { sqlite } from '../sql/dialects/sqlite.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import type { Dialect, Printed } from '../sql/printer.ts'
import { print } from '../sql/printer.ts'
import type { DictionaryReader } from './dictionary-reader.ts'
import type { FilterClock } from './filter-sql.ts'
import type { GroupKey } from './field-access.ts'
import { codesIn, KeyMembers } from './key-members.ts'
import type { QueryPlan } from './plan.ts'
import { keyName, planQuery } from './plan.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { QueryRunner, RawAnswer, RunTarget } from './query-runner.ts'
import type { LevelAnswer } from './read-levels.ts'
import { rankedLeaf } from './ranked-leaf.ts'
import { readLevels } from './read-levels.ts'
import type { Dimension, ResolvedMeasure, ResolvedQuery } from './resolve.ts'
import { resolve } from './resolve.ts'
import type { TopStep } from './top-members.ts'
import { keptMembers, memberFilter, rankingQuery, topSteps } from './top-members.ts'

export const queryLimits = {
  /** Rows of the finest level. */
  groups: 500_000,
  /** Cells of the crosstab, subtotals included. */
  cells: 1_000_000,
  bitBytes: 256 * 1024 * 1024,
} as const

export interface QueryTools {
  readonly runner: QueryRunner
  readonly dictionaries: DictionaryReader
  readonly clock: () => FilterClock
  /** Milliseconds for the elapsed time shown. */
  readonly now: () => number
}

/** What only a live source can say: its file cannot be asked, or describing it anew took too long. */
export type LiveFailure =
  | 'file/notFound'
  | 'file/denied'
  | 'file/inUse'
  | 'file/diskFull'
  | 'dataset/locked'
  | 'dataset/unreadable'
  | 'dataset/tooSlow'

export type QueryFailure =
  | 'query/invalid'
  | 'query/tooLarge'
  | 'query/cancelled'
  | 'query/timedOut'
  | 'query/failed'
  | 'query/processLost'
  | 'dataset/notFound'
  | LiveFailure

/** One question from names to a crosstab. */
export async function runQuery(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Outcome<QueryResult, QueryFailure>> {
  const started = tools.now()
  const resolved = resolve(query, catalog)
  if (!resolved.ok) return resolved
  try {
    const restrictions = await topRestrictions(query, catalog, tools, signal)
    const clock = await filterClock(resolved.value, tools, signal)
    const members = restrictions.map(({ axis, kept }) =>
      memberFilter(resolved.value[axis], kept, clock),
    )
    const answered = await answer(resolved.value, members, tools, signal)
    if (!answered.ok) return answered
    return ok({ ...answered.value, elapsedMs: tools.now() - started })
  } catch (error) {
    // Expected failures travel as exceptions out of callbacks; their codes are those a runner may reject with.
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

/** The clock, and the codes of every text a filter or a top-N may name. */
export async function filterClock(
  query: ResolvedQuery,
  { clock, dictionaries }: QueryTools,
  signal: AbortSignal,
): Promise<FilterClock> {
  const named = query.filters.filter(({ filter }) => filter.op === 'in' || filter.op === 'notIn')
  const ranked = [...query.rows, ...query.columns].filter(({ use }) => use.top)
  const fields = [...named.map(({ at }) => at), ...ranked]
  return { ...clock(), codesOf: await dictionaries.codesFor(fields, targetOf(query), signal) }
}

/** What a top-N left, to be restricted to in any question that has the same edge. */
interface Restriction {
  readonly axis: TopStep['axis']
  readonly kept: ReturnType<typeof keptMembers>
}

async function topRestrictions(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Restriction[]> {
  const restrictions: Restriction[] = []
  for (const step of topSteps(query)) {
    const ranking = resolve(rankingQuery(query, step), catalog)
    if (!ranking.ok) throw new AppErrorException(ranking.error)
    // Only the same edge's outer top-N restricts a ranking: rows rank over all columns and the other way round.
    const clock = await filterClock(ranking.value, tools, signal)
    const outer = restrictions
      .filter(({ axis }) => axis === step.axis)
      .map(({ kept }) => memberFilter(ranking.value.rows, kept, clock))
    const result = await answer(ranking.value, outer, tools, signal, step.top)
    if (!result.ok) throw new AppErrorException(result.error)
    restrictions.push({ axis: step.axis, kept: keptMembers(result.value, step.top) })
  }
  return restrictions
}

/** What the top-N rules of `query` leave, as conditions of another question (`target`) that has its edges' fields as rows. */
export async function topMembersOf(
  query: ReportQuery,
  target: ResolvedQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Expr[]> {
  const restrictions = await topRestrictions(query, catalog, tools, signal)
  const clock = await filterClock(target, tools, signal)
  return restrictions.map(({ axis, kept }) => {
    const dimensions = query[axis].flatMap((use) => {
      const at = target.rows.find((dimension) => dimension.ref === use.field)
      return at ? [{ ...at, grain: use.grain, use }] : []
    })
    return memberFilter(dimensions, kept, clock)
  })
}

/** Extracts are attached together; a live source answers alone. */
export function targetOf(query: ResolvedQuery): RunTarget {
  const { storage } = query.base.dataset
  if (storage.kind === 'live') return { kind: 'live', path: storage.path }
  const attach = query.sources.flatMap(({ dataset, via }) => [
    ...(dataset.storage.kind === 'extract'
      ? [{ alias: dataset.storage.alias, path: dataset.storage.path }]
      : []),
    ...(via?.kind === 'relation' && via.relation.map ? [via.relation.map] : []),
  ])
  return { kind: 'extracts', attach }
}

export function dialectOf(query: ResolvedQuery): Dialect {
  return query.base.dataset.storage.kind === 'live' ? sqlite : duckdb
}

type Answered = Outcome<QueryResult, 'query/tooLarge'>

async function answer(
  query: ResolvedQuery,
  members: readonly Expr[],
  tools: QueryTools,
  signal: AbortSignal,
  ranked?: TopN,
): Promise<Answered> {
  const plan = planQuery(query, {
    clock: await filterClock(query, tools, signal),
    maxGroups: queryLimits.groups,
    maxBitBytes: queryLimits.bitBytes,
    members,
  })
  const target = targetOf(query)
  const run = (node: Select): Promise<RawAnswer> =>
    tools.runner.run(target, print(node, dialectOf(query)), signal)
  const leaf = await run(ranked ? rankedLeaf(plan, ranked) : plan.leaf)
  if (leaf.rows > queryLimits.groups) {
    return fail('query/tooLarge', { groups: leaf.rows, limit: queryLimits.groups })
  }
  const levels: LevelAnswer[] = []
  for (const level of plan.levels) {
    levels.push({ level, measures: level.measures, answer: await run(level.select) })
  }
  const lists = await memberLists(plan, leaf, levels, target, tools, signal)
  const laid = spread(readLevels(query, plan, leaf, levels, lists), {
    rows: query.query.rows,
    columns: query.query.columns,
    totals: query.query.totals,
    maxCells: queryLimits.cells,
  })
  if (!laid.ok) return laid
  const { dataset } = query.base
  return ok({
    rows: axis(query.rows, lists, query.query.totals.rows, laid.value.rowPaths),
    columns: axis(
      query.columns,
      lists.slice(query.rows.length),
      query.query.totals.columns,
      laid.value.columnPaths,
    ),
    measures: query.measures.map(resultMeasure),
    cells: laid.value.cells.map((cells, index) => temporalCells(cells, query.measures[index])),
    baseRows: laid.value.baseRows,
    dataAsOf: dataset.dataAsOf,
    version: dataset.version,
    elapsedMs: 0,
    cached: false,
    warnings: [],
  })
}

async function memberLists(
  plan: QueryPlan,
  leaf: RawAnswer,
  levels: readonly LevelAnswer[],
  target: RunTarget,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<KeyMembers[]> {
  const lists: KeyMembers[] = []
  for (const [index, { key }] of plan.keys.entries()) {
    if (key.kind !== 'code') {
      lists.push(new KeyMembers(key))
      continue
    }
    const answers = [leaf, ...levels.map(({ answer }) => answer)]
    const codes = new Set(answers.flatMap((one) => codesIn(one.columns.get(keyName(index)))))
    const texts = await tools.dictionaries.texts(key.at, [...codes], target, signal)
    lists.push(new KeyMembers(key, texts))
  }
  return lists
}

function axis(
  dimensions: readonly Dimension[],
  lists: readonly KeyMembers[],
  totals: ResultAxis['totals'],
  paths: readonly (readonly (string | number | boolean | null)[])[],
): ResultAxis {
  return {
    fields: dimensions.map(({ ref, field, grain }, index) => {
      const members = lists[index]?.all
      return {
        ...{ field: ref, type: field.type },
        ...(grain === undefined ? {} : { grain }),
        ...(members === undefined ? {} : { members }),
      }
    }),
    totals,
    paths: paths.map((path) => [...path]),
  }
}

export function resultMeasure({ name, measure, at }: ResolvedMeasure): ResultMeasure {
  const base = { name, aggregate: measure.aggregate, ...(at ? { field: at.ref } : {}) }
  switch (measure.aggregate) {
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return { ...base, type: 'integer' }
    case 'average':
    case 'median':
      return { ...base, type: 'double' }
    case 'sum':
    case 'min':
    case 'max': {
      const type = at?.field.type ?? 'double'
      return type === 'decimal' ? { ...base, type, scale: at?.field.scale ?? 0 } : { ...base, type }
    }
  }
}

/** Earliest and latest dates were compared as day or second numbers; they leave as ISO text. */
function temporalCells(cells: ValueColumn, resolved: ResolvedMeasure | undefined): ValueColumn {
  const type = resolved?.at?.field.type
  const extreme = resolved?.measure.aggregate === 'min' || resolved?.measure.aggregate === 'max'
  if (!extreme || type === undefined || !isTemporal(type) || cells.kind !== 'scaled') return cells
  const write = type === 'date' ? isoDay : isoSecond
  return {
    kind: 'text',
    writing: type === 'date' ? 'date' : 'timestamp',
    values: Array.from(cells.values, (value) => (Number.isNaN(value) ? null : write(value))),
  }
}

/** What would be run, for "explain": the levels in words and the statements. */
export async function explainQuery(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Outcome<{ plan: string; sql: string[] }, QueryFailure>> {
  const resolved = resolve(query, catalog)
  if (!resolved.ok) return resolved
  const clock = await filterClock(resolved.value, tools, signal)
  const plan = planQuery(resolved.value, {
    clock,
    maxGroups: queryLimits.groups,
    maxBitBytes: queryLimits.bitBytes,
    members: [],
  })
  const dialect = dialectOf(resolved.value)
  const statements: Printed[] = [
    ...rankingSelects(query, catalog, clock),
    plan.leaf,
    ...plan.levels.map(({ select }) => select),
  ].map((node) => print(node, dialect))
  return ok({
    plan: describe(plan, resolved.value),
    sql: statements.map(({ text, values }) =>
      values.length === 0 ? text : `${text}\n-- ${JSON.stringify(values)}`,
    ),
  })
}

/** The statements that decide each top-N, without what an outer one left: that is known only when they run. */
function rankingSelects(query: ReportQuery, catalog: QueryCatalog, clock: FilterClock): Select[] {
  return topSteps(query).flatMap((step) => {
    const ranking = resolve(rankingQuery(query, step), catalog)
    if (!ranking.ok) return []
    const limits = { maxGroups: queryLimits.groups, maxBitBytes: queryLimits.bitBytes }
    return [rankedLeaf(planQuery(ranking.value, { clock, ...limits, members: [] }), step.top)]
  })
}

function describe(plan: QueryPlan, query: ResolvedQuery): string {
  const key = (index: number, group: GroupKey): string => `${keyName(index)}: ${group.key.kind}`
  const measures = plan.measures.map(
    (measure, index) => `${query.measures[index]?.name ?? ''}: ${measure.kind}`,
  )
  return [
    `engine: ${dialectOf(query).name}`,
    `keys: ${plan.keys.map((group, index) => key(index, group)).join(', ') || 'none'}`,
    `measures: ${measures.join(', ') || 'none'}`,
    `levels united from bit strings: ${plan.bitLevels.length}`,
    `levels selected apart: ${plan.levels.length}`,
    `tops decided before: ${topSteps(query.query).length}`,
  ].join('\n')
}
