/** From days to numbers, as data: worked out here by `keyOfDay` and in the engines by the same few operations. */
import { civilDay } from '../data/calendar-day.ts'
import { weekdayOf } from './fiscal.ts'

export interface DayStep {
  /** First day of the step; it lasts to the next one. */
  readonly from: number
  readonly key: number
  /** With `every`: one is added for every so many days since the origin, which may lie before `from`. */
  readonly origin: number
  readonly every: number
}

export type DayMap =
  /** floor((month index + shift) / per) */
  | { readonly kind: 'months'; readonly shift: number; readonly per: number }
  /** Blank before the first step and from `end` on, and in steps that are gaps. */
  | { readonly kind: 'ladder'; readonly steps: readonly DayStep[]; readonly end: number }
  /** A day in none of the lists has `otherwise`; `weekday` is 1 from Monday to Friday and else 0. */
  | {
      readonly kind: 'lists'
      readonly lists: readonly { readonly key: number; readonly days: readonly number[] }[]
      readonly otherwise: number | 'weekday'
    }
  /** key % modulo + 1 */
  | { readonly kind: 'part'; readonly of: DayMap; readonly modulo: number }

/** A step whose days have no key. */
export const gapKey = -1

export function keyOfDay(map: DayMap, day: number): number | undefined {
  switch (map.kind) {
    case 'months': {
      const { year, month } = civilDay(day)
      return Math.floor((year * 12 + month - 1 + map.shift) / map.per)
    }
    case 'ladder': {
      const step = day < map.end ? stepOf(map.steps, day) : undefined
      if (!step || step.key === gapKey) return undefined
      return step.key + (step.every > 0 ? Math.floor((day - step.origin) / step.every) : 0)
    }
    case 'lists': {
      const found = map.lists.find(({ days }) => days.includes(day))
      if (found) return found.key
      return map.otherwise === 'weekday' ? Number(weekdayOf(day) <= 5) : map.otherwise
    }
    case 'part': {
      const key = keyOfDay(map.of, day)
      return key === undefined ? undefined : (key % map.modulo) + 1
    }
  }
}

function stepOf(steps: readonly DayStep[], day: number): DayStep | undefined {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle]?.from ?? Infinity) <= day) low = middle + 1
    else high = middle
  }
  return steps[low - 1]
}
