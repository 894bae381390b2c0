/** Who comes back (rule 32): pure, from counts of customers by the period of their first purchase. */
import { z } from 'zod'
import { FieldRef } from './filter.ts'

/** Periods that follow each other without gaps in their numbers. */
export const retentionGrains = [
  ...(['day', 'week', 'month', 'quarter', 'year'] as const),
  ...(['fiscalQuarter', 'fiscalPeriod', 'fiscalYear'] as const),
] as const

export const Retention = z.strictObject({
  customer: FieldRef,
  date: FieldRef,
  grain: z.enum(retentionGrains),
  /** Back in that very period, or in it or any later one. */
  kind: z.enum(['nDay', 'unbounded']),
})
export type Retention = z.infer<typeof Retention>

/** Customers by their first period and another one: one they bought in, or the last they bought in. */
export interface CohortCount {
  readonly cohort: number
  readonly period: number
  readonly customers: number
}

export interface RetentionCell {
  /** Of the cohort, of whom it can be said: their period is over. */
  readonly customers: number
  readonly active: number
}

export interface RetentionTable {
  /** First periods, in order; those that are not over themselves are left out. */
  readonly cohorts: readonly number[]
  /** By cohort, then by periods since; shorter for later cohorts. Null where the period was not looked at. */
  readonly cells: readonly (readonly (RetentionCell | null)[])[]
  /** All cohorts together, as far as each has come and was looked at; null where none was. */
  readonly total: readonly (RetentionCell | null)[]
}

interface Counts {
  readonly active: readonly CohortCount[]
  readonly last: readonly CohortCount[]
}

/**
 * A period that is not over by `lastFinished` counts for nobody: neither who was back in it nor who could have been. Of one that is
 * not `told`, because filters leave none of its days, nobody knows who was back.
 */
export function retentionTable(
  { active, last }: Counts,
  kind: Retention['kind'],
  lastFinished: number,
  told: (period: number) => boolean = () => true,
): RetentionTable {
  const byCohort = new Map<number, Map<number, number>>()
  for (const { cohort, period, customers } of kind === 'nDay' ? active : last) {
    const periods = byCohort.get(cohort) ?? new Map<number, number>()
    byCohort.set(cohort, periods.set(period, customers))
  }
  const sizes = new Map<number, number>()
  for (const { cohort, customers } of last) sizes.set(cohort, (sizes.get(cohort) ?? 0) + customers)
  const cohorts = [...sizes.keys()].filter((one) => one <= lastFinished).sort((a, b) => a - b)
  const cells = cohorts.map((cohort) =>
    Array.from({ length: lastFinished - cohort + 1 }, (_, since) =>
      told(cohort + since)
        ? {
            customers: sizes.get(cohort) ?? 0,
            active: countFrom(byCohort.get(cohort), cohort + since, kind),
          }
        : null,
    ),
  )
  const length = Math.max(0, ...cells.map((line) => line.length))
  const total = Array.from({ length }, (_, since) => {
    const known = cells.flatMap((line) => line[since] ?? [])
    if (known.length === 0) return null
    return {
      customers: known.reduce((sum, one) => sum + one.customers, 0),
      active: known.reduce((sum, one) => sum + one.active, 0),
    }
  })
  return { cohorts, cells, total }
}

function countFrom(
  periods: ReadonlyMap<number, number> | undefined,
  from: number,
  kind: Retention['kind'],
): number {
  if (!periods) return 0
  if (kind === 'nDay') return periods.get(from) ?? 0
  return [...periods].reduce((sum, [period, count]) => (period >= from ? sum + count : sum), 0)
}
