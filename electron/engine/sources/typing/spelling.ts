/** Whether the digits of a column may be names: shelves 1.1 and 1.10 are two, and one number. */

/** Longer ones, and numbers from here on, are amounts. */
const longestFraction = 4
const wholeDigits = 4
/** Names are counted up: 1.10 to 1.30 are met in lists, 9.50 and 9.90 are prices typed with their zero or without. */
const lastCounted = 3

/** Of two decimals with a zero at their end, and of one decimal. */
const long = 1
const short = 2

export class Spelling {
  /** Some number is written as no name is: below one, with a zero right behind the point, or large. */
  isNumber = false
  /** By number of decimals: some number is written so; some of these end with a zero. */
  readonly #met: boolean[] = []
  readonly #zeros: boolean[] = []
  /** By tenths: how 1.1 or 1.10 is written. */
  #tenths = new Uint8Array(64)

  /** Numbers of one number of decimals, as value × 10^decimals; nothing is looked at once they are sure to be numbers. */
  look(decimals: number, values: Float64Array, from: number, to: number): void {
    if (decimals > longestFraction) this.isNumber = true
    if (this.isNumber || decimals === 0) return
    this.#met[decimals] = true
    const one = 10 ** decimals
    const tooLarge = one * 10 ** wholeDigits
    let zeros = false
    for (let i = from; i < to; i++) {
      const value = values[i] as number // within
      if (value < one || value >= tooLarge || (decimals > 1 && (value | 0) % one < one / 10)) {
        this.isNumber = true
        return
      }
      if (decimals === 1) this.#mark(value, short)
      else if ((value | 0) % 10 === 0) {
        zeros = true
        if (decimals === 2) this.#mark(value / 10, long)
      }
    }
    if (zeros) this.#zeros[decimals] = true
  }

  #mark(tenth: number, how: number): void {
    const counted = tenth % 10
    if (counted < 1 || counted > lastCounted) return
    if (tenth >= this.#tenths.length) {
      const wider = new Uint8Array(Math.max(this.#tenths.length * 2, tenth + 1))
      wider.set(this.#tenths)
      this.#tenths = wider
    }
    this.#tenths[tenth] = (this.#tenths[tenth] ?? 0) | how
  }

  add(other: Spelling): Spelling {
    const both = new Spelling()
    both.isNumber = this.isNumber || other.isNumber
    for (const { met, zeros, tenths } of [this.#parts, other.#parts]) {
      met.forEach((is, decimals) => (both.#met[decimals] ||= is))
      zeros.forEach((is, decimals) => (both.#zeros[decimals] ||= is))
      for (const how of [long, short])
        tenths.forEach((marks, tenth) => marks & how && both.#mark(tenth, how))
    }
    return both
  }

  get #parts() {
    return { met: this.#met, zeros: this.#zeros, tenths: this.#tenths }
  }

  /** Zeros are kept at the end of some and are not needed by others: enough where the column's name says it names things. */
  get mayBeNames(): boolean {
    if (this.isNumber) return false
    return this.#zeros.some((_, decimals) => this.#met.some((is, fewer) => is && fewer < decimals))
  }

  /** One value is written as two names; of three decimals and more any needless zero will do. */
  get areNames(): boolean {
    if (!this.mayBeNames) return false
    return this.#zeros.some((_, decimals) => decimals > 2) || this.#tenths.includes(long | short)
  }
}
