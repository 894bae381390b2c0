import type { QueryCatalog, QueryDataset, QueryField } from './query-catalog.ts'

export function findDataset(name: string, catalog: QueryCatalog): QueryDataset | undefined {
  return (
    catalog.datasets.find((candidate) => candidate.id === name) ??
    catalog.datasets.find((candidate) => candidate.name === name)
  )
}

export interface FieldPlace {
  readonly dataset: QueryDataset
  readonly field: QueryField
}

/** A bare name is the dataset's own, even with a dot in it; otherwise the longest dataset name before a dot counts. */
export function locateField(
  ref: string,
  home: QueryDataset,
  catalog: QueryCatalog,
): FieldPlace | undefined {
  const own = home.fields.find((field) => field.name === ref)
  if (own) return { dataset: home, field: own }
  let found: FieldPlace | undefined
  let longest = -1
  for (const dataset of catalog.datasets) {
    for (const prefix of [dataset.id, dataset.name]) {
      if (prefix.length <= longest || !ref.startsWith(`${prefix}.`)) continue
      const name = ref.slice(prefix.length + 1)
      const field = dataset.fields.find((candidate) => candidate.name === name)
      if (!field) continue
      found = { dataset, field }
      longest = prefix.length
    }
  }
  return found
}
