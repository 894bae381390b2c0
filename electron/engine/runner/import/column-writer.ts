/** One column on its way into the extract: its cells become stored values, and what they span is measured. */
import { isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { decimalText } from '../../../../shared/query/cell-reading.ts'
import type { ExtractField, ExtractShape } from '../../extracts/extract-columns.ts'
import type { Texts } from '../../sources/texts.ts'
import { PlacedTexts } from '../../sources/texts.ts'
import type { CodedValues, ColumnCoder } from '../../sources/typing/column-coder.ts'
import { columnCoder } from '../../sources/typing/column-coder.ts'
import { keptTexts } from '../../sources/typing/tag-fields.ts'
import type { ColumnType } from '../../sources/typing/type-decision.ts'
import type { SpooledChunk } from './spool.ts'

/** Different texts among so many rows. */
export interface SeenTexts {
  readonly rows: number
  readonly distinct: number
}

export interface ColumnPlan {
  readonly name: string
  /** Place among the spooled columns. */
  readonly spooled: number
  readonly type: ColumnType
  /** Texts become codes. */
  readonly coded: boolean
  /** What was seen of them when this was planned. */
  readonly seen?: SeenTexts
}

export interface WrittenColumn {
  readonly field: ExtractField
  /** Cells the type could not hold, which became blank. */
  readonly lost: number
  readonly lostExamples: readonly string[]
  /** Cells among neither, blank because day and month could be either way round. */
  readonly open: number
  readonly openExamples: readonly string[]
  /** Cells whose further decimals were rounded. */
  readonly rounded: number
  readonly roundedExamples: readonly string[]
  /** The first different texts; undefined for what holds no codes. */
  readonly firstTexts: readonly string[] | undefined
}

export class ColumnWriter {
  readonly #plan: ColumnPlan
  readonly #coder: ColumnCoder
  #min = Infinity
  #max = -Infinity
  #blanks = 0

  constructor(plan: ColumnPlan, texts: Texts) {
    this.#plan = plan
    this.#coder = columnCoder(plan.type, plan.coded, texts)
  }

  get shape(): ExtractShape {
    const { type, scale, wide } = this.#plan.type
    return { type, scale, wide, coded: this.#plan.coded }
  }

  encode({ kinds, values, rows, exact }: SpooledChunk): CodedValues {
    const place = this.#plan.spooled
    const coded = this.#coder.encode(
      kinds[place] ?? new Uint8Array(rows),
      values[place] ?? new Float64Array(rows),
      rows,
      exact,
    )
    this.#measure(coded)
    return coded
  }

  dictionary(): readonly string[] | undefined {
    return this.#plan.coded ? this.#coder.dictionary() : undefined
  }

  #measure(coded: CodedValues): void {
    if (coded instanceof PlacedTexts) this.#blanks += coded.blanks
    else if (coded instanceof Float64Array) {
      let min = this.#min
      let max = this.#max
      let blanks = 0
      for (const value of coded) {
        if (value < min) min = value
        if (value > max) max = value
        if (Number.isNaN(value)) blanks++
      }
      this.#min = min
      this.#max = max
      this.#blanks += blanks
    } else for (const value of coded) if (value === null) this.#blanks++
  }

  /** `last` is the plan the file ends with: its role and sign may be known only now. */
  finish(last: ColumnPlan, rows: number): WrittenColumn {
    const { role, sign } = last.type
    const dictionary = this.dictionary()
    const field: ExtractField = {
      name: last.name,
      ...this.shape,
      role,
      ...(sign === '' ? {} : { sign }),
      distinct: dictionary?.length ?? -1,
      blanks: this.#blanks,
      min: this.#write(this.#min, rows),
      max: this.#write(this.#max, rows),
    }
    const { lost, lostExamples, open, openExamples, rounded, roundedExamples } = this.#coder
    const firstTexts = dictionary?.slice(0, keptTexts)
    const said = { lost, lostExamples, open, openExamples, rounded, roundedExamples }
    return { field, ...said, firstTexts }
  }

  #write(value: number, rows: number): string | null {
    if (!Number.isFinite(value) || this.#blanks === rows) return null
    const { type, scale } = this.#plan.type
    switch (type) {
      case 'text':
      case 'boolean':
        return null
      case 'date':
        return isoDay(value)
      case 'timestamp':
        return isoSecond(value)
      case 'decimal':
        return decimalText(value, scale)
      case 'integer':
      case 'double':
        return String(value)
    }
  }
}
