import { measuresNamed } from './measure-types.ts'
import type { Measure, ReportQuery } from './report-query.ts'
import { measureName } from './report-query.ts'

/** Some measures of a question, with those their formulas over aggregates name: they come last. */
export function withNamed(
  { measures }: Pick<ReportQuery, 'measures'>,
  some: readonly Measure[],
): Measure[] {
  const found = [...some]
  for (const { aggregate, formula = '' } of found) {
    if (aggregate !== 'formula') continue
    const names = measuresNamed(formula)
    for (const one of measures) {
      const name = measureName(one)
      if (one.aggregate === 'cells' || !names.includes(name)) continue
      if (!found.some((known) => measureName(known) === name)) found.push(one)
    }
  }
  return found
}

/** The same, what is named only not being answered. */
export function withHiddenNamed(
  query: Pick<ReportQuery, 'measures'>,
  some: readonly Measure[],
): Measure[] {
  return withNamed(query, some).map((one, at) =>
    at < some.length ? one : { ...one, hidden: true },
  )
}
