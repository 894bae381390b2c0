/** What all values of one column of a live table have in common, in types SQLite can be asked with as they are stored. */
import { parseIsoDay, parseIsoSecond } from '../../../../shared/data/calendar-day.ts'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import { exactNumber, powerOfTen } from '../../sources/exact-number.ts'
import { namesGroups, namesIdentifier } from '../../sources/typing/identifier-names.ts'
import { keptTexts } from '../../sources/typing/tag-fields.ts'
import { isDigitName, isDigits } from '../../sources/typing/text-forms.ts'

export type LiveCell = string | number | bigint | Uint8Array | null

export interface LiveField extends ExtractField {
  /** A number column in which some blanks are empty text: they have to be left out of sums and counts. */
  readonly gaps: boolean
}

const maxScale = 6
/** Scaled whole numbers up to here are doubles without loss, on both sides of the multiplication. */
const exactLimit = Number.MAX_SAFE_INTEGER
/** SQLite's sum of whole numbers fails beyond 64 bits. */
const sumLimit = 2 ** 63
const countedDistinct = 20_000
const keptExamples = 5

export class LiveColumn {
  readonly name: string
  #rows = 0
  #blanks = 0
  #emptyTexts = 0
  #integers = 0
  #reals = 0
  #inexact = 0
  #nonFinite = 0
  #blobs = 0
  #texts = 0
  #days = 0
  #seconds = 0
  #digits = 0
  #digitNames = 0
  #decimals = 0
  #largest = 0
  #least: number | bigint | undefined
  #most: number | bigint | undefined
  #first = ''
  #last = ''
  #distinct: Set<string | number | bigint> | undefined = new Set()
  readonly #examples: string[] = []
  readonly #firstTexts = new Set<string>()

  constructor(name: string) {
    this.name = name
  }

  add(value: LiveCell): void {
    this.#rows++
    if (value === null) this.#blanks++
    else if (typeof value === 'string') this.#text(value)
    else if (typeof value === 'object') this.#blobs++
    else this.#number(value)
  }

  #number(value: number | bigint): void {
    if (typeof value === 'bigint') this.#integers++
    else this.#real(value)
    const size = Math.abs(Number(value))
    if (size > this.#largest) this.#largest = size
    if (this.#least === undefined || value < this.#least) this.#least = value
    if (this.#most === undefined || value > this.#most) this.#most = value
    const plain = Number(value)
    this.#count(Number.isSafeInteger(plain) ? plain : value)
  }

  #real(value: number): void {
    this.#reals++
    if (!Number.isFinite(value)) {
      this.#nonFinite++
      return
    }
    const { kind } = exactNumber(value)
    if (kind === cellKind.double) this.#inexact++
    else this.#decimals = Math.max(this.#decimals, kind - cellKind.scaled)
  }

  #text(value: string): void {
    if (value === '') {
      this.#blanks++
      this.#emptyTexts++
      return
    }
    this.#texts++
    if (this.#firstTexts.size < keptTexts) this.#firstTexts.add(value)
    this.#count(value)
    if (isDigits(value)) this.#digits++
    if (isDigitName(value)) this.#digitNames++
    const time = isoTime(value)
    if (time === undefined) {
      if (this.#examples.length < keptExamples) this.#examples.push(value.slice(0, 60))
      return
    }
    if (time.length === 10) this.#days++
    else this.#seconds++
    if (this.#first === '' || time < this.#first) this.#first = time
    if (time > this.#last) this.#last = time
  }

  #count(value: string | number | bigint): void {
    if (this.#distinct === undefined) return
    this.#distinct.add(value)
    // Counting goes on only while it is cheap.
    if (this.#distinct.size > countedDistinct) this.#distinct = undefined
  }

  /** Some of its different texts; numbers that are kept as text are none. */
  get firstTexts(): readonly string[] {
    return [...this.#firstTexts]
  }

  get #numbers(): number {
    return this.#integers + this.#reals
  }

  get hasValues(): boolean {
    return this.#rows > this.#blanks
  }

  field(): LiveField {
    const decided = this.#decide()
    const { type } = decided
    return {
      name: this.name,
      ...decided,
      coded: false,
      wide: type === 'integer' ? this.#largest > 2_147_483_647 : false,
      distinct: this.#blobs > 0 ? -1 : (this.#distinct?.size ?? -1),
      blanks: this.#blanks,
      ...this.#range(type),
      gaps: this.#emptyTexts > 0 && this.#numbers > 0 && type !== 'text',
    }
  }

  warnings(): DatasetWarning[] {
    const column = this.name
    const { type, role } = this.#decide()
    const found: DatasetWarning[] = []
    if (this.#blobs > 0) found.push({ code: 'cellError', column, count: this.#blobs })
    if (this.#nonFinite > 0) found.push({ code: 'nonFinite', column, count: this.#nonFinite })
    if (type !== 'text' || this.#numbers === 0) return found
    if (this.#texts === 0) found.push({ code: 'textIdentifier', column })
    else if (role !== 'identifier') {
      found.push({ code: 'mixedColumn', column, count: this.#texts, examples: [...this.#examples] })
    }
    return found
  }

  #decide(): { type: FieldType; role: FieldRole; scale: number } {
    const text = { type: 'text', role: this.#textRole(), scale: 0 } as const
    if (!this.hasValues || this.#blobs > 0) return text
    if (this.#texts === 0) return this.#numberType()
    if (this.#numbers > 0 || this.#days + this.#seconds < this.#texts) return text
    return { type: this.#seconds > 0 ? 'timestamp' : 'date', role: 'dimension', scale: 0 }
  }

  #textRole(): FieldRole {
    const digitNames = this.#digitNames > 0 && this.#digits === this.#texts && this.#reals === 0
    return digitNames || namesIdentifier(this.name) ? 'identifier' : 'dimension'
  }

  #numberType(): { type: FieldType; role: FieldRole; scale: number } {
    if (this.#reals === 0 && namesIdentifier(this.name)) {
      return { type: 'text', role: 'identifier', scale: 0 }
    }
    if (!this.#sumsExactly()) return { type: 'double', role: 'measure', scale: 0 }
    if (this.#decimals > 0) return { type: 'decimal', role: 'measure', scale: this.#decimals }
    return {
      type: 'integer',
      role: namesGroups(this.name) ? 'dimension' : 'measure',
      scale: 0,
    }
  }

  /** Whether scaled whole numbers hold every value, and SQLite can add all of them up without leaving 64 bits. */
  #sumsExactly(): boolean {
    if (this.#inexact + this.#nonFinite > 0 || this.#decimals > maxScale) return false
    if (this.#reals === 0) return true
    const scaled = this.#largest * powerOfTen(this.#decimals)
    // Whole numbers stored as reals are added up as reals.
    const limit = this.#decimals === 0 ? exactLimit : sumLimit
    return scaled <= exactLimit && scaled * this.#rows < limit
  }

  #range(type: FieldType): { min: string | null; max: string | null } {
    if (type === 'date' || type === 'timestamp') return { min: this.#first, max: this.#last }
    if (type === 'text' || this.#least === undefined || this.#most === undefined) {
      return { min: null, max: null }
    }
    return { min: String(this.#least), max: String(this.#most) }
  }
}

/** The forms SQLite's date functions read as the wall-clock day or second they name; undefined for any other text. */
function isoTime(text: string): string | undefined {
  if (text.length < 10 || text.length > 40) return undefined
  if (text.length === 10) return parseIsoDay(text) === undefined ? undefined : text
  const whole = text.replace(/(:\d{2})\.0+$/, '$1')
  return parseIsoSecond(whole) === undefined ? undefined : whole.replace(' ', 'T')
}
