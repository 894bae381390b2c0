/** Groups of a crosstab that are put away: lines are hidden, and nothing is computed anew (rule 26). */
import { z } from 'zod'
import { Member } from '../../data/cell-value.ts'
import type { ResultAxis } from '../query-result.ts'

/** Whole levels by the length of their paths, and single groups that are the other way than their level. */
export const EdgeFolds = z.strictObject({
  levels: z.array(z.number().int().min(1).max(7)).max(7),
  paths: z.array(z.array(Member).min(1).max(7)).max(5000),
})
export type EdgeFolds = z.infer<typeof EdgeFolds>

export const Folds = z.strictObject({ rows: EdgeFolds.optional(), columns: EdgeFolds.optional() })
export type Folds = z.infer<typeof Folds>

type Path = readonly Member[]
const keyOf = (path: Path): string => JSON.stringify(path)

export function folding(folds: EdgeFolds | undefined): (path: Path) => boolean {
  if (!folds) return () => false
  const single = new Set(folds.paths.map(keyOf))
  return (path) => folds.levels.includes(path.length) !== single.has(keyOf(path))
}

/** Opens a group that is folded and folds one that is not. */
export function toggled(folds: EdgeFolds | undefined, path: Path): EdgeFolds | undefined {
  const { levels, paths } = folds ?? { levels: [], paths: [] }
  const key = keyOf(path)
  const others = paths.filter((one) => keyOf(one) !== key)
  return settled({ levels, paths: others.length < paths.length ? others : [...paths, [...path]] })
}

/** All groups of a level at once, those to come as well. */
export function foldedLevel(
  folds: EdgeFolds | undefined,
  depth: number,
  folded: boolean,
): EdgeFolds | undefined {
  const { levels, paths } = folds ?? { levels: [], paths: [] }
  const others = levels.filter((one) => one !== depth)
  return settled({
    levels: folded ? [...others, depth].sort() : others,
    paths: paths.filter(({ length }) => length !== depth),
  })
}

const settled = (folds: EdgeFolds): EdgeFolds | undefined =>
  folds.levels.length + folds.paths.length === 0 ? undefined : folds

/** Lines of an edge that are seen, in their order: nothing below a folded group but the line it has itself. */
export function linesInSight(
  { paths, fields, aside }: Pick<ResultAxis, 'paths' | 'fields' | 'aside'>,
  folds: EdgeFolds | undefined,
): readonly number[] {
  const isFolded = folding(folds)
  const onlyFolded = new Set(aside)
  return paths.flatMap((path, line) => {
    if (folds && path.some((_member, at) => at > 0 && isFolded(path.slice(0, at)))) return []
    const group = path.length > 0 && path.length < fields.length
    return onlyFolded.has(line) && !(group && isFolded(path)) ? [] : [line]
  })
}
