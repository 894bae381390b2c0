import type { ExportRequest, PrintContent } from '../../../shared/export-words.ts'
import { controlFilters } from '../../../shared/report/cross-filter.ts'
import { stepsTaken } from '../../../shared/report/drill.ts'
import { exportedPages } from './ask-blocks.ts'
import type { ExportWords } from './export-words.ts'

/**
 * By block, in words: what was picked in linked blocks, and the drill steps taken. Filters of the page's controls are
 * printed by the controls themselves.
 */
export function narrowedBlocks(
  request: Pick<ExportRequest, 'report' | 'scope' | 'view'>,
  words: Pick<ExportWords, 'filter'>,
): PrintContent['narrowed'] {
  const { report, view } = request
  return Object.fromEntries(
    exportedPages(request).flatMap((page) => {
      const blocks = Object.values(page.blocks)
      const controls = new Set(blocks.flatMap(controlFilters).map((one) => JSON.stringify(one)))
      return page.blockOrder.map((id) => {
        const filters = view.filters[id] ?? []
        const picked = filters.filter((filter) => !controls.has(JSON.stringify(filter)))
        return [id, [...picked, ...stepsTaken(report, id, view.drill)].map(words.filter)] as const
      })
    }),
  )
}
