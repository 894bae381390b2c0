import type { Outcome } from '../../../shared/errors.ts'
import { appError, AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { AxisField, ReportQuery, TopN } from '../../../shared/query/report-query.ts'
import type { FormulaErrorCode } from '../../../shared/expression/formula-error.ts'
import type { SpreadInput } from '../../../shared/query/spread/level-input.ts'
import { mergeInputs } from '../../../shared/query/spread/merge-inputs.ts'
import { spread } from '../../../shared/query/spread/spread.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import type { Dialect } from '../sql/printer.ts'
import { print } from '../sql/printer.ts'
import { countedGroups } from './count-groups.ts'
import type { DictionaryReader } from './dictionary-reader.ts'
import { datasetDialect } from './dataset-dialect.ts'
import type { EmptyAnswers } from './empty-members.ts'
import { emptyLines, emptyMembers } from './empty-members.ts'
import type { Expanded } from './expand-formulas.ts'
import { expandFormulas } from './expand-formulas.ts'
import type { FilterClock } from './filter-sql.ts'
import { codesIn, KeyMembers } from './key-members.ts'
import type { QueryPlan } from './plan.ts'
import { keyName } from './planned-keys.ts'
import { planQuery } from './plan.ts'
import type { QueryCatalog, Storage } from './query-catalog.ts'
import type { QueryRunner, RawAnswer, RunTarget } from './query-runner.ts'
import type { LevelAnswer } from './read-levels.ts'
import { rankedLeaf } from './ranked-leaf.ts'
import { readLevels } from './read-levels.ts'
import type { OtherDays } from './compare/run-compared.ts'
import { isCompared, runCompared } from './compare/run-compared.ts'
import { onlyDays, onOtherDays } from './compare/other-days.ts'
import type { ResolvedQuery } from './resolve.ts'
import type { QueryPart } from './resolve-parts.ts'
import { measuresOf, resolveParts } from './resolve-parts.ts'
import { resultAxis, resultMeasure, temporalCells } from './result-shape.ts'
import type { EdgeConditions, Restriction } from './top-members.ts'
import type { RankingTools } from './top-restrictions.ts'
import { partConditions, topRestrictions } from './top-restrictions.ts'

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
  /** Room for the bit strings of one question, where it is not the usual one. */
  readonly bitBytes?: number | undefined
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
  | ServerTrouble

/** What keeps a server from being asked. */
type ServerTrouble =
  | 'connection/unreachable'
  | 'connection/wrongPassword'
  | 'connection/certificate'
  | 'connection/noEncryption'
  | 'connection/noDatabase'
  | 'connection/noRights'
  | 'connection/unsupported'
  | 'connection/secretNeeded'
  | 'connection/locked'
  | 'connection/notFound'

export type QueryFailure =
  | 'query/invalid'
  | FormulaErrorCode
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
  question: ReportQuery,
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
  days?: OtherDays,
): Promise<Outcome<QueryResult, QueryFailure>> {
  const started = tools.now()
  try {
    const expanded = expandFormulas(question, catalog)
    const { query } = expanded
    const parts = resolveParts(query, catalog)
    if (!parts.ok) return parts
    const ask = rankingTools(tools, signal)
    const restrictions = await topRestrictions(query, catalog, ask)
    const asked: AskedPart[] = []
    for (const found of parts.value) {
      const part = days ? { ...found, resolved: onOtherDays(found.resolved, days) } : found
      const conditions = await partConditions(part, restrictions, ask)
      const within = days ? [onlyDays(part.resolved, days)] : []
      asked.push({ ...part, ...conditions, within })
    }
    const beside: Beside = {
      empties: await emptyMembers(parts.value[0]?.resolved, catalog, tools, signal),
      unfiltered:
        query.totals.over === 'all'
          ? await unfilteredParts(query, catalog, restrictions, ask)
          : undefined,
    }
    const answered = await answer(expanded, asked, tools, signal, beside)
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

export function rankingTools(tools: QueryTools, signal: AbortSignal): RankingTools {
  return {
    clockFor: (query) => filterClock(query, tools, signal),
    rank: (asked, part, top) => {
      // A formula is known only here: its members come whole and are ranked here too.
      const ranked = asked.formulas.length === 0 ? top : undefined
      return answer(asked, [part], tools, signal, { ranked })
    },
  }
}

/** Extracts are attached together; a live source answers alone. */
export function targetOf(query: ResolvedQuery): RunTarget {
  const { storage } = query.base.dataset
  if (storage.kind === 'live') return liveTarget(storage)
  const attach = query.sources.flatMap(({ dataset, via }) => [
    ...(dataset.storage.kind === 'extract' && via?.kind !== 'dictionary'
      ? [{ alias: dataset.storage.alias, path: dataset.storage.path }]
      : []),
    ...(via?.kind === 'relation' && via.relation.map ? [via.relation.map] : []),
  ])
  return { kind: 'extracts', attach }
}

function liveTarget({ path, server }: Extract<Storage, { kind: 'live' }>): RunTarget {
  return server ? { kind: 'server', connection: server.connection } : { kind: 'live', path }
}

export function dialectOf({ base }: ResolvedQuery): Dialect {
  return datasetDialect(base.dataset)
}

type Answered = Outcome<QueryResult, 'query/tooLarge'>

/** With what a top-N decided before means for it. */
interface AskedPart extends QueryPart, EdgeConditions {
  readonly within?: readonly Expr[]
}

/** The question without filters on the fields of its edges: what totals over all members cover, with `uncut`. */
export function openQuestion(query: ReportQuery): ReportQuery {
  const edges = [...query.rows, ...query.columns].map(({ field }) => field)
  return {
    ...uncut(query),
    filters: query.filters.filter(({ field }) => !edges.includes(field)),
  }
}

/** Without the top-N that leave members out; those with Others leave out none. */
export function uncut(query: ReportQuery): ReportQuery {
  const open = (use: AxisField): AxisField => {
    const { top, ...rest } = use
    return top?.others === true ? use : rest
  }
  return { ...query, rows: query.rows.map(open), columns: query.columns.map(open) }
}

/** Others is the same members as in the visible question. */
async function unfilteredParts(
  query: ReportQuery,
  catalog: QueryCatalog,
  restrictions: readonly Restriction[],
  ask: RankingTools,
): Promise<AskedPart[]> {
  const parts = resolveParts(openQuestion(query), catalog)
  if (!parts.ok) throw new AppErrorException(parts.error)
  const standing = restrictions.filter(({ others }) => others)
  const asked: AskedPart[] = []
  for (const part of parts.value) {
    asked.push({ ...part, ...(await partConditions(part, standing, ask)) })
  }
  return asked
}

/** What an answer needs besides the levels of its parts. */
interface Beside {
  readonly ranked?: TopN | undefined
  readonly empties?: EmptyAnswers | undefined
  readonly unfiltered?: readonly AskedPart[] | undefined
}

/** What the engine said about the measures of one fact table. */
interface PartAnswer {
  readonly part: QueryPart
  readonly plan: QueryPlan
  readonly leaf: RawAnswer
  readonly levels: readonly LevelAnswer[]
}

async function answer(
  { query, formulas, gives, lastDay }: Expanded,
  parts: readonly AskedPart[],
  tools: QueryTools,
  signal: AbortSignal,
  beside: Beside = {},
): Promise<Answered> {
  const answers = await answerParts(parts, tools, signal, beside.ranked)
  if (!answers.ok) return answers
  const whole = await answerParts(beside.unfiltered ?? [], tools, signal)
  if (!whole.ok) return whole
  const { empties } = beside
  const lists = await memberLists([...answers.value, ...whole.value], empties, tools, signal)
  const laid = spread(inputOf(answers.value, lists), {
    query,
    ...{ formulas, lastDay },
    maxCells: queryLimits.cells,
    unfiltered: beside.unfiltered && inputOf(whole.value, lists),
    empties: empties && emptyLines(empties, parts[0]?.resolved, lists),
  })
  if (!laid.ok) return laid
  const measures = measuresOf(query, parts, gives).filter(({ measure }) => measure.hidden !== true)
  const sources = parts.map(({ resolved }) => resolved.base.dataset)
  return ok({
    rows: resultAxis(query, 'rows', parts[0]?.resolved, lists, laid.value.rowPaths),
    columns: resultAxis(
      query,
      'columns',
      parts[0]?.resolved,
      lists.slice(query.rows.length),
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

function inputOf(answers: readonly PartAnswer[], lists: readonly KeyMembers[]): SpreadInput {
  const inputs = answers.map(({ part, plan, leaf, levels }) => ({
    input: readLevels(part.resolved, plan, leaf, levels, lists),
    places: part.places,
  }))
  return mergeInputs(inputs)
}

async function answerParts(
  parts: readonly AskedPart[],
  tools: QueryTools,
  signal: AbortSignal,
  ranked?: TopN,
): Promise<Outcome<PartAnswer[], 'query/tooLarge'>> {
  const answers: PartAnswer[] = []
  for (const part of parts) {
    const answered = await answerPart(part, tools, signal, ranked)
    if (!answered.ok) return answered
    answers.push(answered.value)
  }
  return ok(answers)
}

async function answerPart(
  part: AskedPart,
  tools: QueryTools,
  signal: AbortSignal,
  ranked: TopN | undefined,
): Promise<Outcome<PartAnswer, 'query/tooLarge'>> {
  const { resolved, members, named, within } = part
  const clock = await filterClock(resolved, tools, signal)
  const target = targetOf(resolved)
  const run = (node: Select): Promise<RawAnswer> =>
    tools.runner.run(target, print(node, dialectOf(resolved)), signal)
  const maxBitBytes = tools.bitBytes ?? planLimits.maxBitBytes
  const options = { clock, ...planLimits, maxBitBytes, members, named, within }
  const bounded = planQuery(resolved, options)
  const groups = await countedGroups(bounded, run)
  const plan = groups === undefined ? bounded : planQuery(resolved, { ...options, groups })
  refuseBalances(plan, resolved)
  // Without named selects the groups come whole: they are bounded, and ranked here.
  const cuts = ranked && dialectOf(resolved).namesSelects !== false
  const leaf = await run(cuts ? rankedLeaf(plan, ranked, dialectOf(resolved)) : plan.leaf)
  if (leaf.rows > queryLimits.groups) {
    return fail('query/tooLarge', { groups: leaf.rows, limit: queryLimits.groups })
  }
  const levels: LevelAnswer[] = []
  for (const level of plan.levels) {
    levels.push({ level, measures: level.measures, answer: await run(level.select) })
  }
  return ok({ part, plan, leaf, levels })
}

/** Only the rows of a first or last date count: that takes selects upon selects. */
function refuseBalances({ measures }: QueryPlan, resolved: ResolvedQuery): void {
  if (dialectOf(resolved).namesSelects !== false) return
  const at = measures.findIndex(({ kind }) => kind === 'balance' || kind === 'fixed')
  if (at < 0) return
  const name = resolved.measures[at]?.name ?? ''
  const reason = measures[at]?.kind === 'fixed' ? 'serverFixed' : 'serverBalance'
  throw new AppErrorException(appError('query/invalid', { reason, name }))
}

/** A member is one member whichever fact table has it: shared dimensions have the same keys in all of them. */
async function memberLists(
  parts: readonly PartAnswer[],
  empties: EmptyAnswers | undefined,
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
    const codes = new Set([
      ...answers.flatMap((one) => codesIn(one.columns.get(keyName(index)))),
      ...codesIn(empties?.get(index)),
    ])
    const texts = await tools.dictionaries.texts(key.at, [...codes], target, signal)
    lists.push(new KeyMembers(key, texts))
  }
  return lists
}
