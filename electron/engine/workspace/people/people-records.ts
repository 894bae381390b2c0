/** What the accounts of a pair or of a person say, read from their lists. */
import { numberAt, textAt } from '../../../../shared/query/cell-reading.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type {
  MergedPerson,
  PersonRecord,
  ReviewPair,
} from '../../../../shared/people/people-words.ts'
import type { PeopleSource } from '../../../../shared/people/settings.ts'
import { traits } from '../../../../shared/people/settings.ts'
import type { QueryService } from '../../query/query-service.ts'
import type { StoredAccount, StoredPeopleSet } from '../store/people-rows.ts'
import type { Workspace } from '../workspace.ts'
import { isOutdated, storedSet } from './people-state.ts'
import { WhoIsWhom } from './who-is-whom.ts'

/** Fields shown of an account beside those compared. */
const mostFields = 24
/** Accounts of one person that are shown beside a pair. */
const mostBeside = 6

export class PeopleRecords {
  readonly #queries: Pick<QueryService, 'rowsById'>

  constructor(queries: Pick<QueryService, 'rowsById'>) {
    this.#queries = queries
  }

  /** Open pairs, the surest first. Rejects with AppErrorException `people/outdated` once the rows have moved. */
  async queue(
    workspace: Workspace,
    id: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<ReviewPair[]> {
    const set = storedSet(workspace, id)
    if (isOutdated(workspace, set)) throw new AppErrorException(appError('people/outdated'))
    const who = WhoIsWhom.of(workspace, set)
    const pairs = workspace.catalogue.people.openPairs(id, offset, limit)
    const shown = pairs.map(({ a, b }) => {
      const beside = [a, b].flatMap((one) => who.clusters.accountsWith(who.nameOf(one)))
      const others = [...new Set(beside)].filter((name) => ![who.nameOf(a), who.nameOf(b)].includes(name)) // prettier-ignore
      const accounts = [who.accountById(a), who.accountById(b), ...others.slice(0, mostBeside).map((name) => who.account(name))] // prettier-ignore
      return accounts.flatMap((account) => account ?? [])
    })
    const records = await this.#read(set, shown.flat(), signal)
    return pairs.flatMap(({ id: pair, total, levels, skipped }, place) => {
      const own = (shown[place] ?? []).flatMap((account) => records.get(account.id) ?? [])
      if (own.length < 2) return []
      return [{ id: pair, total, levels, skipped: skipped !== null, records: own }]
    })
  }

  /** People of several accounts, the newest decision first. */
  async merged(
    workspace: Workspace,
    id: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<{ readonly people: MergedPerson[]; readonly total: number }> {
    const set = storedSet(workspace, id)
    const who = WhoIsWhom.of(workspace, set)
    const all = who.clusters.people().toReversed()
    const page = all.slice(offset, offset + limit)
    const accountsOf = (names: readonly string[]): StoredAccount[] =>
      names.flatMap((name) => who.account(name) ?? [])
    const records = await this.#read(set, page.flatMap(({ accounts }) => accountsOf(accounts)), signal) // prettier-ignore
    const byHand = new Set(who.pairs.filter(({ unasked }) => unasked === 0).map(({ a }) => who.nameOf(a))) // prettier-ignore
    const people = page.map(({ founder, accounts }): MergedPerson => {
      const own = accountsOf(accounts).flatMap((account) => records.get(account.id) ?? [])
      return {
        founder: accountNamed(who, founder),
        ...{ records: own, missing: accounts.length - own.length },
        unasked: !accounts.some((name) => byHand.has(name)),
      }
    })
    return { people, total: all.length }
  }

  async #read(
    set: StoredPeopleSet,
    accounts: readonly StoredAccount[],
    signal: AbortSignal,
  ): Promise<Map<number, PersonRecord>> {
    const records = new Map<number, PersonRecord>()
    for (const source of set.settings.sources) {
      const own = accounts.filter(({ dataset, row }) => dataset === source.dataset && row !== null)
      if (own.length === 0) continue
      const rows = own.map(({ row }) => row ?? 0)
      const read = await this.#queries.rowsById(source.dataset, rows, signal)
      if (!read.ok) throw new AppErrorException(read.error)
      const { fields, columns } = read.value
      const order = shownOrder(source, fields)
      for (const [place, account] of own.entries()) {
        const values = order.map((index): PersonRecord['values'][number] => {
          const column = columns[index]
          const field = fields[index] ?? ''
          const value = column ? (textAt(column, place) ?? numberAt(column, place)) : null
          return { field, trait: traitOf(source, field), value }
        })
        records.set(account.id, { dataset: account.dataset, key: account.key, values })
      }
    }
    return records
  }
}

function accountNamed(who: WhoIsWhom, name: string): MergedPerson['founder'] {
  const { dataset = '', key = '' } = who.account(name) ?? {}
  return { dataset, key }
}

const traitOf = ({ fields }: PeopleSource, field: string) =>
  traits.find((trait) => fields[trait] === field) ?? null

/** Compared fields in the order of the traits, then the key, then what else the list has. */
function shownOrder(source: PeopleSource, fields: readonly string[]): number[] {
  const compared = traits.flatMap((trait) => {
    const place = fields.indexOf(source.fields[trait] ?? '')
    return place < 0 ? [] : [place]
  })
  const key = fields.indexOf(source.key ?? '')
  return [...new Set([...compared, ...(key < 0 ? [] : [key]), ...fields.keys()])].slice(
    0,
    mostFields,
  )
}
