/** Asks balances that are carried forward, once the periods that are shown are known, and reads what engines say. */
import type { DaySpan } from '../../../shared/calendar/comparison.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { Member } from '../../../shared/data/cell-value.ts'
import type {
  CarriedLevel,
  ExactValues,
  LevelRows,
} from '../../../shared/query/spread/level-input.ts'
import type { Select } from '../sql/nodes.ts'
import type { CarryPlan } from './carry-plan.ts'
import { carriedColumns, carrySelect, nestedCarrySelect } from './carry-select.ts'
import type { KeyMembers } from './key-members.ts'
import { fromClause, whereClause } from './plan.ts'
import type { PlanOptions, QueryPlan } from './plan.ts'
import type { Level } from './plan-levels.ts'
import { keptKeys } from './plan-levels.ts'
import { queryLimits } from './query-tools.ts'
import type { RawAnswer } from './query-runner.ts'
import type { ResolvedQuery } from './resolve.ts'

export interface CarriedAnswer {
  readonly carry: CarryPlan
  readonly level: Level
  readonly bounds: readonly number[]
  readonly answer: RawAnswer
}

export interface CarryQuestion {
  readonly resolved: ResolvedQuery
  readonly plan: QueryPlan
  readonly options: Pick<PlanOptions, 'clock' | 'members' | 'within' | 'nests'>
  readonly run: (node: Select) => Promise<RawAnswer>
}

/** `shown` are the members of a date's level that have lines. */
export async function carriedAnswers(
  { resolved, plan, options, run }: CarryQuestion,
  shown: (dimension: number) => readonly Member[],
): Promise<CarriedAnswer[]> {
  const answers: CarriedAnswer[] = []
  for (const carry of plan.carried) {
    const within = carry.elsewhere ? [] : options.within
    const where = whereClause({ ...resolved, filters: carry.filters }, { ...options, within })
    const base = fromClause(resolved, where)
    for (const level of carry.levels) {
      const kept = keptKeys(level, plan.rowDepth, plan.keys.length)
      const bounds = boundsOf(carry, kept, shown)
      if (bounds.length === 0) continue
      const limit = queryLimits.groups + 1
      const at = {
        ...{ base, keys: plan.keys, bounds, limit },
        kept: kept.filter((key) => !carry.periods.has(key)),
      }
      const answer = await run(
        options.nests ? nestedCarrySelect(carry, at) : carrySelect(carry, at),
      )
      if (answer.rows > queryLimits.groups) {
        const details = { groups: answer.rows, limit: queryLimits.groups }
        throw new AppErrorException(appError('query/tooLarge', details))
      }
      answers.push({ carry, level, bounds, answer })
    }
  }
  return answers
}

/** First days of the periods shown and the days after them, within what is asked about. */
function boundsOf(
  { periods, within }: CarryPlan,
  kept: readonly number[],
  shown: (dimension: number) => readonly Member[],
): number[] {
  const spans: (DaySpan | undefined)[] = kept.flatMap((key) => {
    const days = periods.get(key)
    return days ? [...shown(key).map(days.of), ...days.always] : []
  })
  const bounds = new Set<number>()
  for (const span of [...spans, within]) {
    if (!span) continue
    const first = Math.max(span.first, within?.first ?? span.first)
    const last = Math.min(span.last, within?.last ?? span.last)
    if (first <= last) bounds.add(first).add(last + 1)
  }
  return [...bounds].sort((a, b) => a - b)
}

/** What reading an answer's columns takes. */
export interface CarryReading {
  readonly rows: LevelRows
  readonly numbers: (name: string) => Float64Array
  readonly exact: (name: string) => ExactValues
  readonly raw: (name: string) => readonly unknown[]
  readonly lists: readonly KeyMembers[]
  readonly kept: readonly number[]
}

export function carriedLevel(
  { carry, bounds }: CarriedAnswer,
  reading: CarryReading,
): CarriedLevel {
  const { rows, numbers, exact, lists, kept } = reading
  const valuesOf = carry.plan.scale === null ? numbers : exact
  const from = numbers(carriedColumns.stretch).map((at) => bounds[at - 1] ?? -Infinity)
  const days = kept.map((key) => {
    const days = carry.periods.get(key)
    const list = lists[key]
    return days && list ? remembered((member) => days.of(list.members[member] ?? null)) : undefined
  })
  const base = { ...rows, days, within: carry.within, from }
  const told = valuesOf(carriedColumns.told)
  const firsts = valuesOf(carriedColumns.firsts)
  if (reading.raw(carriedColumns.fresh).length > 0 || rows.count === 0) {
    const replaced = valuesOf(carriedColumns.replaced)
    return { ...base, told, replaced, firsts, fresh: numbers(carriedColumns.fresh) }
  }
  return { ...base, told, ...ownersInTurn(reading, from, told, firsts) }
}

/** Of rows of single owners: what each replaces, and which are the first of theirs. */
function ownersInTurn(
  { rows, raw }: CarryReading,
  from: Float64Array,
  told: ExactValues,
  firsts: ExactValues,
): Pick<CarriedLevel, 'replaced' | 'firsts' | 'fresh'> {
  const owners = raw(carriedColumns.owner)
  const order = Array.from({ length: rows.count }, (_, row) => row)
  order.sort((a, b) => (from[a] ?? 0) - (from[b] ?? 0))
  const before = new Map<string, number>()
  const previous = new Int32Array(rows.count).fill(-1)
  for (const row of order) {
    const key = [...rows.keys.map((keys) => keys[row]), String(owners[row])].join(' ')
    previous[row] = before.get(key) ?? -1
    before.set(key, row)
  }
  const taken = (values: ExactValues, at: (row: number) => number): ExactValues =>
    values instanceof Float64Array
      ? Float64Array.from(previous, (_before, row) => values[at(row)] ?? NaN)
      : Array.from(previous, (_before, row) => values[at(row)] ?? null)
  return {
    replaced: taken(told, (row) => previous[row] ?? -1),
    firsts: taken(firsts, (row) => ((previous[row] ?? -1) < 0 ? row : -1)),
    fresh: Float64Array.from(previous, (row) => Number(row < 0)),
  }
}

/** Lists grow while an answer is laid out, hence no table beforehand. */
function remembered(
  daysOf: (member: number) => DaySpan | undefined,
): (member: number) => DaySpan | undefined {
  const known = new Map<number, DaySpan | undefined>()
  return (member) => {
    if (!known.has(member)) known.set(member, daysOf(member))
    return known.get(member)
  }
}
