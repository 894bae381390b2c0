/** A question with measures over other days: asked as it stands, then once more for every set of other days. */
import type { DayKeys } from '../../../../shared/calendar/calendar-grains.ts'
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import { parseIsoDay } from '../../../../shared/data/calendar-day.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { MeasureCompare } from '../../../../shared/query/measure-compare.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import { namesIn } from '../../../../shared/query/measure-types.ts'
import { withHiddenNamed } from '../../../../shared/query/named-measures.ts'
import { baseMeasure, measureName } from '../../../../shared/query/report-query.ts'
import { spread } from '../../../../shared/query/spread/spread.ts'
import type { AskContext, Levels } from '../ask-levels.ts'
import { askLevels } from '../ask-levels.ts'
import { expandFormulas } from '../expand-formulas.ts'
import { openQuestion } from '../open-question.ts'
import { amongMembers } from './among-members.ts'
import { findDataset, locateField } from '../locate-field.ts'
import { calendarOf } from '../resolve.ts'
import { queryLimits } from '../query-tools.ts'
import type { CompareFacts } from './compared-days.ts'
import { ComparedRounds, othersLevels, periodsQuestion } from './compared-rounds.ts'
import { withOwnLines } from './own-lines.ts'
import { Merging } from './merge-compared.ts'

/** Other days for a question: keys for its date levels, and the days it is restricted to. */
export interface OtherDays {
  readonly field: string
  readonly spans: readonly DaySpan[]
  /** What all lines of the level cover, whichever of them are asked together: fixed values are computed over these days. */
  readonly ground: readonly DaySpan[]
  readonly keys: ReadonlyMap<string, DayKeys>
  /** So many filters before the last one name members a top-N keeps: fixed values do not heed them. */
  readonly cuts: number
}

function bare(measure: Measure): Measure {
  const { compare, ...base } = baseMeasure(measure)
  return base
}

/** What it is shown as stays: it decides which levels are asked. */
function onOwnDays(measure: Measure): Measure {
  const { compare, ...own } = measure
  return own
}

export const isCompared = (query: ReportQuery): boolean =>
  query.measures.some(({ compare }) => compare !== undefined)

export async function comparedLevels(
  query: ReportQuery,
  context: AskContext,
  restrictions?: Levels['restrictions'],
): Promise<Levels> {
  // Formulas over shown cells read what the comparison says.
  const { formulas } = expandFormulas(query, context.catalog)
  // Totals over all members are asked with their own comparison.
  const { over, ...totals } = query.totals
  const asked = { ...query, totals, measures: query.measures.map(onOwnDays) }
  const own = { ...(await askLevels(asked, context, restrictions && { restrictions })), formulas }
  const merged = new Merging(query, own)
  const shared = new Map<string, number[]>()
  query.measures.forEach((measure, place) => {
    if (!measure.compare || !isNeeded(query, measure)) return
    const { show, ...days } = measure.compare
    shared.set(JSON.stringify(days), [...(shared.get(JSON.stringify(days)) ?? []), place])
  })
  for (const places of shared.values()) await comparePlaces(query, places, own, merged, context)
  const levels = merged.levels()
  const unfiltered = await overAll(query, own, context)
  return unfiltered ? { ...levels, unfiltered: amongMembers(unfiltered, levels.input) } : levels
}

/** Totals that cover members left out cover them on other days as well; Others are those of the visible question. */
async function overAll(
  query: ReportQuery,
  own: Levels,
  context: AskContext,
): Promise<Levels['unfiltered']> {
  if (query.totals.over !== 'all') return undefined
  const { over, ...totals } = query.totals
  const open = { ...openQuestion(query), totals }
  const standing = own.restrictions.filter(({ others }) => others)
  return (await comparedLevels(open, context, standing)).input
}

/** What is neither shown, read nor sorted by need not be asked of other days. */
export function isNeeded(query: ReportQuery, measure: Measure): boolean {
  const sorts = [...query.rows, ...query.columns].map(({ sort }) => sort)
  const name = measureName(measure)
  const reads = query.measures.some(
    ({ aggregate, formula = '' }) =>
      (aggregate === 'cells' || aggregate === 'formula') && namesIn(formula).has(name),
  )
  return !measure.compare || measure.hidden !== true || reads || sorts.some((sort) => sort?.by === 'measure' && sort.measure === name) // prettier-ignore
}

async function comparePlaces(
  query: ReportQuery,
  places: readonly number[],
  own: Levels,
  merged: Merging,
  context: AskContext,
): Promise<void> {
  const compare = query.measures[places[0] ?? 0]?.compare
  const facts = compare && factsOf(query, compare, context)
  if (!facts) return
  const shown = places.flatMap((place) => query.measures[place] ?? [])
  const measures = withHiddenNamed(query, shown).map((one, at) =>
    at < shown.length ? bare(one) : { ...bare(one), hidden: true },
  )
  const toDateOnly = { ...compare, with: undefined }
  // What a to-date comparison is compared from is itself a sum to date.
  const sides =
    compare.toDate && compare.with ? ([compare, toDateOnly] as const) : ([compare] as const)
  const periods = othersLevels(facts).length > 0 ? await periodsOf(facts, context) : []
  for (const [side, of] of sides.entries()) {
    const asking = new ComparedRounds({ ...facts, compare: of }, own, merged.grid, periods)
    for (const round of asking.rounds()) {
      const asked: ReportQuery = { ...round.query, measures }
      const answer = await askLevels(asked, context, round)
      const { formulas, lastDay } = answer
      const laid = spread(withOwnLines(answer.input, own.input, round), {
        query: asked,
        maxCells: queryLimits.cells,
        formulas,
        lastDay,
        allDigits: true,
      })
      if (!laid.ok) throw new AppErrorException(laid.error)
      merged.add(places, side === 0 ? 'other' : 'own', round, laid.value)
    }
    if (side === 0) merged.warn(asking.warnings)
  }
}

/** The periods that stand under an Others: the question's own, without its top-N. */
export async function periodsOf(
  facts: CompareFacts,
  context: AskContext,
): Promise<readonly (readonly Member[])[]> {
  const asked = periodsQuestion(facts)
  const laid = spread((await askLevels(asked, context)).input, {
    query: asked,
    maxCells: queryLimits.cells,
  })
  if (!laid.ok) throw new AppErrorException(laid.error)
  return laid.value.rowPaths
}

export function factsOf(
  query: ReportQuery,
  compare: MeasureCompare,
  { catalog, tools }: AskContext,
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
  const { today } = tools.clock()
  const firstDay = parseIsoDay(place.field.min?.slice(0, 10) ?? '')
  return { query, compare, calendar: calendarOf(query, catalog), firstDay, lastDay, today }
}
