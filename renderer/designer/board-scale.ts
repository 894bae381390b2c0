import { boardColumns, referenceColumnPx, rowHeightPx } from '../../shared/report/board-geometry.ts'
import type { Frame } from '../../shared/report/blocks/block-base.ts'

/** Pixels of one grid step; the board is as wide as its place if that is not too narrow, so one scale serves both directions. */
export interface BoardScale {
  readonly column: number
  readonly row: number
}

/** Half the gap between neighbours, in pixels. */
const inset = 4
/** A board narrower than this would cut the numbers of its cards: it scrolls instead. */
const leastWidth = 720

export function scaleFor(width: number): BoardScale {
  const column = Math.max(leastWidth, width) / boardColumns
  return { column, row: (column * rowHeightPx) / referenceColumnPx }
}

export function placeOf(frame: Frame, { column, row }: BoardScale): React.CSSProperties {
  return {
    left: frame.x * column + inset,
    top: frame.y * row + inset,
    width: frame.w * column - 2 * inset,
    height: frame.h * row - 2 * inset,
  }
}

export function gridPoint(x: number, y: number, scale: BoardScale): { x: number; y: number } {
  return { x: Math.floor(x / scale.column), y: Math.floor(y / scale.row) }
}
