/** Which extracts a statement may name: all but those whose rows come from it. */
import type { OfferedExtract } from '../../runner/user-sql/written-order.ts'
import { aliasOf } from '../dataset-words.ts'
import { extractField } from '../preparation/stored-field.ts'
import type { StoredDataset, StoredSql } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'

export interface Offered {
  readonly extracts: readonly OfferedExtract[]
  /** Names in lower case of what would ask itself. */
  readonly circular: ReadonlySet<string>
}

/** What was renamed since goes on being found by the name the statement was written with. */
export function offeredExtracts(
  workspace: Workspace,
  own: string | null,
  inputs: StoredSql['inputs'],
): Offered {
  const all = workspace.catalogue.datasets()
  const circular = own === null ? new Set<string>() : standingOn(own, all)
  const remembered = new Map(inputs.map(({ name, dataset }) => [name.toLowerCase(), dataset]))
  const extracts = all.flatMap((one): OfferedExtract[] => {
    if (one.file === null || circular.has(one.id)) return []
    const meant = remembered.get(one.name.toLowerCase())
    const names = [
      ...(meant === undefined || meant === one.id || circular.has(meant) ? [one.name] : []),
      ...inputs.flatMap(({ name, dataset }) =>
        dataset === one.id && name.toLowerCase() !== one.name.toLowerCase() ? [name] : [],
      ),
    ]
    const fields = one.fields.map(extractField)
    const { id, file } = one
    return [{ dataset: id, names, path: workspace.extractPath(file), alias: aliasOf(file), fields }]
  })
  const named = all.filter(({ id }) => circular.has(id)).map(({ name }) => name.toLowerCase())
  return { extracts, circular: new Set(named) }
}

/** The dataset itself and those that read it, directly or by way of others. */
function standingOn(own: string, all: readonly StoredDataset[]): Set<string> {
  const found = new Set([own])
  for (let before = 0; before < found.size;) {
    before = found.size
    for (const { id, sql } of all) {
      if (sql?.inputs.some(({ dataset }) => found.has(dataset))) found.add(id)
    }
  }
  return found
}
