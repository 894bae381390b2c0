/** What preparation steps need beyond questions and row formulas. What a function cannot read is blank, never an error. */
import type { Expr } from './nodes.ts'

export const prepareFunctions = [
  // Texts; empty is blank.
  'filled', 'halfWidth', 'spaceEnds', 'spaceSingle', 'spaceNone', 'phone', 'identity', 'splitPart', 'splitRest', 'after', 'joined',
  // Constants of a type.
  'wholeLiteral', 'decimalLiteral',
  // Conversions; `digits` is the scale of the result, or how a date is written.
  'textOfDouble', 'textOfDay', 'textOfMoment', 'numberOfText', 'doubleOfText', 'wholeOfDecimal', 'wholeOfDouble', 'decimalOfDecimal', 'decimalOfDouble',
  'doubleOfNumber', 'wholeOfBoolean', 'finite', 'dayOfText', 'momentOfText', 'dayOfWhole', 'booleanOfText', 'booleanOfNumber',
  /** What imports read: digits of a number, a second on the clock of a zone, the zone a text names; `digits` is an order of days. */
  'writtenNumber', 'writtenSecond', 'writtenZone', 'mayNameZone',
  /** Rounded half away from zero. */
  'rounded',
  /** A row for each of the values. */
  'each',
  /** As relationships compare keys. */
  'keyText',
  // How values leave the engine.
  'asDouble', 'unscaled',
] as const // prettier-ignore
export type PrepareFunction = (typeof prepareFunctions)[number]

export function prepare(fn: PrepareFunction, args: readonly Expr[], digits = 0): Expr {
  return { kind: 'prepare', fn, args, digits }
}
