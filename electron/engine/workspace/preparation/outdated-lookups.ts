/** Datasets a recipe looked into that have another version by now: running it again was called off, or could not be done. */
import type { StoredDataset } from '../store/catalogue.ts'

/** Their names. */
export function outdatedLookups(
  datasets: readonly StoredDataset[],
  { recipe, lookedUp }: StoredDataset,
): string[] {
  if (recipe === null || !lookedUp) return []
  return datasets.flatMap(({ id, name, version }) => {
    const seen = lookedUp[id]
    return seen === undefined || seen === version ? [] : [name]
  })
}
