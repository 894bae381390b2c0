/** Makes an extract file from rows held in memory, through the product's own writer. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import { epochDayOf, isoDay, isoSecond } from '../../shared/data/calendar-day.ts'
import type { ExtractField } from '../../electron/engine/extracts/extract-columns.ts'
import type { ColumnValues } from '../../electron/engine/runner/duckdb/column-vectors.ts'
import { ExtractWriter } from '../../electron/engine/runner/duckdb/extract-writer.ts'

export interface BuiltField extends Field {
  /** Text is coded unless this says no. */
  readonly coded?: boolean
  /** Numbers are narrow unless this says otherwise. */
  readonly wide?: boolean
}

export interface BuiltExtract {
  readonly path: string
  readonly fields: readonly ExtractField[]
  readonly rows: number
}

/**
 * `rows` hold what the contract would show: text, numbers, ISO dates and timestamps, decimals as text (`'12.30'`) or
 * number, null for blank. `path` must not exist.
 */
export async function buildExtract(
  path: string,
  fields: readonly BuiltField[],
  rows: readonly (readonly CellValue[])[],
): Promise<BuiltExtract> {
  mkdirSync(dirname(path), { recursive: true })
  const columns = fields.map((field, index) =>
    buildColumn(
      field,
      rows.map((row) => row[index] ?? null),
    ),
  )
  const writer = await ExtractWriter.create(
    path,
    columns.map((column) => column.field),
    { memoryLimitMb: 512, tempFolder: dirname(path), threads: 1 },
  )
  writer.append({
    count: rows.length,
    sourceIds: new Float64Array(rows.length),
    sourceRows: Float64Array.from(rows, (_row, index) => index + 2),
    fields: columns.map((column) => column.values),
  })
  await writer.finish({
    fields: columns.map((column) => column.field),
    dictionaries: columns.map((column) => column.dictionary),
    sources: [{ name: 'test.csv', part: null, kind: 'csv', rows: rows.length }],
    info: { dataset: 'ds_test00', version: '1' },
  })
  return { path, fields: columns.map((column) => column.field), rows: rows.length }
}

interface BuiltColumn {
  readonly field: ExtractField
  readonly values: ColumnValues
  readonly dictionary?: readonly string[]
}

function buildColumn(field: BuiltField, cells: readonly CellValue[]): BuiltColumn {
  const base = {
    name: field.name,
    type: field.type,
    role: field.role,
    scale: field.scale ?? 0,
    coded: field.type === 'text' && (field.coded ?? true),
    wide: field.wide ?? false,
    blanks: cells.filter((cell) => cell === null).length,
    distinct: new Set(cells.filter((cell) => cell !== null)).size,
    min: null,
    max: null,
  }
  if (base.coded) return codedColumn(base, cells)
  if (field.type === 'text') {
    return { field: base, values: cells.map((cell) => (cell === null ? null : String(cell))) }
  }
  if (field.type === 'decimal' && base.wide) {
    return { field: base, values: cells.map((cell) => scaledBigInt(cell, base.scale)) }
  }
  const numbers = Float64Array.from(cells, (cell) => numberOf(cell, field))
  return { field: { ...base, ...rangeOf(numbers, field) }, values: numbers }
}

function codedColumn(field: ExtractField, cells: readonly CellValue[]): BuiltColumn {
  const codes = new Map<string, number>()
  const values = Float64Array.from(cells, (cell) => {
    if (cell === null) return NaN
    const text = String(cell)
    const code = codes.get(text) ?? codes.size
    codes.set(text, code)
    return code
  })
  return { field, values, dictionary: [...codes.keys()] }
}

function numberOf(cell: CellValue, field: BuiltField): number {
  if (cell === null) return NaN
  if (field.type === 'date' || field.type === 'timestamp') return timeOf(String(cell), field.type)
  if (field.type === 'decimal') return Number(scaledBigInt(cell, field.scale ?? 0))
  return Number(cell)
}

function timeOf(text: string, type: 'date' | 'timestamp'): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/[-T:]/)
    .map(Number)
  const epochDay = epochDayOf(year, month, day)
  if (epochDay === undefined) throw new Error(`no such day: ${text}`)
  return type === 'date' ? epochDay : epochDay * 86_400 + hour * 3600 + minute * 60 + second
}

function scaledBigInt(cell: CellValue, scale: number): bigint | null {
  if (cell === null) return null
  const [whole = '0', fraction = ''] = (
    typeof cell === 'number' ? cell.toFixed(scale) : String(cell)
  ).split('.')
  return BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale))
}

function rangeOf(
  numbers: Float64Array,
  field: BuiltField,
): { min: string | null; max: string | null } {
  const present = [...numbers].filter((value) => !Number.isNaN(value))
  if (present.length === 0 || field.type === 'boolean') return { min: null, max: null }
  const sorted = present.toSorted((a, b) => a - b)
  return { min: writeNumber(sorted[0] ?? 0, field), max: writeNumber(sorted.at(-1) ?? 0, field) }
}

function writeNumber(value: number, field: BuiltField): string {
  if (field.type === 'date') return isoDay(value)
  if (field.type === 'timestamp') return isoSecond(value)
  return String(field.type === 'decimal' ? value / 10 ** (field.scale ?? 0) : value)
}
