import { produce } from 'immer'
import { sortedInACircle } from '../query/spread/order-readers.ts'
import type { QueryContext } from './block-query.ts'
import { blockQuery } from './block-query.ts'
import type { Block } from './blocks/block.ts'
import type { FieldUse } from './field-use.ts'
import type { Report } from './report.ts'
import { allPills } from './shelves.ts'

/** Whether lines of some pills can be put in order by a measure: not by one that is known only once they are. */
export function canSortBy(
  report: Report,
  block: Block,
  pills: readonly string[],
  measure: FieldUse,
  context: Omit<QueryContext, 'view'>,
): boolean {
  if (measure.aggregate !== 'cells') return true
  const sorted = produce(block, (draft) => {
    for (const { use } of allPills(draft)) {
      if (pills.includes(use.id)) use.sort = { by: 'measure', pill: measure.id, direction: 'descending' } // prettier-ignore
    }
  })
  const query = blockQuery(report, sorted, { ...context, view: { filters: {}, drill: {} } })
  return typeof query === 'string' || sortedInACircle(query) === undefined
}
