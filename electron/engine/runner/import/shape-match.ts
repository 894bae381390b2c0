/** Brings the columns of each source under the dataset's fields: by name, whatever their order. */
import { columnKey } from '../../../../shared/data/column-key.ts'
import { refusal } from '../../sources/source-limits.ts'

export class FieldList {
  readonly #lenient: boolean
  readonly names: string[] = []
  readonly #places = new Map<string, number[]>()
  #sources = 0

  /** A lenient list lets a source lack fields and bring new ones. */
  constructor(lenient = false) {
    this.#lenient = lenient
  }

  /** The order for one source: entry i is the source's column of field i. */
  orderFor(source: string, columns: readonly string[]): number[] {
    this.#sources++
    if (this.#sources === 1) {
      for (const name of columns) this.#add(name)
      return columns.map((_, index) => index)
    }
    const order = this.names.map(() => -1)
    const extra: string[] = []
    // Fields of the very names go first: one file may have a column that is called both ways.
    const left = columns.flatMap((name, column) => {
      const field = this.#fieldsOf(name).find((one) => this.names[one] === name)
      if (field !== undefined) order[field] = column
      return field === undefined ? [{ name, column }] : []
    })
    for (const { name, column } of left) {
      const field = this.#fieldsOf(name).find((one) => order[one] === -1)
      if (field === undefined) extra.push(name)
      else order[field] = column
    }
    if (this.#lenient) {
      for (const name of extra) {
        order.push(columns.indexOf(name))
        this.#add(name)
      }
      return order
    }
    const missing = this.names.filter((_, field) => order[field] === -1)
    if (extra.length > 0 || missing.length > 0) {
      throw refusal('dataset/shapeMismatch', { source, missing, extra })
    }
    return order
  }

  /** Columns found after the names were read; the order gains them when `source` is the one that made the fields. */
  extend(source: string, columns: readonly string[], order: readonly number[]): number[] {
    const extra = columns.slice(order.length)
    if (this.#sources > 1) throw refusal('dataset/shapeMismatch', { source, missing: [], extra })
    for (const name of extra) this.#add(name)
    return columns.map((_, index) => index)
  }

  #add(name: string): void {
    this.#places.set(columnKey(name), [...this.#fieldsOf(name), this.names.length])
    this.names.push(name)
  }

  #fieldsOf(name: string): readonly number[] {
    return this.#places.get(columnKey(name)) ?? []
  }
}
