/** Values of several answers as cells of one grid. */
import type { ValueColumn } from '../../../../shared/query/query-result.ts'
import type { Cells } from '../../../../shared/query/stage/cells.ts'
import { adderOf, asNumbers, quotient } from '../../../../shared/query/stage/cells.ts'

/** One value a cell, from answers that may write the same measure differently: exact as long as all of them are. */
export class Gathered {
  readonly #from: Int16Array
  readonly #at: Int32Array
  readonly #columns: ValueColumn[] = []

  constructor(cells: number) {
    this.#from = new Int16Array(cells).fill(-1)
    this.#at = new Int32Array(cells)
  }

  take(column: ValueColumn, each: (visit: (cell: number, at: number) => void) => void): void {
    const from = this.#columns.push(column) - 1
    each((cell, at) => {
      this.#from[cell] = from
      this.#at[cell] = at
    })
  }

  cells(): Cells {
    const scales = new Set(this.#columns.map((one) => (one.kind === 'scaled' ? one.scale : -1)))
    const texts = this.#columns.filter((one) => one.kind === 'text')
    const [scale = 0] = [...scales].filter((one) => one >= 0)
    if (texts.length > 0) return { exact: { scale: textScale(texts) ?? scale, wide: this.#wide(textScale(texts) ?? scale) } } // prettier-ignore
    if (scales.size === 1 && !scales.has(-1)) {
      return { exact: { scale, numbers: this.#numbers((value) => value) } }
    }
    const unscaled = (value: number, column: ValueColumn): number =>
      column.kind === 'scaled' ? value / 10 ** column.scale : value
    return { floats: this.#numbers(unscaled) }
  }

  #numbers(read: (value: number, column: ValueColumn) => number): Float64Array {
    return Float64Array.from(this.#from, (from, cell) => {
      const column = this.#columns[from]
      const value = column?.values[this.#at[cell] ?? 0] ?? NaN
      return column ? read(Number(value), column) : NaN
    })
  }

  /** Numbers too wide for a double are written out; others stand beside them as whole numbers of the same scale. */
  #wide(scale: number): (bigint | null)[] {
    return Array.from(this.#from, (from, cell) => {
      const column = this.#columns[from]
      const value = column?.values[this.#at[cell] ?? 0] ?? null
      if (!column || value === null || Number.isNaN(value)) return null
      return column.kind === 'text' ? digitsOf(String(value), scale) : BigInt(value)
    })
  }
}

const textScale = (columns: readonly ValueColumn[]): number | undefined => {
  for (const column of columns) {
    if (column.kind !== 'text') continue
    const text = column.values.find((value) => value !== null)
    if (text != null) return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
  }
  return undefined
}

function digitsOf(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

/** Blank where either side is; of dates, and as a share of nothing. */
export function compared(
  own: Cells,
  other: Cells,
  show: 'difference' | 'percent',
  ofDates: boolean,
): Cells {
  const [a, b] = [asNumbers(own, true), asNumbers(other, true)]
  if (ofDates) return { floats: new Float64Array(a.length).fill(NaN) }
  const isPercent = show === 'percent'
  if (!own.exact || !other.exact || own.exact.scale !== other.exact.scale) {
    const differences = a.map((value, cell) => value - (b[cell] ?? NaN))
    return { floats: isPercent ? differences.map((value, cell) => quotient(value, b[cell] ?? NaN)) : differences } // prettier-ignore
  }
  const [mine, theirs] = [adderOf(own), adderOf(other)]
  const values = Array.from(a, (_, cell) => {
    const [x, y] = [mine.at(cell), theirs.at(cell)]
    if (x === null || y === null) return null
    const isPlain = typeof x === 'number' && typeof y === 'number' && Number.isSafeInteger(x - y)
    return isPlain ? x - y : BigInt(x) - BigInt(y)
  })
  if (isPercent) {
    // Of the digits without their point: what is taken apart from decimals as doubles misses the last one.
    const whole = asNumbers(other)
    return { floats: Float64Array.from(values, (value, cell) => value === null ? NaN : quotient(Number(value), whole[cell] ?? NaN)) } // prettier-ignore
  }
  const wide = values.some((value) => typeof value === 'bigint')
  return wide
    ? { exact: { scale: own.exact.scale, wide: values.map((value) => (value === null ? null : BigInt(value))) } } // prettier-ignore
    : { exact: { scale: own.exact.scale, numbers: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))) } } // prettier-ignore
}
