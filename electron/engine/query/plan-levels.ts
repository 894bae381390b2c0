import { wantedDepths } from '../../../shared/query/spread/wanted-depths.ts'
import type { Select } from '../sql/nodes.ts'
import type { ResolvedQuery } from './resolve.ts'

export interface Level {
  readonly rowDepth: number
  readonly columnDepth: number
}

export interface LevelSelect extends Level {
  readonly select: Select
  /** Measures this select answers, by index. */
  readonly measures: readonly number[]
}

export type FromClause = Pick<Select, 'from' | 'as' | 'joins' | 'where'>

/** Indexes of the keys a level groups by: a prefix of the rows and a prefix of the columns. */
export function keptKeys(level: Level, rowDepth: number, keyCount: number): number[] {
  const indexes = Array.from({ length: keyCount }, (_, index) => index)
  return indexes.filter((index) =>
    index < rowDepth ? index < level.rowDepth : index - rowDepth < level.columnDepth,
  )
}

/** Every combination of wanted depths, the finest first. */
export function levelsOf({ asking }: ResolvedQuery): Level[] {
  const rowDepths = wantedDepths(asking, 'rows').reverse()
  const columnDepths = wantedDepths(asking, 'columns').reverse()
  return rowDepths.flatMap((rowDepth) =>
    columnDepths.map((columnDepth) => ({ rowDepth, columnDepth })),
  )
}
