/** Recognises column names that stand for periods: a sheet with a column per month wants to be turned. */
import { epochDayOf } from '../../../../shared/data/calendar-day.ts'

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

/** Three or more columns for periods of one kind, next to each other; undefined when there is no such run. */
export function periodColumns(names: readonly string[]): PeriodColumns | undefined {
  let best: { kind: PeriodKind; head: string; columns: string[] } | undefined
  let run: typeof best
  for (const name of names) {
    const { head, period } = told(name)
    const kind = formOf(period)?.kind
    if (kind === undefined) run = undefined
    else if (run?.kind === kind && run.head === head) run.columns.push(name)
    else run = { kind, head, columns: [name] }
    if (run && run.columns.length > (best?.columns.length ?? 0)) best = run
  }
  return best && best.columns.length >= 3 ? best : undefined
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
