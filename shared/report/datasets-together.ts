import { slotOf } from './field-use.ts'
import { columnsBehind } from './formula-places.ts'
import type { Bindings, Report } from './report.ts'
import { allPills } from './shelves.ts'

/** For each block with fields of several datasets, which ones: they must be related for it to show anything. */
export function datasetsTogether(report: Report, bindings: Bindings): string[][] {
  return Object.values(report.pages).flatMap((page) =>
    Object.values(page.blocks).flatMap((block) => {
      const filters = 'filters' in block ? block.filters : []
      const fields = [
        ...allPills(block).map(({ use }) => use.field),
        ...filters.map((one) => one.field),
      ].flatMap((field) => columnsBehind(report, field))
      const used = new Set(fields.flatMap((field) => bindings[slotOf(field)] ?? []))
      return used.size > 1 ? [[...used]] : []
    }),
  )
}
