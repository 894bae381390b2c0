/** Who every row is, as decided so far, written beside the member lists of a set. */
import { join } from 'node:path'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { PeopleStep } from '../../../../shared/people/people-words.ts'
import type { WrittenPersons } from '../../runner/people/people-order.ts'
import { dropFiles } from '../make-version.ts'
import type { StoredPeopleSet } from '../store/people-rows.ts'
import type { Workspace } from '../workspace.ts'
import { sidesOf } from './people-sides.ts'
import { WhoIsWhom } from './who-is-whom.ts'

export interface PeopleTools {
  readonly signal?: AbortSignal
  readonly onStep?: (step: PeopleStep) => void
}

/** Within `exclusive`. Rejects with AppErrorException; then what was written before stands. */
export async function writePeople(
  workspace: Workspace,
  id: string,
  { signal, onStep }: PeopleTools = {},
): Promise<void> {
  const { catalogue } = workspace
  const set = catalogue.people.set(id)
  if (set === undefined) throw new AppErrorException(appError('people/notFound'))
  if (catalogue.people.isWritten(id)) return
  const sides = sidesOf(workspace, set.settings)
  const files = sides.map(({ dataset }) => workspace.newExtractFile(`${dataset}-persons`))
  const tempFolder = await workspace.jobFolder()
  try {
    const written = await workspace.options.runJob(
      'writePersons',
      {
        ...{ sides, tempFolder, joined: joinedAccounts(workspace, set) },
        ...{ survivors: set.settings.survivors, words: set.settings.words },
        targets: files.map((file) => join(tempFolder, file)),
        memoryLimitMb: workspace.options.memoryLimitMb,
        threads: workspace.options.threads,
      },
      { ...(signal ? { signal } : {}), ...(onStep ? { onStep } : {}) },
    )
    for (const file of files) {
      await workspace.takeIn(tempFolder, file)
      await workspace.files.flush(workspace.extractPath(file))
    }
    if (signal?.aborted === true) throw new AppErrorException(appError('internal/cancelled'))
    commit(workspace, set, files, written)
  } catch (error) {
    await dropFiles(workspace, files)
    throw error
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

function joinedAccounts(
  workspace: Workspace,
  set: StoredPeopleSet,
): [string, string, string, string][] {
  const who = WhoIsWhom.of(workspace, set)
  return who.clusters.people().flatMap(({ founder, accounts }) => {
    const first = who.account(founder)
    return accounts.flatMap((name): [string, string, string, string][] => {
      const account = who.account(name)
      if (account === undefined || first === undefined) return []
      return [[account.dataset, account.key, first.dataset, first.key]]
    })
  })
}

function commit(
  workspace: Workspace,
  set: StoredPeopleSet,
  files: readonly string[],
  { files: written, places, rows, accounts, persons }: WrittenPersons,
): void {
  const { catalogue } = workspace
  const companions = set.settings.sources.flatMap(({ dataset }, place) => {
    const version = catalogue.dataset(dataset)?.version
    const [file, made] = [files[place], written[place]]
    if (version === undefined || file === undefined || made === undefined) return []
    return [{ dataset, version, file, fields: made.fields }]
  })
  const totals = { rows, accounts, persons }
  catalogue.people.saveCompanions(set.id, set.revision, totals, companions, places)
  WhoIsWhom.forget(workspace)
}

/**
 * After a new version of some list. A set that can no longer be written (a compared column is gone) keeps its decisions; its
 * person fields are back with the version that has the column again.
 */
export async function rewritePeople(
  workspace: Workspace,
  datasets: ReadonlySet<string>,
): Promise<void> {
  const touched = workspace.catalogue.people
    .sets()
    .filter(({ settings }) => settings.sources.some(({ dataset }) => datasets.has(dataset)))
  for (const { id } of touched) await tryToWrite(workspace, id)
}

/** What an owner that was killed between a version and its companions left undone; resolves with whether there was any. */
export async function catchUpPeople(workspace: Workspace): Promise<boolean> {
  const behind = workspace.catalogue.people
    .sets()
    .filter(({ id, totals }) => totals !== null && !workspace.catalogue.people.isWritten(id))
  for (const { id } of behind) await tryToWrite(workspace, id)
  return behind.length > 0
}

/** A list of the set is gone with its accounts: people of the other lists may be others now. */
export async function loseList(workspace: Workspace, id: string): Promise<void> {
  workspace.catalogue.people.touch(id)
  WhoIsWhom.forget(workspace)
  await tryToWrite(workspace, id)
}

async function tryToWrite(workspace: Workspace, id: string): Promise<void> {
  try {
    const known = workspace.catalogue.people.set(id)?.totals
    // A set nobody has searched yet has nothing to write.
    if (known != null) await writePeople(workspace, id)
  } catch {
    // The version it follows is committed and stands; the person fields stay away until it can be written.
  }
}
