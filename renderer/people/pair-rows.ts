import type { CellValue } from '../../shared/data/cell-value.ts'
import type { PersonRecord } from '../../shared/people/people-words.ts'
import type { Trait } from '../../shared/people/settings.ts'
import { traits } from '../../shared/people/settings.ts'

/** A line of the comparison: what each account says, blank where its list has no such column. */
export interface PairRow {
  readonly trait: Trait | null
  readonly label: string
  readonly values: readonly CellValue[]
}

/** Compared traits first, whatever their columns are called; then columns of one name side by side. */
export function pairRows(
  records: readonly PersonRecord[],
  labelOf: (trait: Trait) => string,
): PairRow[] {
  const compared = traits.map((trait): PairRow => ({
    ...{ trait, label: labelOf(trait) },
    values: records.map(({ values }) => values.find((one) => one.trait === trait)?.value ?? null),
  }))
  const names = new Set(records.flatMap(({ values }) => values.flatMap(({ trait, field }) => (trait === null ? [field] : [])))) // prettier-ignore
  const others = [...names].map((label): PairRow => ({
    ...{ trait: null, label },
    values: records.map(({ values }) => values.find(({ field }) => field === label)?.value ?? null),
  }))
  return [...compared, ...others].filter(({ values }) => values.some((value) => value !== null))
}
