/** A small board over four rows of sales, exported as the app exports it. */
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { expect } from 'vitest'
import type { ExportFormat, ExportRequest } from '../../shared/export-words.ts'
import { PersonalData } from '../../electron/engine/exports/personal/personal-data.ts'
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
import { extractEngine } from './query-engines.ts'
import type { Row } from './reference-pivot.ts'
import { repeatableIds } from './report-builder.ts'
import { tempFolder } from './temp-folder.ts'

export const fields: readonly Field[] = [
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
]
const fewRows: readonly Row[] = [
  { region: '华东', shop: '=cmd|calc', sold_at: '2024-01-05', amount: 0.1 },
  { region: '华东', shop: 'A', sold_at: '2024-02-05', amount: 0.2 },
  { region: '华北', shop: 'A', sold_at: '2024-01-09', amount: 1234567.89 },
  { region: null, shop: 'B', sold_at: '2025-01-09', amount: -5 },
]

export const newId = repeatableIds(9)
export const frame = { x: 0, y: 0, w: 12, h: 12 }
export const use = (field: string, more: object = {}) => ({
  id: newId('pl'),
  field: `sl_sales.${field}`,
  ...more,
})

export function crosstab(): Block {
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

export function blocks(): Block[] {
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

function reportOf(list: readonly Block[], columns: readonly Field[]): Report {
  const report = newReport('月报', '第一页', newId)
  const page = report.pages[report.pageOrder[0]!]!
  return {
    ...report,
    datasets: { sl_sales: { id: 'sl_sales', name: 'sales', fields: [...columns] } },
    pages: {
      [page.id]: {
        ...page,
        blocks: Object.fromEntries(list.map((block) => [block.id, block])),
        blockOrder: list.map(({ id }) => id),
      },
    },
  }
}

export async function exported(
  format: ExportFormat,
  list: readonly Block[],
  alone?: Block,
  more: Partial<Report> = {},
  rows: readonly Row[] = fewRows,
  how: {
    readonly fields?: readonly Field[]
    readonly request?: Partial<ExportRequest>
    readonly secret?: string
  } = {},
) {
  const name = `out.${format}`
  const folder = tempFolder()
  const columns = how.fields ?? fields
  const engine = await extractEngine(folder, columns, rows, '2025-01-09')
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
    personal: new PersonalData({
      catalog: () => engine.catalog,
      secret: () => how.secret ?? '00'.repeat(32),
    }),
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
    quality: () => Promise.resolve([]),
  })
  const report = { ...reportOf(list, columns), ...more }
  expect(findFaults(report)).toEqual([])
  const request: ExportRequest = {
    format,
    to: { id: 'file_00000000', name },
    report,
    bindings: { sl_sales: 'ds_sales00' },
    view: { filters: {}, drill: {} },
    locale: 'zh-CN',
    personal: 'mask',
    ...(alone ? { scope: { kind: 'block' as const, block: alone.id } } : {}),
    ...how.request,
  }
  const target = join(folder, name)
  const run = { target, signal: new AbortController().signal, onProgress: () => undefined }
  return { target, written: await service.run(request, run) }
}

export async function reopened(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}
