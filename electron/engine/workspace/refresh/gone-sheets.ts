/** Sheets of a dataset that are gone from their workbook: whose rows stay, and which others were read in their place. */
import { partLabel } from '../../runner/import/inspect-files.ts'
import { fileState } from '../make-version.ts'
import type { StoredDataset } from '../store/catalogue.ts'
import type { SourceStates } from './source-states.ts'

/** What was read of sheets that are gone from their workbook stays. */
export function withoutSheets(
  { sources }: StoredDataset,
  { kept, changed, lost, gone }: SourceStates,
  missing: ReadonlySet<number>,
): SourceStates {
  const named = [...missing].flatMap((place) => sources[place] ?? [])
  return {
    kept: [...kept, ...missing].toSorted((a, b) => a - b),
    changed: changed.filter((place) => !missing.has(place)),
    lost: [...lost, ...missing],
    gone: [...gone, ...named.map(({ name, part }) => partLabel(name, part ?? ''))],
  }
}

/** The file was looked into: what was read of the sheets it lacks makes it no older than its other sheets. */
export async function seenAgain(
  stored: StoredDataset,
  missing: ReadonlySet<number>,
): Promise<StoredDataset> {
  const sources = stored.sources.map(async (source, place) => {
    const { path } = source
    return missing.has(place) && path !== null ? { ...source, ...(await fileState(path)) } : source
  })
  return { ...stored, sources: await Promise.all(sources) }
}

export function renamedLabels(
  { sources }: StoredDataset,
  renamed: ReadonlyMap<number, string>,
): string[] {
  return [...renamed].flatMap(([place, part]) => {
    const source = sources[place]
    return source ? [`${partLabel(source.name, source.part ?? '')} → ${part}`] : []
  })
}
