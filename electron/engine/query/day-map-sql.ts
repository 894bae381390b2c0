/** A map from days to numbers as an expression: the same few operations `keyOfDay` does, so that both say the same. */
import type { DayMap, DayStep } from '../../../shared/calendar/day-map.ts'
import { gapKey } from '../../../shared/calendar/day-map.ts'
import type { Expr } from '../sql/nodes.ts'
import { binary, call, inList, integer, isNull, nothing, when } from '../sql/nodes.ts'

export const plusOne = (expr: Expr): Expr => binary('+', expr, integer(1))

/** Never negative, also before 1970. */
export const modulo = (expr: Expr, by: number): Expr =>
  binary('%', binary('+', binary('%', expr, integer(by)), integer(by)), integer(by))

export const floorDivide = (expr: Expr, by: number): Expr =>
  call('integerDivide', binary('-', expr, modulo(expr, by)), integer(by))

export function dayMapExpr(map: DayMap, day: Expr, month: () => Expr): Expr {
  switch (map.kind) {
    case 'months': {
      const shifted = map.shift === 0 ? month() : binary('+', month(), integer(map.shift))
      return map.per === 1 ? shifted : floorDivide(shifted, map.per)
    }
    case 'ladder':
      return ladder(map.steps, map.end, day)
    case 'lists': {
      const otherwise = map.otherwise === 'weekday' ? weekdays(day) : integer(map.otherwise)
      const listed = map.lists.reduceRight(
        (rest, { key, days }) =>
          days.length === 0 ? rest : when(inList(day, days.map(integer)), integer(key), rest),
        otherwise,
      )
      return when(isNull(day), nothing, listed)
    }
    case 'part':
      return plusOne(modulo(dayMapExpr(map.of, day, month), map.modulo))
  }
}

/** 1 from Monday to Friday, else 0. */
function weekdays(day: Expr): Expr {
  const weekday = modulo(binary('+', day, integer(3)), 7)
  return when(binary('<', weekday, integer(5)), integer(1), integer(0))
}

/** Halves at every step: a hundred years of periods are ten comparisons deep. */
function ladder(steps: readonly DayStep[], end: number, day: Expr): Expr {
  const [first] = steps
  if (!first) return nothing
  const inside = when(binary('>=', day, integer(end)), nothing, among(steps, day))
  return when(binary('>=', day, integer(first.from)), inside, nothing)
}

function among(steps: readonly DayStep[], day: Expr): Expr {
  const middle = steps.length >> 1
  const [only, half] = [steps[0], steps[middle]]
  if (middle === 0 || !half) return only ? stepExpr(only, day) : nothing
  return when(
    binary('<', day, integer(half.from)),
    among(steps.slice(0, middle), day),
    among(steps.slice(middle), day),
  )
}

function stepExpr({ key, origin, every }: DayStep, day: Expr): Expr {
  if (key === gapKey) return nothing
  if (every === 0) return integer(key)
  // Never negative: an origin is before its step.
  const weeks = call('integerDivide', binary('-', day, integer(origin)), integer(every))
  return binary('+', integer(key), weeks)
}
