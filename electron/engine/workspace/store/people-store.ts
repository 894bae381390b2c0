/** Who is whom: member lists compared together, pairs of their accounts with what was decided, and the files that say it. */
import type Database from 'better-sqlite3'
import type { PeopleSearch } from '../../../../shared/people/people-words.ts'
import type { PeopleSettings } from '../../../../shared/people/settings.ts'
import type {
  NewAccount,
  NewPair,
  PeopleTotals,
  SetRow,
  StepKind,
  StoredAccount,
  StoredPair,
  StoredPeopleSet,
  WrittenCompanion,
} from './people-rows.ts'
import { readSet } from './people-rows.ts'
import type { PeopleSnapshot } from './people-snapshot.ts'
import { restoreSnapshot, takeSnapshot } from './people-snapshot.ts'

const pairColumns = 'id, a, b, total, levels, state, unasked, held, skipped'
const accountColumns = 'id, dataset, key, row, birthday, id_number as idNumber, gender'

export class PeopleStore {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  sets(): StoredPeopleSet[] {
    return this.#database
      .prepare<[], SetRow>(
        'select * from people_set s where exists (select 1 from people_source where people_set = s.id) order by id',
      ) // prettier-ignore
      .all()
      .map((row) => readSet(row, this.#datasetsOf(row.id)))
  }

  #datasetsOf(set: string): ReadonlySet<string> {
    const rows = this.#database
      .prepare<[string], { dataset: string }>(
        'select dataset from people_source where people_set = ?',
      )
      .all(set)
    return new Set(rows.map(({ dataset }) => dataset))
  }

  set(id: string): StoredPeopleSet | undefined {
    return this.sets().find((one) => one.id === id)
  }

  setOf(dataset: string): StoredPeopleSet | undefined {
    const row = this.#database
      .prepare<[string], { id: string }>(
        'select people_set as id from people_source where dataset = ?',
      )
      .get(dataset)
    return row && this.set(row.id)
  }

  /** A list taken out of the set loses its companion; what was decided of its accounts stays, should it come back. */
  saveSet(id: string, settings: PeopleSettings): void {
    this.#database.transaction(() => {
      this.#database
        .prepare(
          `insert into people_set (id, settings) values (?, ?)
             on conflict (id) do update set settings = excluded.settings, revision = revision + 1`,
        )
        .run(id, JSON.stringify(settings))
      const datasets = settings.sources.map(({ dataset }) => dataset)
      this.#database
        .prepare(
          'delete from people_source where people_set = ? and dataset not in (select value from json_each(?))',
        )
        .run(id, JSON.stringify(datasets))
      for (const dataset of datasets) {
        this.#database
          .prepare(
            `insert into people_source (dataset, people_set) values (?, ?) on conflict (dataset)
               do update set people_set = excluded.people_set, file = null where people_set <> excluded.people_set`,
          )
          .run(dataset, id)
      }
    })()
  }

  remove(id: string): void {
    this.#database.prepare('delete from people_set where id = ?').run(id)
  }

  snapshot(id: string): PeopleSnapshot {
    return takeSnapshot(this.#database, id)
  }

  restore(snapshot: PeopleSnapshot): void {
    restoreSnapshot(this.#database, snapshot)
  }

  /** What a search found takes the place of what was open; decisions and what is held stay. */
  saveSearch(
    id: string,
    search: PeopleSearch,
    searched: Readonly<Record<string, number>>,
    accounts: readonly NewAccount[],
    pairs: readonly NewPair[],
  ): void {
    this.#database.transaction(() => {
      const last = this.#lastPair()
      this.#database
        .prepare("update people_pair set state = 'gone' where people_set = ? and state = 'open'")
        .run(id)
      this.#database.prepare('update people_account set row = null where people_set = ?').run(id)
      const ids = this.#saveAccounts(id, accounts)
      const put = this.#database.prepare(
        `insert into people_pair (people_set, a, b, total, levels, state) values (?, ?, ?, ?, ?, 'open')
           on conflict (a, b) do update set total = excluded.total, levels = excluded.levels, state = 'open', skipped = null
             where state = 'gone'`,
      )
      for (const { a, b, total, levels } of pairs) {
        const [one = 0, other = 0] = [ids[a] ?? 0, ids[b] ?? 0].toSorted((x, y) => x - y)
        put.run(id, one, other, total, levels)
      }
      this.#database
        .prepare("delete from people_pair where people_set = ? and state = 'gone' and held = 0")
        .run(id)
      const told = JSON.stringify({ ...search, fresh: this.#openSince(id, last) })
      this.#database
        .prepare('update people_set set search = ?, searched = ? where id = ?')
        .run(told, JSON.stringify(searched), id)
    })()
  }

  #lastPair(): number {
    const row = this.#database
      .prepare<[], { id: number | null }>('select max(id) as id from people_pair')
      .get()
    return row?.id ?? 0
  }

  /** Pairs no search before had found. */
  #openSince(id: string, last: number): number {
    const row = this.#database
      .prepare<[string, number], { n: number }>(
        "select count(*) as n from people_pair where people_set = ? and state = 'open' and id > ?",
      )
      .get(id, last)
    return row?.n ?? 0
  }

  /** Beside what the search found: how many of it were accepted by their score. */
  countAccepted(id: string, accepted: number): void {
    this.#database
      .prepare(
        "update people_set set search = json_set(search, '$.accepted', json_extract(search, '$.accepted') + ?) where id = ? and search is not null",
      )
      .run(accepted, id)
  }

  #saveAccounts(id: string, accounts: readonly NewAccount[]): number[] {
    const put = this.#database.prepare<unknown[], { id: number }>(
      `insert into people_account (people_set, dataset, key, row, birthday, id_number, gender) values (?, ?, ?, ?, ?, ?, ?)
         on conflict (people_set, dataset, key) do update set row = excluded.row, birthday = excluded.birthday,
           id_number = excluded.id_number, gender = excluded.gender returning id`,
    )
    return accounts.map(({ dataset, key, row, birthday, idNumber, gender }) => {
      const made = put.get(id, dataset, key, row, birthday, idNumber, gender)
      return made?.id ?? 0
    })
  }

  /** The surest first, those put off last. */
  openPairs(id: string, offset: number, limit: number): StoredPair[] {
    return this.#database
      .prepare<[string, number, number], StoredPair>(
        `select ${pairColumns} from people_pair where people_set = ? and state = 'open'
           order by skipped is not null, skipped, total desc, id limit ? offset ?`,
      )
      .all(id, limit, offset)
  }

  /** In the order they were decided: people are what they connect. */
  decided(id: string, state: 'same' | 'different'): StoredPair[] {
    return this.#database
      .prepare<[string, string], StoredPair>(
        `select ${pairColumns} from people_pair where people_set = ? and state = ? order by step, total desc, id`,
      )
      .all(id, state)
  }

  pair(id: number): StoredPair | undefined {
    return this.#database
      .prepare<[number], StoredPair>(`select ${pairColumns} from people_pair where id = ?`)
      .get(id)
  }

  /** Open pairs that could be accepted unasked, the surest first. */
  acceptable(id: string, least: number): StoredPair[] {
    return this.#database
      .prepare<[string, number], StoredPair>(
        `select ${pairColumns} from people_pair where people_set = ? and state = 'open' and held = 0 and total >= ?
           order by total desc, id`,
      )
      .all(id, least)
  }

  /** How many open pairs there are of each total and comparison; those that are held are left out. */
  openTotals(
    id: string,
  ): { readonly total: number; readonly levels: string; readonly pairs: number }[] {
    return this.#database
      .prepare<[string], { total: number; levels: string; pairs: number }>(
        `select total, levels, count(*) as pairs from people_pair
           where people_set = ? and state = 'open' and held = 0 group by total, levels`,
      )
      .all(id)
  }

  counts(id: string): {
    readonly open: number
    readonly skipped: number
    readonly accepted: number
    readonly unasked: number
    readonly rejected: number
  } {
    const row = this.#database
      .prepare<[string], Record<'open' | 'skipped' | 'accepted' | 'unasked' | 'rejected', number>>(
        `select count(*) filter (where state = 'open') as open, count(*) filter (where state = 'open' and skipped is not null) as skipped,
           count(*) filter (where state = 'same') as accepted, count(*) filter (where state = 'same' and unasked = 1) as unasked,
           count(*) filter (where state = 'different') as rejected from people_pair where people_set = ?`,
      )
      .get(id)
    return row ?? { open: 0, skipped: 0, accepted: 0, unasked: 0, rejected: 0 }
  }

  accounts(ids: readonly number[]): Map<number, StoredAccount> {
    const rows = this.#database
      .prepare<[string], StoredAccount>(
        `select ${accountColumns} from people_account where id in (select value from json_each(?))`,
      )
      .all(JSON.stringify(ids))
    return new Map(rows.map((row) => [row.id, row]))
  }

  /** Every account some pair names. */
  accountsOf(set: string): StoredAccount[] {
    return this.#database
      .prepare<[string], StoredAccount>(
        `select ${accountColumns} from people_account where people_set = ?`,
      )
      .all(set)
  }

  account(set: string, dataset: string, key: string): StoredAccount | undefined {
    return this.#database
      .prepare<[string, string, string], StoredAccount>(
        `select ${accountColumns} from people_account where people_set = ? and dataset = ? and key = ?`,
      )
      .get(set, dataset, key)
  }

  /** One step over some pairs, in their order; who is whom changes unless they are put off. */
  decide(set: string, pairs: readonly number[], kind: StepKind): void {
    this.#database.transaction(() => {
      const step = this.#step(set, kind)
      if (kind === 'skip') {
        const skip = this.#database.prepare(
          'update people_pair set skipped = ?, step = ? where id = ?',
        )
        for (const id of pairs) skip.run(step, step, id)
        return
      }
      const put = this.#database.prepare(
        // That it had been put off is kept: undone, it is put off again.
        'update people_pair set state = ?, unasked = ?, step = ? where id = ?',
      )
      const unasked = kind === 'unasked' ? 1 : 0
      for (const id of pairs)
        put.run(kind === 'different' ? 'different' : 'same', unasked, step, id)
      this.#changed(set)
    })()
  }

  /** The newest step, taken back whole; undefined when there is none. */
  undoLast(set: string): StepKind | undefined {
    const last = this.lastStep(set)
    if (last === undefined) return undefined
    this.#database.transaction(() => {
      // What a decision was taken over goes back to the step that put it off, so that this one can be taken back as well.
      this.#database
        .prepare(
          last.kind === 'skip'
            ? "update people_pair set state = 'open', unasked = 0, skipped = null, step = null where step = ?"
            : `update people_pair set state = 'open', unasked = 0,
                 step = (select s.id from people_step s where s.id = people_pair.skipped) where step = ?`,
        )
        .run(last.id)
      this.#database.prepare('delete from people_step where id = ?').run(last.id)
      if (last.kind !== 'skip') this.#changed(set)
    })()
    return last.kind
  }

  lastStep(set: string): { readonly id: number; readonly kind: StepKind } | undefined {
    return this.#database
      .prepare<[string], { id: number; kind: StepKind }>(
        `select id, kind from people_step s where people_set = ? and exists (select 1 from people_pair where step = s.id)
           order by id desc limit 1`,
      )
      .get(set)
  }

  /** These pairs are open again; `held` ones wait for a person's word whatever they score. */
  reopen(set: string, pairs: readonly number[], held: boolean): void {
    this.#database.transaction(() => {
      const put = this.#database.prepare(
        "update people_pair set state = 'open', unasked = 0, held = max(held, ?), skipped = null, step = null where id = ?",
      )
      for (const id of pairs) put.run(Number(held), id)
      // Steps that hold nothing any more cannot be taken back.
      this.#database
        .prepare(
          'delete from people_step where people_set = ? and not exists (select 1 from people_pair where step = people_step.id)',
        )
        .run(set)
      this.#changed(set)
    })()
  }

  /** The commit: every list's companion, and what they count, at once. */
  saveCompanions(
    set: string,
    revision: number,
    totals: PeopleTotals,
    companions: readonly WrittenCompanion[],
    places: readonly (readonly [dataset: string, key: string, row: number])[],
  ): void {
    this.#database.transaction(() => {
      const place = this.#database.prepare(
        'update people_account set row = ? where people_set = ? and dataset = ? and key = ?',
      )
      for (const [dataset, key, row] of places) place.run(row, set, dataset, key)
      for (const { dataset, version, file, fields } of companions) {
        this.#database
          .prepare(
            'update people_source set file = ?, version = ?, revision = ?, fields = ? where dataset = ? and people_set = ?',
          )
          .run(file, version, revision, JSON.stringify(fields), dataset, set)
      }
      this.#database
        .prepare('update people_set set totals = ?, written = ? where id = ?')
        .run(JSON.stringify(totals), revision, set)
    })()
  }

  /** Whether every list of the set has a companion of its current version that says what was decided last. */
  isWritten(set: string): boolean {
    const row = this.#database
      .prepare<[string], { n: number }>(
        `select count(*) as n from people_source p join dataset d on d.id = p.dataset join people_set s on s.id = p.people_set
           where s.id = ? and (p.file is null or p.version <> d.version or p.revision <> s.revision)`,
      )
      .get(set)
    return row?.n === 0
  }

  /** Who is whom is no longer what was written. */
  touch(set: string): void {
    this.#changed(set)
  }

  #step(set: string, kind: StepKind): number {
    const made = this.#database
      .prepare<[string, string], { id: number }>(
        'insert into people_step (people_set, kind) values (?, ?) returning id',
      )
      .get(set, kind)
    return made?.id ?? 0
  }

  #changed(set: string): void {
    this.#database.prepare('update people_set set revision = revision + 1 where id = ?').run(set)
  }
}
