/** Searches the member lists of a set for accounts of one person. */
import { randomBytes } from 'node:crypto'
import { accountName, mostUnasked } from '../../../../shared/people/clusters.ts'
import type { FindPeople, PeopleSet } from '../../../../shared/people/people-words.ts'
import { comparisonOf, contradicts, totalOf } from '../../../../shared/people/weights.ts'
import type { FindPeopleOutcome, PeopleSide } from '../../runner/people/people-order.ts'
import type { NewAccount, StoredPeopleSet } from '../store/people-rows.ts'
import type { Workspace } from '../workspace.ts'
import { freeWords, sidesOf } from './people-sides.ts'
import { peopleSet, storedSet } from './people-state.ts'
import { WhoIsWhom } from './who-is-whom.ts'
import type { PeopleTools } from './write-people.ts'
import { writePeople } from './write-people.ts'

/** More could not be reviewed anyhow; the best are kept, and the others found again once these are decided. */
export const mostPairs = 100_000

/** Rejects with AppErrorException; then decisions and what was open are as they were. */
export function findPeople(
  workspace: Workspace,
  ask: FindPeople,
  tools: PeopleTools,
): Promise<PeopleSet> {
  return workspace.exclusive(() => findWithin(workspace, ask, tools))
}

/** Within `exclusive`. */
export async function findWithin(
  workspace: Workspace,
  ask: FindPeople,
  tools: PeopleTools,
): Promise<PeopleSet> {
  const settings = freeWords(workspace, ask.settings)
  const sides = sidesOf(workspace, settings)
  const id = ask.set ?? `ppl_${randomBytes(6).toString('hex')}`
  if (ask.set !== undefined) storedSet(workspace, ask.set)
  const found = await search(workspace, ask.set, sides, tools)
  const { people } = workspace.catalogue
  const before = people.snapshot(id)
  try {
    if (JSON.stringify(people.set(id)?.settings) !== JSON.stringify(settings)) {
      people.saveSet(id, settings)
    }
    saveFound(workspace, storedSet(workspace, id), sides, found)
    if (ask.acceptOver !== null) {
      const accepted = acceptUnasked(workspace, id, ask.acceptOver)
      people.countAccepted(id, accepted)
    }
    await writePeople(workspace, id, tools)
  } catch (error) {
    // Pairs that were accepted and never counted would be half a search.
    people.restore(before)
    WhoIsWhom.forget(workspace)
    throw error
  }
  return peopleSet(workspace, id)
}

async function search(
  workspace: Workspace,
  id: string | undefined,
  sides: readonly PeopleSide[],
  { signal, onStep }: PeopleTools,
): Promise<FindPeopleOutcome> {
  const { memoryLimitMb, threads, runJob } = workspace.options
  const tempFolder = await workspace.jobFolder()
  try {
    return await runJob(
      'findPeople',
      { sides, ...known(workspace, id), mostPairs, tempFolder, memoryLimitMb, threads },
      { ...(signal ? { signal } : {}), ...(onStep ? { onStep } : {}) },
    )
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

/** What was decided: not to be asked about again. */
function known(
  workspace: Workspace,
  id: string | undefined,
): {
  readonly rejected: [string, string, string, string][]
  readonly joined: [string, string, number][]
} {
  const set = id === undefined ? undefined : workspace.catalogue.people.set(id)
  if (set === undefined) return { rejected: [], joined: [] }
  const who = WhoIsWhom.of(workspace, set)
  const rejected = workspace.catalogue.people
    .decided(set.id, 'different')
    .flatMap(({ a, b }): [string, string, string, string][] => {
      const [one, other] = [who.accountById(a), who.accountById(b)]
      return one && other ? [[one.dataset, one.key, other.dataset, other.key]] : []
    })
  const joined = who.clusters.people().flatMap(({ accounts }, person) =>
    accounts.flatMap((name): [string, string, number][] => {
      const account = who.account(name)
      return account ? [[account.dataset, account.key, person]] : []
    }),
  )
  return { rejected, joined }
}

function saveFound(
  workspace: Workspace,
  { id, settings }: StoredPeopleSet,
  sides: readonly PeopleSide[],
  { accounts, pairs, rows, compared, worth, crowded }: FindPeopleOutcome,
): void {
  const { catalogue, options } = workspace
  const versions = settings.sources.flatMap(({ dataset }) => {
    const version = catalogue.dataset(dataset)?.version
    return version === undefined ? [] : [[dataset, version] as const]
  })
  const at = options.now().toISOString()
  const search = { at, rows, compared, worth, kept: pairs.length, crowded, accepted: 0 }
  const named = accounts.map(({ side, ...account }): NewAccount => ({
    ...account,
    dataset: sides[side]?.dataset ?? '',
  }))
  catalogue.people.saveSearch(id, search, Object.fromEntries(versions), named, pairs)
  WhoIsWhom.forget(workspace)
}

/**
 * The surest first, each only where nothing speaks against it: no contradiction between the two, none with those who would
 * come along, nobody who was told apart, and no person of very many accounts. What is left stays open. Resolves with how many.
 */
export function acceptUnasked(workspace: Workspace, id: string, percent: number): number {
  const { people } = workspace.catalogue
  const who = WhoIsWhom.of(workspace, storedSet(workspace, id))
  const accepted: number[] = []
  for (const pair of people.acceptable(id, totalOf(percent))) {
    const [one, other] = [who.accountById(pair.a), who.accountById(pair.b)]
    if (!one || !other || contradicts(comparisonOf(pair.levels))) continue
    const [a, b] = [accountName(one), accountName(other)]
    const size = who.clusters.accountsWith(a).length + who.clusters.accountsWith(b).length
    if (!who.clusters.together(a, b) && (size > mostUnasked || who.conflict(a, b))) continue
    who.clusters.join(a, b)
    accepted.push(pair.id)
  }
  // The people in memory have been joined beyond what is saved: they are read anew.
  WhoIsWhom.forget(workspace)
  if (accepted.length > 0) people.decide(id, accepted, 'unasked')
  return accepted.length
}
