/** What is known of a column after all its cells went by: counts of kinds, widths of numbers, which texts it holds. */
import { cellKind, kindCount, maxScaledDecimals, shownDigits } from '../cell-kinds.ts'
import { powerOfTen } from '../exact-number.ts'
import type { TextPool } from '../text-pool.ts'
import { civilDay } from '../../../../shared/data/calendar-day.ts'
import { cellText, isWideWhole } from './cell-text.ts'
import { Spelling } from './spelling.ts'
import { TextPlaces } from './text-places.ts'
import { isCompactDay, isCompactMonth } from './text-forms.ts'

const keptExamples = 5
/** Different texts whose first row is remembered: enough where they are the exception. */
const keptRows = 200

/** Cells of each kind that are remembered to be shown. */
const keptFirst = 3
const dayKinds = [cellKind.day, cellKind.dayText, cellKind.second, cellKind.secondText]

interface FirstCell {
  readonly kind: number
  readonly value: number
}

export class ColumnProfile {
  readonly kinds = new Float64Array(kindCount)
  /** Largest magnitude (times 10^d) among numbers with d decimals, zeros at the end of a long fraction left out. */
  readonly largest = new Float64Array(maxScaledDecimals + 1).fill(-1)
  /** The same of numbers that no text was read for. */
  readonly exactLargest = new Float64Array(maxScaledDecimals + 1).fill(-1)
  /** The cells added now are numbers in their source, not digits in which a point may part thousands. */
  exact = false
  readonly spelling = new Spelling()
  /** Smallest magnitude (times 1000) among written numbers with three decimals. */
  leastThousandths = Infinity
  /** Whole numbers among the doubles: more than 15 digits, and no more than the widest of databases. */
  wideWholes = 0
  /** Of these, so many that a double holds only some of them: their last digits may be others than they were. */
  inexactWholes = 0
  compactDays = 0
  serialDays = 0
  compactMonths = 0
  /** Some day is not the first of its month. */
  otherDays = false
  /** Number cells known to be shares of a hundred by their style. */
  percents = 0
  /** Whole numbers shown with zeros before them, and how many of them are shorter than what is shown. */
  padded = 0
  shortened = 0
  /** Number cells styled as elapsed times, in days. */
  elapsed = 0
  /** Cells that came as blanks although something stands in them. */
  hiddenErrors = 0
  readonly #places = new TextPlaces()
  readonly #first: FirstCell[] = []
  /** The first whole numbers that are neither `20240305` nor the serial of a day. */
  readonly wholeNoDay: number[] = []
  rows = 0
  /** Source row of the first texts, by their place; of the first whole numbers beyond 15 digits, by their value. */
  readonly #textRows = new Map<number, number>()
  readonly #wideRows = new Map<number, number>()

  /** How many cells are not blank; errors count as blank. */
  get filled(): number {
    return this.rows - this.blanks
  }

  get blanks(): number {
    return this.count(cellKind.blank) + this.count(cellKind.error)
  }

  count(kind: number): number {
    return this.kinds[kind] ?? 0
  }

  /** Cells of days, with a time or without. */
  get days(): number {
    return dayKinds.reduce((sum, kind) => sum + this.count(kind), 0)
  }

  get numbers(): number {
    let total = this.count(cellKind.double) + this.padded
    for (let d = 0; d <= maxScaledDecimals; d++) total += this.count(cellKind.scaled + d)
    return total
  }

  /** Most decimals any exact number needs. */
  get decimals(): number {
    return Math.max(lastOf(this.largest), this.exactDecimals)
  }

  get exactDecimals(): number {
    return lastOf(this.exactLargest)
  }

  /** `sourceRows` say where the cells stand in their file, for the examples people are shown. */
  add(kinds: Uint8Array, values: Float64Array, rows: number, sourceRows?: Float64Array): void {
    this.rows += rows
    for (let from = 0; from < rows;) {
      // A column nearly always goes on with the kind it had.
      const kind = kinds[from] as number // within
      let to = from + 1
      while (to < rows && kinds[to] === kind) to++
      const before = this.count(kind)
      this.kinds[kind] = before + to - from
      if (before < keptFirst) this.#keepFirst(kind, values, from, to)
      if (kind === cellKind.text) this.#texts(values, from, to, sourceRows)
      else if (kind === cellKind.day || kind === cellKind.dayText) this.#calendar(values, from, to)
      else if (kind === cellKind.double) this.#doubles(values, from, to, sourceRows)
      else if (kind > cellKind.error) this.#padded(kind, values, from, to)
      else if (kind !== cellKind.blank && kind <= cellKind.scaledLast) {
        this.#numbers(kind - cellKind.scaled, values, from, to)
      }
      from = to
    }
  }

  /** Cells known only as a count, before a column first appeared. */
  addBlanks(rows: number): void {
    this.rows += rows
    this.kinds[cellKind.blank] = this.count(cellKind.blank) + rows
  }

  #numbers(decimals: number, values: Float64Array, from: number, to: number): void {
    if (decimals > 6) {
      for (let i = from; i < to; i++) this.#longFraction(decimals, values[i] ?? 0)
      return
    }
    const largest = this.exact ? this.exactLargest : this.largest
    let most = largest[decimals] ?? -1
    for (let i = from; i < to; i++) {
      const value = values[i] as number // within
      const magnitude = value < 0 ? -value : value
      if (magnitude > most) most = magnitude
    }
    largest[decimals] = most
    if (decimals > 0) {
      this.spelling.look(decimals, values, from, to)
      if (decimals === 3 && !this.exact) this.#thousandths(values, from, to)
      return
    }
    if (most >= 20_000) this.#days(values, from, to)
    else this.#noDay(values[from] as number)
  }

  #thousandths(values: Float64Array, from: number, to: number): void {
    for (let i = from; i < to && this.leastThousandths >= 1000; i++)
      this.leastThousandths = Math.min(this.leastThousandths, Math.abs(values[i] as number)) // within
  }

  #padded(kind: number, values: Float64Array, from: number, to: number): void {
    this.padded += to - from
    const full = powerOfTen(shownDigits(kind) - 1)
    for (let i = from; i < to; i++) if ((values[i] as number) < full) this.shortened++
    this.#numbers(0, values, from, to)
  }

  #longFraction(decimals: number, value: number): void {
    let magnitude = value < 0 ? -value : value
    let places = decimals
    while (places > 0 && magnitude % 10 === 0) {
      magnitude /= 10
      places--
    }
    const largest = this.exact ? this.exactLargest : this.largest
    if (magnitude > (largest[places] ?? -1)) largest[places] = magnitude
    if (places === 0) this.#days(Float64Array.of(value), 0, 1)
  }

  #days(values: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const value = values[i] as number // within
      if (isCompactDay(value)) this.compactDays++
      else if (value >= 20_000 && value < 80_000) this.serialDays++
      else {
        if (isCompactMonth(value)) this.compactMonths++
        this.#noDay(value)
      }
    }
  }

  #noDay(value: number): void {
    if (this.wholeNoDay.length < keptFirst) this.wholeNoDay.push(value)
  }

  #keepFirst(kind: number, values: Float64Array, from: number, to: number): void {
    if (kind === cellKind.blank || kind === cellKind.text || kind === cellKind.error) return
    const until = Math.min(to, from + keptFirst)
    for (let i = from; i < until; i++) this.#first.push({ kind, value: values[i] ?? 0 })
  }

  /** The first cells of every kind that is no text. */
  firstCells(): readonly FirstCell[] {
    return this.#first
  }

  /** Looked at until the first other day: most columns of dates have one at once. */
  #calendar(values: Float64Array, from: number, to: number): void {
    let before = NaN
    for (let i = from; i < to && !this.otherDays; i++) {
      const day = values[i] as number // within
      if (day !== before && civilDay(day).day !== 1) this.otherDays = true
      before = day
    }
  }

  #doubles(values: Float64Array, from: number, to: number, sourceRows?: Float64Array): void {
    for (let i = from; i < to; i++) {
      const value = values[i] ?? 0
      if (!isWideWhole(value)) continue
      this.wideWholes++
      if (!Number.isSafeInteger(value)) this.inexactWholes++
      remember(this.#wideRows, value, sourceRows?.[i], keptExamples)
    }
  }

  #texts(values: Float64Array, from: number, to: number, sourceRows?: Float64Array): void {
    const found = this.#places.add(values, from, to, this.rows, keptRows - this.#textRows.size)
    for (const at of found)
      remember(this.#textRows, values[at] as number, sourceRows?.[at], keptRows) // within
  }

  /** In how many cells a text of this column stands; undefined where that was not counted. */
  cellsOf(place: number): number | undefined {
    return this.#places.cellsOf(place)
  }

  /** Places of the different texts of this column, in the order they were met in the file. */
  textPlaces(): Iterable<number> {
    return this.#places.all()
  }

  distinctTexts(): number {
    return this.#places.distinct()
  }

  /** Largest magnitude of all exact numbers when written with `scale` decimals. */
  largestScaled(scale: number): number {
    return Math.max(scaled(this.largest, scale), this.largestExact(scale))
  }

  largestExact(scale: number): number {
    return scaled(this.exactLargest, scale)
  }

  /** `12345678901234567890 (5)`: a text with the first row it stands in, where that is known. */
  locatedText(pool: TextPool, place: number): string {
    return located(pool.textAt(place).trim().slice(0, 60), this.#textRows.get(place))
  }

  /** Whole numbers beyond 15 digits that are no texts, with their rows. */
  wideExamples(): string[] {
    return [...this.#wideRows].map(([value, row]) => located(BigInt(value).toString(), row))
  }

  /** The first different texts, in the order they were met. */
  firstTexts(pool: TextPool, most: number): string[] {
    const texts: string[] = []
    for (const place of this.textPlaces()) {
      if (texts.length === most) break
      texts.push(pool.textAt(place))
    }
    return texts
  }

  /** The first texts that are accepted; of a character all of them have, `withByte` is the code. */
  exampleTexts(pool: TextPool, accept: (text: string) => boolean, withByte?: number): string[] {
    const examples: string[] = []
    for (const place of this.textPlaces()) {
      if (withByte !== undefined && !pool.hasByte(place, withByte)) continue
      const text = cellText(cellKind.text, place, pool) ?? ''
      if (accept(text)) examples.push(text.slice(0, 60))
      if (examples.length === keptExamples) break
    }
    return examples
  }
}

const lastOf = (largest: Float64Array): number => largest.findLastIndex((value) => value >= 0)

const scaled = (largest: Float64Array, scale: number): number =>
  largest.reduce(
    (most, value, decimals) =>
      value < 0 ? most : Math.max(most, value * powerOfTen(scale - decimals)),
    0,
  )

function remember(
  rows: Map<number, number>,
  key: number,
  row: number | undefined,
  most: number,
): void {
  if (row !== undefined && rows.size < most && !rows.has(key)) rows.set(key, row)
}

const located = (text: string, row: number | undefined): string =>
  row === undefined ? text : `${text} (${row})`
