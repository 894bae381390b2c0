/** Conditions are true or false, never blank: a blank condition counts as false. */
import type { LogicFunction } from '../functions/function-id.ts'
import type { OperatorOperation } from '../typed.ts'
import type { Value } from '../value.ts'
import type { Evaluated } from './operation.ts'
import { compareValues } from './order.ts'

const same = (a: Value | undefined, b: Value | undefined): boolean => (a ?? null) === (b ?? null)

/** False beside a blank. */
const ordered =
  (test: (order: number) => boolean): Evaluated =>
  ([a = null, b = null]) =>
    a !== null && b !== null && test(compareValues(a, b))

/** The result beside the first pair that holds, else what is left at the end. */
function firstOf(args: readonly Value[], holds: (value: Value) => boolean): Value {
  for (let i = 0; i + 1 < args.length; i += 2) {
    if (holds(args[i] ?? null)) return args[i + 1] ?? null
  }
  return args.length % 2 === 1 ? (args.at(-1) ?? null) : null
}

type Comparison = Extract<
  OperatorOperation,
  'equal' | 'unequal' | 'less' | 'atMost' | 'more' | 'atLeast'
>

export const evaluateLogic: Readonly<Record<LogicFunction | Comparison, Evaluated>> = {
  equal: ([a, b]) => same(a, b),
  unequal: ([a, b]) => !same(a, b),
  less: ordered((order) => order < 0),
  atMost: ordered((order) => order <= 0),
  more: ordered((order) => order > 0),
  atLeast: ordered((order) => order >= 0),
  if: ([condition, then = null, otherwise = null]) => (condition === true ? then : otherwise),
  ifs: (args) => firstOf(args, (condition) => condition === true),
  switch: ([value, ...cases]) => firstOf(cases, (option) => same(option, value)),
  and: (args) => args.every((value) => value === true),
  or: (args) => args.some((value) => value === true),
  not: ([value]) => value !== true,
  isBlank: ([value]) => (value ?? null) === null,
  coalesce: (args) => args.find((value) => value !== null) ?? null,
  blank: () => null,
  related: ([value = null]) => value,
  in: ([value, ...options]) => options.some((option) => same(option, value)),
  between: ([value = null, low = null, high = null]) =>
    value !== null &&
    low !== null &&
    high !== null &&
    compareValues(value, low) >= 0 &&
    compareValues(value, high) <= 0,
}
