/** Sheets that hold no table: a title, a sentence, or what their name says are notes. */
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TextPool } from '../text-pool.ts'

const mostLines = 100
const shownText = 80
const noteNames =
  /说明|备注|须知|注意事项|目录|封面|前言|口径|^(?:notes?|read\s*me|about|cover|help|instructions?|contents?)$/i

/** What such a sheet says; undefined where it may be a table. `chunk` holds the whole sheet. */
export function noteText(chunk: ColumnChunk, pool: TextPool, sheet: string): string | undefined {
  const filled = chunk.kinds.flatMap((kinds, column) =>
    kinds.subarray(0, chunk.rows).some((kind) => kind !== cellKind.blank) ? [column] : [],
  )
  const [column] = filled
  if (column === undefined || filled.length > 1 || chunk.rows > mostLines) return undefined
  const kinds = chunk.kinds[column]?.subarray(0, chunk.rows)
  if (kinds?.some((kind) => kind !== cellKind.text && kind !== cellKind.blank)) return undefined
  if (chunk.rows > 1 && !noteNames.test(sheet.trim())) return undefined
  const first = kinds?.findIndex((kind) => kind === cellKind.text) ?? -1
  return pool.textAt(chunk.values[column]?.[first] ?? 0).trim().slice(0, shownText) // prettier-ignore
}
