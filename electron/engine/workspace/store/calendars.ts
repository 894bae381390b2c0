/** The workspace's retail calendars: one of them is what questions use that name none. */
import type Database from 'better-sqlite3'
import { RetailCalendar } from '../../../../shared/calendar/retail-calendar.ts'

interface CalendarRow {
  readonly id: string
  readonly content: string
}

export class Calendars {
  readonly #database: Database.Database
  /** Read by every question: parsed once for as long as none is saved. */
  #known: readonly RetailCalendar[] | undefined

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** The default one first, then by name. */
  all(): readonly RetailCalendar[] {
    this.#known ??= this.#database
      .prepare<[], CalendarRow>(
        'select id, content from calendar order by is_default desc, name collate nocase, id',
      )
      .all()
      .map(({ content }) => RetailCalendar.parse(JSON.parse(content)))
    return this.#known
  }

  /** The first one is the default whatever is asked: there is always one where there is any. */
  save(calendar: RetailCalendar, isDefault: boolean | undefined): void {
    const [now] = this.all()
    const leads = isDefault === true || now === undefined || now.id === calendar.id
    this.#known = undefined
    this.#database.transaction(() => {
      if (leads) this.#database.prepare('update calendar set is_default = 0').run()
      this.#database
        .prepare(
          'insert or replace into calendar (id, name, is_default, content) values (?, ?, ?, ?)',
        )
        .run(calendar.id, calendar.name, Number(leads), JSON.stringify(calendar))
    })()
  }

  remove(id: string): boolean {
    this.#known = undefined
    const { changes } = this.#database.prepare('delete from calendar where id = ?').run(id)
    const [next] = this.all()
    if (next) this.save(next, true)
    return changes > 0
  }
}
