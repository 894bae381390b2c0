/** In how many cells of a column a text is a date or a number, from what is known of the different texts. */

export interface TextCells {
  readonly dates: number
  readonly point: number
  readonly comma: number
}

const ways = ['dates', 'point', 'comma'] as const

export class CellTally {
  #counted = 0
  #uncounted = 0
  readonly #cells = { dates: 0, point: 0, comma: 0 }
  #dateTexts = 0
  /** Different texts whose cells were not counted. */
  readonly #texts = { dates: 0, point: 0, comma: 0 }

  add(cells: number | undefined, is: Readonly<Record<(typeof ways)[number], boolean>>): void {
    if (cells === undefined) this.#uncounted++
    else this.#counted += cells
    if (is.dates) this.#dateTexts++
    for (const way of ways) {
      if (!is[way]) continue
      if (cells === undefined) this.#texts[way]++
      else this.#cells[way] += cells
    }
  }

  /**
   * Cells of uncounted texts are shared out evenly; where no uncounted text was looked at, they are nothing. `dates` of the
   * texts are dates in the order that was settled on.
   */
  found(textCells: number, dates: number): TextCells {
    const rest = textCells - this.#counted
    const share = (way: (typeof ways)[number]): number =>
      this.#cells[way] +
      (this.#uncounted === 0 ? 0 : Math.round((rest * this.#texts[way]) / this.#uncounted))
    const settled = this.#dateTexts === 0 ? 0 : dates / this.#dateTexts
    return { dates: share('dates') * settled, point: share('point'), comma: share('comma') }
  }
}
