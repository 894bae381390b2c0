/** Finds the tables of a sheet that holds several: one below the other after blank rows, or side by side. */
import type { SheetRange } from '../../../../shared/data/sheet-layout.ts'
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TextPool } from '../text-pool.ts'
import { filledRows, keepColumns, keepRows } from './chunk-parts.ts'
import { recognise, recognised } from '../csv/cell-bytes.ts'
import { findHeader } from './header-row.ts'
import { isPeriods } from './number-heads.ts'
import { RepeatedHeads } from './repeated-heads.ts'

export interface SheetTable {
  readonly range: SheetRange
  /** The lone text above it. */
  readonly title: string | undefined
}

const smallestColumns = 2
const smallestRows = 2

/**
 * Tables of the first rows of a sheet, in reading order; empty when it holds one table or none, so that nothing changes.
 * A part counts as a table when it has names of its own: texts over numbers or dates.
 */
export function findTables(cells: ColumnChunk, pool: TextPool): SheetTable[] {
  const chunk = withReadTexts(cells, pool)
  const bands = rowBands(chunk, pool)
  const tables = bands.flatMap((band, index) =>
    columnBands(chunk, band, pool).flatMap((columns) =>
      tableIn(chunk, pool, band, columns, index === bands.length - 1),
    ),
  )
  return tables.length > 1 ? tables : []
}

interface Band {
  readonly from: number
  /** Not included. */
  readonly to: number
}

/** Rows between blank rows; a band without numbers or dates (a title) belongs to the band below it. */
function rowBands(chunk: ColumnChunk, pool: TextPool): Band[] {
  const bands: Band[] = []
  let from = 0
  for (let row = 1; row <= chunk.rows; row++) {
    const gap = (chunk.sourceRows[row] ?? Infinity) - (chunk.sourceRows[row - 1] ?? 0) > 1
    if (row < chunk.rows && !gap) continue
    if (hasValues(chunk, { from, to: row }) || row === chunk.rows) {
      bands.push({ from, to: row })
      from = row
    }
  }
  return joined(chunk, bands, pool)
}

/** What people write where a value is missing: it names no column. */
const noValue = /^(?:[-–—/]+|n\/?a|null|nil|tb[ad]|无|暂无|没有|待定|未定|未知|缺货|缺|停业|休息)$/i

/** Numbers and days kept as text, as tills export them, are values as well, and so is what stands for one. */
function withReadTexts(chunk: ColumnChunk, pool: TextPool): ColumnChunk {
  const kinds = chunk.kinds.map((own, column) =>
    own.map((kind, row) => {
      if (kind !== cellKind.text || row >= chunk.rows) return kind
      const text = pool.textAt(chunk.values[column]?.[row] ?? 0).trim()
      if (noValue.test(text)) return cellKind.error
      const bytes = Buffer.from(text, 'utf8')
      return recognise(bytes, 0, bytes.length) ? recognised.kind : kind
    }),
  )
  return { ...chunk, kinds }
}

/**
 * A band that brings no names of its own goes on with the table above it: blank rows inside a table, and lines that could not be
 * read, are no end.
 */
function joined(chunk: ColumnChunk, bands: readonly Band[], pool: TextPool): Band[] {
  const kept: Band[] = []
  for (const band of bands) {
    const last = kept.at(-1)
    const cells = part(chunk, band, allColumns(chunk))
    const own =
      last === undefined ||
      (namesItself(cells, pool) &&
        !goesOn(chunk, last, cells, pool) &&
        !repeatsNames(chunk, last, cells, pool))
    if (own) kept.push(band)
    else kept[kept.length - 1] = { from: last.from, to: band.to }
  }
  return kept
}

/** The names of the table above once more, with no title of their own: the next page of it. */
function repeatsNames(
  chunk: ColumnChunk,
  above: Band,
  cells: ColumnChunk,
  pool: TextPool,
): boolean {
  const upper = part(chunk, above, allColumns(chunk))
  return new RepeatedHeads(upper, findHeader(upper, pool)).find(cells, 0)[0] === 0
}

/** What would be names has a value where the table above has values: it is a line of that one. */
function goesOn(chunk: ColumnChunk, above: Band, cells: ColumnChunk, pool: TextPool): boolean {
  const header = findHeader(cells, pool)
  if (header === undefined || isPeriods(cells, header.last)) return false
  const upper = part(chunk, above, allColumns(chunk))
  const from = (findHeader(upper, pool)?.last ?? -1) + 1
  return cells.kinds.some((kinds, column) => {
    const kind = kinds[header.last] ?? cellKind.blank
    return isValue(kind) && mostlyValues(upper, column, from)
  })
}

const isValue = (kind: number): boolean => kind !== cellKind.blank && kind !== cellKind.text

function mostlyValues(table: ColumnChunk, column: number, from: number): boolean {
  let values = 0
  let texts = 0
  for (let row = from; row < table.rows; row++) {
    const kind = table.kinds[column]?.[row] ?? cellKind.blank
    if (kind === cellKind.text) texts++
    else if (kind !== cellKind.blank) values++
  }
  return values > texts
}

function hasValues(chunk: ColumnChunk, { from, to }: Band): boolean {
  return chunk.kinds.some((kinds) => kinds.subarray(from, to).some(isValue))
}

const allColumns = (chunk: ColumnChunk): Band => ({ from: 0, to: chunk.kinds.length })

/** Columns between columns that are blank in the whole band. */
function columnBands(chunk: ColumnChunk, rows: Band, pool: TextPool): Band[] {
  const bands: Band[] = []
  let from = -1
  for (let column = 0; column <= chunk.kinds.length; column++) {
    const filled = chunk.kinds[column]
      ?.subarray(rows.from, rows.to)
      .some((kind) => kind !== cellKind.blank)
    if (filled === true) from = from < 0 ? column : from
    else if (from >= 0) {
      bands.push({ from, to: column })
      from = -1
    }
  }
  // Only tables of several columns stand side by side; a blank column inside one table is just blank.
  const apart = bands.every(
    (band) => band.to - band.from >= smallestColumns && namesItself(part(chunk, rows, band), pool),
  )
  return apart ? bands : [{ from: bands[0]?.from ?? 0, to: bands.at(-1)?.to ?? 0 }]
}

/** The cells of some rows and columns as a sheet of their own. */
function part(chunk: ColumnChunk, rows: Band, columns: Band): ColumnChunk {
  const own = keepColumns(chunk, columns.from, columns.to)
  return keepRows(own, filledRows(own, rows.from, rows.to))
}

/** Names over numbers or dates, and at least one row of them. */
function namesItself(table: ColumnChunk, pool: TextPool): boolean {
  const header = findHeader(table, pool)
  if (header === undefined || table.rows < header.last + smallestRows) return false
  if (table.kinds.length < smallestColumns) return false
  const below = header.last + 1
  const isName = (column: number): boolean => table.kinds[column]?.[header.last] === cellKind.text
  return (
    [...table.kinds.keys()].some(
      (column) => isName(column) && mostlyValues(table, column, below),
    ) ||
    (isPeriods(table, header.last) && hasValues(table, { from: below, to: table.rows }))
  )
}

function tableIn(
  chunk: ColumnChunk,
  pool: TextPool,
  rows: Band,
  columns: Band,
  isLast: boolean,
): SheetTable[] {
  const cells = part(chunk, rows, columns)
  if (!namesItself(cells, pool)) return []
  const header = findHeader(cells, pool)
  const range = {
    fromRow: cells.sourceRows[0] ?? 1,
    ...(isLast ? {} : { toRow: cells.sourceRows[cells.rows - 1] ?? 1 }),
    fromColumn: columns.from + 1,
    toColumn: columns.to,
  }
  return [{ range, title: header ? titleAbove(cells, header.first, pool) : undefined }]
}

function titleAbove(cells: ColumnChunk, header: number, pool: TextPool): string | undefined {
  for (let row = header - 1; row >= 0; row--) {
    const column = cells.kinds.findIndex((kinds) => kinds[row] === cellKind.text)
    if (column >= 0)
      return pool
        .textAt(cells.values[column]?.[row] ?? 0)
        .trim()
        .slice(0, 80)
  }
  return undefined
}
