/** People as what accepted pairs connect. Pure: the same decisions in the same order give the same people. */

/** An account by its dataset and the value that names it there. */
export interface Account {
  readonly dataset: string
  readonly key: string
}

/** What of an account can contradict another; blank where nobody said. */
export interface Marks {
  readonly birthday: string
  readonly idNumber: string
  readonly gender: string
}

export const accountName = ({ dataset, key }: Account): string => `${dataset}\u001f${key}`

interface Cluster {
  /** The account whose id the person has. */
  founder: string
  /** When its first pair was accepted; a cluster of one was never founded. */
  founded: number
  accounts: string[]
}

export type Conflict =
  /** Somebody said of two of its accounts that they are different people. */
  | { readonly kind: 'rejected'; readonly a: string; readonly b: string }
  /** Two of its accounts have another birthday, identity number or gender. */
  | {
      readonly kind: 'contradiction'
      readonly mark: keyof Marks
      readonly a: string
      readonly b: string
    }

/** Beyond so many accounts a person is never joined without being asked about. */
export const mostUnasked = 20

const marks = ['idNumber', 'birthday', 'gender'] as const

export class Clusters {
  readonly #clusters = new Map<string, Cluster>()
  /** Accounts in the order that decides which of two new ones founds a person. */
  readonly #order: (a: string, b: string) => number
  #joined = 0

  constructor(order: (a: string, b: string) => number) {
    this.#order = order
  }

  #of(account: string): Cluster {
    const known = this.#clusters.get(account)
    if (known) return known
    const alone = { founder: account, founded: Infinity, accounts: [account] }
    this.#clusters.set(account, alone)
    return alone
  }

  /** The older cluster keeps its founder, so that a person keeps its id when an account joins. */
  join(a: string, b: string): void {
    const [one, other] = [this.#of(a), this.#of(b)]
    if (one === other) return
    const now = this.#joined++
    const isOlder =
      one.founded === other.founded
        ? this.#order(one.founder, other.founder) <= 0
        : one.founded < other.founded
    const [kept, gone] = isOlder ? [one, other] : [other, one]
    kept.founded = Math.min(kept.founded, now)
    for (const account of gone.accounts) {
      kept.accounts.push(account)
      this.#clusters.set(account, kept)
    }
  }

  together(a: string, b: string): boolean {
    const one = this.#clusters.get(a)
    return a === b || (one !== undefined && one === this.#clusters.get(b))
  }

  accountsWith(account: string): readonly string[] {
    return this.#clusters.get(account)?.accounts ?? [account]
  }

  founderOf(account: string): string {
    return this.#clusters.get(account)?.founder ?? account
  }

  /** People of two accounts or more, the oldest first. */
  people(): { readonly founder: string; readonly accounts: readonly string[] }[] {
    return [...new Set(this.#clusters.values())]
      .filter(({ accounts }) => accounts.length > 1)
      .toSorted((a, b) => a.founded - b.founded)
  }

  /**
   * Why joining these two would make one person of accounts that are none; the two themselves are left to whoever looked at
   * them.
   */
  conflict(
    a: string,
    b: string,
    isRejected: (a: string, b: string) => boolean,
    marksOf: (account: string) => Marks | undefined,
  ): Conflict | undefined {
    if (this.together(a, b)) return undefined
    for (const one of this.accountsWith(a)) {
      for (const other of this.accountsWith(b)) {
        if (one === a && other === b) continue
        if (isRejected(one, other)) return { kind: 'rejected', a: one, b: other }
        const mark = contradiction(marksOf(one), marksOf(other))
        if (mark) return { kind: 'contradiction', mark, a: one, b: other }
      }
    }
    return undefined
  }
}

function contradiction(a: Marks | undefined, b: Marks | undefined): keyof Marks | undefined {
  if (!a || !b) return undefined
  return marks.find((mark) => {
    const [one, other] = [a[mark], b[mark]]
    if (one === '' || other === '' || one === other) return false
    return mark !== 'birthday' || !alikeDays(one, other)
  })
}

/** Day and month swapped, or one digit another: a slip of the pen. `YYYY-MM-DD`. */
export function alikeDays(a: string, b: string): boolean {
  if (a === b) return true
  const swapped = `${a.slice(0, 5)}${a.slice(8, 10)}-${a.slice(5, 7)}`
  if (swapped === b) return true
  const apart = Array.from(a).flatMap((digit, place) => (digit === b[place] ? [] : [place]))
  if (apart.length === 1) return true
  const [first = 0, second = 0] = apart
  return apart.length === 2 && a[first] === b[second] && a[second] === b[first] && (second - first === 1 || (second - first === 2 && a[first + 1] === '-')) // prettier-ignore
}
