import { describe, expect, it } from 'vitest'
import { blocks, exported } from '../support/export-board.ts'
import { hasOpenpyxl, office, sheetsInOffice, sheetsInPython } from '../support/office.ts'
import type { Row } from '../support/reference-pivot.ts'

const rowCount = 120_000
const regions = ['华东', '华北', null] as const
const shops = ['=cmd|calc', 'A', '二店 "中"'] as const

const rows: readonly Row[] = Array.from({ length: rowCount }, (_, row) => ({
  region: regions[row % 3] ?? null,
  shop: shops[row % 3] ?? '',
  sold_at: row % 2 === 0 ? '2024-01-05' : '2025-01-09',
  amount: (row % 1000) + 0.07,
}))

/** The sum in cents, so that it is exact. */
function sum(of: (row: Row) => boolean): number {
  const cents = rows.filter(of).map(({ amount }) => Math.round(Number(amount) * 100))
  return cents.reduce((total, one) => total + one, 0) / 100
}

const year = (row: Row): string => String(row['sold_at']).slice(0, 4)

/** Lines of the crosstab under its heads, worked out from the rows alone. */
function expectedLines(): (string | number)[][] {
  const cells = (of: (row: Row) => boolean): number[] =>
    ['2024', '2025', ''].flatMap((wanted) => {
      const here = (row: Row): boolean => of(row) && (wanted === '' || year(row) === wanted)
      return [sum(here), rows.filter(here).length]
    })
  const region = (name: string, shop: string, member: string | null): (string | number)[][] => {
    const line = cells((row) => row['region'] === member)
    return [
      [name, shop, ...line],
      ['', '合计', ...line],
    ]
  }
  return [
    ...region('华北', 'A', '华北'),
    ...region('华东', '=cmd|calc', '华东'),
    ...region('（空）', '二店 "中"', null),
    ['合计', '', ...cells(() => true)],
  ]
}

const numbered = (line: readonly string[]): (string | number)[] =>
  line.map((cell, column) => (column < 2 ? cell : Number(cell)))

const board = () => exported('xlsx', blocks(), undefined, {}, rows)

describe.skipIf(office === undefined)('an exported board in LibreOffice', () => {
  it('opens without repair and shows every number of every sheet', async () => {
    const { target, written } = await board()
    const sheets = await sheetsInOffice(target)
    expect([...sheets.keys()].sort()).toEqual(
      ['区域 × 年', '区域 × 年 (2)', '明细表', '概览'].sort(),
    )
    const shown = sheets.get('区域 × 年')!.slice(-expectedLines().length).map(numbered)
    expect(shown).toEqual(expectedLines())
    const total = sum(() => true)
    expect(Number(sheets.get('概览')!.at(-1)![1])).toBe(total)
    const chart = sheets.get('区域 × 年 (2)')!
    expect(
      chart.slice(-3).reduce((add, [, amount]) => add + Math.round(Number(amount) * 100), 0),
    ).toBe(Math.round(total * 100))
    const lines = sheets.get('明细表')!
    const listed = lines.slice(-rowCount)
    expect(listed.length).toBe(rowCount)
    for (const row of [0, 1, 65_536, rowCount - 1]) {
      const { shop, sold_at: day, amount } = rows[row]!
      const [shownShop, shownDay, shownAmount] = listed[row]!
      expect([shownShop, shownDay, Number(shownAmount)]).toEqual([shop, day, amount])
    }
    const cents = listed.map(([, , amount]) => Math.round(Number(amount) * 100))
    expect(cents.reduce((add, one) => add + one, 0) / 100).toBe(sum(() => true))
    expect(written.rows).toBeGreaterThanOrEqual(rowCount)
  })
})

describe.skipIf(!hasOpenpyxl)('an exported board in openpyxl', () => {
  it('is read without a warning, heads merged and frozen', async () => {
    const sheets = await sheetsInPython((await board()).target)
    const crosstab = sheets.find(({ name }) => name === '区域 × 年')!
    expect(crosstab.frozen).toBe('C6')
    expect(crosstab.merged).toEqual(
      ['A10:A11', 'A12:B12', 'A4:A5', 'A6:A7', 'A8:A9', 'B4:B5', 'C4:D4', 'E4:F4', 'G4:H4'].sort(),
    )
    const lines = crosstab.values.slice(5).map((line) => line.map((cell) => cell ?? ''))
    expect(lines).toEqual(expectedLines())
    const table = sheets.find(({ name }) => name === '明细表')!
    expect(table.frozen).toBe('A4')
    expect(table.values[3]).toEqual(['=cmd|calc', '2024-01-05T00:00:00', 0.07])
  })
})
