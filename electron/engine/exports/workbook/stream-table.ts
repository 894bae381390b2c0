import type { FormatLocale } from '../../../../shared/data/number-format.ts'
import { WorkbookWriter } from '../xlsx-stream/workbook-writer.ts'
import type { ListedRows } from './listed-rows.ts'
import { listedColumns, writeListed } from './listed-rows.ts'
import { listedWidths } from './rows-sheet.ts'

export interface StreamTable extends ListedRows {
  readonly name: string
  readonly locale: FormatLocale
  readonly signal: AbortSignal
  readonly onRows: (done: number, of: number) => void
}

export interface StreamedTable {
  readonly bytes: number
  readonly rows: number
  readonly sheets: number
  readonly cutTexts: number
}

/** A detail table of any length, row by row as it is read; beyond a sheet's end it goes on in a further sheet. */
export async function streamTable(path: string, table: StreamTable): Promise<StreamedTable> {
  const { list, onRows } = table
  const widths = listedWidths(table, table.locale)
  const writer = await WorkbookWriter.create(path, { level: 3, signal: table.signal })
  try {
    const sheet = await writer.addSheet({
      name: table.name,
      columns: listedColumns(table).map((column, index) => ({
        ...column,
        width: widths[index] ?? column.title.length,
      })),
      autoFilter: true,
    })
    await writeListed(sheet, table, (done) => onRows(done, list.count))
    const { bytes, sheets, cutTexts } = await writer.finish()
    return { bytes, rows: list.count, sheets: sheets.length, cutTexts }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}
