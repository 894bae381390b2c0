/** Reads Parquet and JSON files: a private copy, only statements of our own, and no other file within reach. */
import { constants, copyFile, mkdir, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import { cellKind } from '../../sources/cell-kinds.ts'
import { recognise, recognised } from '../../sources/csv/cell-bytes.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { ReadInto, SourceReader } from '../../sources/reader.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { overLimit, unreadable } from '../../sources/source-limits.ts'
import { quoteIdentifier } from '../../sql/printer.ts'
import { mayBeRenamed, selectByKeys } from './json-keys.ts'
import type { JsonTable } from './json-tables.ts'
import { openJson } from './json-tables.ts'
import { closedDoors, quoteText } from './locked-duckdb.ts'

export type DataFileKind = 'parquet' | 'json'

const memoryLimitMb = 1024
const maxObjectBytes = 16_777_216
const jsonOptions = `compression = 'uncompressed', maximum_object_size = ${maxObjectBytes}`

interface DataColumn {
  readonly name: string
  readonly type: string
}

interface DataTable {
  /** Undefined where the file is one table. */
  readonly name: string | undefined
  readonly from: string
  readonly columns: readonly DataColumn[]
  readonly json?: JsonTable
}

interface Opened {
  readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  readonly tables: readonly DataTable[]
}

export class DataFile {
  readonly #kind: DataFileKind
  readonly #folder: string
  readonly #opened: Opened

  private constructor(kind: DataFileKind, folder: string, opened: Opened) {
    this.#kind = kind
    this.#folder = folder
    this.#opened = opened
  }

  /** Rejects with AppErrorException when the file is damaged or beyond a limit. `tempFolder` must be private. */
  static async open(
    path: string,
    kind: DataFileKind,
    limits: SourceLimits,
    tempFolder: string,
  ): Promise<DataFile> {
    const folder = join(tempFolder, `data-${crypto.randomUUID()}`)
    // One by one: the process may be an orphan, whose folder must not come back.
    await mkdir(folder)
    await mkdir(join(folder, 'spill'))
    try {
      const copy = join(folder, `copy.${kind}`)
      await copyFile(path, copy, constants.COPYFILE_FICLONE)
      const at = { folder, limits }
      if (kind === 'parquet') return new DataFile(kind, folder, await openParquet(copy, at))
      const opened = await openJson({
        ...{ copy, limits, maxLine: maxObjectBytes },
        isLines: ['.jsonl', '.ndjson'].includes(extname(path).toLowerCase()),
        open: (tables) => openTables(tables, at),
        isRefused: isEngineError,
      })
      return new DataFile(kind, folder, opened)
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw explained(error)
    }
  }

  async close(): Promise<void> {
    this.#opened.connection.closeSync()
    this.#opened.instance.closeSync()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Undefined stands for the file itself. */
  parts(): readonly (string | undefined)[] {
    return this.#opened.tables.map(({ name }) => name)
  }

  /** Of the first table where no part is named. */
  reader(part: string | undefined): SourceReader | undefined {
    const { tables } = this.#opened
    const isNamed = ({ name, json }: DataTable): boolean => (name ?? json?.list?.name) === part
    const table = part === undefined ? tables[0] : tables.find(isNamed)
    return (
      table && {
        kind: this.#kind,
        namedColumns: table.columns.map(({ name }) => name),
        read: (into) => this.#read(table, into),
      }
    )
  }

  async #read({ columns, from, json }: DataTable, into: ReadInto): Promise<void> {
    const readers = columns.map(columnReader)
    const list = readers.map(({ sql }) => sql).join(', ')
    const without = json?.lines?.without
    let row = 0
    try {
      if (json) sayOf(json, into)
      const result = await this.#opened.connection.stream(`select ${list} from ${from}`)
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) return
        const values = readers.map((_, index) => chunk.getColumnValues(index))
        for (let at = 0; at < chunk.rowCount; at++) {
          readers.forEach(({ put }, column) => {
            const value = values[column]?.[at] ?? null
            if (value !== null) put(into, column, value)
          })
          row++
          while (without?.has(row) === true) row++
          into.cells.endRow(row)
        }
        into.progress(0)
      }
    } catch (error) {
      throw explained(error)
    }
  }
}

function sayOf({ encoding, list, lines }: JsonTable, { notes, mends }: ReadInto): void {
  notes.encoding = encoding
  notes.innerList = list
  const { bad = [], badCount = 0 } = lines ?? {}
  for (const { row, reason, raw, cut } of bad) {
    if (!cut && mends?.get(raw) === null) notes.droppedCount++
    else notes.reject(row, reason, { text: raw, cut })
  }
  // Those beyond what is kept are counted alone.
  notes.rejectedCount += badCount - bad.length
}

interface OpenAt {
  readonly folder: string
  readonly limits: SourceLimits
}

/** One connection that reaches these files and nothing else. */
async function openWith(
  paths: readonly string[],
  { folder }: OpenAt,
  tablesOf: (connection: DuckDBConnection) => Promise<readonly DataTable[]>,
): Promise<Opened> {
  const spill = join(folder, 'spill')
  const instance = await DuckDBInstance.create(':memory:', {
    ...closedDoors,
    ...{ memory_limit: `${memoryLimitMb}MB`, temp_directory: spill, threads: '2' },
  })
  try {
    const connection = await instance.connect()
    await connection.run("set timezone = 'UTC'")
    await connection.run(`set allowed_paths = [${paths.map(quoteText).join(', ')}]`)
    await connection.run('set enable_external_access = false')
    await connection.run('set lock_configuration = true')
    return { instance, connection, tables: await tablesOf(connection) }
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

const openParquet = (copy: string, at: OpenAt): Promise<Opened> =>
  openWith([copy], at, async (connection) => {
    await refuseManyRows(connection, copy, at.limits)
    const from = `read_parquet(${quoteText(copy)})`
    return [{ name: undefined, from, columns: await described(connection, from, at.limits) }]
  })

const openTables = (tables: readonly JsonTable[], at: OpenAt): Promise<Opened> =>
  openWith(tables.map(({ path }) => path), at, async (connection) => {
    const opened: DataTable[] = []
    for (const table of tables) {
      const columns = await described(connection, jsonSource(table, []), at.limits)
      const from = await jsonColumns(connection, table, columns)
      await refuseFaults(connection, from, columns)
      const asJson = columns.map(({ name }) => ({ name, type: 'JSON' }))
      opened.push({ name: table.name, from, columns: asJson, json: table })
    }
    return opened
  }) // prettier-ignore

/** A name that stands twice in an object shows when values are taken: before the first row is handed on. */
async function refuseFaults(
  connection: DuckDBConnection,
  from: string,
  columns: readonly DataColumn[],
): Promise<void> {
  const counts = columns.map(({ name }) => `count(${quoteIdentifier(name)})`)
  await connection.runAndReadAll(`select ${counts.join(', ')} from ${from}`)
}

async function described(
  connection: DuckDBConnection,
  from: string,
  limits: SourceLimits,
): Promise<DataColumn[]> {
  const columns = await describe(connection, from)
  if (columns.length > limits.columns)
    throw overLimit('columns', { columns: columns.length, most: limits.columns })
  return columns
}

/** A few bytes may stand for any number of equal rows: the file's own count is believed before they are read. */
async function refuseManyRows(
  connection: DuckDBConnection,
  copy: string,
  limits: SourceLimits,
): Promise<void> {
  const result = await connection.runAndReadAll(
    `select sum(num_rows)::double from parquet_file_metadata(${quoteText(copy)})`,
  )
  const [[rows] = []] = result.getRowsJson()
  if (Number(rows) > limits.rows) throw overLimit('rows', { rows: Number(rows) })
}

/** With columns given every value comes as it is written, so that no digit of a number is lost. */
function jsonSource({ path, format }: JsonTable, columns: readonly DataColumn[]): string {
  const list = columns.map(({ name }) => `${quoteText(name)}: 'JSON'`).join(', ')
  const shape = columns.length === 0 ? 'sample_size = -1, map_inference_threshold = -1' : `columns = {${list}}` // prettier-ignore
  return `read_json(${quoteText(path)}, format = '${format}', records = true, ${jsonOptions}, ${shape})`
}

async function jsonColumns(
  connection: DuckDBConnection,
  table: JsonTable,
  columns: readonly DataColumn[],
): Promise<string> {
  const names = columns.map(({ name }) => name)
  const { path, format } = table
  const objects = `read_json_objects(${quoteText(path)}, format = '${format}', ${jsonOptions})`
  const renamed = mayBeRenamed(names) ? await selectByKeys(connection, objects, names) : undefined
  return renamed ?? jsonSource(table, columns)
}

async function describe(connection: DuckDBConnection, from: string): Promise<DataColumn[]> {
  const result = await connection.runAndReadAll(`describe select * from ${from}`)
  return result.getRowsJson().map(([name, type]) => ({ name: textOf(name), type: textOf(type) }))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

interface ColumnReader {
  readonly sql: string
  readonly put: (into: ReadInto, column: number, value: unknown) => void
}

const asKind =
  (kind: number): ColumnReader['put'] =>
  (into, column, value) =>
    into.cells.set(column, kind, Number(value))

function columnReader({ name, type }: DataColumn): ColumnReader {
  const column = quoteIdentifier(name)
  const text = { sql: `${column}::varchar`, put: putText }
  if (type === 'JSON') return { sql: `${column}::varchar`, put: putJson }
  if (type === 'BOOLEAN') return { sql: `${column}::integer`, put: asKind(cellKind.boolean) }
  if (type === 'DATE') return { sql: `(${column} - date '1970-01-01')::double`, put: asKind(cellKind.day) } // prettier-ignore
  if (type === 'TIME') return { sql: `round(epoch(${column}))`, put: asKind(cellKind.clock) }
  if (type === 'TIMESTAMP' || /^TIMESTAMP_(S|MS|NS)$/.test(type)) {
    return { sql: `round(epoch(${column}::timestamp))`, put: asKind(cellKind.second) }
  }
  if (type === 'DOUBLE' || type === 'FLOAT') return { sql: `${column}::varchar`, put: putDouble }
  if (type === 'BLOB') return { sql: `case when ${column} is null then null else 'BLOB' end`, put: putBlob } // prettier-ignore
  return /[[(]|^MAP/.test(type) && !type.startsWith('DECIMAL')
    ? { sql: `to_json(${column})::varchar`, put: putText }
    : text
}

function putText(into: ReadInto, column: number, value: unknown): void {
  const text = String(value)
  if (text.trim() === '') return
  const bytes = Buffer.from(text, 'utf8')
  if (recognise(bytes, 0, bytes.length)) {
    into.cells.set(column, recognised.kind, recognised.value)
  } else into.cells.set(column, cellKind.text, into.pool.intern(bytes, 0, bytes.length))
}

function putDouble(into: ReadInto, column: number, value: unknown): void {
  const number = Number(value)
  if (Number.isFinite(number)) {
    const exact = exactNumber(number)
    into.cells.set(column, exact.kind, exact.value)
  } else into.notes.nonFinite++
}

function putBlob(into: ReadInto, column: number): void {
  into.cells.set(column, cellKind.error, into.pool.add('BLOB'))
}

/** Text without its quotes, numbers as written, what is nested as it stands. */
function putJson(into: ReadInto, column: number, value: unknown): void {
  const json = String(value)
  if (json === 'null') return
  if (json === 'true' || json === 'false') {
    into.cells.set(column, cellKind.boolean, json === 'true' ? 1 : 0)
  } else if (json.startsWith('"')) putText(into, column, JSON.parse(json))
  else if (/^-?\d[\d.]*e[+-]?\d+$/i.test(json) || isRounded(json)) putDouble(into, column, json)
  else putText(into, column, json)
}

/** The engine's parser takes decimals for doubles: beyond 15 digits they are no longer what was written. */
const isRounded = (number: string): boolean =>
  /^-?\d+\.\d+$/.test(number) && number.replace(/^-?0*\.?0*|\./g, '').length > 15

const isEngineError = (error: unknown): error is Error =>
  error instanceof Error && error.constructor === Error && !('code' in error)

/** What the engine says names the copy's path; only its first words are kept. */
function explained(error: unknown): unknown {
  if (!isEngineError(error)) return error
  if (/has duplicate key/.test(error.message))
    return unreadable('repeatedKeySomewhere', 'one key twice in an object')
  const kind = /^(?:[A-Z][\w-]* )+Error|^INTERNAL Error/.exec(error.message)?.[0] ?? 'damaged'
  // A packing or a type this build of the engine does not know yet.
  const reason = /Not implemented/i.test(kind) ? 'newerProgram' : 'damaged'
  return unreadable(reason, `data file: ${kind}`)
}
