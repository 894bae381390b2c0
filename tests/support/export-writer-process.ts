/** Writes one kind of export over the file it is given and says how that went; its system may refuse it bytes at any moment. */
import { writeFile } from 'node:fs/promises'
import { writeCsv } from '../../electron/engine/exports/csv/write-csv.ts'
import { replaceFile } from '../../electron/engine/exports/replace-file.ts'
import { exportWords } from '../../electron/engine/exports/words-from-text.ts'
import { fillTables } from '../../electron/engine/exports/workbook/fill-tables.ts'
import { rowsSheet } from '../../electron/engine/exports/workbook/rows-sheet.ts'
import { streamTable } from '../../electron/engine/exports/workbook/stream-table.ts'
import { writeWorkbook } from '../../electron/engine/exports/workbook/write-workbook.ts'
import { AppErrorException } from '../../shared/errors.ts'
import type { RowsPage } from '../../shared/query/row-list.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { repeatableIds } from './report-builder.ts'

const [kind = '', target = '', styled = ''] = process.argv.slice(2)
const count = 20_000

/** Texts that do not repeat, so that packing does not make them small. */
function page(offset: number, limit: number): RowsPage {
  const ids = Array.from({ length: Math.min(limit, count - offset) }, (_, row) => offset + row)
  const texts = ids.map((id) => String((id * 7_919_000_077) % 2 ** 40).repeat(4))
  return {
    offset,
    rowIds: Float64Array.from(ids),
    sources: ids.map(() => ''),
    sourceRows: Float64Array.from(ids),
    columns: [{ kind: 'text', writing: 'text', values: texts }],
  }
}

const window = (offset: number, limit: number): Promise<RowsPage> =>
  Promise.resolve(page(offset, limit))
const signal = new AbortController().signal
const listed = {
  list: {
    key: 'rows_1',
    version: 1,
    count,
    fields: [{ name: 'receipt', type: 'text', role: 'dimension' } as const],
    measures: [],
    totals: [],
    page: page(0, 500),
  },
  window,
  captions: ['receipt'],
  formats: [undefined],
}

const sheet = rowsSheet('table', listed, { title: 'table', notes: [], locale: 'en' })
const longRows = page(0, count).columns.flatMap((column) =>
  column.kind === 'text' ? column.values.map((value) => [{ value, look: 'value' } as const]) : [],
)

const writers: Record<string, (path: string) => Promise<unknown>> = {
  csv: (path) => {
    const block = newBlock('table', { x: 0, y: 0, w: 1, h: 1 }, repeatableIds(1))
    if (block.kind !== 'table') throw new Error(block.kind)
    block.shelves.columns.push({ id: 'pl_1', field: 'sl_a.receipt' })
    const query = { dataset: 'ds_1', rows: [], columns: [], measures: [], filters: [] }
    return writeCsv(
      path,
      // Only the list and the block are read; the question was asked long before.
      { kind: 'rows', block, list: listed.list, request: { query } as never },
      { words: exportWords('en'), window: () => window, onRows: () => undefined, signal },
    )
  },
  table: (path) =>
    streamTable(path, { ...listed, name: 'table', locale: 'en', signal, onRows: () => undefined }),
  styled: (path) =>
    writeWorkbook({ model: { title: '', sheets: [{ ...sheet, rows: longRows }] }, path }),
  filled: (path) =>
    fillTables(styled, path, [{ ...listed, sheet: 0 }], {
      names: ['table'],
      signal,
      onRows: () => undefined,
    }),
  // What pictures, drawings and printed pages are written with.
  whole: (path) => writeFile(path, new Uint8Array(1_000_000)),
}

if (kind === 'prepare') {
  await writeFile(target, '')
  await writeWorkbook({ model: { title: '', sheets: [sheet] }, path: target })
} else {
  const write = writers[kind]
  if (!write) throw new Error(kind)
  try {
    await replaceFile(target, write)
    console.log('written')
  } catch (error) {
    if (!(error instanceof AppErrorException)) throw error
    console.log(error.appError.code)
  }
}
