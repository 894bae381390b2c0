/** Relationships of the workspace with what was counted when they were measured. */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../../../shared/errors.ts'

export interface StoredRelationship {
  readonly id: string
  readonly fromDataset: string
  readonly fromFields: readonly string[]
  readonly toDataset: string
  readonly toFields: readonly string[]
  readonly orphans: number
  readonly blanks: number
  readonly examples: readonly string[]
  /** Rows behind the key that has most of them, and that key. */
  readonly most: number
  readonly mostExample: string
  /** The map of keys to rows; empty where live datasets are joined on the key itself. */
  readonly file: string
  readonly fromVersion: number
  readonly toVersion: number
  /** Why it does not hold with the versions there are now. */
  readonly broken: AppError | null
}

type Listed = 'fromFields' | 'toFields' | 'examples' | 'broken'
type Row = Omit<StoredRelationship, Listed> & {
  readonly fromFields: string
  readonly toFields: string
  readonly examples: string
  readonly broken: string | null
}

const names = z.array(z.string())

export class Relationships {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  all(): StoredRelationship[] {
    return this.#database
      .prepare<[], Row>(
        `select id, from_dataset as fromDataset, to_dataset as toDataset, from_fields as fromFields,
         to_fields as toFields, orphans, blanks, examples, most, most_example as mostExample, file,
         from_version as fromVersion, to_version as toVersion, broken from relationship order by id`,
      )
      .all()
      .map((row) => ({
        ...row,
        fromFields: names.parse(JSON.parse(row.fromFields)),
        toFields: names.parse(JSON.parse(row.toFields)),
        examples: names.parse(JSON.parse(row.examples)),
        broken: row.broken === null ? null : AppError.parse(JSON.parse(row.broken)),
      }))
  }

  save(relationship: StoredRelationship): void {
    this.#database
      .prepare(
        `insert or replace into relationship (id, from_dataset, to_dataset, from_fields, to_fields, orphans, blanks,
         examples, most, most_example, file, from_version, to_version, broken)
         values (@id, @fromDataset, @toDataset, @fromFields, @toFields, @orphans, @blanks, @examples, @most,
         @mostExample, @file, @fromVersion, @toVersion, @broken)`,
      )
      .run({
        ...relationship,
        fromFields: JSON.stringify(relationship.fromFields),
        toFields: JSON.stringify(relationship.toFields),
        examples: JSON.stringify(relationship.examples),
        broken: relationship.broken && JSON.stringify(relationship.broken),
      })
  }

  break(id: string, broken: AppError): void {
    this.#database
      .prepare('update relationship set broken = ? where id = ?')
      .run(JSON.stringify(broken), id)
  }

  remove(id: string): boolean {
    return this.#database.prepare('delete from relationship where id = ?').run(id).changes > 0
  }
}
