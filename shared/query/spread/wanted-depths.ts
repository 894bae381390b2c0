import type { AxisField, AxisTotals } from '../report-query.ts'

/** Depths of an edge that are shown, or whose subtotals decide an order; the grand total of one edge sorts the other. */
export function wantedDepths(
  axis: readonly AxisField[],
  totals: AxisTotals,
  other: readonly AxisField[],
): number[] {
  const depths = new Set([axis.length])
  if (totals === 'grand') depths.add(0)
  if (totals === 'all') for (let depth = 0; depth < axis.length; depth++) depths.add(depth)
  axis.forEach((use, index) => {
    if (use.sort?.by === 'measure') depths.add(index + 1)
  })
  if (other.some((use) => use.sort?.by === 'measure')) depths.add(0)
  return [...depths].sort((a, b) => a - b)
}
