/** Member lists whose accounts were compared once are compared again with every new version: what is new waits for a word. */
import { AppErrorException } from '../../../../shared/errors.ts'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import type { FoundPeople } from '../../../../shared/data/refresh-words.ts'
import type { StoredPeopleSet } from '../store/people-rows.ts'
import type { Workspace } from '../workspace.ts'
import { findWithin } from './find-people.ts'

interface Tools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

/**
 * Once for each set some of the datasets are in, however many of them there are. What was decided stays, and nothing is accepted
 * unasked. Rejects when it is cancelled; where a search cannot be made, the review goes on saying that the data has changed.
 */
export async function searchAgain(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
  { signal, onProgress }: Tools,
): Promise<void> {
  const searched = workspace.catalogue.people
    .sets()
    .filter(({ search, settings }) => search !== null && namesSome(settings, datasets))
  for (const { id, settings } of searched) {
    const of = settings.sources.find(({ dataset }) => datasets.has(dataset))?.dataset ?? ''
    const dataset = workspace.catalogue.dataset(of)?.name ?? ''
    try {
      await workspace.exclusive(() =>
        findWithin(
          workspace,
          { set: id, settings, acceptOver: null },
          {
            signal,
            onStep: ({ done, of: all }) =>
              onProgress({
                dataset,
                phase: 'people',
                rows: done,
                fraction: done / Math.max(1, all),
              }),
          },
        ),
      )
    } catch (error) {
      if (!(error instanceof AppErrorException)) throw error
      const { code } = error.appError
      if (code === 'internal/cancelled' || code === 'internal/bug') throw error
    }
  }
}

const namesSome = (
  { sources }: StoredPeopleSet['settings'],
  datasets: ReadonlySet<string>,
): boolean => sources.some(({ dataset }) => datasets.has(dataset))

/** What the last search over this version left to decide; undefined where there was none over it. */
export function foundPeople(
  workspace: Workspace,
  dataset: string,
  version: number,
): FoundPeople | undefined {
  const { people } = workspace.catalogue
  const set = people.setOf(dataset)
  if (set?.search == null || set.searched[dataset] !== version) return undefined
  return { fresh: set.search.fresh ?? 0, open: people.counts(set.id).open }
}
