/** A question with measures over other days: asked as it stands, then once more for every set of other days. */
import type { DayKeys } from '../../../../shared/calendar/calendar-grains.ts'
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import type { DayStep } from '../../../../shared/calendar/day-map.ts'
import { gapKey } from '../../../../shared/calendar/day-map.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { Outcome } from '../../../../shared/errors.ts'
import { AppErrorException, appError, ok } from '../../../../shared/errors.ts'
import type { MeasureCompare } from '../../../../shared/query/measure-compare.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import type { AxisField, Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import { baseMeasure } from '../../../../shared/query/report-query.ts'
import { findDataset, locateField } from '../locate-field.ts'
import type { QueryCatalog } from '../query-catalog.ts'
import { calendarOf } from '../resolve.ts'
import type { QueryFailure } from '../run-query.ts'
import type { ComparedPath, CompareFacts, DateLevel } from './compared-days.ts'
import { ComparedDays, dateLevels, disjointRounds, splitFilters } from './compared-days.ts'
import type { ValueAt } from './merge-compared.ts'
import { mergedColumn, shownMeasure } from './merge-compared.ts'

/** Other days for a question: keys for its date levels, and the days it is restricted to. */
export interface OtherDays {
  readonly field: string
  readonly spans: readonly DaySpan[]
  readonly keys: ReadonlyMap<string, DayKeys>
}

/** More rounds than these are asked of nobody: daily lines with sums to date, say. */
const mostRounds = 60

/** A compared measure is neither shown beside others nor totalled in a second pass. */
function bare(measure: Measure): Measure {
  const { compare, ...base } = baseMeasure(measure)
  return base
}

const asked = (measure: Measure): Measure =>
  measure.compare ? { ...bare(measure), hidden: measure.hidden } : measure

export const isCompared = (query: ReportQuery): boolean =>
  query.measures.some(({ compare }) => compare !== undefined)

type Answered = Outcome<QueryResult, QueryFailure>

export async function runCompared(
  question: ReportQuery,
  catalog: QueryCatalog,
  run: (query: ReportQuery, days?: OtherDays) => Promise<Answered>,
): Promise<Answered> {
  const own = await run({ ...question, measures: question.measures.map(asked) })
  if (!own.ok) return own
  // Hidden measures are not answered: places are those of the others.
  const query = { ...question, measures: question.measures.filter(({ hidden }) => hidden !== true) }
  const merged = new Merging(query, own.value)
  const shared = new Map<string, number[]>()
  query.measures.forEach(({ compare }, place) => {
    if (compare) {
      const { show, ...days } = compare
      shared.set(JSON.stringify(days), [...(shared.get(JSON.stringify(days)) ?? []), place])
    }
  })
  for (const places of shared.values()) {
    const failed = await comparePlaces(query, places, catalog, merged, run)
    if (failed) return failed
  }
  return ok(merged.result())
}

async function comparePlaces(
  query: ReportQuery,
  places: readonly number[],
  catalog: QueryCatalog,
  merged: Merging,
  run: (query: ReportQuery, days?: OtherDays) => Promise<Answered>,
): Promise<Answered | undefined> {
  const compare = query.measures[places[0] ?? 0]?.compare
  if (!compare) return undefined
  const facts = factsOf(query, compare, catalog)
  if (!facts) return undefined
  const measures = places.flatMap((place) => query.measures[place] ?? []).map(bare)
  const toDateOnly = { ...compare, with: undefined }
  // What a to-date comparison is compared from is itself a sum to date.
  const sides =
    compare.toDate && compare.with ? ([compare, toDateOnly] as const) : ([compare] as const)
  for (const [side, of] of sides.entries()) {
    const asking = new Asking({ ...facts, compare: of }, merged.own)
    for (const round of asking.rounds()) {
      const answer = await run({ ...round.query, measures }, round.days)
      if (!answer.ok) return answer
      merged.add(places, side === 0 ? 'other' : 'own', round, answer.value)
    }
    if (side === 0) merged.warn(asking.warnings)
  }
  return undefined
}

function factsOf(
  query: ReportQuery,
  compare: MeasureCompare,
  catalog: QueryCatalog,
): CompareFacts | undefined {
  const base = findDataset(query.dataset, catalog)
  const place = base && locateField(compare.field, base, catalog)
  if (!place) {
    throw new AppErrorException(
      appError('query/invalid', { reason: 'unknownField', field: compare.field }),
    )
  }
  const { lastDay } = place.dataset
  if (lastDay === null) return undefined
  return { query, compare, calendar: calendarOf(query, catalog), lastDay }
}

interface Round {
  readonly query: ReportQuery
  readonly days: OtherDays
  /** Lines of the answer that count: their path is at least so long on this edge, and shorter than `below`. */
  readonly level: DateLevel | undefined
  readonly below: number
}

class Asking {
  readonly #facts: CompareFacts
  readonly #own: QueryResult
  readonly #days: ComparedDays
  readonly #kept: ReportQuery['filters']
  readonly #levels: readonly DateLevel[]
  readonly #unit: ReturnType<typeof splitFilters>['unit']

  constructor(facts: CompareFacts, own: QueryResult) {
    this.#facts = facts
    this.#own = own
    const { kept, spans, unit } = splitFilters(facts)
    this.#kept = kept
    this.#unit = unit
    this.#days = new ComparedDays(facts, spans)
    this.#levels = dateLevels(facts)
  }

  get warnings() {
    return this.#days.warnings
  }

  rounds(): Round[] {
    const rounds: Round[] = []
    const [outermost] = this.#levels
    const byLevel = this.#levels.map((_level, at) => this.#paths(this.#levels.slice(0, at + 1)))
    this.#levels.forEach((level, at) => {
      const below = this.#levels[at + 1]?.index ?? Infinity
      for (const paths of disjointRounds(byLevel[at] ?? [])) {
        rounds.push(this.#round(paths, this.#levels.slice(0, at + 1), level, below))
      }
    })
    // What is above all periods covers the days its lines cover.
    const total: ComparedPath = outermost
      ? { members: [], spans: (byLevel[0] ?? []).flatMap(({ spans }) => spans) }
      : this.#days.whole(this.#unit)
    if (total.spans.length > 0) {
      rounds.push(this.#round([total], [], undefined, outermost?.index ?? Infinity))
    }
    if (rounds.length > mostRounds) {
      throw new AppErrorException(
        appError('query/invalid', { reason: 'tooManyPeriods', count: rounds.length }),
      )
    }
    return rounds
  }

  /** Every path of date members that the answer has. */
  #paths(levels: readonly DateLevel[]): ComparedPath[] {
    const last = levels.at(-1)
    if (!last) return []
    const found = new Map<string, ComparedPath>()
    for (const path of this.#own[last.axis].paths) {
      if (path.length <= last.index) continue
      const members = levels.map(({ index }) => path[index] ?? null)
      const key = JSON.stringify(members)
      if (!members.includes(null) && !found.has(key)) {
        found.set(key, this.#days.path(levels, members))
      }
    }
    return [...found.values()]
  }

  #round(
    paths: readonly ComparedPath[],
    levels: readonly DateLevel[],
    level: DateLevel | undefined,
    below: number,
  ): Round {
    const { query, compare } = this.#facts
    const axis = level?.axis ?? this.#levels[0]?.axis ?? 'rows'
    const cut = (uses: readonly AxisField[], of: 'rows' | 'columns') =>
      (of === axis ? uses.slice(0, below) : uses).map(({ sort, top, ...use }) => use)
    const keys = new Map(
      levels.map((one, at) => [`${one.axis}.${one.index}`, keysOf(paths, at)] as const),
    )
    return {
      query: {
        ...query,
        rows: cut(query.rows, 'rows'),
        columns: cut(query.columns, 'columns'),
        filters: [...this.#kept, ...this.#tops(), { field: compare.field, op: 'notBlank' }],
        totals: { rows: 'all', columns: 'all' },
      },
      days: { field: compare.field, spans: united(paths), keys },
      level,
      below,
    }
  }

  /** A top-N is decided by the days asked, and its members stay those of the comparison. */
  #tops(): ReportQuery['filters'] {
    const { query, compare } = this.#facts
    return (['rows', 'columns'] as const).flatMap((axis) =>
      query[axis].flatMap(({ field, grain, top }, index) => {
        if (!top || field === compare.field) return []
        const members = new Set(
          this.#own[axis].paths.flatMap((path) =>
            path.length > index ? [path[index] ?? null] : [],
          ),
        )
        return [{ field, ...(grain ? { grain } : {}), op: 'in' as const, values: [...members] }]
      }),
    )
  }
}

/** Spans that touch are one: an engine compares every day with every span. */
function united(paths: readonly ComparedPath[]): DaySpan[] {
  const made: DaySpan[] = []
  for (const span of paths.flatMap(({ spans }) => spans).sort((a, b) => a.first - b.first)) {
    const before = made.at(-1)
    if (before && span.first <= before.last + 1) {
      made[made.length - 1] = { first: before.first, last: Math.max(before.last, span.last) }
    } else made.push(span)
  }
  return made
}

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

class Merging {
  readonly own: QueryResult
  readonly #query: ReportQuery
  readonly #others = new Map<number, (ValueAt | undefined)[]>()
  readonly #owns = new Map<number, (ValueAt | undefined)[]>()
  readonly #warnings: QueryResult['warnings'] = []

  constructor(query: ReportQuery, own: QueryResult) {
    this.#query = query
    this.own = own
  }

  warn(warnings: QueryResult['warnings']): void {
    this.#warnings.push(...warnings)
  }

  /** Values of a round go to the cells of the same paths whose innermost period is the round's. */
  add(places: readonly number[], side: 'own' | 'other', round: Round, answer: QueryResult): void {
    const rows = indexOf(answer.rows.paths)
    const columns = indexOf(answer.columns.paths)
    const axis = round.level?.axis ?? (round.below === Infinity ? 'rows' : this.#dateAxis(places))
    const least = round.level ? round.level.index + 1 : 0
    const width = this.own.columns.paths.length
    this.own.rows.paths.forEach((rowPath, row) => {
      this.own.columns.paths.forEach((columnPath, column) => {
        const { length } = axis === 'rows' ? rowPath : columnPath
        if (length < least || length > round.below) return
        const [r, c] = [rows.get(JSON.stringify(rowPath)), columns.get(JSON.stringify(columnPath))]
        if (r === undefined || c === undefined) return
        places.forEach((place, index) => {
          const from = answer.cells[index]
          const at = r * answer.columns.paths.length + c
          if (from) this.#cells(side, place)[row * width + column] = { column: from, at }
        })
      })
    })
  }

  #dateAxis(places: readonly number[]): 'rows' | 'columns' {
    const field = this.#query.measures[places[0] ?? 0]?.compare?.field
    const periodic = (use: AxisField): boolean => use.field === field
    return this.#query.rows.some(periodic) ? 'rows' : 'columns'
  }

  #cells(side: 'own' | 'other', place: number): (ValueAt | undefined)[] {
    const map = side === 'own' ? this.#owns : this.#others
    const count = this.own.rows.paths.length * this.own.columns.paths.length
    const cells = map.get(place) ?? new Array<ValueAt | undefined>(count).fill(undefined)
    map.set(place, cells)
    return cells
  }

  result(): QueryResult {
    const count = this.own.rows.paths.length * this.own.columns.paths.length
    const shows = this.#query.measures.map(({ compare }) => compare && (compare.show ?? 'value'))
    return {
      ...this.own,
      measures: this.own.measures.map((measure, place) => {
        const show = shows[place]
        return show ? shownMeasure(measure, show) : measure
      }),
      cells: this.own.cells.map((column, place) => {
        const show = shows[place]
        if (!show) return column
        const plain = (): ValueAt[] => Array.from({ length: count }, (_, at) => ({ column, at }))
        return mergedColumn(this.#owns.get(place) ?? plain(), this.#cells('other', place), show)
      }),
      warnings: [...this.own.warnings, ...this.#warnings],
    }
  }
}

function indexOf(paths: QueryResult['rows']['paths']): Map<string, number> {
  return new Map(paths.map((path, at) => [JSON.stringify(path), at]))
}
