/** Merged cells that reach over several rows of data: which field they stand in, and their value in all of these rows. */
import { cellKind } from '../../sources/cell-kinds.ts'
import type { MergedCells } from '../../sources/reader.ts'
import { columnOf } from '../../sources/xlsx/sheet-parts.ts'
import type { SpooledChunk } from './spool.ts'

export interface MergedRows {
  readonly source: number
  readonly address: string
  /** Place among the spooled columns. */
  readonly field: number
  readonly from: number
  readonly to: number
}

/** Those of one source; `fieldOf` gives the field a column of the sheet (counted from 0) became. */
export function mergedRows(
  source: number,
  merged: readonly MergedCells[],
  fieldOf: (column: number) => number | undefined,
): MergedRows[] {
  return merged.flatMap(({ address }) => {
    const [, letters = '', from = '', , to = ''] =
      /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(address) ?? []
    const field = fieldOf(columnOf(letters))
    if (field === undefined) return []
    return [{ source, address, field, from: Number(from), to: Number(to) }]
  })
}

/** Where one field of one source is: its merged cells in order, the one reached, and the value that stands in it. */
interface Reached {
  readonly spans: readonly MergedRows[]
  at: number
  anchor: number
  kind: number
  value: number
}

/** Repeats the value of the first row in the blank ones below it, chunk by chunk in the order they were spooled. */
export class MergeFill {
  readonly #reached = new Map<string, Reached>()
  readonly #fields: ReadonlySet<number>

  constructor(merged: readonly MergedRows[], fields: ReadonlySet<number>) {
    this.#fields = fields
    const own = merged.filter(({ field }) => fields.has(field))
    for (const [key, spans] of Map.groupBy(own, ({ source, field }) => `${source} ${field}`)) {
      const sorted = spans.toSorted((a, b) => a.from - b.from)
      this.#reached.set(key, { spans: sorted, at: 0, anchor: -1, kind: 0, value: 0 })
    }
  }

  /** Writes into the chunk, which the spool gives anew every time. */
  fill({ source, rows, sourceRows, kinds, values }: SpooledChunk): void {
    for (const field of this.#fields) {
      const reached = this.#reached.get(`${source} ${field}`)
      const [ownKinds, ownValues] = [kinds[field], values[field]]
      if (!reached || !ownKinds || !ownValues) continue
      for (let i = 0; i < rows; i++) fillRow(reached, sourceRows[i] ?? 0, ownKinds, ownValues, i)
    }
  }
}

function fillRow(
  reached: Reached,
  row: number,
  kinds: Uint8Array,
  values: Float64Array,
  at: number,
): void {
  while ((reached.spans[reached.at]?.to ?? Infinity) < row) reached.at++
  const span = reached.spans[reached.at]
  if (span === undefined || row < span.from) return
  if (row === span.from) {
    reached.anchor = reached.at
    reached.kind = kinds[at] ?? cellKind.blank
    reached.value = values[at] ?? 0
  } else if (reached.anchor === reached.at && kinds[at] === cellKind.blank) {
    kinds[at] = reached.kind
    values[at] = reached.value
  }
}
