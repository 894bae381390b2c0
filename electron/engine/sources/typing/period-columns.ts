/** Recognises column names that stand for periods: a sheet with a column per month wants to be turned. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'
import { totalLabel, withoutTotalWord } from './total-labels.ts'

const englishMonths = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]
const monthWord = `(${englishMonths.map((month) => `${month}[a-z]*`).join('|')})`

interface PeriodForm {
  readonly kind: 'day' | 'month' | 'monthOfYear' | 'quarter' | 'week' | 'year'
  readonly pattern: RegExp
  /** Year, month and, where it says one, day of a name that tells a date. */
  readonly month?: (found: RegExpExecArray) => readonly [year: number, month: number, day?: number]
}

const monthNumber = (word = ''): number => englishMonths.indexOf(word.slice(0, 3).toLowerCase()) + 1

const forms: readonly PeriodForm[] = [
  {
    kind: 'day',
    pattern: /^(\d{4})-(\d{2})-(\d{2})$/,
    month: (found) => [Number(found[1]), Number(found[2]), Number(found[3])],
  },
  {
    kind: 'month',
    pattern: /^(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*月?(?:份)?$/,
    month: (found) => [Number(found[1]), Number(found[2])],
  },
  {
    kind: 'month',
    pattern: /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/,
    month: (found) => [Number(found[1]), Number(found[2])],
  },
  {
    kind: 'month',
    pattern: new RegExp(`^${monthWord}[\\s\\-./]*(\\d{4})$`, 'i'),
    month: (found) => [Number(found[2]), monthNumber(found[1])],
  },
  { kind: 'monthOfYear', pattern: /^(?:1[0-2]|0?[1-9])\s*月(?:份)?$/ },
  { kind: 'monthOfYear', pattern: /^(?:十[一二]?|[一二三四五六七八九])月(?:份)?$/ },
  { kind: 'monthOfYear', pattern: new RegExp(`^${monthWord}$`, 'i') },
  {
    kind: 'quarter',
    pattern: /^(?:\d{4}\s*年?\s*)?(?:Q[1-4]|第?[一二三四1-4]季度?)(?:\s*\d{4})?$/i,
  },
  { kind: 'week', pattern: /^(?:\d{4}\s*年?\s*)?(?:第\s*\d{1,2}\s*周|W\d{1,2}|week\s*\d{1,2})$/i },
  { kind: 'year', pattern: /^(?:19|20)\d{2}\s*年?$/ },
]

export type PeriodKind = PeriodForm['kind']

const formOf = (text: string): PeriodForm | undefined =>
  forms.find(({ pattern }) => pattern.test(text))

/** Heads that reach over months and say nothing their names do not, but for a year: `一季度`, `2024年上半年`, `Q1 2024`. */
const spanHead =
  /^(?:(?:19|20)\d{2}\s*年?\s*)?(?:第?[一二三四1-4]季度?|Q[1-4]|[上下]半年|H[12])(?:\s*(?:19|20)\d{2}\s*年?)?$/i

interface Told {
  /** The head it shares with its neighbours, joined before its own name; empty for none. */
  readonly head: string
  readonly period: string
}

/** `1月` is one, and so are `一季度 1月` and `销售额 1月`, whose heads were joined from the row above. */
function told(name: string): Told {
  const text = name.normalize('NFKC').trim()
  const space = text.lastIndexOf(' ')
  if (space < 0 || formOf(text)) return { head: '', period: text }
  const head = text.slice(0, space).trim()
  const rest = text.slice(space + 1)
  if (!spanHead.test(head)) return { head, period: rest }
  const [year] = /(?:19|20)\d{2}/.exec(head) ?? []
  if (year === undefined) return { head: '', period: rest }
  return { head: '', period: /[月日]/.test(rest) ? `${year}年${rest}` : `${rest} ${year}` }
}

export interface PeriodColumns {
  readonly kind: PeriodKind
  readonly columns: readonly string[]
}

/** How long periods are beside each other: a quarter among months sums them up. */
const lengthOf: Readonly<Record<PeriodKind | 'half', number>> = {
  ...{ day: 0, week: 1, month: 2, monthOfYear: 2, quarter: 3, half: 4, year: 5 },
}
const kinds = [...new Set(forms.map(({ kind }) => kind))]

/** `全年`, `1-6月`, `YTD`: spans that are no period of their own. */
const otherSpan =
  /^(?:(?:19|20)\d{2}\s*年?\s*)?(?:全年|本年|年度|半年度?|季度|full\s*year|FY|YTD|\d{1,2}\s*月?\s*[-~–至到]\s*\d{1,2}\s*月)(?:\s*(?:19|20)\d{2})?$/i
const halfYear = /半年|^H[12]\b|\bH[12]$/i

/** How long the span is that a name tells of; undefined when it tells of none. */
function spanLength(text: string): number | undefined {
  const kind = formOf(text)?.kind
  if (kind !== undefined) return lengthOf[kind]
  if (otherSpan.test(text)) return lengthOf.year
  if (!spanHead.test(text)) return undefined
  return halfYear.test(text) ? lengthOf.half : lengthOf.quarter
}

/** What columns for periods have in common. */
export interface PeriodGroup {
  readonly kind: PeriodKind
  /** The head joined before all of their names; empty for none. */
  readonly head: string
}

/** Whether a column beside such periods sums some of them up, as its name says: `一季度`, `小计`, `上半年合计`. */
export function sumsPeriods(name: string, { kind, head }: PeriodGroup): boolean {
  const text = name.normalize('NFKC').trim()
  const isLonger = (span: string): boolean => (spanLength(span) ?? -1) > lengthOf[kind]
  if (totalLabel(text) === 'sure') return true
  if (head === '' && isLonger(withoutTotalWord(text))) return true
  const own = told(name)
  if (own.head !== head) return false
  return totalLabel(own.period) === 'sure' || isLonger(withoutTotalWord(own.period))
}

/** Three or more columns for periods of one kind, subtotals between them passed over; undefined when there is no such run. */
export function periodColumns(names: readonly string[]): PeriodColumns | undefined {
  const runs = kinds.map((kind) => ({ kind, columns: longestRun(names, kind) }))
  const most = Math.max(...runs.map(({ columns }) => columns.length))
  return most >= 3 ? runs.find(({ columns }) => columns.length === most) : undefined
}

function longestRun(names: readonly string[], kind: PeriodKind): readonly string[] {
  let best: readonly string[] = []
  let run: string[] = []
  let shared: string | undefined
  for (const name of names) {
    const { head, period } = told(name)
    if (formOf(period)?.kind === kind) {
      run = shared === head ? [...run, name] : [name]
      shared = head
      if (run.length > best.length) best = run
    } else if (shared !== undefined && !sumsPeriods(name, { kind, head: shared }))
      shared = undefined
  }
  return best
}

/** Undefined where they are of several kinds, or under several heads. */
export function periodGroup(columns: readonly string[]): PeriodGroup | undefined {
  const all = columns.map(told)
  const [{ head, period } = { head: '', period: '' }] = all
  const kind = formOf(period)?.kind
  const alike = all.every((one) => one.head === head && formOf(one.period)?.kind === kind)
  return alike && kind !== undefined ? { kind, head } : undefined
}

/** What columns are called where each is a row: without the head all of them share, as long as they stay different. */
export function periodNames(columns: readonly string[]): readonly string[] {
  const all = columns.map(told)
  const names = all.map(({ period }) => period)
  const shared = all.every(({ head, period }) => head === all[0]?.head && formOf(period))
  return shared && new Set(names).size === names.length ? names : columns
}

/** Epoch days when every name says a day, or year and month (then the first of it); undefined otherwise. */
export function monthsOf(names: readonly string[]): number[] | undefined {
  const days = names.map((name) => {
    const text = name.normalize('NFKC').trim()
    const form = formOf(text)
    const found = form?.pattern.exec(text)
    const [year = 0, month = 0, day = 1] = found && form?.month ? form.month(found) : []
    return epochDayOf(year, month, day)
  })
  return days.every((day) => day !== undefined) ? days : undefined
}
