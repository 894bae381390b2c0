/** What was chosen at the last import of files with the same columns. */
import type Database from 'better-sqlite3'
import { RememberedChoices } from '../../../../shared/data/import-words.ts'

const keptShapes = 500

export class ImportShapes {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** Undefined where nothing was chosen, or what was is no longer understood. */
  find(shape: string): RememberedChoices | undefined {
    const row = this.#database
      .prepare<[string], { choices: string }>('select choices from import_shape where shape = ?')
      .get(shape)
    return row === undefined ? undefined : RememberedChoices.safeParse(JSON.parse(row.choices)).data
  }

  /** Choosing nothing is remembered, too: it forgets what was chosen before. */
  remember(shape: string, choices: RememberedChoices): void {
    this.#database.transaction(() => {
      this.#database.prepare('delete from import_shape where shape = ?').run(shape)
      if (!choosesAnything(choices)) return
      this.#database
        .prepare('insert into import_shape (shape, choices) values (?, ?)')
        .run(shape, JSON.stringify(choices))
      this.#database
        .prepare(
          'delete from import_shape where rowid <= (select max(rowid) from import_shape) - ?',
        )
        .run(keptShapes)
    })()
  }
}

const choosesAnything = ({ name, encoding, layout, overrides }: RememberedChoices): boolean =>
  name !== undefined || encoding !== undefined || layout !== undefined || overrides.length > 0
