import type { Frame } from './blocks/block-base.ts'

export const boardColumns = 24
/** Height of a grid row as a share of a column's width at the reference width of 1,200 pixels: 50 to 20. */
export const rowHeightPx = 20
export const referenceColumnPx = 50
/** Rows a block may take, as its schema says. */
const tallest = 200

export type Edge = 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw'

const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value))

export function overlaps(a: Frame, b: Frame): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/** Moves a frame by whole grid steps, kept on the board. */
export function moveFrame(frame: Frame, dx: number, dy: number): Frame {
  return {
    ...frame,
    x: clamp(frame.x + dx, 0, boardColumns - frame.w),
    y: clamp(frame.y + dy, 0, 2000),
  }
}

/** Drags one edge or corner by whole steps; a block never becomes smaller than `least` nor leaves the board. */
export function resizeFrame(
  frame: Frame,
  edge: Edge,
  dx: number,
  dy: number,
  least: { readonly w: number; readonly h: number } = { w: 2, h: 2 },
): Frame {
  let { x, y, w, h } = frame
  if (edge.includes('e')) w = clamp(w + dx, least.w, boardColumns - x)
  if (edge.includes('s')) h = clamp(h + dy, least.h, tallest)
  if (edge.includes('w')) {
    const right = x + w
    x = clamp(x + dx, 0, right - least.w)
    w = right - x
  }
  if (edge.includes('n')) {
    const bottom = y + h
    y = clamp(y + dy, Math.max(0, bottom - tallest), bottom - least.h)
    h = bottom - y
  }
  return { x, y, w, h }
}

/** The first free place for a block of this size, scanning rows from the top; below everything when none is free. */
export function findFreeFrame(
  taken: readonly Frame[],
  size: { readonly w: number; readonly h: number },
  near?: { readonly x: number; readonly y: number },
): Frame {
  const wanted = near && {
    x: clamp(near.x, 0, boardColumns - size.w),
    y: Math.max(0, near.y),
    ...size,
  }
  if (wanted && !taken.some((frame) => overlaps(frame, wanted))) return wanted
  const bottom = Math.max(0, ...taken.map((frame) => frame.y + frame.h))
  for (let y = 0; y < bottom; y++) {
    for (let x = 0; x + size.w <= boardColumns; x++) {
      const candidate = { x, y, ...size }
      if (!taken.some((frame) => overlaps(frame, candidate))) return candidate
    }
  }
  return { x: 0, y: bottom, ...size }
}

export function boundsOf(frames: readonly Frame[]): Frame | null {
  if (frames.length === 0) return null
  const x = Math.min(...frames.map((f) => f.x))
  const y = Math.min(...frames.map((f) => f.y))
  return {
    x,
    y,
    w: Math.max(...frames.map((f) => f.x + f.w)) - x,
    h: Math.max(...frames.map((f) => f.y + f.h)) - y,
  }
}
