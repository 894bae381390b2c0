import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type {
  FillOptions,
  TableFill,
} from '../../../../electron/engine/exports/workbook/fill-tables.ts'
import { fillTables } from '../../../../electron/engine/exports/workbook/fill-tables.ts'
import { rowsSheet } from '../../../../electron/engine/exports/workbook/rows-sheet.ts'
import type { SheetModel } from '../../../../electron/engine/exports/workbook/workbook-model.ts'
import { writeWorkbook } from '../../../../electron/engine/exports/workbook/write-workbook.ts'
import type { RowsPage } from '../../../../shared/query/row-list.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const fields = [
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'day', type: 'date', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'member', type: 'boolean', role: 'dimension' },
] as const

const shops = ['华东 & "一"店', '=1+1', 'a_x0041_b\u0007', '\ud800 alone']

function page(offset: number, rows: number): RowsPage {
  const ids = Array.from({ length: rows }, (_, row) => offset + row)
  return {
    offset,
    rowIds: Float64Array.from(ids),
    sources: ids.map(() => ''),
    sourceRows: Float64Array.from(ids),
    columns: [
      { kind: 'text', writing: 'text', values: ids.map((id) => shops[id % 4] ?? '') },
      { kind: 'text', writing: 'date', values: ids.map(() => '2024-02-29') },
      { kind: 'scaled', scale: 2, values: Float64Array.from(ids, (id) => id * 100 + 7) },
      { kind: 'text', writing: 'boolean', values: ids.map((id) => String(id % 2 === 0)) },
    ],
  }
}

function fillOf(count: number, sheet: number): TableFill {
  const window = (offset: number, limit: number) =>
    Promise.resolve(page(offset, Math.min(limit, count - offset)))
  return {
    sheet,
    window,
    list: {
      key: 'rows_1',
      version: 1,
      count,
      fields: [...fields],
      measures: [],
      totals: [],
      page: page(0, Math.min(count, 500)),
    },
    captions: ['门店', '日期', '金额', '会员'],
    formats: [
      undefined,
      undefined,
      { kind: 'currency', decimals: 2, grouping: true, unit: 'none' },
      undefined,
    ],
    booleans: { yes: '是', no: '否' },
  }
}

const styledSheet: SheetModel = {
  name: '汇总',
  rows: [[{ value: '合计', look: 'head' }], [{ value: 0.1, look: 'total', format: '0.00%' }]],
  merges: [],
  frozen: { rows: 1, columns: 0 },
  widths: [20],
  pictures: [],
}

async function filled(counts: readonly number[], more: Partial<FillOptions> = {}) {
  const folder = tempFolder()
  const fills = counts.map((count, index) => fillOf(count, index + 1))
  const tables = fills.map((fill, index) =>
    rowsSheet(index === 0 ? '明细' : `明细 (${index + 1})`, fill, {
      title: '销售明细',
      notes: ['筛选条件: 无'],
      locale: 'zh-CN',
    }),
  )
  const model = { title: '报表', sheets: [styledSheet, ...tables] }
  const styled = join(folder, 'styled.xlsx')
  writeFileSync(styled, '')
  await writeWorkbook({ model, path: styled })
  const path = join(folder, 'out.xlsx')
  const outcome = fillTables(styled, path, fills, {
    names: model.sheets.map(({ name }) => name),
    signal: new AbortController().signal,
    onRows: () => undefined,
    ...more,
  })
  return { folder, path, outcome }
}

async function reopened(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}

describe('detail tables inside a styled workbook', () => {
  it('have their rows under their head, with dates, formats, words and texts as they are', async () => {
    const { path, outcome } = await filled([6])
    expect(await outcome).toMatchObject({ furtherSheets: 0, cutTexts: 0 })
    const workbook = await reopened(path)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['汇总', '明细'])
    expect(workbook.getWorksheet('汇总')!.getCell('A2').value).toBe(0.1)
    expect(workbook.getWorksheet('汇总')!.getCell('A2').numFmt).toBe('0.00%')
    const sheet = workbook.getWorksheet('明细')!
    const lines = sheet.getSheetValues().slice(1) as (unknown[] | undefined)[]
    expect(lines.map((line) => line?.slice(1))).toEqual([
      ['销售明细'],
      ['筛选条件: 无'],
      undefined,
      ['门店', '日期', '金额', '会员'],
      [shops[0], new Date('2024-02-29T00:00:00Z'), 0.07, '是'],
      ['=1+1', new Date('2024-02-29T00:00:00Z'), 1.07, '否'],
      ['a_x0041_b\u0007', new Date('2024-02-29T00:00:00Z'), 2.07, '是'],
      ['\ufffd alone', new Date('2024-02-29T00:00:00Z'), 3.07, '否'],
      [shops[0], new Date('2024-02-29T00:00:00Z'), 4.07, '是'],
      ['=1+1', new Date('2024-02-29T00:00:00Z'), 5.07, '否'],
    ])
    expect(sheet.getCell('C5').numFmt).toBe('"¥"#,##0.00')
    expect(sheet.getCell('A6').type).toBe(ExcelJS.ValueType.String)
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 })
    expect(sheet.autoFilter).toBe('A4:D10')
  })

  it('go on in further sheets under the same head, each behind its own table, with no row lost', async () => {
    const { path, outcome } = await filled([20, 7], { rowsPerSheet: 13 })
    expect(await outcome).toMatchObject({ furtherSheets: 2 })
    const workbook = await reopened(path)
    const names = ['汇总', '明细', '明细 (3)', '明细 (4)', '明细 (2)']
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(names)
    const amounts = names.slice(1, 4).flatMap((name) => {
      const sheet = workbook.getWorksheet(name)!
      expect(sheet.getCell('C4').value).toBe('金额')
      return (sheet.getColumn(3).values as unknown[]).slice(5)
    })
    expect(amounts).toEqual(Array.from({ length: 20 }, (_, row) => row + 0.07))
    const second = workbook.getWorksheet('明细 (2)')!
    expect(second.rowCount).toBe(11)
    expect(second.pageSetup.printTitlesRow).toBe('1:4')
  })

  it('leave no half-written file when they are cancelled or their rows cannot be read', async () => {
    const stop = new AbortController()
    const cancelled = await filled([5000], { signal: stop.signal, onRows: () => stop.abort() })
    await expect(cancelled.outcome).rejects.toThrow()
    expect(existsSync(cancelled.path)).toBe(false)
    expect(readdirSync(cancelled.folder)).toEqual(['styled.xlsx'])
  })
})

describe('texts of styled sheets', () => {
  const reopenedText = async (text: string) => {
    const path = join(tempFolder(), 'text.xlsx')
    const sheet = { ...styledSheet, rows: [[{ value: text, look: 'value' } as const]] }
    writeFileSync(path, '')
    const outcome = await writeWorkbook({ model: { title: '', sheets: [sheet] }, path })
    return { outcome, value: (await reopened(path)).worksheets[0]!.getCell('A1').value }
  }

  it('are cut at what a cell can hold, never between the halves of a character, and counted', async () => {
    const { outcome, value } = await reopenedText(`${'长'.repeat(32_766)}😀`)
    expect(outcome.cutTexts).toBe(1)
    expect(value).toBe('长'.repeat(32_766))
  })

  it.each([
    '\u0001 control',
    '_x000D_ said so',
    'line\nbreak',
    '<b>&amp;"\'',
    '😀',
    '=HYPERLINK("x")',
  ])('come back as they were: %j', async (text) => {
    const { outcome, value } = await reopenedText(text)
    expect(value).toBe(text)
    expect(outcome.cutTexts).toBe(0)
  })

  it('hold the sign of a lost character where half of one stood', async () => {
    expect((await reopenedText('a\udc00b')).value).toBe('a\ufffdb')
  })
})
