/** Totals that stand above the rows they add up, as sheets with a summary over each group have them. */
import type { ColumnChunk } from '../column-chunk.ts'
import { hasDate } from './row-cells.ts'
import type { RowCells } from './row-cells.ts'
import type { RowLabel } from './row-labels.ts'
import type { Fit } from './section-sums.ts'
import { isNear, isTelling, SectionSums } from './section-sums.ts'

/** All numbers agree, and not by being small. */
const isExact = (fit: Fit | undefined): fit is Fit =>
  fit !== undefined && fit.equal === fit.of && fit.filled > 0 && fit.telling

/**
 * Rows of `kept` whose numbers are all sums of the rows below them, down to the next total or over the next groups, with
 * how they agree. `out` are rows that are no data.
 */
export function totalsAbove(
  chunk: ColumnChunk,
  cells: RowCells,
  kept: readonly number[],
  out: readonly number[],
): ReadonlyMap<number, Fit> {
  const asked = new Set(kept)
  const above = new Map<number, Fit>()
  const sums = new SectionSums()
  let to = chunk.rows
  for (const row of [...out, ...kept].sort((a, b) => b - a)) {
    addRows(sums, chunk, cells, row + 1, to)
    to = row
    const numbers = cells.numbers(chunk, row)
    const fit = sums.fit(numbers)
    if (isExact(fit)) {
      sums.close(fit.closed)
      if (asked.has(row)) above.set(row, fit)
    } else if (asked.has(row)) sums.doubt(numbers)
  }
  return above
}

/**
 * Of rows that name a group (华东小计) those that add up what stands below them: two rows at least, or one where other groups
 * of the sheet prove the layout. `totals` are rows that say total and nothing else.
 */
export function groupsAbove(
  chunk: ColumnChunk,
  cells: RowCells,
  groups: readonly number[],
  totals: readonly number[],
): ReadonlySet<number> {
  // More groups than rows in them are names of goods.
  if (groups.length === 0 || groups.length * 2 > chunk.rows) return new Set()
  const found = totalsAbove(chunk, cells, [...groups, ...totals], [])
  const above = groups.filter((row) => found.has(row))
  return above.some((row) => (found.get(row)?.rows ?? 0) > 1) ? new Set(above) : new Set()
}

function addRows(
  sums: SectionSums,
  chunk: ColumnChunk,
  cells: RowCells,
  from: number,
  to: number,
): void {
  if (to <= from) return
  sums.addRows(to - from)
  for (const column of chunk.kinds.keys()) sums.add(column, cells.sumOf(chunk, column, from, to))
}

/** A row at the end of a chunk whose group may go on in the next ones. */
class OpenTotal {
  /** What its numbers exceed the rows so far by; NaN where it has no number. */
  readonly #missing: number[]
  readonly #telling: boolean
  #rows = 0
  #closed = false

  constructor(numbers: readonly number[]) {
    this.#missing = [...numbers]
    const filled = numbers.filter((value) => !Number.isNaN(value) && value !== 0)
    this.#telling = filled.length > 1 || filled.some(isTelling)
  }

  /** Takes the rows of a chunk between those that are no data. */
  add(chunk: ColumnChunk, cells: RowCells, from: number, bounds: readonly number[]): void {
    let start = from
    for (const bound of [...bounds.filter((row) => row >= from), chunk.rows]) {
      if (this.#closed) return
      if (bound > start) this.#take(chunk, cells, start, bound)
      start = bound + 1
    }
  }

  #take(chunk: ColumnChunk, cells: RowCells, from: number, to: number): void {
    this.#rows += to - from
    for (const [column, value] of this.#missing.entries())
      if (!Number.isNaN(value))
        this.#missing[column] = value - cells.sumOf(chunk, column, from, to).sum
    this.#closed = this.#given.every((value) => isNear(value, 0))
  }

  get #given(): number[] {
    return this.#missing.filter((value) => !Number.isNaN(value))
  }

  /** More rows may make it up. */
  get isOpen(): boolean {
    return this.#given.length > 0 && this.#given.every((value) => value > -0.005)
  }

  /** The rows below add up to it. */
  get isMadeUp(): boolean {
    return this.#closed && this.#telling && this.#rows > 1
  }
}

/** A row kept back until what comes below it was read. */
export interface HeldRow {
  /** Whether it stands right below the names; else at the end of a chunk, and is told if it stays. */
  readonly first: boolean
  readonly label: RowLabel
  readonly numbers: readonly number[]
  readonly open: OpenTotal
  readonly words: number
  readonly dated: boolean
  readonly bare: boolean
}

export function heldRow(
  chunk: ColumnChunk,
  cells: RowCells,
  row: number,
  label: RowLabel,
  first: boolean,
): HeldRow {
  const numbers = cells.numbers(chunk, row)
  return {
    ...{ first, label, numbers, open: new OpenTotal(numbers) },
    words: cells.words(chunk, row) - label.more,
    dated: hasDate(chunk, row),
    bare: cells.isOfNumbers(chunk, row, label.column),
  }
}
