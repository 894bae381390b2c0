/** Days parted into stretches at some of them, as a map engines work out. */
import type { DayMap, DayStep } from '../../../shared/calendar/day-map.ts'

const ever = { first: -1_000_000, last: 4_000_000 }

/** The stretch of a day by number: 0 before the first bound, then from each bound on. */
export function stretches(bounds: readonly number[]): DayMap {
  const steps: DayStep[] = [{ from: ever.first, key: 0, origin: ever.first, every: 0 }]
  for (let at = 0; at < bounds.length;) {
    const run = evenRun(bounds, at)
    const [from = 0, next = 0] = [bounds[at], bounds[at + 1]]
    steps.push({ from, key: at + 1, origin: from, every: run > 1 ? next - from : 0 })
    at += run
  }
  return { kind: 'ladder', steps, end: ever.last }
}

/** Bounds at even distances that one step says together; the last of them begins a step of its own. */
function evenRun(bounds: readonly number[], at: number): number {
  const distance = (bounds[at + 1] ?? Infinity) - (bounds[at] ?? 0)
  let end = at + 1
  while ((bounds[end + 1] ?? NaN) - (bounds[end] ?? 0) === distance) end++
  return end - at > 1 ? end - at : 1
}
