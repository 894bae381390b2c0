/** Reads an extract back as sources, one per original source, so that appending decides types over all rows again. */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { fieldTypes } from '../../../../shared/data/field.ts'
import { SourceKind } from '../../../../shared/data/source-kind.ts'
import { columnName, dictionaryTable, partColumn } from '../../extracts/extract-columns.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { ReadInto, SourceReader } from '../../sources/reader.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import { readNumber } from '../../sources/typing/number-text.ts'
import type { LockedConnection } from './locked-duckdb.ts'
import { openLockedDuckDb } from './locked-duckdb.ts'

export interface StoredSource {
  readonly name: string
  readonly part: string | null
  readonly kind: SourceKind
  readonly reader: SourceReader
}

export interface StoredSources {
  readonly sources: readonly StoredSource[]
  readonly fields: readonly StoredField[]
  close(): void
}

export interface StoredField {
  readonly name: string
  readonly type: FieldType
  readonly role: FieldRole
  readonly scale: number
  readonly coded: boolean
  readonly wide: boolean
}

const pageRows = 65_536

export async function openExtractSources(path: string, tempFolder: string): Promise<StoredSources> {
  const database = await openLockedDuckDb({
    extracts: [{ alias: 'base', path }],
    memoryLimitMb: 512,
    tempFolder,
    threads: 1,
  })
  const connection = await database.connect()
  const fields = await readFields(connection)
  const listed = await connection.select(
    'select name, part, kind, (select min(row_id) from base.rows r where r.source_id = s.source_id), rows from base.sources s order by source_id',
  )
  const rows = await listed.getRowsJson()
  return {
    fields,
    sources: rows.map(([name, part, kind, first, count]) => ({
      name: textOf(name),
      part: part === null ? null : textOf(part),
      kind: kindOf(kind),
      reader: {
        kind: kindOf(kind),
        namedColumns: fields.map((field) => field.name),
        read: (into) => readRows(connection, fields, Number(first ?? 0), Number(count), into),
      },
    })),
    close: () => {
      connection.close()
      database.close()
    },
  }
}

async function readFields(connection: LockedConnection): Promise<StoredField[]> {
  const result = await connection.select(
    'select name, type, role, scale, coded, wide from base.fields order by i',
  )
  return (await result.getRowsJson()).map(([name, type, role, scale, coded, wide]) => ({
    name: textOf(name),
    type: fieldTypes.find((candidate) => candidate === type) ?? 'text',
    role: role === 'measure' || role === 'identifier' ? role : 'dimension',
    scale: Number(scale),
    coded: coded === true,
    wide: wide === true,
  }))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function kindOf(value: unknown): SourceKind {
  return SourceKind.safeParse(value).data ?? 'csv'
}

async function readRows(
  connection: LockedConnection,
  fields: readonly StoredField[],
  first: number,
  count: number,
  into: ReadInto,
): Promise<void> {
  const columns = []
  for (const [index, field] of fields.entries()) {
    columns.push(await storedColumn(connection, index, field, into.pool))
  }
  const list = columns.map((column) => column.sql).join(', ')
  for (let from = first; from < first + count; from += pageRows) {
    const to = Math.min(from + pageRows, first + count)
    const result = await connection.select(
      `select source_row::double, ${list} from base.rows where row_id >= $1 and row_id < $2 order by row_id`,
      [from, to],
    )
    for (const chunk of await result.fetchAllChunks()) putChunk(chunk, columns, into)
    into.progress((to - first) / count)
  }
}

/** Where cells go, with the texts they name. */
export type CellTarget = Pick<ReadInto, 'cells' | 'pool'>
type PutCell = (into: CellTarget, column: number, value: unknown) => void

interface StoredColumnReader {
  readonly sql: string
  readonly put: PutCell
}

function putChunk(
  chunk: DuckDBDataChunk,
  columns: readonly StoredColumnReader[],
  into: ReadInto,
): void {
  const sourceRows = chunk.getColumnValues(0)
  const values = columns.map((_, index) => chunk.getColumnValues(index + 1))
  for (let row = 0; row < chunk.rowCount; row++) {
    for (const [column, reader] of columns.entries()) {
      const value = values[column]?.[row] ?? null
      if (value !== null) reader.put(into, column, value)
    }
    into.cells.endRow(Number(sourceRows[row]))
  }
}

const asKind =
  (kind: number): PutCell =>
  (into, column, value) =>
    into.cells.set(column, kind, Number(value))

async function storedColumn(
  connection: LockedConnection,
  index: number,
  field: StoredField,
  pool: TextPool,
): Promise<StoredColumnReader> {
  const name = columnName(index)
  switch (field.type) {
    case 'text':
      return field.coded ? codedText(connection, index, pool) : { sql: name, put: putText }
    case 'integer':
      return { sql: `${name}::double`, put: asKind(cellKind.scaled) }
    case 'decimal':
      return field.wide
        ? { sql: `${name}::varchar`, put: putNumber }
        : {
            sql: `(${name} * ${10 ** field.scale})::bigint::double`,
            put: asKind(cellKind.scaled + field.scale),
          }
    case 'double':
      return {
        sql: name,
        put: (into, column, value) => {
          const exact = exactNumber(Number(value))
          into.cells.set(column, exact.kind, exact.value)
        },
      }
    case 'boolean':
      return { sql: `${name}::integer`, put: asKind(cellKind.boolean) }
    case 'date':
      return { sql: partColumn(index, 'd'), put: asKind(cellKind.day) }
    case 'timestamp':
      return { sql: `epoch(${name})`, put: asKind(cellKind.second) }
  }
}

async function codedText(
  connection: LockedConnection,
  index: number,
  pool: TextPool,
): Promise<StoredColumnReader> {
  const table = dictionaryTable(index)
  const result = await connection.select(`select value from base.${table} order by code`)
  const places = (await result.getColumnsJson())[0]?.map((text) => pool.add(textOf(text))) ?? []
  return {
    sql: columnName(index),
    put: (into, column, value) => {
      into.cells.set(column, cellKind.text, places[Number(value)] ?? 0)
    },
  }
}

export function putText(into: CellTarget, column: number, value: unknown): void {
  const bytes = Buffer.from(textOf(value), 'utf8')
  into.cells.set(column, cellKind.text, into.pool.intern(bytes, 0, bytes.length))
}

/** Digits of a wide decimal stay a text the number coder reads exactly, unless they fit after all. */
export function putNumber(into: CellTarget, column: number, value: unknown): void {
  const number = readNumber(textOf(value))
  if (number === undefined || number.kind === cellKind.double) putText(into, column, value)
  else into.cells.set(column, number.kind, number.value)
}
