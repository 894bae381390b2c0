/** People as the decisions of a set connect them; kept while nobody decides anything. */
import type { Conflict, Marks } from '../../../../shared/people/clusters.ts'
import { accountName, Clusters } from '../../../../shared/people/clusters.ts'
import type { StoredPeopleSet, StoredAccount, StoredPair } from '../store/people-rows.ts'
import type { Workspace } from '../workspace.ts'

export class WhoIsWhom {
  readonly clusters: Clusters
  readonly #byId: ReadonlyMap<number, StoredAccount>
  readonly #byName: ReadonlyMap<string, StoredAccount>
  readonly #rejected = new Set<string>()
  readonly pairs: StoredPair[]

  private constructor(workspace: Workspace, set: StoredPeopleSet) {
    const { people } = workspace.catalogue
    const accounts = people.accountsOf(set.id)
    this.#byId = new Map(accounts.map((account) => [account.id, account]))
    this.#byName = new Map(accounts.map((account) => [accountName(account), account]))
    const places = new Map(set.settings.sources.map(({ dataset }, place) => [dataset, place]))
    const placeOf = (name: string): number => places.get(this.#byName.get(name)?.dataset ?? '') ?? places.size // prettier-ignore
    this.clusters = new Clusters((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1))
    this.pairs = people.decided(set.id, 'same').filter((pair) => this.#isCompared(pair, places))
    for (const { a, b } of this.pairs) this.clusters.join(this.nameOf(a), this.nameOf(b))
    for (const { a, b } of people.decided(set.id, 'different')) {
      this.#rejected.add(pairKey(this.nameOf(a), this.nameOf(b)))
    }
  }

  static readonly #kept = new WeakMap<
    Workspace,
    Map<string, { revision: number; who: WhoIsWhom }>
  >()

  static of(workspace: Workspace, set: StoredPeopleSet): WhoIsWhom {
    const kept =
      this.#kept.get(workspace) ?? new Map<string, { revision: number; who: WhoIsWhom }>()
    this.#kept.set(workspace, kept)
    const known = kept.get(set.id)
    if (known?.revision === set.revision) return known.who
    const who = new WhoIsWhom(workspace, set)
    kept.set(set.id, { revision: set.revision, who })
    return who
  }

  /** The decision just saved, so that a review of many people need not read them all after every key. */
  static noteDecision(
    workspace: Workspace,
    set: StoredPeopleSet,
    pair: StoredPair,
    decision: 'same' | 'different',
  ): void {
    const kept = this.#kept.get(workspace)?.get(set.id)
    if (kept?.revision !== set.revision) return
    kept.revision++
    const [a, b] = [kept.who.nameOf(pair.a), kept.who.nameOf(pair.b)]
    if (decision === 'different') kept.who.#rejected.add(pairKey(a, b))
    else {
      kept.who.pairs.push({ ...pair, state: 'same' })
      kept.who.clusters.join(a, b)
    }
  }

  /** A search or a writing has moved rows: accounts are read anew with the next question. */
  static forget(workspace: Workspace): void {
    this.#kept.delete(workspace)
  }

  /** Lists that were taken out of the set keep their decisions, which join nobody meanwhile. */
  #isCompared({ a, b }: StoredPair, places: ReadonlyMap<string, number>): boolean {
    return [a, b].every((id) => places.has(this.#byId.get(id)?.dataset ?? ''))
  }

  nameOf(id: number): string {
    const account = this.#byId.get(id)
    return account === undefined ? `#${id}` : accountName(account)
  }

  account(name: string): StoredAccount | undefined {
    return this.#byName.get(name)
  }

  accountById(id: number): StoredAccount | undefined {
    return this.#byId.get(id)
  }

  isRejected(a: string, b: string): boolean {
    return this.#rejected.has(pairKey(a, b))
  }

  conflict(a: string, b: string): Conflict | undefined {
    return this.clusters.conflict(
      a,
      b,
      (one, other) => this.isRejected(one, other),
      (name): Marks | undefined => this.#byName.get(name),
    )
  }
}

const pairKey = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`)
