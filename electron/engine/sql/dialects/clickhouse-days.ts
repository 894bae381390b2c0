/**
 * Days and moments of row formulas in ClickHouse, where both go round or stop at the ends of their range without a word: each is
 * looked at before it is computed, and blank where the server holds no such day.
 */
import { isoSecond } from '../../../../shared/data/calendar-day.ts'
import type { RowFunction, RowSpelling } from '../row-functions.ts'
import { one, three, two } from './arguments.ts'
import { bound, boundAs } from './clickhouse-exact.ts'

/** The days a server holds, as numbers since 1970. */
interface Calendar {
  readonly day: (x: string) => string
  readonly moment: (x: string) => string
  readonly first: number
  /** Of moments: when a day begins depends on the zone. */
  readonly firstWhole: number
  readonly last: number
  readonly years: readonly [first: number, last: number]
}

/** 16 bits, which the tables of old servers do not fill; nought is no day there. */
const narrow: Calendar = {
  day: (x) => `toDate(${x})`,
  moment: (x) => `toDateTime(${x})`,
  ...{ first: 1, firstWhole: 1, last: 49_672, years: [1970, 2105] },
}
const wide: Calendar = {
  day: (x) => `toDate32(${x})`,
  moment: (x) => `toDateTime64(${x}, 0)`,
  ...{ first: -25_567, firstWhole: -25_566, last: 120_529, years: [1900, 2299] },
}

const spaces = String.raw`[ \\t\\r\\n\\x{00A0}\\x{3000}]*`
const whole = (x: string): string => `ifNull(toInt64(${x}), 0)`
const monthOf = (x: string): string => `(toInt64(toYear(${x})) * 12 + toMonth(${x}))`

/** The number of a day, counting months from March of a year so long ago that nothing below is negative. */
function dayNumber(year: string, month: string, day: string): string {
  const months = `(${year} * 12 + ${month} + 249597)`
  const years = `intDiv(${months}, 12)`
  const days = `intDiv(153 * (${months} % 12) + 2, 5) + 365 * ${years} + intDiv(${years}, 4) - intDiv(${years}, 100) + intDiv(${years}, 400)`
  return `(${days} - 8316513 + ${day})`
}

/** Days of February to December and January, by the month's number alone. */
const daysIn = (year: string, month: string): string =>
  `(28 + (${month} + intDiv(${month}, 8)) % 2 + 2 % ${month} + 2 * intDiv(1, ${month}) + if(${month} = 2 and ${year} % 4 = 0 and (${year} % 100 <> 0 or ${year} % 400 = 0), 1, 0))`

function dayPattern(group: 1 | 2 | 3): string {
  const digits = ['[0-9]{4}', '[0-9]{1,2}', '[0-9]{1,2}']
  const [year, month, day] = digits.map((text, at) => (at + 1 === group ? `(${text})` : text))
  return `'^${spaces}${year}[-/.年]${month}[-/.月]${day}日?${spaces}$'`
}

/** Parts of the wall-clock, so that the server's zone changes nothing. */
const secondIn = ({ day }: Calendar, x: string): string =>
  `(toInt64(toInt32(${day(x)})) * 86400 + toHour(${x}) * 3600 + toMinute(${x}) * 60 + toSecond(${x}))`

/** As the clock on the wall shows it, also where that is put forward or back on the way. */
function addSeconds(calendar: Calendar, x: string, count: string): string {
  const target = `(${secondIn(calendar, 'v')} + ${whole('w')})`
  const inside = `${target} >= ${calendar.firstWhole * 86_400} and ${target} < ${(calendar.last + 1) * 86_400}`
  const fits = `isNotNull(w) and ${inside}`
  const near = boundAs(['r', 'g'], `r + (g - ${secondIn(calendar, 'r')})`, [`v + if(${fits}, ${whole('w')}, 0)`, target]) // prettier-ignore
  return bound(`if(${fits}, ${near}, null)`, x, count)
}

export function clickhouseDays(holdsWideDays: boolean) {
  const calendar = holdsWideDays ? wide : narrow
  const { day, moment, first, firstWhole, last, years } = calendar
  const within = (number: string, timed: boolean): string =>
    `(${number} >= ${timed ? firstWhole : first} and ${number} <= ${last})`
  const dayOfNumber = (number: string): string =>
    bound(`if(${within('v', false)}, ${day(`toInt32(if(${within('v', false)}, v, 0))`)}, null)`, number) // prettier-ignore

  const addDays: RowSpelling = ([x = 'null', count = 'null'], timed) => {
    const target = `toInt64(toInt32(${day('v')})) + ${whole('w')}`
    const fits = `isNotNull(w) and ${within(target, timed === 1)}`
    return bound(`if(${fits}, addDays(v, if(${fits}, ${whole('w')}, 0)), null)`, x, count)
  }
  const addMonths: RowSpelling = ([x = 'null', count = 'null'], timed) => {
    const [month, start] = [`${monthOf('v')} + ${whole('w')}`, years[0] * 12 + 1]
    const edge =
      timed === 1 || first === firstWhole ? ` and (${month} > ${start} or toDayOfMonth(v) > 1)` : ''
    const fits = `isNotNull(w) and ${month} >= ${start} and ${month} <= ${years[1] * 12 + 12}${edge}`
    return bound(`if(${fits}, addMonths(v, if(${fits}, ${whole('w')}, 0)), null)`, x, count)
  }
  const makeDay = (year: string, month: string, date: string): string => {
    const [y, m, d] = [whole('v'), whole('w'), whole('u')]
    const known = 'isNull(v) or isNull(w) or isNull(u)'
    return dayOfNumber(bound(`if(${known}, null, ${dayNumber(y, m, d)})`, year, month, date))
  }
  const dayText = (x: string): string => {
    const part = (group: 1 | 2 | 3): string => `toInt64OrZero(extract(s, ${dayPattern(group)}))`
    const real = `v >= 1 and w >= 1 and w <= 12 and u >= 1 and u <= ${daysIn('v', 'greatest(w, 1)')}`
    const number = bound(`if(${real}, ${dayNumber('v', 'w', 'u')}, null)`, part(1), part(2), part(3)) // prettier-ignore
    return dayOfNumber(boundAs(['s'], number, [`ifNull(${x}, '')`]))
  }
  return {
    day: one(day),
    moment: one(moment),
    dayOfEpoch: one((x) => (Number(x) >= first && Number(x) <= last ? day(`toInt32(${x})`) : day('null'))), // prettier-ignore
    momentOfEpoch: one((x) => {
      const there = Number(x) >= firstWhole * 86_400 && Number(x) < (last + 1) * 86_400
      return moment(there ? `'${isoSecond(Number(x)).replace('T', ' ')}'` : 'null')
    }),
    // What is not possible is blank when it is computed.
    possibleDay: one((x) => x),
    possibleMoment: one((x) => x),
    makeDay: three(makeDay),
    addDays,
    addMonths,
    addSeconds: two((x, count) => addSeconds(calendar, x, count)),
    daysBetween: two((from, to) => `(toInt64(toInt32(${day(to)})) - toInt64(toInt32(${day(from)})))`), // prettier-ignore
    secondsBetween: two((from, to) => `(${secondIn(calendar, to)} - ${secondIn(calendar, from)})`),
    monthsSince: one(monthOf),
    monthStart: one((x) => dayOfNumber(bound(`toInt64(toInt32(${day('v')})) - toDayOfMonth(v) + 1`, x))), // prettier-ignore
    monthEnd: one((x) => bound(`${day('v')} + (${daysIn('toYear(v)', 'toMonth(v)')} - toDayOfMonth(v))`, x)), // prettier-ignore
    dayText: one(dayText),
  } satisfies Partial<Record<RowFunction, RowSpelling>>
}
