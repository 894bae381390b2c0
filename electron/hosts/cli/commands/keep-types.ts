/** `--keep-type FIELD` and `--keep-type FIELD=day-first`: how fields that are another kind of value now stay what they were. */
import type { ColumnOverride } from '../../../../shared/data/import-words.ts'
import type { KeepKind, SchemaQuestion } from '../../../../shared/data/refresh-words.ts'

const orders = { 'day-first': 'dayFirst', 'month-first': 'monthFirst', 'year-first': 'yearFirst' } as const // prettier-ignore
type OrderName = keyof typeof orders

const nameOf = (kind: KeepKind): OrderName | undefined =>
  (Object.keys(orders) as OrderName[]).find((name) => orders[name] === kind)

/** The way that was said, by the field; undefined for the only one there is. */
export type KeptTypes = ReadonlyMap<string, KeepKind | undefined>

export interface KeptFields {
  readonly types: KeptTypes
  /** Fields whose zeros in front are put back. */
  readonly pads: ReadonlySet<string>
}

export function keptTypes(given: readonly string[]): KeptTypes {
  return new Map(
    given.map((said) => {
      const order = (Object.keys(orders) as OrderName[]).find((name) => said.endsWith(`=${name}`))
      return order === undefined
        ? [said, undefined]
        : [said.slice(0, -order.length - 1), orders[order]]
    }),
  )
}

export function keepRules(
  { retyped, unpadded }: SchemaQuestion,
  { types: kept, pads }: KeptFields,
): ColumnOverride[] {
  const padded = unpadded.flatMap(({ field: column, digits: padTo }) =>
    pads.has(column) ? [{ column, padTo }] : [],
  )
  const types = retyped.flatMap(({ field, ways }) => {
    if (!kept.has(field)) return []
    const kind = kept.get(field)
    const [only, ...others] = ways
    const way = kind === undefined && others.length === 0 ? only : ways.find((one) => one.kind === kind) // prettier-ignore
    return way === undefined ? [] : [way.rule]
  })
  return [...types, ...padded]
}

/** What could be given, and why: `金额`, `日期=day-first`; `金额: 2.csv: 1/40 (待定)`. */
export function keepFacts({ retyped, unpadded }: SchemaQuestion): Record<string, string[]> {
  const keepType = retyped.flatMap(({ field, ways }) =>
    ways.map(({ kind }) => {
      const order = nameOf(kind)
      return order === undefined ? field : `${field}=${order}`
    }),
  )
  const odd = retyped.flatMap(
    ({ field, odd: files }) =>
    files.map(({ file, count, of, examples }) => `${field}: ${file}: ${count}/${of} (${examples.join(', ')})`), // prettier-ignore
  )
  const lost = unpadded.map(({ field, file, count, of, digits, examples: [one = ''] }) => {
    return `${field}: ${file}: ${count}/${of} (${one} → ${one.padStart(digits, '0')})`
  })
  return {
    ...(keepType.length > 0 ? { keepType, odd } : {}),
    ...(lost.length > 0
      ? { pad: [...new Set(unpadded.map(({ field }) => field))], unpadded: lost }
      : {}),
  }
}
