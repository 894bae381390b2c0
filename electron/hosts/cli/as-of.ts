import { produce } from 'immer'
import { isoDay } from '../../../shared/data/calendar-day.ts'
import type { Filter } from '../../../shared/query/filter.ts'
import { relativeRange } from '../../../shared/query/relative-date.ts'
import type { BlockFilter } from '../../../shared/report/block-filter.ts'
import type { Report } from '../../../shared/report/report.ts'

/** "The last three months" as the days it means on a given day; other filters stay. */
export function pinFilter<F extends Filter | BlockFilter>(filter: F, day: number): F {
  if (filter.op !== 'relative') return filter
  const { from, to } = relativeRange(filter, day)
  const range = { field: filter.field, op: 'range', from: isoDay(from), to: isoDay(to) }
  // A range on the same field is a filter of the same family: query or block.
  return range as F
}

export function pinReport(report: Report, day: number): Report {
  return produce(report, (draft) => {
    for (const page of Object.values(draft.pages)) {
      for (const block of Object.values(page.blocks)) {
        if ('filters' in block) block.filters = block.filters.map((one) => pinFilter(one, day))
      }
    }
  })
}
