/** Finds the rows of a sheet that are no data: totals below the lines they add up, and notes under a table. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import { powerOfTen } from '../exact-number.ts'
import type { TotalsRow } from '../reader.ts'
import type { TextPool } from '../text-pool.ts'
import { WrittenColumns } from './written-columns.ts'

export type LeftOutReason = 'total' | 'footer'

const totalWords =
  /^(?:本[页日月年])?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|汇\s*总|总\s*和|合计数|total|grand\s*total|sub-?\s*total|sum)\s*(?:[:：].*)?$/i
const groupTotalForm = /^.{1,40}[\s·\-_]*(?:小计|合计|sub-?total)\s*[:：]?$|^.{1,40}\s+total\s*:?$/i
const footerWords =
  /^(?:(?:制表|审核|复核|填表|打印|导出|经办)(?:人|时间|日期)?|主管|备注|说明|注|附注|(?:数据)?来源|单位)\s*[:：]|^(?:notes?|source|printed|prepared|exported|generated|confidential)\b/i
const labelColumns = 4
/** Letters of the shortest telling word in Latin letters; receipt numbers have fewer in a row. */
const shortestWord = 3
/** Rows whose fill says what is usual. */
const usualRows = 200
const usualFrom = 2

const unknown = 0
const plain = 1
const total = 2
const groupTotal = 3
const footer = 4

export interface LeftOutRow {
  /** Index in the chunk. */
  readonly row: number
  readonly reason: LeftOutReason
}

/**
 * A total is a row without a date whose label says so, and whose numbers are the sums of the rows above, or that leaves
 * blank what other rows fill and exceeds each of them. A product called "Total" does neither, so it stays; of a name that
 * merely ends so ("Colgate Total", 华东小计) the sums alone decide.
 */
export class TotalRows {
  readonly #pool: TextPool
  readonly #known: readonly TotalsRow[]
  #labels = new Uint8Array(1024)
  readonly #all: number[] = []
  readonly #largest: number[] = []
  /** Sums since the last total. */
  #since: number[] = []
  #rows = 0
  #seen = 0
  #words = 0
  /** Filled cells by column, of the rows that say what is usual. */
  readonly #filled: number[] = []
  readonly #written: WrittenColumns

  /** `known` are rows the file itself says are totals, their columns counted from the first of the chunks. */
  constructor(pool: TextPool, known: readonly TotalsRow[] = []) {
    this.#pool = pool
    this.#known = known
    this.#written = new WrittenColumns(pool)
  }

  /** Rows of `chunk` from `from` on that are no data; chunks are given in order. */
  review(chunk: ColumnChunk, from: number): LeftOutRow[] {
    const out: LeftOutRow[] = []
    let done = from
    for (const row of this.#labelled(chunk, from)) {
      this.#add(chunk, done, row)
      const reason = this.#reason(chunk, row)
      if (reason === null) this.#add(chunk, row, row + 1)
      else out.push({ row, reason })
      done = row + 1
    }
    this.#add(chunk, done, chunk.rows)
    return out
  }

  #reason(chunk: ColumnChunk, row: number): LeftOutReason | null {
    if (this.#known.some((one) => isAlone(chunk, row, one))) {
      this.#since = []
      return 'total'
    }
    const labels = this.#labelsOf(chunk, row)
    const saysTotal = labels.includes(total)
    if ((saysTotal || labels.includes(groupTotal)) && !hasDate(chunk, row)) {
      const stands = this.#leavesBlank(chunk, row) && this.#exceeds(chunk, row)
      if (this.#addsUp(chunk, row) || (saysTotal && stands)) {
        this.#since = []
        return 'total'
      }
    }
    return labels.includes(footer) && this.#isLonely(chunk, row) ? 'footer' : null
  }

  /** Rows with a telling label among their first columns, in order. */
  #labelled(chunk: ColumnChunk, from: number): number[] {
    const rows = new Set<number>()
    const labels = this.#labels
    for (let column = 0; column < Math.min(labelColumns, chunk.kinds.length); column++) {
      const kinds = chunk.kinds[column]
      const values = chunk.values[column]
      let before = -1
      for (let row = from; row < chunk.rows; row++) {
        if (kinds?.[row] !== cellKind.text) continue
        const place = values?.[row] ?? 0
        // Nearly every text was seen before, or just now, and says nothing.
        if (place === before) continue
        if (labels[place] === plain) {
          before = place
          continue
        }
        if (this.#label(place) > plain) rows.add(row)
      }
    }
    if (this.#known.length > 0) {
      for (let row = from; row < chunk.rows; row++) {
        if (this.#known.some((one) => one.row === chunk.sourceRows[row])) rows.add(row)
      }
    }
    return [...rows].sort((a, b) => a - b)
  }

  #labelsOf(chunk: ColumnChunk, row: number): number[] {
    return chunk.kinds
      .slice(0, labelColumns)
      .map((kinds, column) =>
        kinds[row] === cellKind.text ? this.#label(chunk.values[column]?.[row] ?? 0) : plain,
      )
  }

  #label(place: number): number {
    if (place >= this.#labels.length) {
      const wider = new Uint8Array(Math.max(this.#labels.length * 2, place + 1))
      wider.set(this.#labels)
      this.#labels = wider
    }
    const known = this.#labels[place] ?? unknown
    if (known !== unknown) return known
    const found = this.#pool.hasWord(place, shortestWord)
      ? labelKind(this.#pool.textAt(place).trim().slice(0, 80))
      : plain
    this.#labels[place] = found
    return found
  }

  /** Fewer names and dates than the usual row. */
  #leavesBlank(chunk: ColumnChunk, row: number): boolean {
    if (this.#seen < usualFrom) return false
    const usual = this.#words / this.#seen
    return usual >= 1.5 && this.#countWords(chunk, row) <= Math.max(1, usual - 1)
  }

  /** More than any single row in some column of numbers, or no number at all (formulas without a value). */
  #exceeds(chunk: ColumnChunk, row: number): boolean {
    const numbers = chunk.kinds.flatMap((_, column) => {
      const value = this.#number(chunk, column, row)
      return Number.isNaN(value) ? [] : [{ value, largest: this.#largest[column] ?? -Infinity }]
    })
    return numbers.length === 0 || numbers.some(({ value, largest }) => value > largest)
  }

  #addsUp(chunk: ColumnChunk, row: number): boolean {
    if (this.#rows < 2) return false
    return chunk.kinds.some((_, column) => {
      const value = this.#number(chunk, column, row)
      if (Number.isNaN(value) || value === 0) return false
      const near = (sum = NaN): boolean => Math.abs(sum - value) <= 0.005 + Math.abs(value) * 1e-9
      return near(this.#all[column]) || near(this.#since[column])
    })
  }

  /** A text or two across a table of several columns; of three, one alone; of two, one where every row fills both. */
  #isLonely(chunk: ColumnChunk, row: number): boolean {
    const filled = chunk.kinds.filter((kinds) => kinds[row] !== cellKind.blank)
    if (chunk.kinds.length === 2) {
      const full = this.#filled.length === 2 && this.#filled.every((count) => count === this.#seen)
      return full && this.#seen >= usualFrom && filled.length === 1 && filled[0]?.[row] === cellKind.text // prettier-ignore
    }
    const most = chunk.kinds.length >= 4 ? 2 : 1
    const wide = this.#rows > 0 && chunk.kinds.length >= 3
    return wide && filled.length <= most && filled.every((kinds) => kinds[row] === cellKind.text)
  }

  /** Rows that are data. */
  #add(chunk: ColumnChunk, from: number, to: number): void {
    if (to <= from) return
    this.#rows += to - from
    for (let row = from; row < to && this.#seen < usualRows; row++) {
      this.#seen++
      this.#written.look(chunk, row)
      this.#words += this.#countWords(chunk, row)
      for (const [column, kinds] of chunk.kinds.entries()) {
        const one = kinds[row] === cellKind.blank ? 0 : 1
        this.#filled[column] = (this.#filled[column] ?? 0) + one
      }
    }
    for (const [column, kinds] of chunk.kinds.entries()) {
      const cells = sumOf(kinds, chunk.values[column], from, to)
      const texts = this.#written.sumOf(chunk, column, from, to)
      const sum = cells.sum + texts.sum
      this.#all[column] = (this.#all[column] ?? 0) + sum
      this.#largest[column] = Math.max(
        ...[this.#largest[column] ?? -Infinity, cells.largest, texts.largest],
      )
      this.#since[column] = (this.#since[column] ?? 0) + sum
    }
  }

  #number(chunk: ColumnChunk, column: number, row: number): number {
    const kind = chunk.kinds[column]?.[row] ?? 0
    const value = chunk.values[column]?.[row] ?? 0
    return kind === cellKind.text ? this.#written.number(column, value) : numberAt(kind, value)
  }

  #countWords(chunk: ColumnChunk, row: number): number {
    return chunk.kinds.filter((kinds, column) => {
      const kind = kinds[row] ?? 0
      if (kind < cellKind.text || kind === cellKind.error) return false
      return kind !== cellKind.text || Number.isNaN(this.#number(chunk, column, row))
    }).length
  }
}

/** The row is that totals row, and nothing of another table stands beside it. */
function isAlone(chunk: ColumnChunk, row: number, known: TotalsRow): boolean {
  if (chunk.sourceRows[row] !== known.row) return false
  return chunk.kinds.every(
    (kinds, column) =>
      kinds[row] === cellKind.blank || (column >= known.fromColumn && column <= known.toColumn),
  )
}

function labelKind(text: string): number {
  if (totalWords.test(text)) return total
  if (groupTotalForm.test(text)) return groupTotal
  return footerWords.test(text) ? footer : plain
}

/** `sure` says total and nothing else; `maybe` ends so, as a product's name may too. */
export function totalLabel(text: string): 'sure' | 'maybe' | 'no' {
  if (totalWords.test(text)) return 'sure'
  return groupTotalForm.test(text) ? 'maybe' : 'no'
}

const totalEnd =
  /[\s·\-_]*(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计|汇\s*总|sub-?\s*total|total)\s*[:：]?$/i

/** `一季度` of `一季度小计`, `Q1` of `Q1 total`; the text itself where it ends otherwise. */
export function withoutTotalWord(text: string): string {
  return text.replace(totalEnd, '').trim()
}

function hasDate(chunk: ColumnChunk, row: number): boolean {
  return chunk.kinds.some((kinds) => {
    const kind = kinds[row] ?? 0
    return kind >= cellKind.day && kind <= cellKind.secondText
  })
}

/** Numbers of one number of decimals are added as whole numbers and divided once. */
function sumOf(
  kinds: Uint8Array,
  values: Float64Array | undefined,
  from: number,
  to: number,
): { sum: number; largest: number } {
  let sum = 0
  let largest = -Infinity
  for (let row = from; row < to;) {
    const kind = kinds[row] ?? 0
    if (kind < cellKind.scaled || kind > cellKind.double) {
      while (row < to && kinds[row] === kind) row++
      continue
    }
    let run = 0
    let top = -Infinity
    for (; row < to && kinds[row] === kind; row++) {
      const value = values?.[row] ?? 0
      run += value
      if (value > top) top = value
    }
    sum += numberAt(kind, run)
    largest = Math.max(largest, numberAt(kind, top))
  }
  return { sum, largest }
}

/** The number of a cell; NaN when it is none. */
export function numberAt(kind: number, value: number): number {
  if (kind >= cellKind.scaled && kind <= cellKind.scaledLast) {
    return value / powerOfTen(kind - cellKind.scaled)
  }
  return kind === cellKind.double ? value : NaN
}
