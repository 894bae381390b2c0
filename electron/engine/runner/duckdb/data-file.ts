/** Reads Parquet and JSON files: a private copy, only statements of our own, and no other file within reach. */
import { constants, copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import { cellKind } from '../../sources/cell-kinds.ts'
import { recognise, recognised } from '../../sources/csv/cell-bytes.ts'
import { exactNumber } from '../../sources/exact-number.ts'
import type { ReadInto, SourceReader } from '../../sources/reader.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { overLimit, unreadable } from '../../sources/source-limits.ts'
import { rewriteAsUtf8 } from './json-encoding.ts'
import { blankByteMark, refuseDeepJson } from './json-depth.ts'
import { mayBeRenamed, selectByKeys } from './json-keys.ts'
import { closedDoors, quoteText } from './locked-duckdb.ts'

export type DataFileKind = 'parquet' | 'json'

const memoryLimitMb = 1024
const maxObjectBytes = 16_777_216
const jsonOptions = `compression = 'uncompressed', maximum_object_size = ${maxObjectBytes}`

interface DataColumn {
  readonly name: string
  readonly type: string
}

export class DataFile {
  readonly #kind: DataFileKind
  readonly #folder: string
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #from: string
  readonly #columns: readonly DataColumn[]

  /** What the file was written in where that is not UTF-8. */
  readonly #encoding: string | undefined

  private constructor(
    kind: DataFileKind,
    folder: string,
    opened: Opened & { readonly encoding: string | undefined },
  ) {
    this.#encoding = opened.encoding
    this.#kind = kind
    this.#folder = folder
    this.#instance = opened.instance
    this.#connection = opened.connection
    this.#from = opened.from
    this.#columns = opened.columns
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
      let encoding: string | undefined
      if (kind === 'json') {
        encoding = await rewriteAsUtf8(copy)
        await blankByteMark(copy)
        await refuseDeepJson(copy)
      }
      const opened = await openCopy(copy, folder, kind, limits)
      return new DataFile(kind, folder, { ...opened, encoding })
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw explained(error)
    }
  }

  async close(): Promise<void> {
    this.#connection.closeSync()
    this.#instance.closeSync()
    await rm(this.#folder, { recursive: true, force: true })
  }

  reader(): SourceReader {
    return {
      kind: this.#kind,
      namedColumns: this.#columns.map(({ name }) => name),
      read: (into) => this.#read(into),
    }
  }

  async #read(into: ReadInto): Promise<void> {
    if (this.#encoding !== undefined) into.notes.encoding = this.#encoding
    const readers = this.#columns.map(columnReader)
    const list = readers.map(({ sql }) => sql).join(', ')
    let row = 0
    try {
      const result = await this.#connection.stream(`select ${list} from ${this.#from}`)
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) return
        const values = readers.map((_, index) => chunk.getColumnValues(index))
        for (let at = 0; at < chunk.rowCount; at++) {
          readers.forEach(({ put }, column) => {
            const value = values[column]?.[at] ?? null
            if (value !== null) put(into, column, value)
          })
          into.cells.endRow(++row)
        }
        into.progress(0)
      }
    } catch (error) {
      throw explained(error)
    }
  }
}

interface Opened {
  readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  readonly from: string
  readonly columns: readonly DataColumn[]
}

async function openCopy(
  copy: string,
  folder: string,
  kind: DataFileKind,
  limits: SourceLimits,
): Promise<Opened> {
  const spill = join(folder, 'spill')
  const instance = await DuckDBInstance.create(':memory:', {
    ...closedDoors,
    ...{ memory_limit: `${memoryLimitMb}MB`, temp_directory: spill, threads: '2' },
  })
  try {
    const connection = await instance.connect()
    await connection.run("set timezone = 'UTC'")
    await connection.run(`set allowed_paths = [${quoteText(copy)}]`)
    await connection.run('set enable_external_access = false')
    await connection.run('set lock_configuration = true')
    const plain = kind === 'parquet' ? `read_parquet(${quoteText(copy)})` : jsonSource(copy, [])
    if (kind === 'parquet') await refuseManyRows(connection, copy, limits)
    const columns = await describe(connection, plain)
    if (columns.length > limits.columns) throw overLimit('columns', { columns: columns.length })
    const from = kind === 'parquet' ? plain : await jsonColumns(connection, copy, columns)
    const asJson = columns.map(({ name }) => ({ name, type: 'JSON' }))
    return { instance, connection, from, columns: kind === 'parquet' ? columns : asJson }
  } catch (error) {
    instance.closeSync()
    throw error
  }
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
function jsonSource(copy: string, columns: readonly DataColumn[]): string {
  const list = columns.map(({ name }) => `${quoteText(name)}: 'JSON'`).join(', ')
  const shape = columns.length === 0 ? 'sample_size = -1, map_inference_threshold = -1' : `columns = {${list}}` // prettier-ignore
  return `read_json(${quoteText(copy)}, format = 'auto', records = true, ${jsonOptions}, ${shape})`
}

async function jsonColumns(
  connection: DuckDBConnection,
  copy: string,
  columns: readonly DataColumn[],
): Promise<string> {
  const names = columns.map(({ name }) => name)
  const objects = `read_json_objects(${quoteText(copy)}, format = 'auto', ${jsonOptions})`
  const renamed = mayBeRenamed(names) ? await selectByKeys(connection, objects, names) : undefined
  return renamed ?? jsonSource(copy, columns)
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
  const column = `"${name.replaceAll('"', '""')}"`
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
  else if (/^-?\d[\d.]*e[+-]?\d+$/i.test(json)) putDouble(into, column, json)
  else putText(into, column, json)
}

/** What the engine says names the copy's path; only its first words are kept. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error) || error.constructor !== Error) return error
  if ('code' in error) return error
  if (/has duplicate key/.test(error.message))
    return unreadable('repeatedKey', 'one key twice in an object')
  const kind = /^(?:[A-Z][\w-]* )+Error|^INTERNAL Error/.exec(error.message)?.[0] ?? 'damaged'
  // A packing or a type this build of the engine does not know yet.
  const reason = /Not implemented/i.test(kind) ? 'newerProgram' : 'damaged'
  return unreadable(reason, `data file: ${kind}`)
}
