import type { QueryResult } from '../query/query-result.ts'
import { tints } from '../query/stage/tint.ts'
import type { CrosstabBlock } from './blocks/crosstab-block.ts'

/** How strongly a cell is tinted, 0 to 1; null for none. */
export type TintOf = (measure: number, place: number) => number | null

const none: TintOf = () => null

export function crosstabTint({ tint }: Pick<CrosstabBlock, 'tint'>, result: QueryResult): TintOf {
  if (!tint) return none
  const tinted = result.measures.findIndex(({ name }) => name === tint.pill)
  if (tinted < 0) return none
  const of = tints(result, tinted, tint.over)
  return (measure, place) => (measure === tinted ? of(place) : null)
}

/** Percent of the tint's colour over the ground: pale enough for the number on it to be read in either theme. */
export const tintPercent = (strength: number): number => Math.round(6 + strength * 30)
