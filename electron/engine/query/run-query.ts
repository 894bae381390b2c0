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
import type { AxisField, ReportQuery, TopN } from '../../../shared/query/report-query.ts'
import { mergeInputs } from '../../../shared/query/spread/merge-inputs.ts'
import { spread } from '../../../shared/query/spread/spread.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import { sqlite } from '../sql/dialects/sqlite.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import type { Dialect } from '../sql/printer.ts'
import { print } from '../sql/printer.ts'
import type { DictionaryReader } from './dictionary-reader.ts'
import type { FilterClock } from './filter-sql.ts'
import { codesIn, KeyMembers } from './key-members.ts'
import type { QueryPlan } from './plan.ts'
import { keyName, planQuery } from './plan.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { QueryRunner, RawAnswer, RunTarget } from './query-runner.ts'
import type { LevelAnswer } from './read-levels.ts'
import { rankedLeaf } from './ranked-leaf.ts'
import { readLevels } from './read-levels.ts'
import type { OtherDays } from './compare/run-compared.ts'
import { isCompared, runCompared } from './compare/run-compared.ts'
import { onlyDays, onOtherDays } from './compare/other-days.ts'
import type { Dimension, ResolvedMeasure, ResolvedQuery } from './resolve.ts'
import { atGrain } from './resolve.ts'
import type { QueryPart } from './resolve-parts.ts'
import { measuresOf, resolveParts } from './resolve-parts.ts'
import type { TopStep } from './top-members.ts'
import { keptMembers, memberFilter, rankingQuery, topSteps } from './top-members.ts'

export const queryLimits = {
  /** Rows of the finest level. */
  groups: 500_000,
  /** Cells of the crosstab, subtotals included. */
  cells: 1_000_000,
  bitBytes: 256 * 1024 * 1024,
} as const

export const planLimits = { maxGroups: queryLimits.groups, maxBitBytes: queryLimits.bitBytes }

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
  if (!isCompared(query)) return runPlain(query, catalog, tools, signal)
  try {
    const run = (asked: ReportQuery, days?: OtherDays) =>
      runPlain(asked, catalog, tools, signal, days)
    return await runCompared(query, catalog, run)
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

async function runPlain(
  query: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
  days?: OtherDays,
): Promise<Outcome<QueryResult, QueryFailure>> {
  const started = tools.now()
  const parts = resolveParts(query, catalog)
  if (!parts.ok) return parts
  try {
    const restrictions = await topRestrictions(query, catalog, tools, signal)
    const asked: AskedPart[] = []
    for (const { resolved: found, places } of parts.value) {
      const resolved = days ? onOtherDays(found, days) : found
      const clock = await filterClock(resolved, tools, signal)
      const members = restrictions.map(({ axis, kept }) =>
        memberFilter(resolved[axis], kept, clock),
      )
      const within = days ? [onlyDays(resolved, days)] : []
      asked.push({ resolved, places, members: [...members, ...within] })
    }
    const answered = await answer(query, asked, tools, signal)
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
    const asked = rankingQuery(query, step)
    const ranking = resolveParts(asked, catalog)
    if (!ranking.ok) throw new AppErrorException(ranking.error)
    // One measure is of one dataset: members without rows there are not ranked.
    const [part] = ranking.value
    if (!part) continue
    const { resolved } = part
    // Only the same edge's outer top-N restricts a ranking: rows rank over all columns and the other way round.
    const clock = await filterClock(resolved, tools, signal)
    const members = restrictions
      .filter(({ axis }) => axis === step.axis)
      .map(({ kept }) => memberFilter(resolved.rows, kept, clock))
    const result = await answer(asked, [{ ...part, members }], tools, signal, step.top)
    if (!result.ok) throw new AppErrorException(result.error)
    restrictions.push({ axis: step.axis, kept: keptMembers(result.value, step.top) })
  }
  return restrictions
}

/**
 * What the top-N rules of `query` leave, as conditions of another question (`target`) that has the fields of `edges` as rows:
 * the same edges, as the target's dataset names them.
 */
export async function topMembersOf(
  query: ReportQuery,
  edges: ReportQuery,
  target: ResolvedQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Expr[]> {
  const restrictions = await topRestrictions(query, catalog, tools, signal)
  const clock = await filterClock(target, tools, signal)
  return restrictions.map(({ axis, kept }) => {
    const dimensions = edges[axis].flatMap((use) => {
      const at = target.rows.find((dimension) => dimension.ref === use.field)
      if (!at) return []
      const edge = { ...at, days: undefined, grain: use.grain, use }
      return [atGrain(edge, use.grain, target.calendar)]
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

interface AskedPart extends QueryPart {
  /** Restrictions that come from a top-N decided before. */
  readonly members: readonly Expr[]
}

/** What the engine said about the measures of one fact table. */
interface PartAnswer {
  readonly part: QueryPart
  readonly plan: QueryPlan
  readonly leaf: RawAnswer
  readonly levels: readonly LevelAnswer[]
}

async function answer(
  query: ReportQuery,
  parts: readonly AskedPart[],
  tools: QueryTools,
  signal: AbortSignal,
  ranked?: TopN,
): Promise<Answered> {
  const answers: PartAnswer[] = []
  for (const part of parts) {
    const answered = await answerPart(part, tools, signal, ranked)
    if (!answered.ok) return answered
    answers.push(answered.value)
  }
  const lists = await memberLists(answers, tools, signal)
  const inputs = answers.map(({ part, plan, leaf, levels }) => ({
    input: readLevels(part.resolved, plan, leaf, levels, lists),
    places: part.places,
  }))
  const laid = spread(mergeInputs(inputs), {
    rows: query.rows,
    columns: query.columns,
    totals: query.totals,
    maxCells: queryLimits.cells,
  })
  if (!laid.ok) return laid
  const measures = measuresOf(query, parts)
  const sources = parts.map(({ resolved }) => resolved.base.dataset)
  return ok({
    rows: axis(query.rows, parts[0]?.resolved.rows, lists, query.totals.rows, laid.value.rowPaths),
    columns: axis(
      query.columns,
      parts[0]?.resolved.columns,
      lists.slice(query.rows.length),
      query.totals.columns,
      laid.value.columnPaths,
    ),
    measures: measures.map(resultMeasure),
    cells: laid.value.cells.map((cells, index) => temporalCells(cells, measures[index])),
    baseRows: laid.value.baseRows,
    // Of several datasets the oldest state is what the answer as a whole is true of.
    dataAsOf: sources.map(({ dataAsOf }) => dataAsOf).toSorted()[0] ?? '',
    version: sources[0]?.version ?? 0,
    elapsedMs: 0,
    cached: false,
    warnings: [],
  })
}

async function answerPart(
  part: AskedPart,
  tools: QueryTools,
  signal: AbortSignal,
  ranked: TopN | undefined,
): Promise<Outcome<PartAnswer, 'query/tooLarge'>> {
  const { resolved, members } = part
  const plan = planQuery(resolved, {
    clock: await filterClock(resolved, tools, signal),
    ...planLimits,
    members,
  })
  const target = targetOf(resolved)
  const run = (node: Select): Promise<RawAnswer> =>
    tools.runner.run(target, print(node, dialectOf(resolved)), signal)
  const leaf = await run(ranked ? rankedLeaf(plan, ranked) : plan.leaf)
  if (leaf.rows > queryLimits.groups) {
    return fail('query/tooLarge', { groups: leaf.rows, limit: queryLimits.groups })
  }
  const levels: LevelAnswer[] = []
  for (const level of plan.levels) {
    levels.push({ level, measures: level.measures, answer: await run(level.select) })
  }
  return ok({ part, plan, leaf, levels })
}

/** A member is one member whichever fact table has it: shared dimensions have the same keys in all of them. */
async function memberLists(
  parts: readonly PartAnswer[],
  tools: QueryTools,
  signal: AbortSignal,
): Promise<KeyMembers[]> {
  const [first] = parts
  if (!first) return []
  const target = targetOf(first.part.resolved)
  const answers = parts.flatMap(({ leaf, levels }) => [leaf, ...levels.map((one) => one.answer)])
  const lists: KeyMembers[] = []
  for (const [index, { key }] of first.plan.keys.entries()) {
    if (key.kind !== 'code') {
      lists.push(new KeyMembers(key))
      continue
    }
    const codes = new Set(answers.flatMap((one) => codesIn(one.columns.get(keyName(index)))))
    const texts = await tools.dictionaries.texts(key.at, [...codes], target, signal)
    lists.push(new KeyMembers(key, texts))
  }
  return lists
}

function axis(
  uses: readonly AxisField[],
  dimensions: readonly Dimension[] = [],
  lists: readonly KeyMembers[],
  totals: ResultAxis['totals'],
  paths: readonly (readonly (string | number | boolean | null)[])[],
): ResultAxis {
  return {
    fields: dimensions.map(({ ref, field, grain }, index) => {
      const members = lists[index]?.all
      return {
        ...{ field: uses[index]?.field ?? ref, type: field.type },
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
