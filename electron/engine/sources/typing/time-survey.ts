/** What the different texts of a column are as dates and times: in which forms and orders, with which zones. */
import { civilDay } from '../../../../shared/data/calendar-day.ts'
import type { DateForm, DateOrder, DayAndClock } from './text-forms.ts'
import {
  dateForms,
  dateOrders,
  formsOfOrder,
  isMonth,
  isOrdered,
  monthForms,
  namesOtherWeekday,
  readDate,
} from './text-forms.ts'

export interface TimeSurvey {
  /** Texts that are dates in some form. */
  readonly dates: number
  /** Forms that together read every date and leave one order; empty while the order is open. */
  readonly forms: readonly DateForm[]
  /** Orders that would do, when there are several. */
  readonly openOrders: readonly DateOrder[]
  /** The one order that some texts leave no doubt about; undefined when none do or they contradict each other. */
  readonly provenOrder: DateOrder | undefined
  readonly anyClock: boolean
  /** Minutes ahead of UTC written behind times, most frequent first; and the dates that say none. */
  readonly zones: readonly number[]
  readonly zoneless: number
  /** Texts with a part of a second that is cut off. */
  readonly cut: readonly string[]
  /** Texts whose year is written with two digits. */
  readonly shortYears: readonly string[]
  /** Texts that are dates in one order alone, of orders that contradict each other. */
  readonly clashing: readonly string[]
  /** Dates that stand beside the name of another day of the week, which keeps them from being dates. */
  readonly otherWeekdays: { readonly count: number; readonly examples: readonly string[] }
}

interface OrderTally {
  /** Texts this order reads, and those no other does. */
  read: number
  proofs: number
  earliest: number
  latest: number
}

const keptExamples = 3
const keptMonths = 20
/** One order putting the dates within so few years rules out another that scatters them over so many. */
const nearYears = 5
const farYears = 20

const noOrder = (): OrderTally => ({ read: 0, proofs: 0, earliest: Infinity, latest: -Infinity })

export class TimeTally {
  readonly #nameSaysDate: boolean
  readonly #sureForms: readonly DateForm[]
  readonly #forms = new Set<DateForm>()
  readonly #orders: Record<DateOrder, OrderTally> = {
    dayFirst: noOrder(),
    monthFirst: noOrder(),
    yearFirst: noOrder(),
  }
  readonly #zones = new Map<number, number>()
  readonly #cut: string[] = []
  readonly #shortYears: string[] = []
  readonly #proofs: Record<DateOrder, string[]> = { dayFirst: [], monthFirst: [], yearFirst: [] }
  readonly #otherWeekdays = { count: 0, examples: [] as string[] }
  #sure = 0
  #open = 0
  #clocks = 0
  #zoneless = 0
  #compact = 0

  constructor(nameSaysDate: boolean) {
    this.#nameSaysDate = nameSaysDate
    this.#sureForms = dateForms.filter(
      (form) => !isOrdered(form) && !isMonth(form) && (form !== 'compact' || nameSaysDate),
    )
  }

  /** False for a text that is no date in any form. */
  add(text: string): boolean {
    // Every date bears a digit; most texts bear none.
    if (!/\p{Nd}/u.test(text)) return false
    for (const form of this.#sureForms) {
      const found = readDate(text, form)
      if (found === undefined) continue
      this.#sure++
      this.#forms.add(form)
      this.#note(text, found)
      return true
    }
    return this.#addOpen(text) || this.#addCompact(text) || this.#addOther(text)
  }

  #addOther(text: string): false {
    if (!namesOtherWeekday(text, this.#sureForms)) return false
    const { examples } = this.#otherWeekdays
    this.#otherWeekdays.count++
    if (examples.length < keptExamples) examples.push(text.slice(0, 60))
    return false
  }

  /** `12-05-33` and `01.02.03` may be codes: dates only where the column's name says so. */
  #addOpen(text: string): boolean {
    let last: DayAndClock | undefined
    const readers: OrderTally[] = []
    const orders: DateOrder[] = []
    for (const order of dateOrders) {
      const found = firstRead(text, formsOfOrder[order])
      if (found === undefined || (found.shortYear && !this.#nameSaysDate && !text.includes('/')))
        continue
      const tally = this.#orders[order]
      const year = civilDay(found.day).year
      tally.read++
      tally.earliest = Math.min(tally.earliest, year)
      tally.latest = Math.max(tally.latest, year)
      readers.push(tally)
      orders.push(order)
      last = found
    }
    if (last === undefined) return false
    const [only] = readers
    const [order] = orders
    if (readers.length === 1 && only && order) {
      only.proofs++
      if (this.#proofs[order].length < 2) this.#proofs[order].push(text.slice(0, 60))
    }
    this.#open++
    this.#note(text, last)
    return true
  }

  /** Digits alone are a date among others that are: counted, and taken for one at the end. */
  #addCompact(text: string): false {
    if (!this.#nameSaysDate && readDate(text, 'compact') !== undefined && /^\s*\S+\s*$/.test(text))
      this.#compact++
    return false
  }

  #note(text: string, { clock, zone, cut, shortYear }: DayAndClock): void {
    if (clock !== undefined) this.#clocks++
    if (zone === undefined) this.#zoneless++
    else this.#zones.set(zone, (this.#zones.get(zone) ?? 0) + 1)
    if (cut && this.#cut.length < keptExamples) this.#cut.push(text.slice(0, 60))
    if (shortYear && this.#shortYears.length < keptExamples)
      this.#shortYears.push(text.slice(0, 60))
  }

  /** `days`: cells beside the texts that are dates. */
  found(days: number): TimeSurvey {
    if (this.#compact > 0 && this.#sure + this.#open + days > this.#compact) {
      this.#sure += this.#compact
      this.#zoneless += this.#compact
      this.#forms.add('compact')
    }
    const orders = this.#open === 0 ? [] : this.#fittingOrders()
    const [order] = orders
    const agreed = this.#open === 0 || orders.length === 1
    return {
      dates: this.#sure + this.#open,
      forms: agreed ? [...this.#forms, ...(order ? formsOfOrder[order] : [])] : [],
      openOrders: agreed ? [] : orders,
      provenOrder: this.#provenOrder(),
      anyClock: this.#clocks > 0,
      zones: [...this.#zones].toSorted(([, a], [, b]) => b - a).map(([zone]) => zone),
      zoneless: this.#zoneless,
      cut: this.#cut,
      shortYears: this.#shortYears,
      clashing: this.#clashing(),
      otherWeekdays: this.#otherWeekdays,
    }
  }

  /** 05/03/2024 is read only when the column as a whole leaves one reading. */
  #fittingOrders(): DateOrder[] {
    const fitting = dateOrders.filter((order) => this.#orders[order].read === this.#open)
    const span = (order: DateOrder): number =>
      this.#orders[order].latest - this.#orders[order].earliest
    const near = fitting.some((order) => span(order) <= nearYears)
    return near ? fitting.filter((order) => span(order) <= farYears) : fitting
  }

  #clashing(): string[] {
    const proven = dateOrders.filter((order) => this.#orders[order].proofs > 0)
    return proven.length < 2 ? [] : proven.flatMap((order) => this.#proofs[order])
  }

  #provenOrder(): DateOrder | undefined {
    const proven = dateOrders.filter((order) => this.#orders[order].proofs > 0)
    return proven.length === 1 ? proven[0] : undefined
  }
}

function firstRead(text: string, forms: readonly DateForm[]): DayAndClock | undefined {
  for (const form of forms) {
    const found = readDate(text, form)
    if (found !== undefined) return found
  }
  return undefined
}

/** Texts that are months without a day, and whether a column of them keeps every value apart as dates. */
export class MonthTally {
  readonly #forms = new Set<DateForm>()
  readonly #days = new Set<number>()
  readonly texts: string[] = []
  count = 0

  /** False for a text that is no month. */
  add(text: string): boolean {
    // Most texts say so by their first letters; a month's year begins with 19 or 20.
    if (text.length < 6 || text.length > 12 || !/^\s*(?:[1１][9９]|[2２][0０])/.test(text))
      return false
    for (const form of monthForms) {
      const found = readDate(text, form)
      if (found === undefined) continue
      this.count++
      this.#forms.add(form)
      this.#days.add(found.day)
      if (this.texts.length < keptMonths) this.texts.push(text)
      return true
    }
    return false
  }

  /** The one form all are written in; undefined where there are several, or two of them mean one month. */
  get form(): DateForm | undefined {
    const [form] = this.#forms
    return this.#forms.size === 1 && this.#days.size === this.count ? form : undefined
  }
}
