import type { RelativeFilter } from './filter.ts'
import { firstDayOf, periodOfDay } from './period.ts'

/** Both days included. */
export interface DayRange {
  readonly from: number
  readonly to: number
}

/**
 * The days a relative filter stands for, counted from `anchor` (an epoch day): `last` n units end with the anchor's own
 * unit, cut at the anchor; `previous` n whole units end before it; `toDate` runs from the unit's start to the anchor.
 */
export function relativeRange(filter: RelativeFilter, anchor: number): DayRange {
  const unit = periodOfDay(filter.unit, anchor)
  const count = filter.count ?? 1
  switch (filter.span) {
    case 'last':
      return { from: firstDayOf(filter.unit, unit - count + 1), to: anchor }
    case 'previous':
      return { from: firstDayOf(filter.unit, unit - count), to: firstDayOf(filter.unit, unit) - 1 }
    case 'toDate':
      return { from: firstDayOf(filter.unit, unit), to: anchor }
  }
}
