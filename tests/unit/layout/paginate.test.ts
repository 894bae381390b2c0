import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Flow, PlacedBlock } from '../../../shared/layout/paginate.ts'
import { paginate } from '../../../shared/layout/paginate.ts'

const paper = { width: 1000, height: 700 }
const alike = (columns: number): number[] => Array.from({ length: columns }, () => 100)
const flow = (part: Partial<Flow>): Flow => ({
  rows: 10,
  rowHeight: 20,
  headHeight: 20,
  titleHeight: 30,
  columnWidths: alike(4),
  totals: new Set(),
  // With the lines of the frame a hundred.
  headWidth: 98,
  noteHeight: 0,
  overflow: 'continue',
  ...part,
})
const block = (
  id: string,
  x: number,
  y: number,
  w: number,
  h: number,
  more: Partial<PlacedBlock> = {},
): PlacedBlock => ({ id, box: { x, y, w, h }, ...more })

describe('a board on paper', () => {
  it('moves a block that does not fit to the next sheet, whole', () => {
    const sheets = paginate(
      [block('a', 0, 0, 500, 400), block('b', 500, 350, 500, 400), block('c', 0, 800, 500, 100)],
      paper,
    )
    expect(sheets.map(({ parts }) => parts.map((part) => `${part.block}@${part.box.y}`))).toEqual([
      ['a@0'],
      ['b@0', 'c@450'],
    ])
  })

  it('makes a block taller than a sheet as tall as the sheet', () => {
    expect(paginate([block('a', 0, 0, 500, 2000)], paper)[0]?.parts[0]?.box.h).toBe(700)
  })

  it('a cut table says what it prints of what there is, and only when something is missing', () => {
    const [sheet] = paginate(
      [block('t', 0, 0, 500, 150, { flow: flow({ rows: 50, overflow: 'cut' }) })],
      paper,
    )
    expect(sheet?.parts[0]).toMatchObject({
      slice: { toRow: 4, toColumn: 4 },
      cut: { rows: 4, ofRows: 50, columns: 4, ofColumns: 4 },
    })
    const [whole] = paginate(
      [block('t', 0, 0, 500, 150, { flow: flow({ rows: 5, overflow: 'cut' }) })],
      paper,
    )
    expect(whole?.parts[0]?.cut).toBeUndefined()
  })

  it('a continued table prints every row and column exactly once, whatever its size', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 400 }),
      columnWidths: fc.array(fc.integer({ min: 40, max: 1200 }), { minLength: 1, maxLength: 40 }),
      totals: fc.array(fc.integer({ min: 0, max: 39 })).map((lines) => new Set(lines)),
      h: fc.integer({ min: 60, max: 900 }),
      w: fc.integer({ min: 150, max: 1000 }),
    })
    fc.assert(
      fc.property(sizes, ({ rows, columnWidths, totals, h, w }) => {
        const sheets = paginate(
          [
            block('t', 0, 40, w, h, { flow: flow({ rows, columnWidths, totals }) }),
            block('z', 0, 1000, 100, 50),
          ],
          paper,
        )
        const printed = new Map<string, number>()
        for (const { slice, cut, box } of sheets.flatMap((sheet) => sheet.parts)) {
          // A part that says the whole follows is a glimpse of it.
          if (!slice || cut?.follows) continue
          const widths = columnWidths.slice(slice.fromColumn, slice.toColumn)
          const taken = widths.reduce((sum, width) => sum + width, 100)
          if (widths.length > 1) expect(taken).toBeLessThanOrEqual(box.w)
          for (let r = slice.fromRow; r < slice.toRow; r++) {
            for (let c = slice.fromColumn; c < slice.toColumn; c++)
              printed.set(`${r},${c}`, (printed.get(`${r},${c}`) ?? 0) + 1)
          }
        }
        expect(printed.size).toBe(rows * columnWidths.length)
        expect([...printed.values()].every((times) => times === 1)).toBe(true)
        expect(
          sheets.flatMap(({ parts }) => parts).filter((part) => part.block === 'z'),
        ).toHaveLength(1)
      }),
    )
  })

  it('a crosstab wider than its block but not than the paper is printed whole on one sheet, its frame as tall as its rows', () => {
    const sheets = paginate(
      [block('t', 0, 0, 500, 150, { flow: flow({ rows: 12, columnWidths: alike(6) }) })],
      paper,
    )
    expect(sheets.map(({ parts }) => parts)).toEqual([
      [
        expect.objectContaining({
          slice: { fromRow: 0, toRow: 4, fromColumn: 0, toColumn: 4 },
          cut: { rows: 4, ofRows: 12, columns: 4, ofColumns: 6, follows: true },
        }),
      ],
      [
        {
          block: 't',
          box: { x: 0, y: 0, w: 1000, h: 30 + 20 + 12 * 20 + 2 },
          slice: { fromRow: 0, toRow: 12, fromColumn: 0, toColumn: 6 },
          continued: true,
        },
      ],
    ])
  })

  it('a total is never printed on a sheet away from all it sums, unless a column alone fills one', () => {
    const columnsOf = (part: Partial<Flow>): number[][] =>
      paginate([block('t', 0, 0, 1000, 600, { flow: flow(part) })], paper).map(({ parts }) => {
        const { fromColumn, toColumn } = parts[0]!.slice!
        return [fromColumn, toColumn]
      })
    // Nine columns of a hundred fit beside the row heads.
    expect(columnsOf({ columnWidths: alike(10), totals: new Set([9]) })).toEqual([
      [0, 8],
      [8, 10],
    ])
    expect(columnsOf({ columnWidths: alike(10), totals: new Set([8, 9]) })).toEqual([
      [0, 7],
      [7, 10],
    ])
    expect(columnsOf({ columnWidths: [850, 850], totals: new Set([1]) })).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  it('sheets of the board come first, what continues behind them', () => {
    const sheets = paginate(
      [
        block('t', 0, 0, 1000, 300, { flow: flow({ rows: 90 }) }),
        block('f', 0, 400, 200, 60),
        block('c', 0, 500, 500, 400),
      ],
      paper,
    )
    expect(sheets.map(({ parts }) => parts.map((part) => part.block))).toEqual([
      ['t', 'f'],
      ['c'],
      ['t'],
      ['t'],
      ['t'],
    ])
  })

  it('leaves room for the line after the last row', () => {
    const sheets = paginate(
      [block('t', 0, 0, 1000, 150, { flow: flow({ rows: 35, noteHeight: 20 }) })],
      paper,
    )
    expect(sheets.at(-1)?.parts[0]?.box.h).toBe(30 + 20 + 30 * 20 + 20 + 2)
  })

  it('nothing is left out or printed twice, and nothing reaches over the end of its sheet', () => {
    const boxes = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 900 }),
        y: fc.integer({ min: 0, max: 3000 }),
        w: fc.integer({ min: 20, max: 500 }),
        h: fc.integer({ min: 20, max: 900 }),
      }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(boxes, (list) => {
        const sheets = paginate(
          list.map((box, n) => ({ id: `b${n}`, box })),
          paper,
        )
        const parts = sheets.flatMap((sheet) => sheet.parts)
        expect(parts.map((part) => part.block).toSorted()).toEqual(
          list.map((_box, n) => `b${n}`).toSorted(),
        )
        expect(parts.every(({ box }) => box.y >= 0 && box.y + box.h <= paper.height)).toBe(true)
      }),
    )
  })
})
