/** Rows of names that stand among the data once more, as systems print them on every page. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { HeaderSpan } from './header-row.ts'

interface HeadCell {
  readonly column: number
  readonly kind: number
  readonly value: number
}

/** Of fewer names a value may be the same. */
const fewestCells = 2

export class RepeatedHeads {
  /** Cells of each row of the head; equal texts have one place. */
  readonly #heads: readonly (readonly HeadCell[])[]

  constructor(chunk: ColumnChunk, header: HeaderSpan | undefined) {
    const rows = header ? Array.from({ length: header.last - header.first + 1 }, (_, i) => header.first + i) : [] // prettier-ignore
    this.#heads = rows
      .map((row) => cellsOf(chunk, row))
      .filter((cells) => cells.length >= fewestCells)
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
