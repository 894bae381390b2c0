/** Which texts of the pool a column holds, and in how many of its cells. */

/** Places below this have their cells counted: memory stays small, and what is odd is met early or often. */
const countedPlaces = 65_536
/** Tables go this far beyond the rows of a column; what lies further is kept one by one, as in tables of thousands of columns. */
const reachPerRow = 32
const leastReach = 1024
const nothing: readonly number[] = []

export class TextPlaces {
  #seen = new Uint8Array(256)
  #cells = new Uint32Array(64)
  /** Places beyond the tables. */
  readonly #farSeen = new Set<number>()
  readonly #farCells = new Map<number, number>()

  /** Texts in `values[from..to)` of a column of so many rows; where the first `most` stand that it did not hold before. */
  add(
    values: Float64Array,
    from: number,
    to: number,
    rows: number,
    most: number,
  ): readonly number[] {
    const reach = Math.max(leastReach, rows * reachPerRow)
    let found: number[] | undefined
    let before = -1
    for (let i = from; i < to; i++) {
      const place = values[i] as number // within
      if (place < this.#cells.length) this.#cells[place] = (this.#cells[place] as number) + 1
      else if (place < countedPlaces) this.#count(place, reach)
      if (place === before) continue
      before = place
      if (this.#seen[place] === 1 || !this.#see(place, reach)) continue
      if (most > (found?.length ?? 0)) (found ??= []).push(i)
    }
    return found ?? nothing
  }

  #count(place: number, reach: number): void {
    if (place >= reach) {
      this.#farCells.set(place, (this.#farCells.get(place) ?? 0) + 1)
      return
    }
    const wider = new Uint32Array(
      Math.min(countedPlaces, Math.max(this.#cells.length * 2, place + 1)),
    )
    wider.set(this.#cells)
    for (const [far, cells] of this.#farCells) {
      if (far >= wider.length) continue
      wider[far] = cells
      this.#farCells.delete(far)
    }
    this.#cells = wider
    wider[place] = (wider[place] ?? 0) + 1
  }

  /** True when it is new. */
  #see(place: number, reach: number): boolean {
    if (place >= this.#seen.length) {
      if (place >= reach) {
        const known = this.#farSeen.size
        return this.#farSeen.add(place).size > known
      }
      this.#widen(place)
    }
    const isNew = this.#seen[place] !== 1
    this.#seen[place] = 1
    return isNew
  }

  #widen(place: number): void {
    const wider = new Uint8Array(Math.max(this.#seen.length * 2, place + 1))
    wider.set(this.#seen)
    for (const far of this.#farSeen) {
      if (far >= wider.length) continue
      wider[far] = 1
      this.#farSeen.delete(far)
    }
    this.#seen = wider
  }

  /** In how many cells the text stands; undefined where that was not counted. */
  cellsOf(place: number): number | undefined {
    if (place >= countedPlaces) return undefined
    return (this.#cells[place] ?? 0) || (this.#farCells.get(place) ?? 0)
  }

  /** From the first on. */
  *all(): Generator<number> {
    for (let place = 0; place < this.#seen.length; place++) if (this.#seen[place] === 1) yield place
    yield* [...this.#farSeen].sort((a, b) => a - b)
  }

  distinct(): number {
    const seen = this.#seen
    let count = this.#farSeen.size
    for (let place = 0; place < seen.length; place++) count += seen[place] as number // within
    return count
  }
}
