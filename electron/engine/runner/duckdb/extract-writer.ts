/** Writes one extract file from typed columns. The file is complete, checkpointed and closed when `finish` returns. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import { isTemporal } from '../../../../shared/data/field.ts'
import { dayParts } from '../../extracts/day-parts.ts'
import type { ExtractField, ExtractShape, StoredColumn } from '../../extracts/extract-columns.ts'
import {
  dictionaryTable,
  extractFormat,
  rowIdColumn,
  rowsTable,
  sourceIdColumn,
  sourceRowColumn,
  storedColumns,
} from '../../extracts/extract-columns.ts'
import type { ColumnValues } from './column-vectors.ts'
import { TableAppender } from './table-appender.ts'

export interface ExtractSource {
  readonly name: string
  readonly part: string | null
  readonly kind: string
  readonly rows: number
}

export interface RowBatch {
  readonly count: number
  readonly sourceIds: Float64Array
  readonly sourceRows: Float64Array
  /** One entry per field, in order. */
  readonly fields: readonly ColumnValues[]
}

export interface ExtractEnding {
  readonly fields: readonly ExtractField[]
  /** Per field the dictionary in code order, for coded text only. */
  readonly dictionaries: readonly (readonly string[] | undefined)[]
  readonly sources: readonly ExtractSource[]
  readonly info: Readonly<Record<string, string>>
}

export interface WriterOptions {
  readonly memoryLimitMb: number
  readonly tempFolder: string
  readonly threads: number
}

const keyColumns: readonly StoredColumn[] = [
  { name: rowIdColumn, sqlType: 'INTEGER' },
  { name: sourceIdColumn, sqlType: 'INTEGER' },
  { name: sourceRowColumn, sqlType: 'INTEGER' },
]

export class ExtractWriter {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #rows: TableAppender
  readonly #shapes: readonly ExtractShape[]
  #written = 0
  #sealed = false

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    rows: TableAppender,
    shapes: readonly ExtractShape[],
  ) {
    this.#instance = instance
    this.#connection = connection
    this.#rows = rows
    this.#shapes = shapes
  }

  /** `path` must not exist yet. */
  static async create(
    path: string,
    shapes: readonly ExtractShape[],
    options: WriterOptions,
  ): Promise<ExtractWriter> {
    const { instance, connection } = await openForWriting(path, options)
    const columns = [
      ...keyColumns,
      ...shapes.flatMap((shape, index) => storedColumns(index, shape)),
    ]
    const rows = await TableAppender.create(connection, rowsTable, columns)
    return new ExtractWriter(instance, connection, rows, shapes)
  }

  append(batch: RowBatch): void {
    const rowIds = new Float64Array(batch.count)
    for (let i = 0; i < batch.count; i++) rowIds[i] = this.#written + i
    const columns: ColumnValues[] = [rowIds, batch.sourceIds, batch.sourceRows]
    this.#shapes.forEach((shape, index) => {
      const values = batch.fields[index]
      if (values === undefined) throw new Error(`field ${index} is missing from a batch`)
      columns.push(values)
      if (isTemporal(shape.type) && values instanceof Float64Array) {
        columns.push(...partColumns(values, batch.count, shape.type === 'timestamp' ? 86_400 : 1))
      }
    })
    this.#rows.append(columns, batch.count)
    this.#written += batch.count
  }

  /** All rows are there: they and the dictionaries are written, and nothing is committed yet. */
  async seal(dictionaries: ExtractEnding['dictionaries']): Promise<void> {
    if (this.#sealed) return
    this.#sealed = true
    // What is committed below is packed into the file at once and not written to a log before.
    await this.#connection.run("set checkpoint_threshold = '1KB'")
    await this.#connection.run('begin')
    this.#rows.close()
    for (const [index, dictionary] of dictionaries.entries()) {
      if (dictionary !== undefined) await this.#writeDictionary(index, dictionary)
    }
  }

  async finish(ending: ExtractEnding): Promise<void> {
    await this.seal(ending.dictionaries)
    await this.#writeSources(ending.sources)
    await this.#writeFields(ending.fields)
    await this.#writeInfo({
      ...ending.info,
      format: String(extractFormat),
      rows: String(this.#written),
    })
    await this.#connection.run('commit')
    await this.#connection.run('checkpoint')
    this.close()
  }

  /** Leaves an unfinished file behind; its owner deletes it. */
  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }

  async #writeDictionary(index: number, dictionary: readonly string[]): Promise<void> {
    const codes = Float64Array.from(dictionary.keys())
    await this.#writeTable(
      dictionaryTable(index),
      [
        { name: 'code', sqlType: 'INTEGER' },
        { name: 'value', sqlType: 'VARCHAR' },
      ],
      [codes, dictionary],
      dictionary.length,
    )
  }

  async #writeSources(sources: readonly ExtractSource[]): Promise<void> {
    await this.#writeTable(
      'sources',
      [
        { name: 'source_id', sqlType: 'INTEGER' },
        ...texts('name', 'part', 'kind'),
        { name: 'rows', sqlType: 'INTEGER' },
      ],
      [
        Float64Array.from(sources.keys()),
        sources.map((source) => source.name),
        sources.map((source) => source.part),
        sources.map((source) => source.kind),
        Float64Array.from(sources, (source) => source.rows),
      ],
      sources.length,
    )
  }

  async #writeFields(fields: readonly ExtractField[]): Promise<void> {
    const numbers = (pick: (field: ExtractField) => number) => Float64Array.from(fields, pick)
    await this.#writeTable(
      'fields',
      [
        { name: 'i', sqlType: 'INTEGER' },
        ...texts('name', 'type', 'role'),
        { name: 'scale', sqlType: 'INTEGER' },
        { name: 'coded', sqlType: 'BOOLEAN' },
        { name: 'wide', sqlType: 'BOOLEAN' },
        { name: 'distinct_count', sqlType: 'BIGINT' },
        { name: 'blanks', sqlType: 'BIGINT' },
        ...texts('min', 'max'),
      ],
      [
        Float64Array.from(fields.keys()),
        fields.map((field) => field.name),
        fields.map((field) => field.type),
        fields.map((field) => field.role),
        numbers((field) => field.scale),
        numbers((field) => Number(field.coded)),
        numbers((field) => Number(field.wide)),
        numbers((field) => field.distinct),
        numbers((field) => field.blanks),
        fields.map((field) => field.min),
        fields.map((field) => field.max),
      ],
      fields.length,
    )
  }

  async #writeInfo(info: Readonly<Record<string, string>>): Promise<void> {
    const keys = Object.keys(info)
    const values = Object.values(info)
    await this.#writeTable('info', texts('key', 'value'), [keys, values], keys.length)
  }

  async #writeTable(
    table: string,
    columns: readonly StoredColumn[],
    values: readonly ColumnValues[],
    count: number,
  ): Promise<void> {
    const appender = await TableAppender.create(this.#connection, table, columns)
    appender.append(values, count)
    appender.close()
  }
}

function texts(...names: string[]): StoredColumn[] {
  return names.map((name) => ({ name, sqlType: 'VARCHAR' }))
}

export async function openForWriting(
  path: string,
  options: WriterOptions,
): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> {
  const instance = await DuckDBInstance.create(path, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${options.memoryLimitMb}MB`,
    temp_directory: options.tempFolder,
    threads: String(options.threads),
  })
  const connection = await instance.connect()
  return { instance, connection }
}

/** The stored parts of a temporal column, from epoch days or, with `unit` 86400, epoch seconds. */
function partColumns(values: Float64Array, count: number, unit: number): Float64Array[] {
  const columns = Array.from({ length: 5 }, () => new Float64Array(count).fill(NaN))
  const [years, quarters, months, weeks, days] = columns
  if (!years || !quarters || !months || !weeks || !days) return columns
  let day = NaN
  let parts = dayParts(0)
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? NaN
    if (Number.isNaN(value)) continue
    const own = Math.floor(value / unit)
    // Lines of a till come day by day.
    if (own !== day) parts = dayParts(own)
    day = own
    years[i] = parts.y
    quarters[i] = parts.q
    months[i] = parts.m
    weeks[i] = parts.w
    days[i] = parts.d
  }
  return columns
}
