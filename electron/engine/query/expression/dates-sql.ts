import { mostDays, mostMonths, mostSeconds } from '../../../../shared/expression/evaluate/dates.ts'
import {
  dateUnitNamed,
  isClockUnit,
  isMonthUnit,
  monthsOfUnit,
  secondsOfUnit,
} from '../../../../shared/expression/functions/date-unit.ts'
import type { DateUnit } from '../../../../shared/expression/functions/date-unit.ts'
import type { DateFunction } from '../../../../shared/expression/functions/function-id.ts'
import type { ApplyPart } from '../../../../shared/expression/typed.ts'
import type { Expr } from '../../sql/nodes.ts'
import { binary, call, integer, nothing } from '../../sql/nodes.ts'
import type { RowFunction } from '../../sql/row-functions.ts'
import { row } from '../../sql/row-functions.ts'
import type { Compiled } from './compiled.ts'
import { at, constantAt, isMomentAt } from './compiled.ts'

/** Blank where the count leads out of the calendar from anywhere. */
const bounded = (expr: Expr, most: number): Expr => row('bounded', [expr], most)
const times = (expr: Expr, by: number): Expr => (by === 1 ? expr : binary('*', expr, integer(by)))

const part =
  (fn: RowFunction): Compiled =>
  (args) =>
    row(fn, args)

const unitOf = (called: ApplyPart): DateUnit => dateUnitNamed(constantAt(called, 2)) ?? 'day'

const dateAdd: Compiled = (args, called) => {
  const [date, count, unit] = [at(args, 0), at(args, 1), unitOf(called)]
  const timed = isMomentAt(called, 0)
  const kind = timed ? 1 : 0
  const moved = isClockUnit(unit)
    ? row('addSeconds', [date, times(bounded(count, mostSeconds), secondsOfUnit[unit])])
    : isMonthUnit(unit)
      ? row('addMonths', [date, times(bounded(count, mostMonths), monthsOfUnit[unit])], kind)
      : row('addDays', [date, times(bounded(count, mostDays), unit === 'week' ? 7 : 1)], kind)
  return timed ? row('possibleMoment', [moved]) : row('possibleDay', [row('day', [moved])])
}

const dateDif: Compiled = (all, called) => {
  const unit = unitOf(called)
  const args = all.slice(0, 2)
  if (isClockUnit(unit)) {
    return row('exact', [wholes(row('secondsBetween', args), secondsOfUnit[unit])])
  }
  if (!isMonthUnit(unit)) {
    return row('exact', [wholes(row('daysBetween', args), unit === 'week' ? 7 : 1)])
  }
  const [from, to] = args.map(monthPlace)
  const places = binary('-', to ?? nothing, from ?? nothing)
  return row('exact', [wholes(wholes(places, 100), monthsOfUnit[unit])])
}

/** Grows by 100 with every month and by 1 with every day, so that whole months are its hundreds. */
const monthPlace = (day: Expr): Expr =>
  binary('+', times(row('monthsSince', [day]), 100), call('dayOfMonth', day))

/** Whole units, towards zero. */
const wholes = (expr: Expr, by: number): Expr =>
  by === 1 ? expr : call('integerDivide', expr, integer(by))

const monthEdge =
  (fn: 'monthStart' | 'monthEnd'): Compiled =>
  (args, called) => {
    const start = row('monthStart', [at(args, 0)])
    const months = bounded(at(args, 1), mostMonths)
    const moved = called.args.length > 1 ? row('day', [row('addMonths', [start, months])]) : start
    const there = row('possibleDay', [moved])
    return fn === 'monthEnd' ? row('monthEnd', [there]) : there
  }

export const compileDates: Readonly<Record<DateFunction, Compiled>> = {
  date: (args) =>
    row('possibleDay', [
      row('makeDay', [
        row('fromOne', [at(args, 0)], 9999),
        bounded(at(args, 1), mostMonths),
        bounded(at(args, 2), mostDays),
      ]),
    ]),
  dateValue: (args) => row('possibleDay', [row('dayText', args)]),
  toDate: (args) => row('day', args),
  year: part('yearPart'),
  quarter: part('quarterPart'),
  month: part('monthPart'),
  week: part('weekPart'),
  day: part('dayPart'),
  weekday: part('weekdayPart'),
  hour: part('hourPart'),
  minute: part('minutePart'),
  dateAdd,
  dateDif,
  monthStart: monthEdge('monthStart'),
  monthEnd: monthEdge('monthEnd'),
  lastDay: (_args, _called, { lastDay }) =>
    lastDay === null ? row('day', [nothing]) : row('dayOfEpoch', [integer(lastDay)]),
}
