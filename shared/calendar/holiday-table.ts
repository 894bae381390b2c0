/** Holidays from a table: a date, perhaps a last date, a name and a kind, under Chinese or English heads. */
import { epochDayOf, isoDay } from '../data/calendar-day.ts'
import type { CellValue } from '../data/cell-value.ts'
import type { ReadHolidays, refusedHolidayReasons } from './calendar-words.ts'
import type { Holiday } from './retail-calendar.ts'

type Column = 'date' | 'last' | 'name' | 'kind'

const heads: Readonly<Record<Column, readonly string[]>> = {
  date: ['date', 'day', 'first', 'from', 'start', '日期', '开始日期', '开始', '起始日期'],
  last: ['last', 'to', 'end', 'until', '结束日期', '结束', '截止日期', '至'],
  name: ['name', 'holiday', 'title', '名称', '节日', '假期', '节假日', '名字'],
  kind: ['kind', 'type', '类型', '类别', '性质'],
}

const kinds: Readonly<Record<Holiday['kind'], readonly string[]>> = {
  off: ['off', 'holiday', 'rest', '放假', '休息', '休', '假期', '法定节假日', '节假日'],
  work: ['work', 'workday', 'make-up', '上班', '调休', '调休上班', '班', '补班', '工作日'],
  own: ['own', 'event', 'promotion', '活动', '自定义', '促销', '自有'],
  closed: ['closed', '歇业', '闭店', '停业', '不营业'],
}

/** Undefined when there is no column of dates or none of names. */
export function holidaysOf(
  names: readonly string[],
  rows: readonly (readonly CellValue[])[],
): ReadHolidays | undefined {
  const at = (column: Column): number =>
    names.findIndex((name) => heads[column].includes(name.trim().toLowerCase()))
  const places = { date: at('date'), last: at('last'), name: at('name'), kind: at('kind') }
  if (places.date < 0 || places.name < 0) return undefined
  const read: ReadHolidays = { holidays: [], refused: [] }
  rows.forEach((cells, index) => {
    const cell = (column: Column): string => String(cells[places[column]] ?? '').trim()
    const found = holidayOf(cell)
    if (typeof found === 'string') read.refused.push({ row: index + 1, reason: found })
    else read.holidays.push(found)
  })
  return read
}

function holidayOf(
  cell: (column: Column) => string,
): Holiday | (typeof refusedHolidayReasons)[number] {
  const [date, name] = [dayText(cell('date')), cell('name').slice(0, 80)]
  const last = cell('last') === '' ? date : dayText(cell('last'))
  if (date === undefined || last === undefined) return 'noDate'
  if (name === '') return 'noName'
  if (last < date) return 'order'
  const kind = kindOf(cell('kind'))
  if (kind === undefined) return 'unknownKind'
  return last === date ? { date, name, kind } : { date, last, name, kind }
}

/** A holiday is a day off unless a kind says otherwise. */
function kindOf(text: string): Holiday['kind'] | undefined {
  if (text === '') return 'off'
  const wanted = text.toLowerCase()
  return (Object.keys(kinds) as Holiday['kind'][]).find((kind) => kinds[kind].includes(wanted))
}

/** `2027-01-01`, `2027/1/1`, `2027.1.1`, `20270101`, `2027年1月1日`, with or without a time. */
function dayText(text: string): string | undefined {
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const day = found && epochDayOf(Number(found[1]), Number(found[2]), Number(found[3]))
  return typeof day === 'number' ? isoDay(day) : undefined
}

/** Imported days take the place of those of the same date and kind of use; the rest of the calendar stays. */
export function withHolidays(kept: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const isOfficial = ({ kind }: Holiday): boolean => kind === 'off' || kind === 'work'
  const key = (one: Holiday): string =>
    isOfficial(one) ? one.date : `${one.date} ${one.kind} ${one.name}`
  const merged = new Map([...kept, ...more].map((one) => [key(one), one]))
  return [...merged.values()].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}
