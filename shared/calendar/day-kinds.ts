/** What kind of day it is: festival, holiday, worked or not. */
import { civilDay, parseIsoDay } from '../data/calendar-day.ts'
import type { DayKeys } from './calendar-grains.ts'
import type { DayMap } from './day-map.ts'
import { keyOfDay } from './day-map.ts'
import { festivalDay, festivalIds, festivalName, festivalYears, isMoving } from './festivals.ts'
import type { OfficialDay } from './official-holidays.ts'
import { isAnnounced, officialDays } from './official-holidays.ts'
import type { Holiday, RetailCalendar } from './retail-calendar.ts'

type DayKind = 'festival' | 'holiday' | 'workday'

const ordinary = { zh: '平日', en: 'Ordinary day' }
const makeUp = { zh: '调休上班', en: 'Make-up workday' }
const english: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Qingming',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
  '国庆节、中秋节': 'National Day and Mid-Autumn Festival',
  抗战胜利70周年纪念日: 'Victory Day (70 years)',
}

/** A name in both languages; own ones have one only. */
interface Name {
  readonly zh: string
  readonly en: string
}

export function daysOfHoliday({ date, last }: Holiday): number[] {
  const from = parseIsoDay(date) ?? 0
  const to = last === undefined ? from : (parseIsoDay(last) ?? from)
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

export function dayKindKeys(calendar: RetailCalendar, kind: DayKind): DayKeys {
  if (kind === 'workday') return workdayKeys(calendar)
  const days = kind === 'festival' ? festivals(calendar) : holidays(calendar)
  const names: Name[] = [ordinary]
  const lists: { key: number; days: number[] }[] = []
  for (const [day, name] of days) {
    const key = names.findIndex(({ zh }) => zh === name.zh)
    if (key > 0) lists[key - 1]?.days.push(day)
    else lists.push({ key: names.push(name) - 1, days: [day] })
  }
  return {
    map: { kind: 'lists', lists, otherwise: 0 },
    memberOf: (key) => names[key]?.[calendar.names === 'en' ? 'en' : 'zh'] ?? null,
    // A filter saved in one language keeps its meaning in the other.
    keyOf: (member) => {
      const key = names.findIndex(({ zh, en }) => zh === member || en === member)
      return key < 0 ? undefined : key
    },
  }
}

/** Own events win over festivals, moving festivals over those of a fixed date. Keys are in the order of the common year. */
function festivals({ holidays }: RetailCalendar): Map<number, Name> {
  const found = new Map<number, Name>()
  for (const moving of [false, true]) {
    for (const id of festivalIds) {
      if (isMoving(id) !== moving) continue
      for (let { first: year } = festivalYears; year <= festivalYears.last; year++) {
        const day = festivalDay(id, year)
        const name = { zh: festivalName(id, 'zh-CN'), en: festivalName(id, 'en') }
        if (day !== undefined) found.set(day, name)
      }
    }
  }
  setNamed(found, holidays, ['own'])
  return inYearOrder(found)
}

function setNamed(
  found: Map<number, Name>,
  holidays: readonly Holiday[],
  kinds: readonly Holiday['kind'][],
): void {
  for (const holiday of holidays) {
    if (!kinds.includes(holiday.kind)) continue
    const { name } = holiday
    const written = kinds.includes('work') ? makeUp : { zh: name, en: english[name] ?? name }
    for (const day of daysOfHoliday(holiday)) found.set(day, written)
  }
}

/** Names that come first in the year come first; what began in December is of the year after. */
function inYearOrder(found: ReadonlyMap<number, Name>): Map<number, Name> {
  const place = (day: number): number => {
    const { month, day: date } = civilDay(day)
    return month * 31 + date
  }
  const first = new Map<string, number>()
  for (const [day, { zh }] of found) {
    first.set(zh, Math.min(first.get(zh) ?? Infinity, place(day)))
  }
  const order = (name: Name): number => first.get(name.zh) ?? 0
  return new Map([...found].sort(([a, one], [b, other]) => order(one) - order(other) || a - b))
}

/** Days the calendar itself names win over the notices that came with the product. */
function holidays({ holidays: own }: RetailCalendar): Map<number, Name> {
  const found = new Map<number, Name>()
  for (const [day, { name, kind }] of officialDays) {
    found.set(day, kind === 'work' ? makeUp : { zh: name, en: english[name] ?? name })
  }
  setNamed(found, own, ['off', 'closed'])
  setNamed(found, own, ['work'])
  return inYearOrder(found)
}

function ownDays(calendar: RetailCalendar, kinds: readonly Holiday['kind'][]): number[] {
  return calendar.holidays.filter(({ kind }) => kinds.includes(kind)).flatMap(daysOfHoliday)
}

export function workdayMap(calendar: RetailCalendar): DayMap {
  const official = (wanted: OfficialDay['kind']): number[] =>
    [...officialDays].flatMap(([day, { kind }]) => (kind === wanted ? [day] : []))
  const work = ownDays(calendar, ['work'])
  const off = ownDays(calendar, ['off', 'closed'])
  return {
    kind: 'lists',
    lists: [
      { key: 1, days: work },
      { key: 0, days: off },
      { key: 1, days: official('work') },
      { key: 0, days: official('off') },
    ],
    otherwise: 'weekday',
  }
}

function workdayKeys(calendar: RetailCalendar): DayKeys {
  return {
    map: workdayMap(calendar),
    memberOf: (key) => key === 1,
    keyOf: (member) => (typeof member === 'boolean' ? Number(member) : undefined),
  }
}

export function isWorkday(calendar: RetailCalendar, day: number): boolean {
  return keyOfDay(workdayMap(calendar), day) === 1
}

export function isClosed(calendar: RetailCalendar, day: number): boolean {
  return ownDays(calendar, ['closed']).includes(day)
}

/** Years of a span of days for which no notice is known: there a workday is any day from Monday to Friday. */
export function unannounced(calendar: RetailCalendar, from: number, to: number): number[] {
  const imported = new Set(ownDays(calendar, ['off', 'work']).map((day) => civilDay(day).year))
  const years = new Set<number>()
  for (let day = from; day <= to; day++) {
    const { year } = civilDay(day)
    if (!isAnnounced(day) && !imported.has(year)) years.add(year)
  }
  return [...years]
}
