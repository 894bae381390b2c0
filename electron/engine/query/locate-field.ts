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
  /** It stands in the companion that has the same rows. */
  readonly beside: boolean
}

/** A bare name is the dataset's own, even with a dot in it; otherwise the longest dataset name before a dot counts. */
export function locateField(
  ref: string,
  home: QueryDataset,
  catalog: QueryCatalog,
): FieldPlace | undefined {
  const own = fieldIn(home, ref)
  if (own) return own
  let found: FieldPlace | undefined
  let longest = -1
  for (const dataset of catalog.datasets) {
    for (const prefix of [dataset.id, dataset.name]) {
      if (prefix.length <= longest || !ref.startsWith(`${prefix}.`)) continue
      const place = fieldIn(dataset, ref.slice(prefix.length + 1))
      if (!place) continue
      found = place
      longest = prefix.length
    }
  }
  return found
}

function fieldIn(dataset: QueryDataset, name: string): FieldPlace | undefined {
  const own = dataset.fields.find((field) => field.name === name)
  if (own) return { dataset, field: own, beside: false }
  const beside = dataset.companion?.fields.find((field) => field.name === name)
  return beside && { dataset, field: beside, beside: true }
}
