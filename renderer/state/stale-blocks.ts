import type { Staleness } from '../../shared/data/refresh-words.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { slotOf } from '../../shared/report/field-use.ts'
import type { Bindings } from '../../shared/report/report.ts'
import { allPills } from '../../shared/report/shelves.ts'

export interface StaleBlock {
  /** The first dataset of the block that is behind its files. */
  readonly dataset: string
  /** Files that changed since they were read, of all its datasets. */
  readonly files: readonly string[]
}

/** Whether a block shows data whose files have changed since they were read; null while it is up to date. */
export function staleBlock(
  block: Block,
  bindings: Bindings,
  stale: Staleness['stale'],
): StaleBlock | null {
  const shown = allPills(block).map(({ use }) => use.field)
  const filtered = 'filters' in block ? block.filters.map(({ field }) => field) : []
  const used = new Set([...shown, ...filtered].map((field) => bindings[slotOf(field)]))
  const behind = stale.filter(({ dataset, changed }) => used.has(dataset) && changed.length > 0)
  const first = behind[0]
  return first
    ? { dataset: first.dataset, files: [...new Set(behind.flatMap(({ changed }) => changed))] }
    : null
}
