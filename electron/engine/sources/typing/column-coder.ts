/** Turns a column's cells into the values its decided type stores. */
import { withoutMarks } from '../../../../shared/data/text-marks.ts'
import { cellKind, withoutPadding } from '../cell-kinds.ts'
import { powerOfTen } from '../exact-number.ts'
import type { Texts } from '../texts.ts'
import { PlacedTexts } from '../texts.ts'
import { cellText } from './cell-text.ts'
import { exactDigits, roundedDigits } from './exact-digits.ts'
import type { ColumnType } from './type-decision.ts'
import type { NumberForm } from './number-text.ts'
import { readNumber, underCommaForm } from './number-text.ts'
import { dayFromCompact, monthFromCompact, readBoolean, readInForms } from './text-forms.ts'

const secondsPerDay = 86_400
const serialEpoch = 25_569
/** 31 December 9999, where a workbook's days end: far below any `20240305`. */
const lastSerial = 2_958_465

/** Values ready for the extract writer: numbers with NaN for blank, texts by their places, or objects with null for blank. */
export type CodedValues = Float64Array | PlacedTexts | (bigint | null)[]

export interface ColumnCoder {
  /** `exact`: its number cells are numbers whatever form its texts are read in. */
  encode(kinds: Uint8Array, values: Float64Array, rows: number, exact?: boolean): CodedValues
  /** Different texts in order of first appearance, for coded text. */
  dictionary(): readonly string[] | undefined
  /** Cells that the type could not hold and that became blank. */
  readonly lost: number
  readonly lostExamples: readonly string[]
  /** Cells among neither, blank because day and month could be either way round. */
  readonly open: number
  readonly openExamples: readonly string[]
  /** Cells whose further decimals were rounded. */
  readonly rounded: number
  readonly roundedExamples: readonly string[]
}

const keptExamples = 5

abstract class Coder {
  protected readonly pool: Texts
  lost = 0
  readonly lostExamples: string[] = []
  open = 0
  readonly openExamples: string[] = []
  rounded = 0
  readonly roundedExamples: string[] = []

  constructor(pool: Texts) {
    this.pool = pool
  }

  dictionary(): readonly string[] | undefined {
    return undefined
  }

  protected lose(kind: number, value: number): void {
    this.lost++
    this.keepExample(this.lostExamples, kind, value)
  }

  protected keepExample(examples: string[], kind: number, value: number): void {
    const text = cellText(kind, value, this.pool)
    if (text === null || examples.length >= keptExamples) return
    const shown = text.slice(0, 60)
    if (!examples.includes(shown)) examples.push(shown)
  }
}

/** What becomes of a text before it is kept; undefined where it stays. */
type TextChange = ((text: string) => string | undefined) | undefined

function textChange({ trim, padTo }: ColumnType): TextChange {
  const padded = (text: string): string | undefined =>
    padTo !== undefined && text.length < padTo && /^\d+$/.test(text)
      ? text.padStart(padTo, '0')
      : undefined
  if (trim !== true) return padTo === undefined ? undefined : padded
  return (text) => {
    const bare = withoutMarks(text)
    return padded(bare ?? text) ?? bare
  }
}

/** Text as dense codes. A text has one place, so only texts made of other cells have to be looked for. */
class CodedText extends Coder implements ColumnCoder {
  readonly #change: TextChange
  #byPlace = new Int32Array(1024).fill(-1)
  readonly #list: string[] = []
  /** Codes by text, from the first cell on that is none. */
  #codes: Map<string, number> | undefined

  constructor(pool: Texts, change: TextChange) {
    super(pool)
    this.#change = change
  }

  encode(kinds: Uint8Array, values: Float64Array, rows: number): Float64Array {
    const codes = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const kind = kinds[i] ?? 0
      const value = values[i] ?? 0
      codes[i] = kind === cellKind.text ? this.#place(value) : this.#other(kind, value)
    }
    return codes
  }

  override dictionary(): readonly string[] {
    return this.#list
  }

  #place(place: number): number {
    const known = this.#byPlace[place] ?? -1
    if (known >= 0) return known
    if (place >= this.#byPlace.length) {
      const wider = new Int32Array(Math.max(this.#byPlace.length * 2, place + 1)).fill(-1)
      wider.set(this.#byPlace)
      this.#byPlace = wider
    }
    const text = this.pool.textAt(place)
    const code = this.#change
      ? this.#code(this.#change(text) ?? text)
      : this.#codes === undefined
        ? this.#list.push(text) - 1
        : this.#code(text)
    this.#byPlace[place] = code
    return code
  }

  #other(kind: number, value: number): number {
    const text = cellText(kind, value, this.pool)
    return text === null ? NaN : this.#code(this.#change?.(text) ?? text)
  }

  #code(text: string): number {
    this.#codes ??= new Map(this.#list.map((known, code) => [known, code]))
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    const code = this.#list.push(text) - 1
    this.#codes.set(text, code)
    return code
  }
}

class PlainText extends Coder implements ColumnCoder {
  readonly #change: TextChange

  constructor(pool: Texts, change: TextChange) {
    super(pool)
    this.#change = change
  }

  encode(kinds: Uint8Array, values: Float64Array, rows: number): PlacedTexts {
    const places = new Int32Array(rows)
    const others = new Map<number, string>()
    for (let i = 0; i < rows; i++) {
      const kind = kinds[i] as number // both hold `rows`
      const value = values[i] as number
      if (kind === cellKind.text) {
        const bare = this.#change?.(this.pool.textAt(value))
        places[i] = bare === undefined ? value : -1
        if (bare !== undefined) others.set(i, bare)
        continue
      }
      places[i] = -1
      const text = cellText(kind, value, this.pool)
      if (text !== null) others.set(i, this.#change?.(text) ?? text)
    }
    return new PlacedTexts(this.pool, places, others)
  }
}

/** One cell to the number its type stores; NaN when it cannot be. */
type Convert = (kind: number, value: number) => number

class Numbers extends Coder implements ColumnCoder {
  readonly #convert: Convert
  readonly #convertExact: Convert
  readonly #readText: (text: string) => number | 'open'
  readonly #texts = new Map<number, number | 'open'>()

  constructor(
    pool: Texts,
    convert: Convert,
    readText: (text: string) => number | 'open',
    convertExact = convert,
  ) {
    super(pool)
    this.#convert = convert
    this.#readText = readText
    this.#convertExact = convertExact
  }

  encode(kinds: Uint8Array, values: Float64Array, rows: number, exact = false): Float64Array {
    const numbers = new Float64Array(rows)
    const convert = exact ? this.#convertExact : this.#convert
    for (let i = 0; i < rows; i++) {
      const kind = withoutPadding(kinds[i] ?? 0)
      if (kind === cellKind.blank || kind === cellKind.error) {
        numbers[i] = NaN
        continue
      }
      const value = values[i] ?? 0
      const number = kind === cellKind.text ? this.#text(value) : convert(kind, value)
      if (number === 'open') {
        this.open++
        this.keepExample(this.openExamples, kind, value)
        numbers[i] = NaN
        continue
      }
      if (Number.isNaN(number)) this.lose(kind, value)
      numbers[i] = number
    }
    return numbers
  }

  #text(place: number): number | 'open' {
    const known = this.#texts.get(place)
    if (known !== undefined) return known
    const number = this.#readText(this.pool.textAt(place))
    this.#texts.set(place, number)
    return number
  }
}

/** Decimals beyond 2^53 once scaled: exact through BigInt, and rare. */
class WideDecimals extends Coder implements ColumnCoder {
  readonly #scale: number
  readonly #form: NumberForm
  readonly #rounds: boolean

  constructor(pool: Texts, { scale, numberForm, rounded }: ColumnType) {
    super(pool)
    this.#scale = scale
    this.#form = numberForm
    this.#rounds = rounded === true
  }

  encode(kinds: Uint8Array, values: Float64Array, rows: number, exact = false): CodedValues {
    const commas = this.commas(exact)
    return Array.from({ length: rows }, (_, i) =>
      this.cell(withoutPadding(kinds[i] ?? 0), values[i] ?? 0, commas),
    )
  }

  /** Whether points in number cells part thousands. */
  protected commas(exact: boolean): boolean {
    return this.#form === 'comma' && !exact
  }

  protected cell(kind: number, value: number, commas: boolean): bigint | null {
    if (kind === cellKind.blank || kind === cellKind.error) return null
    const number =
      kind === cellKind.text
        ? readNumber(this.pool.textAt(value), this.#form)
        : commas
          ? underCommaForm(kind, value)
          : { kind, value }
    const decimals = (number?.kind ?? cellKind.double) - cellKind.scaled
    const whole = number !== undefined && !('lossy' in number)
    if (whole && decimals >= 0 && decimals <= this.#scale) {
      return BigInt(number.value) * 10n ** BigInt(this.#scale - decimals)
    }
    const digits = kind === cellKind.text ? exactDigits(this.pool.textAt(value), this.#scale, this.#form) : null // prettier-ignore
    const kept = digits ?? (number === undefined ? null : this.#round(kind, value))
    if (kept === null) this.lose(kind, value)
    return kept
  }

  #round(kind: number, value: number): bigint | null {
    if (!this.#rounds) return null
    const digits = roundedDigits(
      cellText(kind, value, this.pool) ?? '',
      this.#scale,
      kind === cellKind.text ? this.#form : 'point',
    )
    if (digits === null) return null
    this.rounded++
    this.keepExample(this.roundedExamples, kind, value)
    return digits
  }
}

/** Decimals that fit a double once their further places are rounded. */
class RoundedDecimals extends WideDecimals {
  override encode(
    kinds: Uint8Array,
    values: Float64Array,
    rows: number,
    exact = false,
  ): Float64Array {
    const commas = this.commas(exact)
    const numbers = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const found = this.cell(withoutPadding(kinds[i] ?? 0), values[i] ?? 0, commas)
      numbers[i] = found === null ? NaN : Number(found)
    }
    return numbers
  }
}

function isScaled(kind: number): boolean {
  return kind >= cellKind.scaled && kind <= cellKind.scaledLast
}

function isDay(kind: number): boolean {
  return kind === cellKind.day || kind === cellKind.dayText
}

function isSecond(kind: number): boolean {
  return kind === cellKind.second || kind === cellKind.secondText
}

/** value / 10^decimals as an integer times 10^-scale; NaN when digits would be lost. */
function rescale(kind: number, value: number, scale: number): number {
  if (!isScaled(kind)) return NaN
  const decimals = kind - cellKind.scaled
  if (decimals <= scale) return value * powerOfTen(scale - decimals)
  const divisor = powerOfTen(decimals - scale)
  return value % divisor === 0 ? value / divisor : NaN
}

function toDouble(kind: number, value: number): number {
  if (kind === cellKind.double) return value
  return isScaled(kind) ? value / powerOfTen(kind - cellKind.scaled) : NaN
}

function numberCoder(pool: Texts, form: NumberForm, convert: Convert): ColumnCoder {
  const ofCell: Convert =
    form === 'point'
      ? convert
      : (kind, value) => {
          const number = underCommaForm(kind, value)
          return number === undefined ? NaN : convert(number.kind, number.value)
        }
  const ofText = (text: string): number => {
    const number = readNumber(text, form)
    if (number === undefined || (number.lossy && convert !== toDouble)) return NaN
    return convert(number.kind, number.value)
  }
  return new Numbers(pool, ofCell, ofText, convert)
}

function booleanCoder(pool: Texts): ColumnCoder {
  const convert = (kind: number, value: number): number => (kind === cellKind.boolean ? value : NaN)
  return new Numbers(pool, convert, (text) => {
    const value = readBoolean(text)
    return value === undefined ? NaN : Number(value)
  })
}

function timeCoder(pool: Texts, column: ColumnType): ColumnCoder {
  const seconds = column.type === 'timestamp'
  const ofDay = (day: number | undefined): number =>
    day === undefined ? NaN : seconds ? day * secondsPerDay : day
  const convert = (kind: number, value: number): number => {
    if (isDay(kind)) return ofDay(value)
    if (isSecond(kind)) return seconds ? value : wholeDay(value)
    if (kind !== cellKind.scaled) return NaN
    const serial = column.serials && value >= 0 && value <= lastSerial
    return ofDay(serial ? value - serialEpoch : (dayFromCompact(value) ?? monthFromCompact(value)))
  }
  return new Numbers(pool, convert, (text) => {
    const found = readInForms(text, column.dateForms)
    if (found === undefined || found === 'open') return found ?? NaN
    const moved = ((column.zone ?? 0) - (found.zone ?? column.zone ?? 0)) * 60
    const second = found.day * secondsPerDay + (found.clock ?? 0) + moved
    return seconds ? second : Math.floor(second / secondsPerDay)
  })
}

function wholeDay(second: number): number {
  return second % secondsPerDay === 0 ? second / secondsPerDay : NaN
}

export function columnCoder(column: ColumnType, coded: boolean, pool: Texts): ColumnCoder {
  const form = column.numberForm
  switch (column.type) {
    case 'text': {
      const change = textChange(column)
      return coded ? new CodedText(pool, change) : new PlainText(pool, change)
    }
    case 'boolean':
      return booleanCoder(pool)
    case 'integer':
      return numberCoder(pool, form, (kind, value) => rescale(kind, value, 0))
    case 'decimal':
      if (column.wide) return new WideDecimals(pool, column)
      return column.rounded
        ? new RoundedDecimals(pool, column)
        : numberCoder(pool, form, (kind, value) => rescale(kind, value, column.scale))
    case 'double':
      return numberCoder(pool, form, toDouble)
    case 'date':
    case 'timestamp':
      return timeCoder(pool, column)
  }
}
