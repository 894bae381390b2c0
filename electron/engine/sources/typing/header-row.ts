/** Finds the row of column names and makes the names usable. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { cellKind } from '../cell-kinds.ts'
import type { ColumnChunk } from '../column-chunk.ts'
import type { TextPool } from '../text-pool.ts'
import { cellText } from './cell-text.ts'

const searchedRows = 30
const maxNameLength = 200

/**
 * Index in the first chunk of the header: the first row with a cell in most used columns, mostly text, and data below.
 * -1 when no row looks like one (numbers from the first row on): then columns are numbered.
 */
export function findHeader(chunk: ColumnChunk): number {
  const searched = Math.min(chunk.rows, searchedRows)
  const counts = Array.from({ length: searched }, (_, row) => countRow(chunk, row))
  const widest = counts.reduce((most, count) => Math.max(most, count.filled), 0)
  for (const [row, count] of counts.entries()) {
    const below = chunk.rows > row + 1 || chunk.rows === 1
    const wideEnough = count.filled >= Math.max(1, Math.ceil(widest * 0.6))
    if (below && wideEnough && count.texts >= count.filled * 0.6) return row
    // A full row of data before any header: there is none.
    if (count.filled === widest && count.texts < count.filled * 0.5) return -1
  }
  return -1
}

function countRow(chunk: ColumnChunk, row: number): { filled: number; texts: number } {
  let filled = 0
  let texts = 0
  for (const kinds of chunk.kinds) {
    const kind = kinds[row] ?? 0
    if (kind !== cellKind.blank) filled++
    if (kind === cellKind.text) texts++
  }
  return { filled, texts }
}

export interface ColumnNames {
  readonly names: readonly string[]
  readonly warnings: readonly DatasetWarning[]
}

export function readNames(chunk: ColumnChunk, row: number, pool: TextPool): ColumnNames {
  const raw = chunk.kinds.map((kinds, column) => {
    const value = chunk.values[column]?.[row] ?? 0
    return row < 0 ? '' : (cellText(kinds[row] ?? 0, value, pool) ?? '')
  })
  return usableNames(raw)
}

/** Blanks are numbered (`Column 3`), repeats counted (`Amount 2`); names compare without case. */
export function usableNames(raw: readonly string[]): ColumnNames {
  const warnings: DatasetWarning[] = []
  const taken = new Set<string>()
  const names = raw.map((text, index) => {
    const given = text.replaceAll(/\s+/g, ' ').trim().slice(0, maxNameLength)
    if (given === '') warnings.push({ code: 'missingHeader', column: `Column ${index + 1}` })
    const name = freeName(given === '' ? `Column ${index + 1}` : given, taken)
    if (given !== '' && name !== given) warnings.push({ code: 'duplicateHeader', column: name })
    taken.add(name.toLowerCase())
    return name
  })
  return { names, warnings }
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted.toLowerCase())) return wanted
  for (let number = 2; ; number++) {
    const name = `${wanted.slice(0, maxNameLength - 8)} ${number}`
    if (!taken.has(name.toLowerCase())) return name
  }
}
