import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { ExportFormat, ExportRequest } from '../../shared/export-words.ts'
import { chartPalettes } from '../../shared/chart/option/palettes.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { findFaults } from '../../shared/report/integrity.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { newReport } from '../../shared/report/new-report.ts'
import type { Report } from '../../shared/report/report.ts'
import { ExportService } from '../../electron/engine/exports/export-service.ts'
import { PdfPrinter } from '../../electron/engine/exports/pdf-printer.ts'
import { exportWords } from '../../electron/engine/exports/words-from-text.ts'
import { writeWorkbook } from '../../electron/engine/exports/workbook/write-workbook.ts'
import { QueryService } from '../../electron/engine/query/query-service.ts'
import { drawCharts } from '../../electron/engine/runner/exports/draw-chart.ts'
import { extractEngine } from '../support/query-engines.ts'
import type { Row } from '../support/reference-pivot.ts'
import { repeatableIds } from '../support/report-builder.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fields: readonly Field[] = [
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
]
const rows: readonly Row[] = [
  { region: '华东', shop: '=cmd|calc', sold_at: '2024-01-05', amount: 0.1 },
  { region: '华东', shop: 'A', sold_at: '2024-02-05', amount: 0.2 },
  { region: '华北', shop: 'A', sold_at: '2024-01-09', amount: 1234567.89 },
  { region: null, shop: 'B', sold_at: '2025-01-09', amount: -5 },
]

const newId = repeatableIds(9)
const frame = { x: 0, y: 0, w: 12, h: 12 }
const use = (field: string, more: object = {}) => ({
  id: newId('pl'),
  field: `sl_sales.${field}`,
  ...more,
})

function crosstab(): Block {
  const block = newBlock('crosstab', frame, newId)
  if (block.kind !== 'crosstab') throw new Error(block.kind)
  block.title = '区域 × 年'
  block.shelves.rows.push(use('region'), use('shop'))
  block.shelves.columns.push(use('sold_at', { grain: 'year' }))
  block.shelves.values.push(
    use('amount', { aggregate: 'sum' }),
    use('amount', { aggregate: 'count' }),
  )
  block.totals = { rows: 'all', columns: 'grand' }
  return block
}

function blocks(): Block[] {
  const chart = newBlock('chart', frame, newId)
  if (chart.kind === 'chart') {
    chart.title = '区域 × 年'
    chart.shelves.columns.push(use('region'))
    chart.shelves.rows.push(use('amount', { aggregate: 'sum' }))
  }
  const table = newBlock('table', frame, newId)
  if (table.kind === 'table') table.shelves.columns.push(use('shop'), use('sold_at'), use('amount'))
  const card = newBlock('metric', frame, newId)
  if (card.kind === 'metric') card.shelves.values.push(use('amount', { aggregate: 'sum' }))
  return [crosstab(), chart, table, card]
}

function reportOf(list: readonly Block[]): Report {
  const report = newReport('月报', '第一页', newId)
  const page = report.pages[report.pageOrder[0]!]!
  return {
    ...report,
    datasets: { sl_sales: { id: 'sl_sales', name: 'sales', fields: [...fields] } },
    pages: {
      [page.id]: {
        ...page,
        blocks: Object.fromEntries(list.map((block) => [block.id, block])),
        blockOrder: list.map(({ id }) => id),
      },
    },
  }
}

async function exported(
  format: ExportFormat,
  list: readonly Block[],
  alone?: Block,
  more: Partial<Report> = {},
) {
  const name = `out.${format}`
  const folder = tempFolder()
  const engine = await extractEngine(folder, fields, rows, '2025-01-09')
  const queries = new QueryService({
    runner: engine.tools.runner,
    catalog: () => engine.catalog,
    clock: () => ({ today: 0 }),
    now: () => 0,
    cacheBytes: 1e6,
  })
  const pdf = new PdfPrinter({ printPdf: () => Promise.resolve('unsupported') })
  const service = new ExportService({
    queries,
    reachable: (from, to) => from === to,
    words: ({ locale }) => exportWords(locale),
    look: (report, locale) => ({
      palette: chartPalettes[report.theme].light,
      text: '#000000',
      muted: '#555555',
      line: '#cccccc',
      background: '#ffffff',
      font: 'Noto Sans SC',
      locale,
      still: true,
    }),
    draw: (order) => drawCharts(order),
    writeWorkbook: (order) => writeWorkbook(order),
    fontFolder: join(import.meta.dirname, '../../resources/fonts'),
    pdf,
  })
  const report = { ...reportOf(list), ...more }
  expect(findFaults(report)).toEqual([])
  const request: ExportRequest = {
    format,
    to: { id: 'file_00000000', name },
    report,
    bindings: { sl_sales: 'ds_sales00' },
    view: { filters: {}, drill: {} },
    locale: 'zh-CN',
    ...(alone ? { scope: { kind: 'block' as const, block: alone.id } } : {}),
  }
  const target = join(folder, name)
  const run = { target, signal: new AbortController().signal, onProgress: () => undefined }
  return { target, written: await service.run(request, run) }
}

async function reopened(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}

describe('a board as a workbook', () => {
  it('has a sheet for each block, names that Excel takes, and the numbers of the screen at full precision', async () => {
    const { target } = await exported('xlsx', blocks())
    const workbook = await reopened(target)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      '概览',
      '区域 × 年',
      '区域 × 年 (2)',
      '明细表',
    ])
    const overview = workbook.getWorksheet('概览')!
    expect(overview.getCell('B4').value).toBe(1234563.19)
    const sheet = workbook.getWorksheet('区域 × 年')!
    const values = sheet
      .getSheetValues()
      .slice(1)
      .map((line) => (line as unknown[]).slice(1))
    expect(values.slice(3)).toEqual([
      ['region', 'shop', '2024', '2024', '2025', '2025', '合计', '合计'],
      [
        'region',
        'shop',
        'amount（求和）',
        '行数',
        'amount（求和）',
        '行数',
        'amount（求和）',
        '行数',
      ],
      ['华北', 'A', 1234567.89, 1, undefined, undefined, 1234567.89, 1],
      ['华北', '合计', 1234567.89, 1, undefined, undefined, 1234567.89, 1],
      ['华东', '=cmd|calc', 0.1, 1, undefined, undefined, 0.1, 1],
      ['华东', 'A', 0.2, 1, undefined, undefined, 0.2, 1],
      ['华东', '合计', 0.3, 2, undefined, undefined, 0.3, 2],
      ['（空）', 'B', undefined, undefined, -5, 1, -5, 1],
      ['（空）', '合计', undefined, undefined, -5, 1, -5, 1],
      ['合计', '合计', 1234568.19, 3, -5, 1, 1234563.19, 4],
    ])
    expect(sheet.getCell('C6').numFmt).toBe('#,##0.00')
    expect(sheet.getCell('B8').type).toBe(ExcelJS.ValueType.String)
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 5 })
    expect(workbook.getWorksheet('区域 × 年 (2)')!.getImages()).toHaveLength(1)
  })

  it('lists every row of a detail table with dates as dates', async () => {
    const { target, written } = await exported('xlsx', [blocks()[2]!])
    const sheet = (await reopened(target)).worksheets[0]!
    expect(sheet.getCell('B4').value).toEqual(new Date('2024-01-05T00:00:00Z'))
    expect(sheet.getCell('A4').value).toBe('=cmd|calc')
    expect(written.rows).toBe(4)
  })
})

describe('a board with a block that cannot be answered', () => {
  const gone: Field = { name: 'gone', type: 'decimal', role: 'measure', scale: 2 }
  const datasets = {
    sl_sales: { id: 'sl_sales', name: 'sales', fields: [...fields, gone] },
  }
  const broken = () => {
    const block = newBlock('crosstab', frame, newId)
    if (block.kind !== 'crosstab') throw new Error(block.kind)
    block.title = '坏掉的表'
    block.shelves.rows.push(use('region'))
    block.shelves.values.push(use('gone', { aggregate: 'sum' }))
    return block
  }

  it('is exported without it, and both the file and the result say so', async () => {
    const list = [broken(), blocks()[2]!]
    const { target, written } = await exported('xlsx', list, undefined, { datasets })
    const workbook = await reopened(target)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['坏掉的表', '明细表'])
    const reason = workbook.worksheets[0]!.getCell('A2').text
    expect(reason).toMatch(/^“坏掉的表”未导出：/)
    expect(written).toMatchObject({ notes: [reason], rows: 6 })
  })

  it('is refused when nothing else is on it', async () => {
    await expect(exported('xlsx', [broken()], undefined, { datasets })).rejects.toMatchObject({
      appError: { code: 'query/invalid' },
    })
  })
})

describe('boards without numbers, and boards with many tables', () => {
  it('an empty board is a sheet that says there is nothing, and one of text alone holds its text', async () => {
    const text = newBlock('text', frame, newId)
    if (text.kind === 'text') text.text = '只有文字'
    const sheetsOf = async (list: readonly Block[]) =>
      (await reopened((await exported('xlsx', list)).target)).worksheets
    const [empty, ...noMore] = await sheetsOf([])
    expect(empty!.getCell('A2').text).toBe('此页还没有数据')
    expect(noMore).toEqual([])
    const [written] = await sheetsOf([text])
    expect(written!.name).toBe('概览')
    expect(written!.getCell('A4').text).toBe('只有文字')
  })

  it('more tables than lists are kept open at once are all written', async () => {
    const tables = Array.from({ length: 10 }, () => blocks()[2]!)
    const { target, written } = await exported('xlsx', tables)
    const sheets = (await reopened(target)).worksheets
    expect(sheets.map((sheet) => sheet.rowCount)).toEqual(tables.map(() => 7))
    expect(written.rows).toBe(40)
  })
})

describe('a detail table alone', () => {
  it('is written as it is read: exact amounts, dates as dates, and text that is no formula', async () => {
    const table = blocks()[2]!
    const { target, written } = await exported('xlsx', [table], table)
    const sheet = (await reopened(target)).worksheets[0]!
    const lines = sheet
      .getSheetValues()
      .slice(1)
      .map((line) => (line as unknown[]).slice(1))
    expect(lines[0]).toEqual(['shop', 'sold_at', 'amount'])
    expect(lines[1]).toEqual(['=cmd|calc', new Date('2024-01-05T00:00:00Z'), 0.1])
    expect(lines[3]?.[2]).toBe(1234567.89)
    expect(sheet.getCell('A2').type).toBe(ExcelJS.ValueType.String)
    expect(written).toMatchObject({ rows: 4, pages: 1 })
  })
})

describe('pictures and text files', () => {
  it('an SVG holds its labels as text once, a PNG is a picture with the product font', async () => {
    const svg = await exported('svg', [blocks()[1]!])
    const drawing = readFileSync(svg.target, 'utf8')
    expect(drawing.match(/>华东</g)).toHaveLength(1)
    const png = await exported('png', [blocks()[1]!])
    const bytes = readFileSync(png.target)
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBe(1800)
  })

  it('a CSV quotes what a spreadsheet would run and leaves numbers alone', async () => {
    const { target } = await exported('csv', [blocks()[2]!])
    expect(readFileSync(target, 'utf8').split('\r\n').slice(1, 3)).toEqual([
      '"\'=cmd|calc",2024-01-05,0.10',
      'A,2024-02-05,0.20',
    ])
  })

  it('a PDF without a browser says so and leaves nothing behind', async () => {
    const folder = tempFolder()
    await expect(exported('pdf', blocks())).rejects.toMatchObject({
      appError: { code: 'export/noBrowser' },
    })
    expect(existsSync(join(folder, 'out.pdf'))).toBe(false)
  })
})
