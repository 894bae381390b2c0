/** What a measure says of a cell, from its base rows alone: those of its own days, or of the days it is compared with. */
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import { isoDay } from '../../../../shared/data/calendar-day.ts'
import type { CellValue, Member } from '../../../../shared/data/cell-value.ts'
import type { MeasureCompare } from '../../../../shared/query/measure-compare.ts'
import type { ComparedParts, ComparedSide } from '../../../../shared/query/proof.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import { baseMeasure, measureName } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import type { CompareFacts } from '../compare/compared-days.ts'
import { splitFilters } from '../compare/compared-days.ts'
import { othersLevels } from '../compare/compared-rounds.ts'
import { factsOf, periodsOf } from '../compare/run-compared.ts'
import { runQuery } from '../run-query.ts'
import { openQuestion, uncut, withoutTopsOf } from '../open-question.ts'
import type { Place } from './cell-place.ts'
import { daysFilter, placedIn, standing } from './cell-place.ts'
import { cellDays, otherPlace } from './compared-place.ts'
import { cutDaysOf } from './cut-days.ts'
import type { Lines } from './proof-operands.ts'
import { scanFormula } from './scan-formula.ts'
import type { ScanContext, Scanned } from './scan-rows.ts'
import { scanCell } from './scan-rows.ts'

export interface ScannedCell extends Scanned {
  readonly compared?: ComparedParts
}

interface ScanAsk {
  readonly query: ReportQuery
  readonly cell: CellAddress
  readonly measure: Measure
  readonly lines: Lines
  readonly context: ScanContext
}

export function scanOf(ask: ScanAsk): Promise<ScannedCell> {
  const { compare, ...own } = ask.measure
  return compare ? scanCompared(ask, own, compare) : scanOwn(ask, ask.measure)
}

/** A question as a cell asks it: totals over all members leave the filters on the edges out. */
function questionOf({ query, cell }: ScanAsk): {
  readonly asked: ReportQuery
  readonly ranked: ReportQuery
  readonly isOpen: boolean
} {
  const { row, column } = cell
  const isTotal = row.length < query.rows.length || column.length < query.columns.length
  const isOpen = query.totals.over === 'all' && isTotal
  const open = isOpen ? openQuestion(query) : query
  const measures = open.measures.map(({ compare, ...one }) => baseMeasure(one))
  return { asked: { ...open, measures }, ranked: isOpen ? uncut(query) : query, isOpen }
}

const today = ({ tools }: ScanContext): number => tools.clock().today

async function scanOwn(ask: ScanAsk, measure: Measure): Promise<Scanned> {
  const { cell, context } = ask
  const { asked, ranked } = questionOf(ask)
  const ground = { catalog: context.catalog, today: today(context) }
  if (measure.aggregate === 'formula') {
    const named = (one: Measure): Promise<Scanned> => scanOf({ ...ask, measure: asAsked(ask, one) })
    return scanFormula(asked, cell, baseMeasure(measure), ranked, context, named)
  }
  const among = await keptDays(ask, measure)
  const place = standing(measure, placedIn(asked, cell), asked, ground, among)
  if (place === null) return nothingAt(ask, measure)
  const left = among ? withoutTopsOf(ranked, measure.over ?? '') : ranked
  return scanCell(asked, cell, baseMeasure(measure), left, context, place)
}

/** Of a balance the days of the cell where a top-N leaves some periods of its date. */
async function keptDays(
  ask: ScanAsk,
  { aggregate, over }: Measure,
): Promise<DaySpan[] | undefined> {
  if ((aggregate !== 'opening' && aggregate !== 'closing') || over === undefined) return undefined
  const { asked, isOpen } = questionOf(ask)
  const lines = isOpen ? await openLines(ask) : ask.lines
  return cutDaysOf(asked, over, ask.cell, lines, ask.context)
}

/** With the days it is of, which a question for one cell leaves out. */
const asAsked = ({ query }: ScanAsk, measure: Measure): Measure => {
  const compare = query.measures.find((one) => measureName(one) === measure.as)?.compare
  return compare ? { ...measure, compare } : measure
}

/** No day to look at: no rows are read. */
function nothingAt(ask: ScanAsk, measure: Measure): Promise<Scanned> {
  const { asked, ranked } = questionOf(ask)
  const nothing: Place = { filters: [...asked.filters, ...nowhere(asked)] }
  return scanCell(asked, ask.cell, baseMeasure(measure), ranked, ask.context, nothing)
}

/** A filter no row passes. */
const nowhere = ({ rows, columns }: ReportQuery): ReportQuery['filters'] =>
  [...rows, ...columns].slice(0, 1).map(({ field }) => ({ field, op: 'in', values: [] }))

/** Totals over all members cover all periods there are. */
async function openLines({ query, lines, context }: ScanAsk): Promise<Lines> {
  const { over, ...totals } = query.totals
  const asked: ReportQuery = {
    ...openQuestion(query),
    totals: { ...totals, rows: 'all', columns: 'all' },
  }
  const answer = await runQuery(asked, context.catalog, context.tools, context.signal)
  return answer.ok ? { rows: answer.value.rows.paths, columns: answer.value.columns.paths } : lines
}

async function scanCompared(
  given: ScanAsk,
  measure: Measure,
  compare: MeasureCompare,
): Promise<ScannedCell> {
  const { context } = given
  const { show = 'value' } = compare
  const { asked, isOpen } = questionOf(given)
  const ask = isOpen ? { ...given, lines: await openLines(given) } : given
  const facts = factsOf(asked, compare, context)
  if (!facts) return nothingAt(ask, measure)
  const periods = othersLevels(facts).length > 0 ? await periodsOf(facts, context) : []
  const other = await scanDays(ask, measure, facts, periods)
  if (show === 'value') {
    return { ...other.scanned, compared: { show, other: sideOf(other) } }
  }
  const toDate = { ...facts, compare: { ...facts.compare, with: undefined } }
  const own =
    compare.toDate && compare.with
      ? await scanDays(ask, measure, toDate, periods)
      : { scanned: await scanOwn(ask, measure), spans: ownDays(ask, facts, periods) }
  const [a, b] = [numberOf(own.scanned.value), numberOf(other.scanned.value)]
  const difference = a === null || b === null ? null : a - b
  const isShare = show === 'percent'
  const value = !isShare ? difference : difference === null || !b ? null : difference / b
  const scale = isShare && b ? Math.abs(b) : 1
  return {
    ...own.scanned,
    value,
    size:
      Math.max(own.scanned.size, other.scanned.size, Math.abs(a ?? 0), Math.abs(b ?? 0)) / scale,
    rows: own.scanned.rows + other.scanned.rows,
    sources: mergedSources(own.scanned, other.scanned),
    compared: { show, own: sideOf(own), other: sideOf(other) },
  }
}

interface ScannedDays {
  readonly scanned: Scanned
  readonly spans: readonly DaySpan[]
}

type Periods = readonly (readonly Member[])[]

async function scanDays(
  ask: ScanAsk,
  measure: Measure,
  facts: CompareFacts,
  periods: Periods,
): Promise<ScannedDays> {
  const { cell, context, lines } = ask
  const question = questionOf(ask)
  const { asked } = question
  const ranked = withoutTopsOf(question.ranked, facts.compare.field)
  const facing = { catalog: context.catalog, today: today(context) }
  const { spans, all } = cellDays(facts, cell, lines, periods)
  const place = otherPlace(measure, cell, asked, facts, spans, facing)
  const base = baseMeasure(measure)
  if (!place) return { scanned: await nothingAt(ask, measure), spans }
  if (measure.aggregate !== 'formula') {
    return { scanned: await scanCell(asked, cell, base, ranked, context, place), spans }
  }
  const named = async (one: Measure): Promise<Scanned> =>
    (await scanDays(ask, one, facts, periods)).scanned
  const ground = [...splitFilters(facts).kept, daysFilter(facts.compare.field, all)]
  const other = { place, ground }
  const scanned = await scanFormula(asked, cell, base, ranked, context, named, other)
  return { scanned, spans }
}

/** The days of the cell itself: those it would have if it were compared with nothing. */
function ownDays({ cell, lines }: ScanAsk, facts: CompareFacts, periods: Periods): DaySpan[] {
  const alone = { ...facts, compare: { field: facts.compare.field } }
  return [...cellDays(alone, cell, lines, periods).spans]
}

const sideOf = ({ scanned, spans }: ScannedDays): ComparedSide => ({
  days: spans.map(({ first, last }) => ({ from: isoDay(first), to: isoDay(last) })),
  value: scanned.value,
  rows: scanned.rows,
})

function mergedSources(...scans: readonly Scanned[]): Scanned['sources'] {
  const counts = new Map<string, number>()
  for (const { name, rows } of scans.flatMap(({ sources }) => sources)) {
    counts.set(name, (counts.get(name) ?? 0) + rows)
  }
  return [...counts].map(([name, rows]) => ({ name, rows }))
}

export const numberOf = (value: CellValue): number | null => {
  const number = value === null ? NaN : Number(value)
  return Number.isNaN(number) ? null : number
}
