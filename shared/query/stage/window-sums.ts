/** Sums over a window that moves along values, in steps that do not grow with the window. */

/**
 * At each place the sum of the last `window` values, blanks left out; null where there are none. Values are added up in blocks as
 * long as the window, from either end: a window is the end of one block and the beginning of the next. Nothing is ever taken off
 * again, so no rounding of a value stays behind after the value has left.
 */
export function windowSums<T>(
  values: readonly (T | null)[],
  window: number,
  add: (a: T, b: T) => T,
): (T | null)[] {
  const plus = (a: T | null, b: T | null): T | null => (a === null ? b : b === null ? a : add(a, b))
  const toEnd = new Array<T | null>(values.length).fill(null)
  for (let at = values.length - 1; at >= 0; at--) {
    const isLast = at % window === window - 1 || at === values.length - 1
    toEnd[at] = isLast ? (values[at] ?? null) : plus(values[at] ?? null, toEnd[at + 1] ?? null)
  }
  let fromStart: T | null = null
  return values.map((value, at) => {
    fromStart = at % window === 0 ? value : plus(fromStart, value)
    const first = at - window + 1
    return first <= 0 || first % window === 0 ? fromStart : plus(toEnd[first] ?? null, fromStart)
  })
}
