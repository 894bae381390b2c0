/** Which questions a comparison asks, round by round: lines of one round share no day. */
import type { DayKeys } from '../../../../shared/calendar/calendar-grains.ts'
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import type { DayStep } from '../../../../shared/calendar/day-map.ts'
import { gapKey } from '../../../../shared/calendar/day-map.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { united } from '../../../../shared/query/member-span.ts'
import type { AxisField, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellGrid } from '../../../../shared/query/spread/cell-grid.ts'
import type { Elsewhere, Levels } from '../ask-levels.ts'
import type { Restriction } from '../top-members.ts'
import { contextOf } from '../top-members.ts'
import type { OtherDays } from './run-compared.ts'
import type { ComparedPath, CompareFacts, DateLevel } from './compared-days.ts'
import { ComparedDays, dateLevels, disjointRounds, splitFilters } from './compared-days.ts'

/** More rounds than these are asked of nobody: daily lines with sums to date, say. */
const mostRounds = 60
/** Others of periods that differ from member to member are a round each. */
const mostOthers = 300

export interface Round extends Elsewhere {
  readonly days: OtherDays
  readonly query: ReportQuery
  readonly axis: 'rows' | 'columns'
  /** Lines of the answer that count: their path on the axis of the dates is at least so long, and no longer than that. */
  readonly least: number
  readonly below: number
  /** Where they are of some lines alone: their paths so far as the least. */
  readonly only?: ReadonlySet<string> | undefined
}

/** What a line of an edge is named by. */
export const lineKey = (path: readonly Member[]): string => JSON.stringify(path)

/** Date levels with a top-N that has Others, in the order of the levels. */
export function othersLevels(facts: CompareFacts): DateLevel[] {
  return dateLevels(facts).filter(
    ({ axis, index }) => facts.query[axis][index]?.top?.others === true,
  )
}

/** Every path of the date levels, whatever a top-N leaves. */
export function periodsQuestion(facts: CompareFacts): ReportQuery {
  const { query } = facts
  return {
    ...contextOf(query),
    dataset: query.dataset,
    rows: dateLevels(facts).map(({ grain }) => ({ field: facts.compare.field, grain })),
    columns: [],
    measures: [{ aggregate: 'count', as: 'rows' }],
    filters: query.filters,
    totals: { rows: 'none', columns: 'none' },
  }
}

export class ComparedRounds {
  readonly #facts: CompareFacts
  readonly #own: Levels
  readonly #grid: CellGrid
  readonly #days: ComparedDays
  readonly #kept: ReportQuery['filters']
  readonly #levels: readonly DateLevel[]
  readonly #known = new Map<number, readonly (readonly Member[])[]>()
  readonly #unit: ReturnType<typeof splitFilters>['unit']

  constructor(
    facts: CompareFacts,
    own: Levels,
    grid: CellGrid,
    periods: readonly (readonly Member[])[],
  ) {
    this.#facts = facts
    this.#own = own
    this.#grid = grid
    const { kept, spans, unit } = splitFilters(facts)
    this.#kept = kept
    this.#unit = unit
    this.#days = new ComparedDays(facts, spans, periods)
    this.#levels = dateLevels(facts)
  }

  get warnings() {
    return this.#days.warnings
  }

  rounds(): Round[] {
    const rounds: Round[] = []
    const [outermost] = this.#levels
    const others: Round[] = []
    const byLevel = this.#levels.map((_level, at) => this.#paths(this.#levels.slice(0, at + 1)))
    this.#levels.forEach((level, at) => {
      const below = this.#levels[at + 1]?.index ?? Infinity
      const levels = this.#levels.slice(0, at + 1)
      const together = (byLevel[at] ?? []).filter((one) => this.#isSame(one))
      const apart = this.#othersApart(levels)
      const ground = daysOf([...together, ...apart.map(({ path }) => path)])
      for (const paths of disjointRounds(together)) {
        rounds.push(this.#round(paths, levels, level, below, ground))
      }
      for (const { path, only } of apart) {
        others.push({ ...this.#round([path], levels, level, below, ground), only })
      }
    })
    // What is above all periods covers the days its lines cover.
    const total: ComparedPath = outermost
      ? { members: [], spans: (byLevel[0] ?? []).flatMap(({ spans }) => spans) }
      : this.#days.whole(this.#unit)
    if (total.spans.length > 0) {
      const whole = daysOf([total])
      rounds.push(this.#round([total], [], undefined, outermost?.index ?? Infinity, whole))
    }
    if (rounds.length > mostRounds) {
      throw new AppErrorException(
        appError('query/invalid', { reason: 'tooManyPeriods', count: rounds.length }),
      )
    }
    if (others.length > mostOthers) {
      throw new AppErrorException(
        appError('query/invalid', { reason: 'tooManyOthers', count: others.length }),
      )
    }
    return [...rounds, ...others]
  }

  /** Lines of Others that stand for other periods under every member: those that stand for the same ones together. */
  #othersApart(
    levels: readonly DateLevel[],
  ): { readonly path: ComparedPath; readonly only: Set<string> }[] {
    const found = new Map<string, { readonly path: ComparedPath; readonly only: Set<string> }>()
    for (const line of this.#lines(levels)) {
      const members = levels.map(({ index }) => line[index] ?? null)
      if (members.includes(null) || this.#isSame({ members })) continue
      const path = this.#days.path(levels, members, (at) => this.#besideUnder(levels, at, line))
      if (path.spans.length === 0) continue
      const key = JSON.stringify(path)
      const known = found.get(key) ?? { path, only: new Set<string>() }
      known.only.add(lineKey(line))
      found.set(key, known)
    }
    return [...found.values()]
  }

  /** Periods with lines under the same members of other fields, down to a level. */
  #besideUnder(
    levels: readonly DateLevel[],
    at: number,
    line: readonly Member[],
  ): (readonly Member[])[] {
    const down = levels.slice(0, at + 1)
    const dated = new Set(down.map(({ index }) => index))
    return this.#lines(down)
      .filter((one) => one.every((member, index) => dated.has(index) || member === line[index]))
      .map((one) => down.map(({ index }) => one[index] ?? null))
  }

  /** Paths of the lines of a level, shown or not. */
  #lines(levels: readonly DateLevel[]): readonly (readonly Member[])[] {
    const last = levels.at(-1)
    if (!last) return []
    const known = this.#known.get(last.index)
    if (known) return known
    const tree = this.#grid[last.axis]
    const lists = last.axis === 'rows' ? this.#own.input.rowMembers : this.#own.input.columnMembers
    const lines = tree.depths.flatMap((depth, node) =>
      depth === last.index + 1
        ? [tree.pathOf(node).map((member, at) => lists[at]?.members[member] ?? null)]
        : [],
    )
    this.#known.set(last.index, lines)
    return lines
  }

  /** Under another field, Others is other periods for every member of it. */
  #isSame({ members }: Pick<ComparedPath, 'members'>): boolean {
    return members.every((member, at) => member !== othersMember || this.#levels[at]?.index === at)
  }

  /** Every path of date members that the answer has, shown or not. */
  #paths(levels: readonly DateLevel[]): ComparedPath[] {
    const found = new Map<string, readonly Member[]>()
    for (const line of this.#lines(levels)) {
      const members = levels.map(({ index }) => line[index] ?? null)
      if (!members.includes(null)) found.set(lineKey(members), members)
    }
    const all = [...found.values()]
    return all.map((members) => this.#days.path(levels, members, () => all))
  }

  #round(
    paths: readonly ComparedPath[],
    levels: readonly DateLevel[],
    level: DateLevel | undefined,
    below: number,
    ground: readonly DaySpan[],
  ): Round {
    const { query, compare } = this.#facts
    const axis = level?.axis ?? this.#levels[0]?.axis ?? 'rows'
    const cut = (uses: readonly AxisField[], of: 'rows' | 'columns') =>
      (of === axis ? uses.slice(0, below) : uses).map(({ sort, top, empty, ...use }) => use)
    const keys = new Map(
      levels.map((one, at) => [`${one.axis}.${one.index}`, keysOf(paths, at)] as const),
    )
    const isCut = ({ axis: of, index }: Restriction): boolean => of === axis && index >= below
    const others = this.#own.restrictions.filter(
      ({ axis: of, index }) => query[of][index]?.field !== compare.field,
    )
    const cuts = others.filter(isCut).flatMap((one) => this.#anyKept(one))
    return {
      query: {
        ...query,
        rows: cut(query.rows, 'rows'),
        columns: cut(query.columns, 'columns'),
        filters: [...this.#kept, ...cuts, { field: compare.field, op: 'notBlank' }],
        totals: { rows: 'all', columns: 'all' },
      },
      days: { field: compare.field, spans: daysOf(paths), ground, keys, cuts: cuts.length },
      // A top-N is decided by the days asked, and its members stay those of the comparison.
      restrictions: others.filter((one) => !isCut(one)),
      axis,
      least: level ? level.index + 1 : 0,
      below,
    }
  }

  /** Of a top-N below the levels of a round: the members kept anywhere. With Others it leaves out no rows. */
  #anyKept({ axis, index, others, kept }: Restriction): ReportQuery['filters'] {
    const use = this.#facts.query[axis][index]
    if (!use || others) return []
    const members = new Set([...kept.values()].flat().map((path) => path.at(-1) ?? null))
    const grain = use.grain === undefined ? {} : { grain: use.grain }
    return [{ field: use.field, ...grain, op: 'in', values: [...members] }]
  }
}

const daysOf = (paths: readonly ComparedPath[]): DaySpan[] =>
  united(paths.flatMap(({ spans }) => spans))

/** Days to the members of one date level; paths of a round share no day. */
function keysOf(paths: readonly ComparedPath[], level: number): DayKeys {
  const members: Member[] = []
  const steps: DayStep[] = []
  const spans = paths.flatMap((path) => path.spans.map((span) => ({ ...span, path })))
  spans.sort((a, b) => a.first - b.first)
  for (const { first, last, path } of spans) {
    const member = path.members[level] ?? null
    const known = members.indexOf(member)
    const key = known < 0 ? members.push(member) - 1 : known
    const flat = { origin: first, every: 0 }
    steps.push({ from: first, key, ...flat }, { from: last + 1, key: gapKey, ...flat })
  }
  return {
    map: { kind: 'ladder', steps: withoutEmptyGaps(steps), end: (spans.at(-1)?.last ?? 0) + 1 },
    memberOf: (key) => members[key] ?? null,
    keyOf: (member) => (members.includes(member) ? members.indexOf(member) : undefined),
  }
}

/** A gap that ends on the day it begins is none. */
function withoutEmptyGaps(steps: readonly DayStep[]): DayStep[] {
  return steps.filter(({ from }, at) => steps[at + 1]?.from !== from)
}
