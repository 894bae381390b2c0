/** Lines that did not parse, and what people made of them, beside each version: going back brings both back. */
import type Database from 'better-sqlite3'
import type { QuarantinedRow } from '../../../../shared/data/rejected-words.ts'

/** A correction of one line of a file; it is made again wherever that file still holds the very line. */
export interface RowMend {
  readonly name: string
  /** Empty where the file has no parts. */
  readonly part: string
  readonly raw: string
  /** Null for a line left out for good. */
  readonly fixed: string | null
}

interface RejectedRecord extends Omit<QuarantinedRow, 'cut'> {
  readonly cut: number
}

export class Quarantine {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** In the order of the sources. */
  rows(dataset: string, version: number, offset = 0, limit = -1): QuarantinedRow[] {
    return this.#database
      .prepare<[string, number, number, number], RejectedRecord>(
        `select source, row, reason, raw, cut from rejected_row where dataset = ? and version = ?
         order by source, row limit ? offset ?`,
      )
      .all(dataset, version, limit, offset)
      .map((row) => ({ ...row, cut: row.cut === 1 }))
  }

  count(dataset: string, version: number): number {
    const row = this.#database
      .prepare<[string, number], { count: number }>(
        'select count(*) as count from rejected_row where dataset = ? and version = ?',
      )
      .get(dataset, version)
    return row?.count ?? 0
  }

  mends(dataset: string, version: number): RowMend[] {
    return this.#database
      .prepare<[string, number], RowMend>(
        'select name, part, raw, fixed from row_mend where dataset = ? and version = ?',
      )
      .all(dataset, version)
  }

  /** Inside the transaction that saves the version. */
  save(
    dataset: string,
    version: number,
    rows: readonly QuarantinedRow[],
    mends: readonly RowMend[],
  ): void {
    const addRow = this.#database.prepare(
      `insert or ignore into rejected_row (dataset, version, source, row, reason, raw, cut)
       values (?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const { source, row, reason, raw, cut } of rows)
      addRow.run(dataset, version, source, row, reason, raw, cut ? 1 : 0)
    const addMend = this.#database.prepare(
      `insert or replace into row_mend (dataset, version, name, part, raw, fixed)
       values (?, ?, ?, ?, ?, ?)`,
    )
    for (const { name, part, raw, fixed } of mends)
      addMend.run(dataset, version, name, part, raw, fixed)
  }
}
