/** Rows of names, and titles above them, that stand among the data once more, as systems print them on every page. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { HeaderSpan } from './header-row.ts'

interface HeadCell {
  readonly column: number
  readonly kind: number
  readonly value: number
}

/** Of fewer names a value may be the same, and so may a title be in a narrow table. */
const fewestCells = 2
const titledColumns = 3
/** Lines right above the names that a page may begin with. */
const titleLines = 5

export class RepeatedHeads {
  /** Cells of each row of the head; equal texts have one place. */
  readonly #heads: readonly (readonly HeadCell[])[]

  constructor(chunk: ColumnChunk, header: HeaderSpan | undefined) {
    const { first, last } = header ?? { first: 0, last: -1 }
    const top = Math.max(0, first - titleLines)
    const rows = Array.from({ length: last - top + 1 }, (_, index) => top + index)
    const isTitle = (row: number): boolean => row < first && chunk.kinds.length >= titledColumns
    this.#heads = rows
      .map((row) => ({ cells: cellsOf(chunk, row), fewest: isTitle(row) ? 1 : fewestCells }))
      .filter(({ cells, fewest }) => cells.length >= fewest)
      .map(({ cells }) => cells)
  }

  /** Rows of `chunk` from `from` on that hold what a row of the head holds, and nothing else. */
  find(chunk: ColumnChunk, from: number): number[] {
    const found = this.#heads.flatMap((head) => {
      const first = head[0]?.column ?? 0
      const kinds = chunk.kinds[first]
      const values = chunk.values[first]
      const rows: number[] = []
      for (let row = from; row < chunk.rows; row++) {
        if (values?.[row] !== head[0]?.value || kinds?.[row] !== head[0]?.kind) continue
        if (isHead(chunk, row, head)) rows.push(row)
      }
      return rows
    })
    return [...new Set(found)].sort((a, b) => a - b)
  }
}

function cellsOf(chunk: ColumnChunk, row: number): HeadCell[] {
  return chunk.kinds.flatMap((kinds, column) => {
    const kind = kinds[row] ?? cellKind.blank
    return kind === cellKind.blank
      ? []
      : [{ column, kind, value: chunk.values[column]?.[row] ?? 0 }]
  })
}

function isHead(chunk: ColumnChunk, row: number, head: readonly HeadCell[]): boolean {
  const filled = chunk.kinds.filter((kinds) => kinds[row] !== cellKind.blank).length
  return (
    filled === head.length &&
    head.every(
      ({ column, kind, value }) =>
        chunk.kinds[column]?.[row] === kind && chunk.values[column]?.[row] === value,
    )
  )
}
