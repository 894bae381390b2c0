/** Decisions about pairs, and taking them back. Each is saved at once; questions know them when they are written. */
import type { Conflict } from '../../../../shared/people/clusters.ts'
import { accountName } from '../../../../shared/people/clusters.ts'
import type {
  Decided,
  Decision,
  JoinConflict,
  PeopleSet,
  UndoWhat,
} from '../../../../shared/people/people-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { Workspace } from '../workspace.ts'
import { acceptUnasked } from './find-people.ts'
import { peopleSet, storedSet } from './people-state.ts'
import { WhoIsWhom } from './who-is-whom.ts'

interface DecideAsk {
  readonly set: string
  readonly pair: number
  readonly decision: Decision
  readonly force: boolean
}

export function decidePair(
  workspace: Workspace,
  { set: id, pair: pairId, decision, force }: DecideAsk,
): Promise<Decided> {
  return workspace.exclusive<Decided>(() => {
    const set = storedSet(workspace, id)
    const { people } = workspace.catalogue
    const pair = people.pair(pairId)
    const who = WhoIsWhom.of(workspace, set)
    const [one, other] = [who.accountById(pair?.a ?? 0), who.accountById(pair?.b ?? 0)]
    if (pair?.state !== 'open' || !one || !other) {
      throw new AppErrorException(appError('people/notFound'))
    }
    const conflict =
      decision === 'same' && !force ? who.conflict(accountName(one), accountName(other)) : undefined
    if (conflict) return Promise.resolve({ state: 'conflict', conflict: inWords(conflict, who) })
    people.decide(id, [pairId], decision)
    if (decision !== 'skip') WhoIsWhom.noteDecision(workspace, set, pair, decision)
    return Promise.resolve({ state: 'done', set: peopleSet(workspace, id) })
  })
}

function inWords(conflict: Conflict, who: WhoIsWhom): JoinConflict {
  const account = (name: string): JoinConflict['a'] => {
    const { dataset = '', key = '' } = who.account(name) ?? {}
    return { dataset, key }
  }
  return {
    kind: conflict.kind,
    mark: conflict.kind === 'contradiction' ? conflict.mark : null,
    ...{ a: account(conflict.a), b: account(conflict.b) },
  }
}

export function acceptOver(workspace: Workspace, id: string, percent: number): Promise<PeopleSet> {
  return workspace.exclusive(() => {
    const accepted = acceptUnasked(workspace, id, percent)
    workspace.catalogue.people.countAccepted(id, accepted)
    return Promise.resolve(peopleSet(workspace, id))
  })
}

/** One step, one person, or whole kinds of decisions; pairs taken back are open again. */
export function undoPeople(workspace: Workspace, id: string, ask: UndoWhat): Promise<PeopleSet> {
  return workspace.exclusive(() => {
    const set = storedSet(workspace, id)
    const { people } = workspace.catalogue
    const who = WhoIsWhom.of(workspace, set)
    if (ask.what === 'last') people.undoLast(id)
    else if (ask.what === 'person') {
      const accounts = new Set(who.clusters.accountsWith(accountName(ask)))
      const own = who.pairs.filter(({ a }) => accounts.has(who.nameOf(a)))
      if (own.length === 0) throw new AppErrorException(appError('people/notFound'))
      people.reopen(id, own.map(({ id: pair }) => pair), true) // prettier-ignore
    } else {
      const same = people.decided(id, 'same').filter(({ unasked }) => ask.what === 'all' || unasked === 1) // prettier-ignore
      const undone = [
        ...(ask.what === 'rejected' ? [] : same),
        ...(ask.what === 'unasked' ? [] : people.decided(id, 'different')),
      ]
      people.reopen(id, undone.map(({ id: pair }) => pair), false) // prettier-ignore
    }
    return Promise.resolve(peopleSet(workspace, id))
  })
}
