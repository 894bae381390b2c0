import type { Box, Size } from './paper.ts'

/** Content that may be longer or wider than its block: a detail table or a crosstab, measured by the caller. */
export interface Flow {
  readonly rows: number
  readonly rowHeight: number
  /** Head lines, repeated on every part. */
  readonly headHeight: number
  /** The block's title, and on continued parts the word that says so. */
  readonly titleHeight: number
  readonly columnWidths: readonly number[]
  /** Columns of totals: none begins a sheet, away from all it sums, unless the one before it alone fills a sheet. */
  readonly totals: ReadonlySet<number>
  /** Row heads, repeated on every part. */
  readonly headWidth: number
  /** A line after the last row, 0 where there is none. */
  readonly noteHeight: number
  readonly overflow: 'continue' | 'cut'
}

export interface PlacedBlock {
  readonly id: string
  readonly box: Box
  readonly flow?: Flow
}

/** Rows and columns of a flow that one part prints; ends are exclusive. */
export interface Slice {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

export interface SheetPart {
  readonly block: string
  readonly box: Box
  readonly slice?: Slice
  readonly continued: boolean
  /** What a cut part does not print, for "first n of N": said only when something is missing. */
  readonly cut?: {
    readonly rows: number
    readonly ofRows: number
    readonly columns: number
    readonly ofColumns: number
    /** The whole is printed on sheets of its own. */
    readonly follows: boolean
  }
}

export interface Sheet {
  readonly parts: readonly SheetPart[]
}

/** The frame's own lines above and below. */
const frameLines = 2

/**
 * A board on sheets of paper. A block is never cut by a sheet's end: it moves to the next one, and one taller than a sheet
 * is made as tall as it. Tables continue on sheets of their own behind all sheets of the board, or are cut and say so. One
 * that is wider than its block but not than the paper is not torn apart: its block shows a part, the whole follows.
 */
export function paginate(blocks: readonly PlacedBlock[], content: Size): Sheet[] {
  const sheets: Sheet[] = []
  const continued: Sheet[] = []
  let waiting = blocks.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
  while (waiting.length > 0) {
    const top = waiting[0]?.box.y ?? 0
    const fits = (block: PlacedBlock): boolean =>
      block.box.y === top || block.box.y + block.box.h - top <= content.height
    // What stands below a block that had to move keeps its place behind it.
    const firstMoved = waiting.find((block) => !fits(block))?.box.y ?? Infinity
    const here = waiting.filter((block) => fits(block) && block.box.y <= firstMoved)
    waiting = waiting.filter((block) => !here.includes(block))
    const placed = here.map((block) => settle(block, top, content))
    const parts = placed.map((block) => firstPart(block, content))
    sheets.push({ parts })
    for (const [index, block] of placed.entries()) {
      const first = parts[index]
      if (block.flow && first) continued.push(...continuation(block.id, block.flow, first, content))
    }
  }
  return [...sheets, ...continued]
}

function settle(block: PlacedBlock, top: number, content: Size): PlacedBlock {
  const y = block.box.y - top
  return { ...block, box: { ...block.box, y, h: Math.min(block.box.h, content.height - y) } }
}

const rowsIn = (flow: Flow, height: number): number =>
  Math.max(1, Math.floor((height - flow.titleHeight - flow.headHeight) / flow.rowHeight))

/** Where the columns end that fit a width whole, counted from a first one, which is printed in any case. */
function columnsUpTo(flow: Flow, width: number, from: number): number {
  const fitting = columnsWithin(flow, width, from)
  if (flow.overflow === 'cut') return fitting
  let to = fitting
  while (to > from && flow.totals.has(to)) to--
  return to > from ? to : fitting
}

function columnsWithin({ columnWidths, headWidth }: Flow, width: number, from: number): number {
  let room = width - frameLines - headWidth
  let to = from
  while (to < columnWidths.length) {
    room -= columnWidths[to] ?? 0
    if (room < 0 && to > from) break
    to++
  }
  return to
}

function firstPart({ id, box, flow }: PlacedBlock, content: Size): SheetPart {
  const part = { block: id, box, continued: false }
  if (!flow) return part
  const ofColumns = flow.columnWidths.length
  const columns = columnsUpTo(flow, box.w, 0)
  let rows = Math.min(flow.rows, rowsIn(flow, box.h))
  const whole = rows === flow.rows && columns === ofColumns
  const follows =
    flow.overflow === 'continue' &&
    columns < ofColumns &&
    columnsUpTo(flow, content.width, 0) > columns
  if (whole || (flow.overflow === 'continue' && !follows)) {
    return { ...part, slice: { fromRow: 0, toRow: rows, fromColumn: 0, toColumn: columns } }
  }
  // The line that says what is missing takes the place of a row.
  rows = Math.max(1, Math.min(rows, rowsIn(flow, box.h - flow.rowHeight)))
  return {
    ...part,
    slice: { fromRow: 0, toRow: rows, fromColumn: 0, toColumn: columns },
    cut: { rows, ofRows: flow.rows, columns, ofColumns, follows },
  }
}

/**
 * Sheets, as wide as the paper, for what the first part left: its own rows in further columns, then the rest of the rows
 * over all columns; or all of it where the first part only shows a beginning. Frames end where their rows end.
 */
function continuation(block: string, flow: Flow, first: SheetPart, content: Size): Sheet[] {
  if (flow.overflow === 'cut' || !first.slice) return []
  const rows = rowsIn(flow, content.height - flow.noteHeight - frameLines)
  const ofColumns = flow.columnWidths.length
  const slices: Slice[] = []
  const cover = (fromRow: number, toRow: number, fromColumn: number): void => {
    for (let row = fromRow; row < toRow; row += rows) {
      let column = fromColumn
      while (column < ofColumns) {
        const toColumn = columnsUpTo(flow, content.width, column)
        slices.push({
          fromRow: row,
          toRow: Math.min(toRow, row + rows),
          fromColumn: column,
          toColumn,
        })
        column = toColumn
      }
    }
  }
  if (first.cut) cover(0, flow.rows, 0)
  else {
    cover(0, first.slice.toRow, first.slice.toColumn)
    cover(first.slice.toRow, flow.rows, 0)
  }
  return slices.map((slice) => {
    const h = Math.min(content.height, heightOf(flow, slice))
    const box = { x: 0, y: 0, w: content.width, h }
    return { parts: [{ block, box, slice, continued: true }] }
  })
}

function heightOf(flow: Flow, { fromRow, toRow }: Slice): number {
  const note = toRow === flow.rows ? flow.noteHeight : 0
  const lines = (toRow - fromRow) * flow.rowHeight
  return flow.titleHeight + flow.headHeight + lines + note + frameLines
}
