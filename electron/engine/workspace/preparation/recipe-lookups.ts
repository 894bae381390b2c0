/** What the recipe of a dataset may look up: the current rows of every dataset its relationships lead to. */
import type { Edge } from '../../../../shared/data/relationship-graph.ts'
import { waysBetween } from '../../../../shared/data/relationship-graph.ts'
import type { LookupDataset } from '../../preparation/lookups.ts'
import { aliasOf } from '../dataset-words.ts'
import { endsOf } from '../relate-datasets.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import { extractField } from './stored-field.ts'

/** Those no way leads to are listed as well, so that a formula can be told why it may not name them. */
export function lookupsOf(workspace: Workspace, id: string): LookupDataset[] {
  const datasets = new Map(workspace.catalogue.datasets().map((one) => [one.id, one]))
  // Only the keys of the version they were measured on are known to be unique.
  const edges = workspace.catalogue
    .relationships()
    .filter(({ broken, toDataset, toVersion }) => {
      return broken === null && datasets.get(toDataset)?.version === toVersion
    })
    .map(endsOf)
  return [...datasets.values()].flatMap((one) =>
    one.id === id || one.file === null ? [] : [lookupOf(workspace, one, wayTo(id, one.id))],
  )

  function wayTo(from: string, to: string): LookupDataset['way'] {
    const [way, other] = waysBetween(from, to, edges)
    if (way === undefined || other !== undefined) return null
    return way.map((edge: Edge) => ({
      keys: edge.from.fields,
      to: datasets.get(edge.to.dataset)?.name ?? '',
      toKeys: edge.to.fields,
    }))
  }
}

function lookupOf(
  workspace: Workspace,
  { name, file, fields }: StoredDataset,
  way: LookupDataset['way'],
): LookupDataset {
  const stored = file ?? ''
  return {
    ...{ name, way, alias: aliasOf(stored), path: workspace.extractPath(stored) },
    fields: fields.map(extractField),
  }
}
