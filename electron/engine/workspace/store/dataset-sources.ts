/** The files and sheets the rows of a version come from. */
import { basename } from 'node:path'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { TextShape } from '../../../../shared/data/rejected-words.ts'
import { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { SourceKind } from '../../../../shared/data/source-kind.ts'

export interface StoredSource {
  readonly name: string
  readonly part: string | null
  readonly kind: SourceKind
  readonly path: string | null
  readonly hash: string
  readonly rows: number
  readonly rejected: number
  readonly importedAt: string
  /** As it was asked for; null when it was found out, or nobody kept it. */
  readonly layout: SheetLayout | null
  readonly encoding: string | null
  /** State of the file when it was read: an equal one needs no reading. */
  readonly size: number | null
  readonly changedMs: number | null
  /** Names of its columns as fields of the dataset; null when nobody kept them. */
  readonly columns: readonly string[] | null
  /** How its lines are cut, where it is a text file that was read since that is kept. */
  readonly shape?: TextShape | null
  /** Names of the workbook's visible sheets when those to take were chosen. */
  readonly sheets?: readonly string[] | null
  /** Later files have higher ones, whenever they are read again. */
  readonly rank?: number | null
  /** Rows that gave way to those of another source; null when nobody counted. */
  readonly leftOut?: number | null
}

interface SourceRow extends Omit<StoredSource, 'layout' | 'columns' | 'shape' | 'sheets'> {
  readonly sheets: string | null
  readonly layout: string | null
  readonly columns: string | null
  readonly shape: string | null
}

const Names = z.array(z.string())

export function readSources(
  database: Database.Database,
  dataset: string,
  version: number,
): StoredSource[] {
  return database
    .prepare<[string, number], SourceRow>(
      `select name, part, kind, path, hash, rows, rejected, imported_at as importedAt, layout,
         encoding, size, changed_ms as changedMs, columns, shape, sheets, rank, left_out as leftOut
       from source where dataset = ? and version = ? order by position`,
    )
    .all(dataset, version)
    .map((row) => ({
      ...row,
      layout: row.layout === null ? null : SheetLayout.parse(JSON.parse(row.layout)),
      columns: row.columns === null ? null : Names.parse(JSON.parse(row.columns)),
      shape: row.shape === null ? null : TextShape.parse(JSON.parse(row.shape)),
      sheets: row.sheets === null ? null : Names.parse(JSON.parse(row.sheets)),
    }))
}

export function saveSources(
  database: Database.Database,
  of: { readonly id: string; readonly version: number },
  sources: readonly StoredSource[],
): void {
  const insert = database.prepare(
    `insert into source (dataset, version, position, name, part, kind, path, hash, rows, rejected,
       imported_at, layout, encoding, size, changed_ms, columns, shape, sheets, rank, left_out)
     values (@id, @version, @position, @name, @part, @kind, @path, @hash, @rows, @rejected,
       @importedAt, @layout, @encoding, @size, @changedMs, @columns, @shape, @sheets, @rank, @leftOut)`,
  )
  for (const [position, source] of sources.entries()) {
    insert.run({
      ...{ ...of, position },
      ...source,
      layout: source.layout && JSON.stringify(source.layout),
      columns: source.columns && JSON.stringify(source.columns),
      shape: source.shape ? JSON.stringify(source.shape) : null,
      sheets: source.sheets ? JSON.stringify(source.sheets) : null,
      rank: source.rank ?? null,
      leftOut: source.leftOut ?? null,
    })
  }
}

interface Of {
  readonly id: string
  readonly version: number
}

export interface FileMove {
  readonly from: string
  readonly to: string
  readonly state: { readonly size: number; readonly changedMs: number }
}

/** One after the other: a later one may go to where an earlier one was. */
export function moveSources(
  database: Database.Database,
  { id, version }: Of,
  moves: readonly FileMove[],
): void {
  const source = database.prepare(
    'update source set path = ?, name = ?, size = ?, changed_ms = ? where dataset = ? and version = ? and path = ?',
  )
  const mend = database.prepare(
    'update or ignore row_mend set name = ? where dataset = ? and version = ? and name = ?',
  )
  database.transaction(() => {
    for (const { from, to, state } of moves) {
      source.run(to, basename(to), state.size, state.changedMs, id, version, from)
      mend.run(basename(to), id, version, basename(from))
    }
  })()
}

export function detachSource(database: Database.Database, { id, version }: Of, path: string): void {
  database
    .prepare('update source set path = null where dataset = ? and version = ? and path = ?')
    .run(id, version, path)
}
