/** Asks balances that are carried forward, once the periods that are shown are known, and reads what engines say. */
import type { DaySpan } from '../../../shared/calendar/comparison.ts'
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { Member } from '../../../shared/data/cell-value.ts'
import { othersMember } from '../../../shared/data/cell-value.ts'
import type {
  CarriedLevel,
  ExactValues,
  LevelRows,
} from '../../../shared/query/spread/level-input.ts'
import type { Select } from '../sql/nodes.ts'
import { output, select } from '../sql/nodes.ts'
import type { CarryPlan } from './carry-plan.ts'
import { carriedColumns, carrySelect, nestedCarrySelect } from './carry-select.ts'
import { groupKey } from './field-access.ts'
import { KeyMembers } from './key-members.ts'
import { fromClause, whereClause } from './plan.ts'
import type { PlanOptions, QueryPlan } from './plan.ts'
import type { Level } from './plan-levels.ts'
import { keyName } from './planned-keys.ts'
import { keptKeys } from './plan-levels.ts'
import { queryLimits } from './query-tools.ts'
import type { RawAnswer } from './query-runner.ts'
import type { ResolvedQuery } from './resolve.ts'

export interface CarriedAnswer {
  readonly carry: CarryPlan
  readonly level: Level
  readonly bounds: readonly number[]
  readonly answer: RawAnswer
  /** By key all periods there are, where those without a line stand together. */
  readonly rest: (key: number) => readonly Member[]
}

export interface CarryQuestion {
  readonly resolved: ResolvedQuery
  readonly plan: QueryPlan
  readonly options: Pick<PlanOptions, 'clock' | 'members' | 'cutAt' | 'within' | 'nests'>
  readonly run: (node: Select) => Promise<RawAnswer>
}

/** Without those that keep to the periods a top-N leaves: what was told in others stands in these. */
const membersLeft = ({ tops }: CarryPlan, { members, cutAt = [] }: CarryQuestion['options']) =>
  members.filter((_member, at) => !tops.has(cutAt[at] ?? -1))

/** Every period there is of fields whose others stand together, put to those known of other fact tables. */
export async function restPeriods(
  { resolved, plan, options, run }: CarryQuestion,
  known: Map<number, KeyMembers>,
): Promise<void> {
  const met = new Set<number>()
  for (const carry of plan.carried) {
    for (const [dimension, kind] of carry.tops) {
      const at = [...resolved.rows, ...resolved.columns][dimension]
      if (kind !== 'others' || met.has(dimension) || !at) continue
      met.add(dimension)
      const { expr, key } = groupKey(at, at.grain)
      const where = whereClause(resolved, { ...options, members: membersLeft(carry, options) })
      const columns = [{ expr, as: keyName(dimension) }]
      const answer = await run(
        select({ ...fromClause(resolved, where), columns, groupBy: [output(keyName(dimension))] }),
      )
      const list = known.get(dimension) ?? new KeyMembers(key)
      known.set(dimension, list)
      const column = answer.columns.get(keyName(dimension))
      for (let row = 0; column && row < answer.rows; row++) list.indexAt(column, row)
    }
  }
}

/** `shown` are the members of a date's level that have lines, `rest` all there are where others stand together. */
export async function carriedAnswers(
  { resolved, plan, options, run }: CarryQuestion,
  shown: (dimension: number) => readonly Member[],
  rest: (dimension: number) => readonly Member[],
): Promise<CarriedAnswer[]> {
  const answers: CarriedAnswer[] = []
  for (const carry of plan.carried) {
    const within = carry.elsewhere ? [] : options.within
    const members = membersLeft(carry, options)
    const where = whereClause({ ...resolved, filters: carry.filters }, { ...options, members, within }) // prettier-ignore
    const periods = (key: number): readonly Member[] => [...shown(key), ...rest(key)]
    const base = fromClause(resolved, where)
    for (const level of carry.levels) {
      const kept = keptKeys(level, plan.rowDepth, plan.keys.length)
      const bounds = boundsOf(carry, kept, periods)
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
      answers.push({ carry, level, bounds, answer, rest })
    }
  }
  return answers
}

/** First days of the periods shown and the days after them, within what is asked about. */
function boundsOf(
  { periods, within, tops }: CarryPlan,
  kept: readonly number[],
  members: (dimension: number) => readonly Member[],
): number[] {
  const cut = [...tops].flatMap(([key, kind]) => (kind === 'cut' ? [key] : []))
  const spans: (DaySpan | undefined)[] = [...new Set([...kept, ...cut])].flatMap((key) => {
    const days = periods.get(key)
    return days ? [...members(key).map(days.of), ...days.always] : []
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
  { carry, bounds, rest }: CarriedAnswer,
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
  const tops = carry.tops.size === 0 ? undefined : cutPeriods(carry, lists, rest)
  const base = { ...rows, days, within: carry.within, from, tops }
  const told = valuesOf(carriedColumns.told)
  const firsts = valuesOf(carriedColumns.firsts)
  if (reading.raw(carriedColumns.fresh).length > 0 || rows.count === 0) {
    const replaced = valuesOf(carriedColumns.replaced)
    return { ...base, told, replaced, firsts, fresh: numbers(carriedColumns.fresh) }
  }
  return { ...base, told, ...ownersInTurn(reading, from, told, firsts) }
}

function cutPeriods(
  { tops, periods }: CarryPlan,
  lists: readonly KeyMembers[],
  rest: (key: number) => readonly Member[],
): NonNullable<CarriedLevel['tops']> {
  return new Map(
    [...periods].map(([key, days]) => {
      const kind = tops.get(key)
      const list = lists[key]
      const memberOf = (member: number): Member => list?.members[member] ?? null
      return [
        key,
        {
          isCut: kind === 'cut',
          isOthers: (member: number) => kind === 'others' && memberOf(member) === othersMember,
          daysOf: (member: number) => days.of(memberOf(member)),
          restBeside: (named: readonly number[]) => {
            const known = new Set(named.map(memberOf))
            return rest(key).flatMap((one) => (known.has(one) ? [] : (days.of(one) ?? [])))
          },
        },
      ] as const
    }),
  )
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
