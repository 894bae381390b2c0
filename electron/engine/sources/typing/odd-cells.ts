/** What is said of a column that is not all of one kind, and the cells that kept it from being so. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { cellKind } from '../cell-kinds.ts'
import type { TextPool } from '../text-pool.ts'
import { cellText } from './cell-text.ts'
import type { ColumnProfile } from './column-profile.ts'
import { namesDate } from './identifier-names.ts'
import type { NumberForm } from './number-text.ts'
import { readNumber } from './number-text.ts'
import type { TextSurvey } from './text-survey.ts'
import { likelyForm } from './text-survey.ts'
import { dayFromCompact } from './text-forms.ts'
import type { KnownColumn } from './type-decision.ts'
import { TimeTally } from './time-survey.ts'

export interface Column {
  readonly name: string
  readonly profile: ColumnProfile
  readonly survey: TextSurvey
  readonly pool: TextPool
  readonly known?: KnownColumn
}

const mostExamples = 5
const firstOf = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, mostExamples)

/**
 * Number cells that are days: `20240305` or a workbook serial where the column's name says date, the former among a majority
 * of `others` that are dates.
 */
export function numbersAsDays(name: string, profile: ColumnProfile, others: number): number {
  const { compactDays, serialDays } = profile
  if (namesDate(name)) return others > 0 ? compactDays + serialDays : compactDays
  return others > profile.numbers ? compactDays : 0
}

/** Days as a workbook counts them, in a file that keeps no formats: `45356` may be 5 March 2024. */
export function serialDays(column: string, profile: ColumnProfile): DatasetWarning {
  const examples = profile.firstCells().map(({ value }) => String(value))
  return { code: 'serialDays', column, examples }
}

export function openOrder({ name, survey, profile, pool }: Column): DatasetWarning[] {
  if (!hasOpenOrder(survey)) return []
  const examples = profile.exampleTexts(pool, () => true)
  return [{ code: 'openDateOrder', column: name, examples }]
}

/** Every text is a date, but its parts could be either way round. */
const hasOpenOrder = ({ texts, times }: TextSurvey): boolean =>
  times.dates === texts && times.openOrders.length > 0

/** Names the values that kept the column from being what most of its cells are. */
export function mixed(column: Column): DatasetWarning[] {
  const { name, profile, survey, pool } = column
  const wouldBe = mostly(column)
  if (wouldBe === undefined) {
    const others = profile.filled - profile.count(cellKind.text)
    // Times of day alone are text because there is no such type, not because they are mixed.
    const { count } = survey.times.otherWeekdays
    if (others === 0) return count * 2 > survey.texts ? contradictions(column) : []
    if (profile.count(cellKind.clock) === profile.filled) return []
    const texts = survey.odd.length > 0 ? survey.odd : profile.exampleTexts(pool, () => true)
    const examples = firstOf([...texts, ...cellsBeside(column, () => true)])
    return [
      { code: 'mixedColumn', column: name, count: profile.distinctTexts() || others, examples },
    ]
  }
  const { type, count, form } = wouldBe
  const said = type === 'date' ? contradictions(column) : []
  // Numbers all, but of two currencies or units: taking them for one number would add up what must not be.
  if (count === 0) {
    if (type === 'date' && said.length > 0) return said
    const examples = profile.exampleTexts(pool, () => true)
    return [{ code: 'mixedSigns', column: name, examples }]
  }
  const examples = type === 'date' ? noDates(column) : noNumbers(column, form)
  const remark = { code: 'mixedColumn' as const, column: name, wouldBe: type, count, examples }
  const { point, comma } = survey.byForm
  // Some of its commas are no thousands: then none may be.
  if (type === 'date' || survey.grouped === 0 || comma.proofs === 0 || point.proofs > 0)
    return [...said, remark]
  const grouped = profile.exampleTexts(pool, (text) => /[,，]\d{3}/.test(text)).slice(0, 3)
  return [...said, remark, { code: 'openComma', column: name, examples: grouped }]
}

/** Dates that contradict each other, or themselves. */
function contradictions({ name: column, survey }: Column): DatasetWarning[] {
  const { clashing, otherWeekdays } = survey.times
  return [
    ...(clashing.length > 0
      ? [{ code: 'mixedOrders' as const, column, examples: [...clashing] }]
      : []),
    ...(otherWeekdays.count > 0
      ? [{ code: 'weekdays' as const, column, examples: [...otherWeekdays.examples] }]
      : []),
  ]
}

interface WouldBe {
  readonly type: 'date' | 'decimal' | 'integer'
  readonly count: number
  readonly form: NumberForm
}

/** What the column is but for a few values; cells of other kinds count beside different texts. */
function mostly(column: Column): WouldBe | undefined {
  const { name, profile, survey } = column
  const written = profile.days + survey.times.dates
  const days = written > 0 ? written + numbersAsDays(name, profile, written) : written
  const form = likelyForm(survey)
  const numbers = profile.numbers + survey.byForm[form].numbers
  const others = profile.filled - profile.count(cellKind.text) + survey.texts
  const best = Math.max(days, numbers)
  if (hasOpenOrder(survey) || best === 0) return undefined
  if (!survey.onlyNothing && livingCells(column, form, days > numbers) * 2 <= profile.filled)
    return undefined
  const count = others - best
  const whole = profile.count(cellKind.double) === 0 && profile.decimals <= 0 && survey.byForm[form].decimals <= 0 // prettier-ignore
  const type = days > numbers ? 'date' : whole ? 'integer' : 'decimal'
  return { type, count, form }
}

/** Cells that keep what they say when the column is read as dates or as numbers. */
function livingCells({ name, profile, survey }: Column, form: NumberForm, asDays: boolean): number {
  if (!asDays) return profile.numbers + survey.cells[form]
  const written = profile.days + survey.cells.dates
  return written + numbersAsDays(name, profile, written)
}

function noNumbers(column: Column, form: NumberForm): string[] {
  const { profile, pool } = column
  const texts = profile.exampleTexts(pool, (text) => readNumber(text, form) === undefined)
  const isOther = (kind: number): boolean => kind > cellKind.text && kind <= cellKind.error
  return firstOf([...texts, ...cellsBeside(column, isOther)])
}

function noDates(column: Column): string[] {
  const { name, profile, survey, pool } = column
  const dates = new TimeTally(namesDate(name))
  const compact = survey.times.forms.includes('compact')
  const isDate = (text: string): boolean => dates.add(text) || (compact && dayFromCompact(Number(text)) !== undefined) // prettier-ignore
  const texts = profile.exampleTexts(pool, (text) => !isDate(text))
  const isDay = (kind: number): boolean => kind >= cellKind.day && kind <= cellKind.secondText
  const wholes = profile.wholeNoDay.map(String)
  const others = cellsBeside(column, (kind) => !isDay(kind) && kind !== cellKind.scaled)
  return firstOf([...texts, ...wholes, ...others])
}

/** The first cells of each kind that are no texts, as texts. */
function cellsBeside({ profile, pool }: Column, accept: (kind: number) => boolean): string[] {
  return profile
    .firstCells()
    .filter(({ kind }) => accept(kind))
    .map(({ kind, value }) => cellText(kind, value, pool) ?? '')
    .filter((text) => text !== '')
}
