/** Named classes: a version, once saved, is never changed, so a recipe that names it means the same for ever. */
import type Database from 'better-sqlite3'
import { ClassSet } from '../../../../shared/preparation/recipe.ts'

interface ClassSetRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly rules: string
  readonly otherwise: string | null
}

const columns = 'id, version, name, rules, otherwise'

export class ClassSets {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** The newest version of each, by name. */
  newest(): ClassSet[] {
    return this.#database
      .prepare<[], ClassSetRow>(
        `select ${columns} from class_set s where version =
           (select max(version) from class_set where id = s.id) order by name collate nocase, id`,
      )
      .all()
      .map(read)
  }

  find(id: string, version: number): ClassSet | undefined {
    const row = this.#database
      .prepare<[string, number], ClassSetRow>(
        `select ${columns} from class_set where id = ? and version = ?`,
      )
      .get(id, version)
    return row && read(row)
  }

  save({ id, version, name, rules, otherwise }: ClassSet): void {
    this.#database
      .prepare(`insert into class_set (${columns}) values (?, ?, ?, ?, ?)`)
      .run(id, version, name, JSON.stringify(rules), otherwise)
  }
}

function read(row: ClassSetRow): ClassSet {
  const rules: unknown = JSON.parse(row.rules)
  return ClassSet.parse({ ...row, rules })
}
