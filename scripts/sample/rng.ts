/** A seeded source of chance. Streams with different names are independent of one another. */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(stream: string) {
    this.#a = hash(stream, 0x811c9dc5)
    this.#b = hash(stream, 0x01234567)
    this.#c = hash(stream, 0x9e3779b9)
    for (let i = 0; i < 15; i++) this.next()
  }

  /** From 0 up to, not including, 1. Small fast counter generator on three 32-bit words. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** An index of `cumulative`, whose entries grow up to their total. */
  index(cumulative: ArrayLike<number>, first = 0, last = cumulative.length - 1): number {
    const before = first > 0 ? (cumulative[first - 1] ?? 0) : 0
    const target = before + this.next() * ((cumulative[last] ?? 0) - before)
    let low = first
    let high = last
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] ?? 0) > target) high = middle
      else low = middle + 1
    }
    return low
  }

  /** A count of rare events with this mean. */
  poisson(mean: number): number {
    const floor = Math.exp(-Math.min(mean, 500))
    let count = 0
    for (let product = this.next(); product > floor; product *= this.next()) count++
    return count
  }

  /** Bell-shaped around 0 with deviation 1, good enough for ages and prices. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * Math.sqrt(3)
  }

  shuffle<T>(list: readonly T[]): T[] {
    const mixed = [...list]
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const [one, other] = [mixed[i], mixed[j]]
      if (one === undefined || other === undefined) continue
      mixed[i] = other
      mixed[j] = one
    }
    return mixed
  }
}

function hash(text: string, seed: number): number {
  let value = seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value ^ (value >>> 15)
}

/** Running totals of weights, for `Random.index`. */
export function cumulate(weights: readonly number[]): Float64Array {
  let total = 0
  return Float64Array.from(weights, (weight) => (total += weight))
}
