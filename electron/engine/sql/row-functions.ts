/**
 * What row formulas need beyond the functions of questions. Exact numbers are digits without a point in the widest
 * decimal; what does not fit there is blank, never an error, so that one row cannot fail a statement.
 */
import type { Expr } from './nodes.ts'

export const rowFunctions = [
  // Exact numbers; `digits` are places the point moves. `divided` rounds the last of its digits off.
  'exact', 'exactOfDecimal', 'exactOfDouble', 'decimal', 'double', 'tens', 'nearest', 'nearestNarrow', 'cutOff', 'floorOff', 'ceilOff',
  'add', 'subtract', 'multiply', 'quotient', 'quotientNarrow', 'divided', 'rest', 'negate', 'abs', 'sign',
  // Doubles.
  'isFinite', 'floatAdd', 'floatSubtract', 'floatMultiply', 'ratio', 'power', 'typedDouble',
  // Any type. `bounded` is blank beyond `digits` on either side of 0, `fromOne` outside 1 to `digits`.
  'same', 'isTrue', 'cases', 'firstOf', 'least', 'greatest', 'bounded', 'fromOne', 'clamped',
  // Texts.
  'left', 'right', 'mid', 'trim', 'upper', 'lower', 'concat', 'cut', 'substitute', 'endsWith', 'place', 'padLeft',
  'textOfExact', 'textOfNumber', 'textOfMoment', 'numberText', 'numberTextNarrow', 'dayText', 'orEmpty', 'typedText',
  // Dates and moments; outside the years 1 to 9999 is blank. `digits` of days and months added is 1 for moments.
  'day', 'moment', 'dayOfEpoch', 'momentOfEpoch', 'possibleDay', 'possibleMoment', 'makeDay', 'addDays', 'addMonths', 'addSeconds', 'daysBetween',
  'secondsBetween', 'monthsSince', 'monthStart', 'monthEnd', 'yearPart', 'quarterPart', 'monthPart', 'weekPart', 'dayPart', 'weekdayPart',
  'hourPart', 'minutePart',
  'truth',
] as const // prettier-ignore
export type RowFunction = (typeof rowFunctions)[number]

/** Spells a call; `digits` is a whole number chosen by the compiler. */
export type RowSpelling = (args: readonly string[], digits: number) => string

export function row(fn: RowFunction, args: readonly Expr[], digits = 0): Expr {
  return { kind: 'row', fn, args, digits }
}
