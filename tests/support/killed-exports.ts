/** A report over one dataset, its exports, and what a whole exported file looks like. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ExcelJS from 'exceljs'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { ExportFormat, ExportRequest } from '../../shared/export-words.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { newReport } from '../../shared/report/new-report.ts'
import type { Report } from '../../shared/report/report.ts'
import type { RealHost } from './real-host.ts'
import { valueOf } from './real-host.ts'
import { repeatableIds } from './report-builder.ts'

const rows = 4000
const newId = repeatableIds(5)
const frame = { x: 0, y: 0, w: 12, h: 12 }
const use = (field: string, more: object = {}) => ({
  id: newId('pl'),
  field: `sl_sales.${field}`,
  ...more,
})

export function exportSource(folder: string): string {
  const path = join(folder, 'sales.csv')
  const lines = Array.from({ length: rows }, (_, row) => `r${row},${row % 12},${row}.25\n`)
  writeFileSync(path, `receipt,shop,amount\n${lines.join('')}`)
  return path
}

/** Reads the source into the usual workspace. */
export async function importSource(host: RealHost, path: string): Promise<DatasetInfo> {
  valueOf(await host.engine['workspace.openDefault']({}))
  const parts = [{ file: host.file(basename(path)).id }]
  const orders = [{ name: 'sales', mode: 'replace' as const, overrides: [], parts }]
  const [done] = valueOf(await host.engine['dataset.import']({ orders })).datasets
  if (done === undefined) throw new Error('nothing was imported')
  return done.dataset
}

function blocks(): Block[] {
  const table = newBlock('table', frame, newId)
  if (table.kind === 'table') {
    table.shelves.columns.push(use('receipt'), use('shop'), use('amount'))
  }
  const chart = newBlock('chart', frame, newId)
  if (chart.kind === 'chart') {
    chart.shelves.columns.push(use('shop'))
    chart.shelves.rows.push(use('amount', { aggregate: 'sum' }))
  }
  return [table, chart]
}

export function exportReport(dataset: DatasetInfo): Report {
  const report = newReport('Sales', 'Page', newId)
  const [page] = Object.values(report.pages)
  if (page?.kind !== 'board') throw new Error('no page')
  const list = blocks()
  return {
    ...report,
    datasets: { sl_sales: { id: 'sl_sales', name: 'sales', fields: dataset.fields } },
    pages: {
      [page.id]: {
        ...page,
        blocks: Object.fromEntries(list.map((block) => [block.id, block])),
        blockOrder: list.map(({ id }) => id),
      },
    },
  }
}

/** A CSV file holds the table alone. */
export function exportTo(
  host: RealHost,
  format: ExportFormat,
  report: Report,
  dataset: DatasetInfo,
): ExportRequest {
  const [page] = Object.values(report.pages)
  const table = page?.kind === 'board' ? page.blockOrder[0] : undefined
  return {
    format,
    to: host.file(`out.${format}`),
    report,
    bindings: { sl_sales: dataset.id },
    view: { filters: {}, drill: {} },
    ...(format === 'csv' && table !== undefined
      ? { scope: { kind: 'block' as const, block: table } }
      : {}),
    locale: 'en',
    personal: 'mask',
  }
}

/** What is wrong with an exported file; nothing when it is not there or whole. */
export async function faultOfExport(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  if (path.endsWith('.csv')) {
    const lines = bytes.toString('utf8').trimEnd().split(/\r?\n/)
    return lines.length === rows + 1 ? undefined : `${lines.length} lines`
  }
  if (path.endsWith('.pdf')) {
    const text = bytes.toString('latin1')
    return text.startsWith('%PDF-') && text.trimEnd().endsWith('%%EOF') ? undefined : 'no whole PDF'
  }
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  // The table's sheet has a head above its rows.
  const longest = Math.max(...workbook.worksheets.map((sheet) => sheet.rowCount))
  return longest > rows ? undefined : `${longest} rows`
}
