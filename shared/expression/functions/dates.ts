import { dateType, integerType } from '../value-type.ts'
import type { FunctionEntry, Parameter } from './function-entry.ts'
import { always, asArgument } from './function-entry.ts'
import type { DateFunction } from './function-id.ts'

const base = { kind: 'row', group: 'date' } as const
const day: Parameter = { name: 'date', takes: 'day' }
const unit: Parameter = { name: 'unit', takes: 'unit' }

function part(
  id: DateFunction,
  english: string,
  chinese: string,
  parameter: Parameter = day,
): FunctionEntry {
  return {
    ...base,
    id,
    english: [english],
    chinese: [chinese],
    parameters: [parameter],
    gives: always(integerType),
  }
}

const time: Parameter = { name: 'time', takes: 'timestamp' }

function edge(id: DateFunction, english: string, chinese: string): FunctionEntry {
  const months: Parameter = { name: 'count', takes: 'whole', optional: true }
  return {
    ...base,
    id,
    english: [english],
    chinese: [chinese],
    parameters: [day, months],
    gives: always(dateType),
  }
}

export const dateEntries: Readonly<Record<DateFunction, FunctionEntry>> = {
  date: {
    ...base,
    id: 'date',
    english: ['DATE'],
    chinese: ['日期'],
    parameters: [
      { name: 'year', takes: 'whole' },
      { name: 'month', takes: 'whole' },
      { name: 'day', takes: 'whole' },
    ],
    gives: always(dateType),
  },
  dateValue: {
    ...base,
    id: 'dateValue',
    english: ['DATEVALUE'],
    chinese: ['转日期'],
    parameters: [{ name: 'text', takes: 'text' }],
    gives: always(dateType),
  },
  toDate: {
    ...base,
    id: 'toDate',
    english: ['TODATE'],
    chinese: ['取日期'],
    parameters: [day],
    gives: always(dateType),
  },
  year: part('year', 'YEAR', '年'),
  quarter: part('quarter', 'QUARTER', '季度'),
  month: part('month', 'MONTH', '月'),
  week: part('week', 'ISOWEEKNUM', '周数'),
  day: part('day', 'DAY', '日'),
  weekday: part('weekday', 'ISOWEEKDAY', '星期'),
  hour: part('hour', 'HOUR', '小时', time),
  minute: part('minute', 'MINUTE', '分钟', time),
  dateAdd: {
    ...base,
    id: 'dateAdd',
    english: ['DATEADD'],
    chinese: ['日期加'],
    parameters: [day, { name: 'count', takes: 'whole' }, unit],
    gives: asArgument(0),
  },
  dateDif: {
    ...base,
    id: 'dateDif',
    english: ['DATEDIF'],
    chinese: ['日期差'],
    parameters: [{ name: 'from', takes: 'day' }, { name: 'to', takes: 'day' }, unit],
    gives: always(integerType),
  },
  monthStart: edge('monthStart', 'MONTHSTART', '月初'),
  monthEnd: edge('monthEnd', 'EOMONTH', '月末'),
  lastDay: {
    ...base,
    id: 'lastDay',
    english: ['LASTDAY'],
    chinese: ['数据末日'],
    parameters: [],
    gives: always(dateType),
  },
}
