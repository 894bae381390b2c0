/** Whether the digits of a column may be names: shelves 1.1 and 1.10 are two, and one number. */

/** Longer ones, and numbers from here on, are amounts. */
const longestFraction = 4
const wholeDigits = 4

export class Spelling {
  /** Some number is written as no name is: below one, with a zero right behind the point, or large. */
  isNumber = false
  /** By number of decimals: some number is written so; some of these end with a zero. */
  readonly #met: boolean[] = []
  readonly #zeros: boolean[] = []

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
      zeros ||= decimals > 1 && (value | 0) % 10 === 0
    }
    if (zeros) this.#zeros[decimals] = true
  }

  add(other: Spelling): Spelling {
    const both = new Spelling()
    both.isNumber = this.isNumber || other.isNumber
    for (const { met, zeros } of [this.#parts, other.#parts]) {
      met.forEach((is, decimals) => (both.#met[decimals] ||= is))
      zeros.forEach((is, decimals) => (both.#zeros[decimals] ||= is))
    }
    return both
  }

  get #parts() {
    return { met: this.#met, zeros: this.#zeros }
  }

  /** Zeros are kept at the end of some and are not needed by others. */
  get isNames(): boolean {
    if (this.isNumber) return false
    return this.#zeros.some((_, decimals) => this.#met.some((is, fewer) => is && fewer < decimals))
  }
}
