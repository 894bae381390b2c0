/** Columns of an answer that came as text, in the forms the engine reads. */
import type { RawColumn } from '../../query/query-runner.ts'

/** What the server says a column holds. */
export type TextKind = 'whole' | 'decimal' | 'double' | 'boolean' | 'text'

type Cell = string | null

export function columnOf(kind: TextKind, cells: readonly Cell[]): RawColumn {
  switch (kind) {
    case 'text':
      return { kind: 'texts', values: cells }
    case 'boolean':
      return numbers(cells, (cell) => (/^(t|true|1)$/.test(cell) ? 1 : 0))
    case 'double':
      return numbers(cells, doubleOf)
    case 'whole':
    case 'decimal':
      return exactColumn(cells)
  }
}

function numbers(cells: readonly Cell[], read: (cell: string) => number): RawColumn {
  return {
    kind: 'numbers',
    values: Float64Array.from(cells, (cell) => (cell === null ? NaN : read(cell))),
  }
}

/** Not a number and infinity are blank, as in files. */
function doubleOf(cell: string): number {
  const value = Number(cell)
  return Number.isFinite(value) ? value : NaN
}

const wholeForm = /^(-?\d+)(?:\.0*)?$/

/** Beyond 2^53 as big numbers, so that no digit is lost. */
function exactColumn(cells: readonly Cell[]): RawColumn {
  const digits = cells.map((cell) => (cell === null ? null : (wholeForm.exec(cell)?.[1] ?? cell)))
  const isWide = (cell: Cell): boolean => cell !== null && !Number.isSafeInteger(Number(cell))
  const wide = digits.some(isWide)
  const whole = digits.every((cell) => cell === null || /^-?\d+$/.test(cell))
  if (!wide || !whole) return numbers(cells, doubleOf)
  return { kind: 'wide', values: digits.map((cell) => (cell === null ? null : BigInt(cell))) }
}
