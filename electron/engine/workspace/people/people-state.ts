/** A set of member lists in the words of the contract. */
import type { PeopleLook, PeopleSet } from '../../../../shared/people/people-words.ts'
import { comparisonOf, contradicts, percentOf } from '../../../../shared/people/weights.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { StoredPeopleSet } from '../store/people-rows.ts'
import type { Workspace } from '../workspace.ts'
import { proposedSources } from './people-sides.ts'
import { WhoIsWhom } from './who-is-whom.ts'

/** Throws AppErrorException `people/notFound`. */
export function storedSet(workspace: Workspace, id: string): StoredPeopleSet {
  const set = workspace.catalogue.people.set(id)
  if (set === undefined) throw new AppErrorException(appError('people/notFound'))
  return set
}

export function lookAtPeople(workspace: Workspace, dataset: string): PeopleLook {
  if (workspace.catalogue.dataset(dataset) === undefined) {
    throw new AppErrorException(appError('dataset/notFound', { dataset }))
  }
  const set = workspace.catalogue.people.setOf(dataset)
  return {
    set: set === undefined ? null : peopleSet(workspace, set.id),
    proposed: proposedSources(workspace, dataset),
  }
}

export function peopleSet(workspace: Workspace, id: string): PeopleSet {
  const set = storedSet(workspace, id)
  const { people } = workspace.catalogue
  const merged = WhoIsWhom.of(workspace, set).clusters.people()
  const totals = set.totals ?? { rows: 0, accounts: 0, persons: 0 }
  return {
    ...{ id, settings: set.settings, search: set.search },
    counts: {
      ...people.counts(id),
      merged: merged.length,
      mergedAccounts: merged.reduce((sum, { accounts }) => sum + accounts.length, 0),
      ...totals,
    },
    byPercent: byPercent(people.openTotals(id)),
    outdated: isOutdated(workspace, set),
    unwritten: people.isWritten(id) ? 0 : Math.max(1, set.revision - set.written),
    last: people.lastStep(id)?.kind ?? null,
  }
}

/** What contradicts itself is never accepted by its score. */
function byPercent(
  totals: readonly { readonly total: number; readonly levels: string; readonly pairs: number }[],
): number[] {
  const counts = new Array<number>(100).fill(0)
  for (const { total, levels, pairs } of totals) {
    if (contradicts(comparisonOf(levels))) continue
    const place = Math.min(99, Math.floor(percentOf(total)))
    counts[place] = (counts[place] ?? 0) + pairs
  }
  return counts
}

/** Rows of what is open are those of the versions that were searched. */
export function isOutdated(workspace: Workspace, { searched, settings }: StoredPeopleSet): boolean {
  return settings.sources.some(
    ({ dataset }) => workspace.catalogue.dataset(dataset)?.version !== searched[dataset],
  )
}
