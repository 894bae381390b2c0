import type { Select } from '../sql/nodes.ts'
import { call, select } from '../sql/nodes.ts'
import type { QueryPlan } from './plan.ts'
import { toNumbers } from './read-levels.ts'
import type { RawAnswer } from './query-runner.ts'

/**
 * Groups of the finest level, or undefined where the plan would be the same whatever they are. Their bound multiplies members
 * that never meet (a subcategory has one category): counting them costs a hundredth of what distinct counts by level do.
 * At most one more than those for which bit strings would do.
 */
export async function countedGroups(
  { leaf, keys, measures }: QueryPlan,
  run: (node: Select) => Promise<RawAnswer>,
): Promise<number | undefined> {
  const fits = measures.flatMap((plan) => (plan.kind === 'perLevel' ? (plan.bitGroups ?? []) : []))
  if (fits.length === 0 || leaf.with || keys.length === 0) return undefined
  const grouped = leaf.columns.slice(0, leaf.groupBy.length)
  const answer = await run(
    select({
      with: [
        {
          name: 'met',
          select: { ...leaf, columns: grouped, limit: Math.max(...fits) + 1 },
        },
      ],
      columns: [{ expr: call('countAll'), as: 'n' }],
      from: { kind: 'named', name: 'met' },
      as: 'g',
    }),
  )
  const counts = answer.columns.get('n')
  return counts && toNumbers(counts)[0]
}
