/** Turns columns that stand for periods into rows while a sheet is read. */
import type { Unpivot } from '../../../../shared/data/sheet-layout.ts'
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import { refusal } from '../source-limits.ts'
import type { TextPool } from '../text-pool.ts'
import { monthsOf, periodGroup, periodNames, sumsPeriods } from './period-columns.ts'
import { numberAt } from './row-cells.ts'
import { totalLabel } from './total-labels.ts'

/** Rows that may differ, for sums that were typed in by hand. */
const mostRows = 0.9
const fewestRows = 2

/** A row becomes one row for each turned column that is filled; names that say year and month become dates. */
export class TurnedColumns {
  /** Columns of the turned rows: those that stay, then the period and its value. */
  readonly names: readonly string[]
  /** Total columns, unless they are to be kept: beside every period they would count many times. */
  readonly leftOut: readonly string[]
  /** The columns of the sheet behind each of them. */
  readonly origins: readonly (readonly number[])[]
  readonly #stay: readonly number[]
  readonly #turned: readonly number[]
  readonly #periods: readonly { readonly kind: number; readonly value: number }[]

  /** Rejects a plan whose columns the sheet does not have. `first` holds the first rows, data from `from` on. */
  constructor(
    names: readonly string[],
    { columns, name, value, keepTotals }: Unpivot,
    pool: TextPool,
    first: ColumnChunk,
    from: number,
  ) {
    const missing = columns.find((column) => !names.includes(column))
    if (missing !== undefined) throw refusal('dataset/fieldMissing', { field: missing })
    this.#turned = columns.map((column) => names.indexOf(column))
    const totals = keepTotals
      ? []
      : totalColumns(names, columns, first, from).map((one) => names.indexOf(one))
    this.leftOut = totals.map((index) => names[index] ?? '')
    this.#stay = [...names.keys()].filter(
      (index) => !this.#turned.includes(index) && !totals.includes(index),
    )
    this.names = [...this.#stay.map((index) => names[index] ?? ''), name, value]
    this.origins = [...this.#stay.map((index) => [index]), [], this.#turned]
    const periods = periodNames(columns)
    const months = monthsOf(periods)
    this.#periods = periods.map((period, index) =>
      months
        ? { kind: cellKind.day, value: months[index] ?? 0 }
        : { kind: cellKind.text, value: pool.add(period) },
    )
  }

  /** Rows of `chunk` from `from` on. */
  turn(chunk: ColumnChunk, from: number): ColumnChunk {
    const rows: number[] = []
    const at: number[] = []
    for (let row = from; row < chunk.rows; row++) {
      for (const [index, column] of this.#turned.entries()) {
        if ((chunk.kinds[column]?.[row] ?? 0) === cellKind.blank) continue
        rows.push(row)
        at.push(index)
      }
    }
    const picked = (column: number) => ({
      kinds: Uint8Array.from(rows, (row) => chunk.kinds[column]?.[row] ?? 0),
      values: Float64Array.from(rows, (row) => chunk.values[column]?.[row] ?? 0),
    })
    const period = {
      kinds: Uint8Array.from(at, (index) => this.#periods[index]?.kind ?? 0),
      values: Float64Array.from(at, (index) => this.#periods[index]?.value ?? 0),
    }
    const cell = (part: 'kinds' | 'values', i: number): number =>
      chunk[part][this.#turned[at[i] ?? 0] ?? 0]?.[rows[i] ?? 0] ?? 0
    const value = {
      kinds: Uint8Array.from(rows, (_, i) => cell('kinds', i)),
      values: Float64Array.from(rows, (_, i) => cell('values', i)),
    }
    const columns = [...this.#stay.map(picked), period, value]
    return {
      rows: rows.length,
      sourceRows: Float64Array.from(rows, (row) => chunk.sourceRows[row] ?? 0),
      kinds: columns.map(({ kinds }) => kinds),
      values: columns.map(({ values }) => values),
    }
  }
}

/** Columns that sum up those to be turned, by their names or, where a name leaves it open, by what they hold. */
export function totalColumns(
  names: readonly string[],
  turned: readonly string[],
  first: ColumnChunk,
  from: number,
): string[] {
  const group = periodGroup(turned)
  const places = turned.map((name) => names.indexOf(name))
  return names.filter((name, index) => {
    if (places.includes(index)) return false
    if (group !== undefined && sumsPeriods(name, group)) return true
    const label = totalLabel(name.trim())
    return label === 'sure' || (label === 'maybe' && addsUp(first, from, index, places))
  })
}

/**
 * Whether a column holds, in nearly every row, the sum of all turned columns or of those that stand before it up to the
 * next column that is none of them: its name alone may be a product's ("Colgate Total").
 */
function addsUp(
  chunk: ColumnChunk,
  from: number,
  column: number,
  turned: readonly number[],
): boolean {
  const before: number[] = []
  for (let at = column - 1; turned.includes(at); at--) before.push(at)
  return [turned, before].some((parts) => isSumOf(chunk, from, column, parts))
}

function isSumOf(
  chunk: ColumnChunk,
  from: number,
  column: number,
  parts: readonly number[],
): boolean {
  const number = (at: number, row: number): number =>
    numberAt(chunk.kinds[at]?.[row] ?? 0, chunk.values[at]?.[row] ?? 0)
  let rows = 0
  let equal = 0
  for (let row = from; row < chunk.rows; row++) {
    const total = number(column, row)
    const added = parts.map((part) => number(part, row)).filter((one) => !Number.isNaN(one))
    // Nothing is added up to nothing: such a row says neither yes nor no.
    if (Number.isNaN(total) || (total === 0 && added.every((one) => one === 0))) continue
    rows++
    const sum = added.reduce((all, one) => all + one, 0)
    if (added.length > 0 && Math.abs(sum - total) <= 0.005 + Math.abs(total) * 1e-9) equal++
  }
  return rows >= fewestRows && equal >= rows * mostRows
}
