import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { writeWorkbook } from '../../../../electron/engine/exports/workbook/write-workbook.ts'
import { crosstabSheet } from '../../../../electron/engine/exports/workbook/crosstab-sheet.ts'
import { memberText } from '../../../../electron/engine/exports/workbook/build-workbook.ts'
import { exportWords } from '../../../../electron/engine/exports/words-from-text.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import { crosstabTint } from '../../../../shared/report/crosstab-tint.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

function wide(columns: number): QueryResult {
  return {
    rows: { fields: [{ field: 'sales.shop', type: 'text' }], totals: 'none', paths: [['A']] },
    columns: {
      fields: [{ field: 'sales.receipt', type: 'text' }],
      totals: 'none',
      paths: Array.from({ length: columns }, (_, index) => [String(index)]),
    },
    measures: [{ name: 'pl_1', aggregate: 'sum', type: 'integer' }],
    cells: [{ kind: 'number', values: new Float64Array(columns) }],
    baseRows: columns,
    warnings: [],
    dataAsOf: '2024-12-31T00:00:00',
    version: 1,
    elapsedMs: 0,
    cached: false,
  }
}

const words = {
  title: '门店 × 小票',
  notes: [],
  rowCaptions: ['门店'],
  measures: [
    {
      caption: '金额',
      format: { kind: 'number', decimals: 0, grouping: true, unit: 'none' } as const,
    },
  ],
  total: () => '合计',
  member: (_dimension: number, _axis: 'rows' | 'columns', member: unknown) => String(member),
  locale: 'zh-CN' as const,
}

describe('a crosstab on a sheet', () => {
  it('may reach the last column of a sheet', () => {
    expect(crosstabSheet('a', wide(16_383), words).rows[0]).toHaveLength(16_384)
  })

  it('is refused with its size when it goes beyond it', () => {
    expect(() => crosstabSheet('a', wide(16_384), words)).toThrow(
      expect.objectContaining({
        appError: expect.objectContaining({
          code: 'export/tooLarge',
          details: expect.objectContaining({
            block: '门店 × 小票',
            columns: 16_385,
            columnLimit: 16_384,
          }) as unknown,
        }) as unknown,
      }),
    )
  })
})

describe('what the designer chose for a crosstab', () => {
  const axis = (fields: readonly string[], paths: (string | null)[][]) => ({
    fields: fields.map((field) => ({ field, type: 'text' as const })),
    totals: 'grand' as const,
    paths,
  })
  const result: QueryResult = {
    ...wide(0),
    rows: axis(['shop'], [['A'], [othersMember], []]),
    columns: axis(['month'], [['1'], ['2']]),
    measures: ['pl_1', 'pl_2'].map((name) => ({ name, aggregate: 'sum', type: 'integer' })),
    cells: [1, 100].map((factor) => ({
      kind: 'number',
      values: Float64Array.from([1, 2, 3, 4, 4, 6], (value) => value * factor),
    })),
  }
  const tint = { pill: 'pl_1', over: 'leaves' as const }
  const sheet = crosstabSheet('a', result, {
    ...words,
    measures: ['one', 'hundred'].map((caption) => ({ ...words.measures[0]!, caption })),
    member: (_dimension, _axis, member) => memberText(member, exportWords('en')),
    arranged: { measuresOn: { axis: 'rows', after: 1 } },
    tintOf: crosstabTint({ tint }, result),
  })

  it('stands in its workbook: measures on rows, Others by name', () => {
    const lines = sheet.rows.slice(sheet.frozen.rows)
    expect(lines.map((line) => line.map((cell) => cell?.value))).toEqual([
      ['A', 'one', 1, 2],
      [null, 'hundred', 100, 200],
      ['Others', 'one', 3, 4],
      [null, 'hundred', 300, 400],
      ['合计', 'one', 4, 6],
      [null, 'hundred', 400, 600],
    ])
  })

  it('colours by the scale of the screen, totals without', async () => {
    const tints = sheet.rows.slice(sheet.frozen.rows).map((line) => line[2]?.tint)
    expect(tints).toEqual([0, undefined, 2 / 3, undefined, undefined, undefined])
    const path = join(tempFolder(), 'tint.xlsx')
    writeFileSync(path, '')
    await writeWorkbook({ model: { title: 'a', sheets: [sheet] }, path })
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    const cell = workbook.worksheets[0]!.getCell(sheet.frozen.rows + 1, 4)
    // The most of the scale would be 36% of the accent; 2 of 1 to 4 is a third of the way.
    expect(cell.fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFDDE7F8' } })
  })
})

describe('dates in a workbook', () => {
  it('before March 1900, which Excel counts wrongly, are text that says the day', async () => {
    const days = [-25_567, -25_508, -25_509, 2_932_896]
    const path = join(tempFolder(), 'dates.xlsx')
    writeFileSync(path, '')
    const rows = days.map((day) => [{ value: { day }, look: 'value' } as const])
    const late = [{ value: { second: -25_567 * 86_400 + 3600 }, look: 'value' } as const]
    const sheet = { name: 'a', rows: [...rows, late], merges: [], widths: [12], pictures: [] }
    await writeWorkbook({
      model: { title: 'a', sheets: [{ ...sheet, frozen: { rows: 0, columns: 0 } }] },
      path,
    })
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    const cells = [1, 2, 3, 4, 5].map((row) => workbook.worksheets[0]!.getCell(row, 1).value)
    expect(cells).toEqual([
      '1900-01-01',
      new Date('1900-03-01T00:00:00Z'),
      '1900-02-28',
      new Date('9999-12-31T00:00:00Z'),
      '1900-01-01 01:00:00',
    ])
  })
})
