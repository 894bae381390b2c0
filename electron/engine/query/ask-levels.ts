/** What engines are asked for one question: its finest level, and what cannot be rolled up from it. */
import type { z } from 'zod'
import type { Member } from '../../../shared/data/cell-value.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { QueryWarning, ResultDimension } from '../../../shared/query/query-result.ts'
import type { ReportQuery, TopN } from '../../../shared/query/report-query.ts'
import type { SpreadFormula } from '../../../shared/query/spread/formula-cells.ts'
import type { GridEmpties } from '../../../shared/query/spread/cell-grid.ts'
import type { SpreadInput } from '../../../shared/query/spread/level-input.ts'
import { mergeInputs } from '../../../shared/query/spread/merge-inputs.ts'
import type { Expr, Select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import { onlyDays, onOtherDays } from './compare/other-days.ts'
import type { OtherDays } from './compare/run-compared.ts'
import { countedGroups } from './count-groups.ts'
import { refuseTooLarge } from './count-cells.ts'
import type { CarryAsk } from './carry-plan.ts'
import type { CarriedAnswer, CarryQuestion } from './carried-answers.ts'
import { carriedAnswers, restPeriods } from './carried-answers.ts'
import type { EmptyAnswers } from './empty-members.ts'
import { emptyLines, emptyMembers } from './empty-members.ts'
import type { Expanded } from './expand-formulas.ts'
import { expandFormulas } from './expand-formulas.ts'
import { codesIn, KeyMembers } from './key-members.ts'
import { layOut } from './lay-out.ts'
import type { QueryPlan } from './plan.ts'
import { planQuery } from './plan.ts'
import { keyName } from './planned-keys.ts'
import type { QueryCatalog } from './query-catalog.ts'
import type { RawAnswer } from './query-runner.ts'
import { rankedLeaf } from './ranked-leaf.ts'
import type { LevelAnswer } from './read-levels.ts'
import { readLevels } from './read-levels.ts'
import type { ResolvedMeasure, ResolvedQuery } from './resolve.ts'
import type { QueryPart } from './resolve-parts.ts'
import { measuresOf, resolveParts } from './resolve-parts.ts'
import { resultFields } from './result-shape.ts'
import type { QueryTools } from './query-tools.ts'
import { dialectOf, filterClock, nests, planLimits, queryLimits, targetOf } from './query-tools.ts'
import { openQuestion } from './open-question.ts'
import type { EdgeConditions, Restriction } from './top-members.ts'
import type { RankingTools } from './top-restrictions.ts'
import { partConditions, topRestrictions } from './top-restrictions.ts'

/** Everything a crosstab is laid out from; the same for every way to sort it and to show its numbers. */
export interface Levels {
  readonly input: SpreadInput
  /** The same over members that are not shown, where totals cover those too. */
  readonly unfiltered?: SpreadInput | undefined
  readonly empties?: GridEmpties | undefined
  readonly fields: {
    readonly rows: readonly ResultDimension[]
    readonly columns: readonly ResultDimension[]
  }
  /** In the order asked. */
  readonly measures: readonly ResolvedMeasure[]
  /** Measures computed from others, and what LASTDAY() gives in them. */
  readonly formulas: readonly SpreadFormula[]
  readonly lastDay: number | null
  /** What a top-N left. */
  readonly restrictions: readonly Restriction[]
  /** Fact tables whose rows are counted. */
  readonly parts: number
  readonly dataAsOf: string
  readonly version: number
  readonly warnings: readonly z.infer<typeof QueryWarning>[]
}

export interface AskContext {
  readonly catalog: QueryCatalog
  readonly tools: QueryTools
  readonly signal: AbortSignal
}

/** A question for the members another one was answered for, turned to other days where there are any. */
export interface Elsewhere {
  readonly days?: OtherDays | undefined
  readonly restrictions: readonly Restriction[]
}

export async function askLevels(
  question: ReportQuery,
  { catalog, tools, signal }: AskContext,
  elsewhere?: Elsewhere,
): Promise<Levels> {
  const expanded = expandFormulas(question, catalog)
  const { query } = expanded
  const parts = resolveParts(query, catalog)
  if (!parts.ok) throw new AppErrorException(parts.error)
  const ask = rankingTools(tools, signal)
  const restrictions = elsewhere?.restrictions ?? (await topRestrictions(query, catalog, ask))
  const days = elsewhere?.days
  const asked: AskedPart[] = []
  for (const found of parts.value) {
    const part = days ? { ...found, resolved: onOtherDays(found.resolved, days) } : found
    const conditions = await partConditions(part, restrictions, ask)
    const within = days ? [onlyDays(part.resolved, days.spans)] : []
    asked.push({ ...part, ...conditions, within, tops: restrictions, days })
  }
  if (!elsewhere) await refuseTooLarge(asked, tools, signal)
  const beside: Beside = {
    empties: await emptyMembers(parts.value[0]?.resolved, catalog, tools, signal),
    unfiltered:
      query.totals.over === 'all'
        ? await unfilteredParts(query, catalog, restrictions, ask)
        : undefined,
  }
  return { ...(await levelsOf(expanded, asked, { tools, signal }, beside)), restrictions }
}

/** Of the question that ranks for a top-N: cut by the engine to what it may keep. */
export function rankedLevels(
  asked: Expanded,
  part: AskedPart,
  ranked: TopN | undefined,
  run: Running,
): Promise<Levels> {
  // Members of a period are ranked among its own; periods themselves by what stands in each.
  const last = { axis: 'rows' as const, index: part.resolved.rows.length - 1 }
  const tops = [...(part.tops ?? []), { ...last, others: false, isRanked: true }]
  return levelsOf(asked, [{ ...part, tops }], run, { ranked })
}

type Running = Pick<AskContext, 'tools' | 'signal'>

export function rankingTools(tools: QueryTools, signal: AbortSignal): RankingTools {
  return {
    clockFor: (query) => filterClock(query, tools, signal),
    rank: async (asked, part, top) => {
      // A formula is known only here: its members come whole and are ranked here too.
      const ranked = asked.formulas.length === 0 ? top : undefined
      return layOut(asked.query, await rankedLevels(asked, part, ranked, { tools, signal }))
    },
  }
}

/** With what a top-N decided before means for it. */
export interface AskedPart extends QueryPart, EdgeConditions {
  /** The days of a comparison. */
  readonly within?: readonly Expr[]
  readonly days?: OtherDays | undefined
  readonly tops?: CarryAsk['tops']
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
    asked.push({ ...part, ...(await partConditions(part, standing, ask)), tops: standing })
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
  readonly carry: CarryQuestion
  carried: readonly CarriedAnswer[]
}

async function levelsOf(
  { query, formulas, gives, lastDay }: Expanded,
  parts: readonly AskedPart[],
  { tools, signal }: Running,
  beside: Beside,
): Promise<Levels> {
  const answers = await answerParts(parts, tools, signal, beside.ranked)
  const whole = await answerParts(beside.unfiltered ?? [], tools, signal)
  const { empties } = beside
  for (const asked of [answers, whole]) await carryForward(asked)
  const lists = await memberLists([...answers, ...whole], empties, tools, signal)
  const first = parts[0]?.resolved
  const sources = parts.map(({ resolved }) => resolved.base.dataset)
  return {
    input: inputOf(answers, lists),
    unfiltered: beside.unfiltered && inputOf(whole, lists),
    empties: empties && emptyLines(empties, first, lists),
    fields: {
      rows: resultFields(query, 'rows', first, lists),
      columns: resultFields(query, 'columns', first, lists.slice(query.rows.length)),
    },
    measures: measuresOf(query, parts, gives),
    ...{ formulas, lastDay },
    restrictions: [],
    parts: parts.length,
    // Of several datasets the oldest state is what the answer as a whole is true of.
    dataAsOf: sources.map(({ dataAsOf }) => dataAsOf).toSorted()[0] ?? '',
    version: sources[0]?.version ?? 0,
    warnings: [],
  }
}

function inputOf(answers: readonly PartAnswer[], lists: readonly KeyMembers[]): SpreadInput {
  const inputs = answers.map(({ part, plan, leaf, levels, carried }) => ({
    input: readLevels(part.resolved, plan, leaf, levels, lists, carried),
    places: part.places,
  }))
  return mergeInputs(inputs)
}

/** Periods are shown that any of the fact tables has rows of. */
async function carryForward(answers: PartAnswer[]): Promise<void> {
  const shown = (dimension: number): readonly Member[] => {
    const key = answers[0]?.plan.keys[dimension]?.key
    if (!key) return []
    const list = new KeyMembers(key)
    for (const { leaf } of answers) {
      const column = leaf.columns.get(keyName(dimension))
      for (let row = 0; column && row < leaf.rows; row++) list.indexAt(column, row)
    }
    // Those without rows stand between the first and the last.
    list.allPeriods()
    return list.members
  }
  const periods = new Map<number, KeyMembers>()
  for (const { carry } of answers) await restPeriods(carry, periods)
  const rest = (dimension: number): readonly Member[] => periods.get(dimension)?.members ?? []
  for (const one of answers) one.carried = await carriedAnswers(one.carry, shown, rest)
}

async function answerParts(
  parts: readonly AskedPart[],
  tools: QueryTools,
  signal: AbortSignal,
  ranked?: TopN,
): Promise<PartAnswer[]> {
  const answers: PartAnswer[] = []
  for (const part of parts) answers.push(await answerPart(part, tools, signal, ranked))
  return answers
}

async function answerPart(
  part: AskedPart,
  tools: QueryTools,
  signal: AbortSignal,
  ranked: TopN | undefined,
): Promise<PartAnswer> {
  const { resolved, members, cutAt, named, within, tops, days } = part
  const clock = await filterClock(resolved, tools, signal)
  const target = targetOf(resolved)
  const run = (node: Select): Promise<RawAnswer> =>
    tools.runner.run(target, print(node, dialectOf(resolved)), signal)
  const maxBitBytes = tools.bitBytes ?? planLimits.maxBitBytes
  const own = { members, cutAt, named, within, nests: nests(resolved), tops, days }
  const options = { clock, ...planLimits, maxBitBytes, ...own }
  const bounded = planQuery(resolved, options)
  const groups = await countedGroups(bounded, run)
  const plan = groups === undefined ? bounded : planQuery(resolved, { ...options, groups })
  refuseBalances(plan, resolved)
  // Without named selects the groups come whole: they are bounded, and ranked here.
  const cuts = ranked && dialectOf(resolved).namesSelects !== false
  const leaf = await run(cuts ? rankedLeaf(plan, ranked, dialectOf(resolved)) : plan.leaf)
  if (leaf.rows > queryLimits.groups) {
    const details = { groups: leaf.rows, limit: queryLimits.groups }
    throw new AppErrorException(appError('query/tooLarge', details))
  }
  const levels: LevelAnswer[] = []
  for (const level of plan.levels) {
    levels.push({ level, measures: level.measures, answer: await run(level.select) })
  }
  const carry = { resolved, plan, options, run }
  return { part, plan, leaf, levels, carry, carried: [] }
}

/** A server of PostgreSQL's kin that names no selects has no value at an edge either. */
function refuseBalances({ measures }: QueryPlan, resolved: ResolvedQuery): void {
  if (!nests(resolved)) return
  const nested = dialectOf(resolved).name === 'clickhouse'
  const at = measures.findIndex(({ kind }) => kind === 'balance' && !nested)
  if (at < 0) return
  const name = resolved.measures[at]?.name ?? ''
  throw new AppErrorException(appError('query/invalid', { reason: 'serverBalance', name }))
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
  const answers = parts.flatMap(({ leaf, levels, carried }) => [
    leaf,
    ...[...levels, ...carried].map((one) => one.answer),
  ])
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
