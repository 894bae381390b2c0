import type { Field } from '../data/field.ts'
import type { NumberStyle } from '../data/number-format.ts'
import { isShare } from '../query/show-as.ts'
import type { FieldUse } from './field-use.ts'

/** The format a pill has when its user chose none: money with its own decimals, shares in percent, counts without, means with two. */
export function pillFormat(use: FieldUse, field: Field | undefined): NumberStyle {
  if (use.format) return use.format
  if (use.show?.as === 'rank') return { kind: 'number', decimals: 0, ...plain }
  if (use.show?.as === 'index') return { kind: 'number', decimals: 2, ...plain }
  if (isShare(use.show) || use.compare?.show === 'percent')
    return { kind: 'percent', decimals: 1, ...plain }
  const decimals = defaultDecimals(use, field)
  const kind = counts(use) ? 'number' : kindOfSign(field?.sign)
  if (kind === 'percent') return { kind, decimals: Math.max(1, decimals - 2), ...plain }
  return { kind, decimals, ...plain }
}

const plain = { grouping: true, unit: 'none' } as const

const counts = ({ aggregate }: FieldUse): boolean =>
  aggregate === 'count' || aggregate === 'countDistinct' || aggregate === 'countDistinctWithBlank'

/** The one currency people are shown is the yuan; other signs are told with the field. */
function kindOfSign(sign: string | undefined): NumberStyle['kind'] {
  return sign === '%' ? 'percent' : sign === '¥' ? 'currency' : 'number'
}

function defaultDecimals(use: FieldUse, field: Field | undefined): number {
  switch (use.aggregate) {
    case 'count':
    case 'countDistinct':
    case 'countDistinctWithBlank':
      return 0
    case 'average':
    case 'median':
    case 'percentile':
    case 'weightedAverage':
      return 2
    default:
      if (field?.type === 'decimal') return field.scale ?? 2
      return field?.type === 'double' ? 2 : 0
  }
}
