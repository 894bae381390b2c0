/** Finds the rows of a sheet that are no data: totals of the lines beside them, what is made of these, and notes. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TotalsRow } from '../reader.ts'
import type { TextPool } from '../text-pool.ts'
import { hasDate, isAlone, RowCells, unitOf } from './row-cells.ts'
import type { LeftOutReason, LeftOutRow, Reviewed, Settled, Weighed } from './reviewed-rows.ts'
import { aboveItsRows, firstOf } from './reviewed-rows.ts'
import type { Fit } from './section-sums.ts'
import { SectionSums } from './section-sums.ts'
import type { RowLabel } from './row-labels.ts'
import { withoutClosing } from './closing-captions.ts'
import { RowLabels } from './row-labels.ts'
import type { HeldRow } from './totals-above.ts'
import { groupsAbove, heldRow, totalsAbove } from './totals-above.ts'
import type { LabelKind } from './total-labels.ts'
import { groupOf, isListed, isNameToo, isOwnCaption } from './total-labels.ts'

/** Columns whose word alone may make a total, where the row leaves blank what others fill. */
const labelColumns = 4
/** Rows whose fill says what is usual. */
const usualRows = 200
const usualFrom = 2
/** Totals whose group may go on in the next chunk. */
const mostHeld = 50
const fewMeans = 3

/**
 * A total is a row whose label says so and whose numbers are the sums of rows above it (all, those since the last total,
 * or the last groups that totals closed) or of all below it; or that leaves blank what other rows fill and exceeds each
 * of them. A product called "Total" does neither, so it stays; of a name that merely ends so ("Colgate Total", 华东小计)
 * the sums alone decide.
 */
export class TotalRows {
  readonly #known: readonly TotalsRow[]
  /** Rows are totals by their word alone. */
  readonly #byWord: boolean
  readonly #cells: RowCells
  readonly #labels: RowLabels
  readonly #sums = new SectionSums()
  #seen = 0
  #words = 0
  /** Filled cells by column, of the rows that say what is usual. */
  readonly #filled: number[] = []
  /** What the last row of data held. */
  #lastTexts: readonly (string | undefined)[] = []
  #lastWords = 0
  /** Numbers of the row that parts of it may follow. */
  #above: readonly number[] = []
  #after: LeftOutReason | undefined
  #head: HeldRow[] = []
  #begun = false
  /** Rows that are called a mean and are none. */
  #otherMeans = 0
  /** Some total stood above its rows. */
  #anyAbove = false

  /** `known` are rows the file itself says are totals, their columns counted from the first of the chunks. */
  constructor(pool: TextPool, known: readonly TotalsRow[] = [], byWord = false) {
    this.#known = known
    this.#byWord = byWord
    this.#cells = new RowCells(pool)
    this.#labels = new RowLabels(pool)
  }

  /** Rows of `chunk` from `from` on; chunks are given in order, `ends` with the last. */
  review(chunk: ColumnChunk, from: number, ends = true): Reviewed {
    const out: LeftOutRow[] = []
    const kept: number[] = []
    const labelled = this.#labels.rowsOf(chunk, from, this.#known)
    const summed = this.#groupsAbove(chunk, from, labelled)
    const head = this.#begun ? [] : this.#headOf(chunk, from, labelled.slice(0, firstOf(labelled, summed))) // prettier-ignore
    this.#begun = true
    let done = this.#goOn(chunk, from + head.length, out)
    for (const row of labelled) {
      if (row < done) continue
      this.#add(chunk, done, row)
      done = row + 1
      const found = this.#reason(chunk, row) ?? (summed.has(row) ? aboveItsRows : null)
      if (found === null) {
        if (this.#looksTotal(chunk, row)) {
          kept.push(row)
          this.#doubt(chunk, row)
        } else this.#add(chunk, row, row + 1)
        continue
      }
      out.push({ row, reason: found.reason })
      this.#leave(chunk, row, found)
      if (found.reason === 'footer') done = this.#goOn(chunk, done, out)
    }
    this.#add(chunk, done, chunk.rows)
    const bounds = [...out.map(({ row }) => row), ...kept]
    const waiting = this.#head.length - head.length
    for (const { open } of this.#head.slice(0, waiting))
      open.add(chunk, this.#cells, from, [...bounds].sort((a, b) => a - b)) // prettier-ignore
    const first = this.#withHead(chunk, from, head.length, { out, kept }, ends)
    const found = this.#withAbove(chunk, first, ends)
    return ends ? withoutClosing(chunk, this.#cells, { from, labelled }, found) : found
  }

  /** What the rows held back are, once all was read. */
  settle(): Settled[] {
    let after = false
    return this.#head.map((row) => {
      const { first, label, words, dated, open } = row
      const reason = open.isMadeUp ? 'total' : first ? this.#weighHead(row, after) : null
      after = first && reason !== null
      return { reason, kept: reason === null && (!first || this.#tells(label, words, dated)) }
    })
  }

  /** The first `count` rows, which no total of the chunk has been compared with. */
  #withHead(
    chunk: ColumnChunk,
    from: number,
    count: number,
    { out, kept }: Omit<Reviewed, 'held'>,
    ends: boolean,
  ): Reviewed {
    if (count === 0) return { out, kept, held: [] }
    const rows = Array.from({ length: count }, (_, index) => from + index)
    const bounds = [...out.map(({ row }) => row), ...kept].sort((a, b) => a - b)
    for (const { open } of this.#head) open.add(chunk, this.#cells, from + count, bounds)
    if (!ends && this.#head.some(({ numbers }) => this.#sums.reaches(numbers)))
      return { out, kept, held: rows }
    const found = this.settle()
    this.#head = []
    const first = rows.flatMap((row, index) => {
      const reason = found[index]?.reason ?? null
      return reason === null ? [] : [{ row, reason }]
    })
    const doubted = rows.filter((_, index) => found[index]?.kept)
    return { out: [...first, ...out], kept: [...doubted, ...kept], held: [] }
  }

  /** Totals above their own rows are found where none below them said what they are. */
  #withAbove(chunk: ColumnChunk, reviewed: Reviewed, ends: boolean): Reviewed {
    const { out, kept, held } = reviewed
    if (kept.length === 0) return reviewed
    const left = out.map(({ row }) => row)
    const above = totalsAbove(chunk, this.#cells, kept, [...left, ...held])
    this.#anyAbove ||= above.size > 0
    const rest = kept.filter((row) => !above.has(row))
    const bounds = [...left, ...held, ...kept].sort((a, b) => a - b)
    const later = ends ? [] : rest.filter((row) => this.#holdsOpen(chunk, row, bounds))
    const more = [...above.keys()].map((row) => ({ row, reason: 'total' as const }))
    return {
      out: [...out, ...more].sort((a, b) => a.row - b.row),
      kept: rest.filter((row) => !later.includes(row)),
      held: [...held, ...later],
    }
  }

  /** Subtotals above their groups, found before totals below are compared with what they count. */
  #groupsAbove(chunk: ColumnChunk, from: number, labelled: readonly number[]): ReadonlySet<number> {
    const ofKind = (kind: LabelKind): number[] =>
      labelled.filter((row) => row >= from && this.#labels.of(chunk, row)?.kind === kind)
    const above = groupsAbove(chunk, this.#cells, ofKind('group'), ofKind('total'))
    this.#anyAbove ||= above.size > 0
    return above
  }

  #holdsOpen(chunk: ColumnChunk, row: number, bounds: readonly number[]): boolean {
    const label = this.#labels.of(chunk, row)
    if (label === undefined || this.#head.length >= mostHeld) return false
    if (label.kind !== 'total' && !this.#anyAbove) return false
    const held = heldRow(chunk, this.#cells, row, label, false)
    held.open.add(chunk, this.#cells, row + 1, bounds)
    if (!held.open.isOpen) return false
    this.#head.push(held)
    return true
  }

  /** Rows above all data that may be totals of it; their numbers may count in those of totals below. */
  #headOf(chunk: ColumnChunk, from: number, labelled: readonly number[]): HeldRow[] {
    for (let row = from; labelled[row - from] === row; row++) {
      const label = this.#labels.of(chunk, row)
      if (label === undefined || label.kind === 'footer') break
      if (this.#head.length === 0 && label.kind !== 'total' && label.kind !== 'group') break
      if (this.#known.some((one) => isAlone(chunk, row, one))) break
      const held = heldRow(chunk, this.#cells, row, label, true)
      this.#sums.doubt(held.numbers)
      this.#head.push(held)
    }
    return [...this.#head]
  }

  #weighHead(
    { label, numbers, words, dated, bare }: HeldRow,
    after: boolean,
  ): LeftOutReason | null {
    if (label.kind === 'total' || label.kind === 'group') {
      const fit = this.#sums.fitAll(numbers)
      const blank = this.#isFew(words) && !dated
      if (fit && this.#convinces(fit, label, blank, words)) return 'total'
      const stands = blank && label.column < labelColumns && this.#sums.exceeds(numbers)
      return label.kind === 'total' && (stands || this.#byWord) ? 'total' : null
    }
    return after && bare ? 'derived' : null
  }

  #reason(chunk: ColumnChunk, row: number): Weighed | null {
    if (this.#known.some((one) => isAlone(chunk, row, one))) return { reason: 'total', closed: 0 }
    const label = this.#labels.of(chunk, row)
    if (label === undefined) return null
    if (label.kind === 'footer')
      return this.#isLonely(chunk, row) ? { reason: 'footer', closed: 0 } : null
    if (this.#isCaptioned(chunk, row)) return { reason: 'total', closed: 0 }
    const isTotal = label.kind === 'total' || label.kind === 'group'
    if (isTotal) return this.#weighTotal(chunk, row, label)
    return this.#isDerived(chunk, row, label) ? { reason: 'derived', closed: 0 } : null
  }

  #weighTotal(chunk: ColumnChunk, row: number, label: RowLabel): Weighed | null {
    const numbers = this.#cells.numbers(chunk, row)
    const words = this.#cells.words(chunk, row) - label.more
    const blank = this.#isFew(words) && !hasDate(chunk, row)
    const fit = this.#sums.fit(numbers)
    if (fit && this.#convinces(fit, label, blank, words))
      return { reason: 'total', closed: fit.closed }
    if (label.kind !== 'total') return null
    const stands = blank && label.column < labelColumns && this.#sums.exceeds(numbers)
    return stands || (this.#byWord && this.#sums.rows > 0) ? { reason: 'total', closed: 0 } : null
  }

  /** Whether sums that agree make a total of the row. */
  #convinces(fit: Fit, label: RowLabel, blank: boolean, words: number): boolean {
    const full = fit.equal === fit.of
    if (fit.filled === 0) return full && blank && label.kind === 'total'
    const fewer = blank || words < this.#lastWords
    if (label.kind === 'total') {
      const narrow = this.#usualWords() < 1.5 && label.column < labelColumns
      return (fit.rows > 1 || full) && (fewer || narrow || fit.telling)
    }
    const group = groupOf(label.text)
    const named = group !== undefined && this.#lastTexts.includes(group)
    if (fit.rows === 1) return full && (fewer || named)
    // One number of several that agrees may do so by chance: Colgate Total is a toothpaste.
    if (blank && (full || named || fit.filled > 1)) return true
    return (full && (fit.telling || named)) || this.#lastTexts[label.column] === group
  }

  /** A total of our own workbooks: beside its caption it names the group of the row above, or nothing. */
  #isCaptioned(chunk: ColumnChunk, row: number): boolean {
    if (this.#sums.rows === 0 || hasDate(chunk, row)) return false
    const texts = this.#cells.texts(chunk, row)
    const numbers = this.#cells.numbers(chunk, row)
    const captions = texts.filter((text) => text !== undefined && isOwnCaption(text))
    // One function alone may be an indicator of a shop as well.
    const sure = captions.some((text) => text?.includes(' / '))
    return (
      captions.length > 0 &&
      (sure || this.#sums.isCountOf(numbers)) &&
      texts.every((text, column) => {
        if (text === undefined || text === this.#lastTexts[column] || isOwnCaption(text))
          return true
        return !Number.isNaN(numbers[column])
      })
    )
  }

  /** A mean that is one, or a row of numbers right below a total; a part of a row that has at least as much. */
  #isDerived(chunk: ColumnChunk, row: number, label: RowLabel): boolean {
    if (label.column >= labelColumns || !this.#cells.isOfNumbers(chunk, row, label.column))
      return false
    const numbers = this.#cells.numbers(chunk, row)
    if (label.kind === 'part') return this.#isPart(numbers)
    const unit = (at: number): number => unitOf(chunk, at, row)
    const isMean = (): boolean => this.#sums.isMean(numbers, unit)
    if (this.#after !== undefined && this.#after !== 'footer') {
      // Right below the total of a shop stands its next line, of one called Max perhaps.
      if (this.#after === 'derived' || !isNameToo(label.text)) return true
      return this.#sums.isMadeOf(numbers, unit)
    }
    if (label.kind !== 'mean') return false
    // One number agrees by chance with some of many people called Max, or with some line of an indicator.
    const isName = isNameToo(label.text) || this.#otherMeans >= fewMeans
    const derived = isName ? this.#sums.isMadeOf(numbers, unit) : isMean()
    if (!derived) this.#otherMeans++
    return derived
  }

  #isPart(numbers: readonly number[]): boolean {
    const given = [...numbers.entries()].filter(([, value]) => !Number.isNaN(value))
    return given.some(([column]) => !Number.isNaN(this.#above[column] ?? NaN)) && given.every(([column, value]) => !(Math.abs(value) > Math.abs(this.#above[column] ?? NaN))) // prettier-ignore
  }

  /** A row that stays although it says it is a total; a line of data with a date is called so. */
  #looksTotal(chunk: ColumnChunk, row: number): boolean {
    const label = this.#labels.of(chunk, row)
    if (label === undefined || this.#sums.rows === 0) return false
    return this.#tells(label, this.#cells.words(chunk, row), hasDate(chunk, row))
  }

  #tells(label: RowLabel, words: number, dated: boolean): boolean {
    const few = this.#isFew(words)
    if (label.kind === 'total') return label.column < labelColumns ? few || !dated : few
    const group = label.kind === 'group' ? groupOf(label.text) : undefined
    if (label.kind === 'mean') return few && isOwnCaption(label.text)
    return (
      (label.kind === 'group' && few) || (group !== undefined && this.#lastTexts.includes(group))
    )
  }

  #doubt(chunk: ColumnChunk, row: number): void {
    const numbers = this.#cells.numbers(chunk, row)
    this.#sums.doubt(numbers)
    this.#above = numbers
    this.#after = undefined
  }

  #leave(chunk: ColumnChunk, row: number, { reason, closed }: Weighed): void {
    this.#after = reason
    if (reason !== 'total') return
    this.#above = this.#cells.numbers(chunk, row)
    this.#sums.close(closed)
  }

  /** Lines that go on with a note; where the next row is. */
  #goOn(chunk: ColumnChunk, from: number, out: LeftOutRow[]): number {
    let row = from
    while (this.#after === 'footer' && row < chunk.rows && this.#goesOn(chunk, row))
      out.push({ row: row++, reason: 'footer' })
    return row
  }

  /** A lone text in a list of notes, or below which nothing but lone texts come. */
  #goesOn(chunk: ColumnChunk, row: number): boolean {
    const isLast = (): boolean => {
      for (let next = row; next < chunk.rows; next++) if (!this.#isLonely(chunk, next)) return false
      return true
    }
    if (!this.#isLonely(chunk, row)) return false
    const first = this.#cells.texts(chunk, row).find((text) => text !== undefined)
    return (first !== undefined && isListed(first)) || isLast()
  }

  #usualWords(): number {
    return this.#seen === 0 ? 0 : this.#words / this.#seen
  }

  /** Fewer names and dates than the usual row. */
  #isFew(words: number): boolean {
    if (this.#seen < usualFrom) return false
    const usual = this.#usualWords()
    return usual >= 1.5 && words <= Math.max(1, usual - 1)
  }

  /** A text or two across a table of several columns; of three, one alone; of two, one where every row fills both. */
  #isLonely(chunk: ColumnChunk, row: number): boolean {
    const filled = chunk.kinds.filter((kinds) => kinds[row] !== cellKind.blank)
    if (chunk.kinds.length === 2) {
      const full = this.#filled.length === 2 && this.#filled.every((count) => count === this.#seen)
      return full && this.#seen >= usualFrom && filled.length === 1 && filled[0]?.[row] === cellKind.text // prettier-ignore
    }
    const most = chunk.kinds.length >= 4 ? 2 : 1
    const wide = this.#sums.rows > 0 && chunk.kinds.length >= 3
    return wide && filled.length <= most && filled.every((kinds) => kinds[row] === cellKind.text)
  }

  /** Rows that are data. */
  #add(chunk: ColumnChunk, from: number, to: number): void {
    if (to <= from) return
    this.#sums.addRows(to - from)
    for (let row = from; row < to && this.#seen < usualRows; row++) {
      this.#seen++
      this.#cells.look(chunk, row)
      this.#words += this.#cells.words(chunk, row)
      for (const [column, kinds] of chunk.kinds.entries()) {
        const one = kinds[row] === cellKind.blank ? 0 : 1
        this.#filled[column] = (this.#filled[column] ?? 0) + one
      }
    }
    for (const column of chunk.kinds.keys())
      this.#sums.add(column, this.#cells.sumOf(chunk, column, from, to))
    this.#lastTexts = this.#cells.texts(chunk, to - 1)
    this.#lastWords = this.#cells.words(chunk, to - 1)
    this.#above = this.#cells.numbers(chunk, to - 1)
    this.#after = undefined
  }
}
