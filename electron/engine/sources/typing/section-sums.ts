/** Sums of rows by the sections that totals close: what a subtotal at any level may add up. */

export interface ColumnSum {
  readonly sum: number
  readonly count: number
  readonly largest: number
}

interface Section {
  rows: number
  readonly sums: number[]
  /** Cells that hold a number. */
  readonly counts: number[]
  readonly largest: number[]
  /** Numbers of rows that look like totals and were kept: a total may count them or not. */
  readonly doubted: number[]
  readonly doubtedCounts: number[]
}

/** How the numbers of a row agree with the sum of the sections right above it. */
export interface Fit {
  /** Closed sections among these, besides the rows since the last total. */
  readonly closed: number
  readonly rows: number
  /** Columns that agree, those of them that are not zero, and columns with a number. */
  readonly equal: number
  readonly filled: number
  readonly of: number
  /** Small whole numbers agree by chance, in a column alone. */
  readonly telling: boolean
}

/** Sections kept apart: beyond that the oldest become one. */
const mostSections = 1000
const tellingFrom = 10

const empty = (): Section => ({
  rows: 0,
  sums: [],
  counts: [],
  largest: [],
  doubted: [],
  doubtedCounts: [],
})

export const isNear = (value: number, sum: number): boolean =>
  Math.abs(sum - value) <= 0.005 + Math.abs(value) * 1e-9

/** No number that agrees by chance. */
export const isTelling = (value: number): boolean =>
  Math.abs(value) >= tellingFrom || !Number.isInteger(value)

export class SectionSums {
  readonly #all = empty()
  /** Rows since the last total. */
  #open = empty()
  readonly #closed: Section[] = []

  get rows(): number {
    return this.#all.rows
  }

  addRows(rows: number): void {
    this.#all.rows += rows
    this.#open.rows += rows
  }

  add(column: number, { sum, count, largest }: ColumnSum): void {
    for (const section of [this.#all, this.#open]) {
      plus(section.sums, column, sum)
      plus(section.counts, column, count)
      section.largest[column] = Math.max(section.largest[column] ?? -Infinity, largest)
    }
  }

  doubt(numbers: readonly number[]): void {
    for (const [column, value] of numbers.entries()) {
      if (Number.isNaN(value)) continue
      for (const section of [this.#all, this.#open]) {
        plus(section.doubted, column, value)
        plus(section.doubtedCounts, column, 1)
      }
    }
  }

  /** Not below any row of the open section, or of all where none is open, in some column of numbers. */
  exceeds(numbers: readonly number[]): boolean {
    const { rows, largest } = this.#open.rows > 0 ? this.#open : this.#all
    const given = [...numbers.entries()].filter(([, value]) => !Number.isNaN(value))
    if (given.length === 0) return true
    return given.some(([column, value]) => {
      const top = largest[column] ?? -Infinity
      return value > top || (value === top && rows === 1 && value > 0)
    })
  }

  /** No less than the largest of the open section, or of all, and no more than its sum, as a distinct count is. */
  isCountOf(numbers: readonly number[]): boolean {
    const { sums, largest } = this.#open.rows > 0 ? this.#open : this.#all
    return numbers.every(
      (value, column) =>
        Number.isNaN(value) ||
        (value >= (largest[column] ?? Infinity) && value <= (sums[column] ?? 0) + 0.005),
    )
  }

  /** At least as much as the largest of all rows in some column, as a sum of all is unless some are below zero. */
  reaches(numbers: readonly number[]): boolean {
    return numbers.some((value, column) => value >= (this.#all.largest[column] ?? -Infinity))
  }

  /** How the numbers agree best with the sum of the last sections; of equal ones, the fewest. */
  fit(numbers: readonly number[]): Fit | undefined {
    const columns = [...numbers.keys()].filter((column) => !Number.isNaN(numbers[column]))
    if (columns.length === 0) return undefined
    let best: Fit | undefined
    const sums = empty()
    const look = (closed: number, rows: number, section: Section): boolean => {
      const found = compare(numbers, columns, section, closed, rows)
      if (found && found.equal > (best?.equal ?? 0)) best = found
      return best?.equal === columns.length && best.filled > 0
    }
    let rows = this.#open.rows
    merge(sums, this.#open, columns)
    if (this.#open.rows > 0 && look(0, rows, sums)) return best
    for (let index = this.#closed.length - 1; index >= 0; index--) {
      const section = this.#closed[index] ?? empty()
      rows += section.rows
      merge(sums, section, columns)
      if (look(this.#closed.length - index, rows, sums)) return best
    }
    return best
  }

  fitAll(numbers: readonly number[]): Fit | undefined {
    const columns = [...numbers.keys()].filter((column) => !Number.isNaN(numbers[column]))
    // What came first stands among the doubted itself.
    const sure = { ...this.#all, doubted: [] }
    return compare(numbers, columns, sure, this.#closed.length, this.#all.rows)
  }

  /** Whether some number is the mean of its column, in all rows or in the last section. */
  isMean(numbers: readonly number[], unit: (column: number) => number): boolean {
    const last = this.#open.rows > 0 ? this.#open : (this.#closed.at(-1) ?? this.#all)
    return [this.#all, last].some(
      (section) =>
        section.rows > 1 &&
        numbers.some(
          (value, column) =>
            value !== 0 &&
            meansOf(section, column).some((mean) => Math.abs(mean - value) <= unit(column) * 0.51),
        ),
    )
  }

  /** Whether two numbers at least, and all there are, are the means of their columns, or the largest there. */
  isMadeOf(numbers: readonly number[], unit: (column: number) => number): boolean {
    const given = [...numbers.entries()].filter(([, value]) => !Number.isNaN(value))
    const last = this.#open.rows > 0 ? this.#open : (this.#closed.at(-1) ?? this.#all)
    return [this.#all, last].some((section) => {
      if (section.rows < 2 || given.length < 2) return false
      const isMean = ([column, value]: readonly [number, number]): boolean =>
        meansOf(section, column).some((mean) => Math.abs(mean - value) <= unit(column) * 0.51)
      const isLargest = ([column, value]: readonly [number, number]): boolean =>
        value === section.largest[column]
      return given.every(isMean) || given.every(isLargest)
    })
  }

  /** The open section and the last `closed` ones become one. */
  close(closed: number): void {
    const from = Math.max(0, this.#closed.length - closed)
    const parts = [...this.#closed.splice(from), this.#open].filter(
      ({ rows, doubted }) => rows > 0 || doubted.length > 0,
    )
    this.#open = empty()
    if (parts.length === 0) return
    this.#closed.push(joined(parts))
    if (this.#closed.length > mostSections)
      this.#closed.splice(0, 2, joined(this.#closed.slice(0, 2)))
  }
}

/** Without the rows that may be totals, and with them. */
function meansOf(section: Section, column: number): number[] {
  const [sum = 0, count = 0] = [section.sums[column], section.counts[column]]
  const [doubted = 0, more = 0] = [section.doubted[column], section.doubtedCounts[column]]
  return [sum / count, ...(more > 0 ? [(sum + doubted) / (count + more)] : [])]
}

function plus(list: number[], at: number, value: number): void {
  list[at] = (list[at] ?? 0) + value
}

function joined(parts: readonly Section[]): Section {
  const all = empty()
  for (const part of parts) {
    all.rows += part.rows
    merge(all, part, [...part.sums.keys()])
    part.counts.forEach((count, column) => plus(all.counts, column, count))
    part.largest.forEach((value, column) => {
      all.largest[column] = Math.max(all.largest[column] ?? -Infinity, value)
    })
  }
  return all
}

function merge(
  into: Section,
  { sums, doubted, doubtedCounts }: Section,
  columns: readonly number[],
): void {
  for (const column of columns) {
    plus(into.sums, column, sums[column] ?? 0)
    const doubt = doubted[column]
    if (doubt === undefined) continue
    plus(into.doubted, column, doubt)
    plus(into.doubtedCounts, column, doubtedCounts[column] ?? 0)
  }
}

function compare(
  numbers: readonly number[],
  columns: readonly number[],
  { sums, doubted }: Section,
  closed: number,
  rows: number,
): Fit | undefined {
  let best: Fit | undefined
  for (const withDoubted of doubted.length > 0 ? [false, true] : [false]) {
    let equal = 0
    let filled = 0
    let telling = false
    for (const column of columns) {
      const value = numbers[column] ?? NaN
      const sum = (sums[column] ?? 0) + (withDoubted ? (doubted[column] ?? 0) : 0)
      if (!isNear(value, sum)) continue
      equal++
      if (value === 0) continue
      filled++
      telling ||= isTelling(value)
    }
    if (equal > (best?.equal ?? 0)) {
      const of = columns.length
      best = { closed, rows, equal, filled, of, telling: telling || filled > 1 }
    }
  }
  return best
}
