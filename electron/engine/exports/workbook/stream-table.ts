import { excelFormat } from '../../../../shared/data/number-format.ts'
import type { NumberStyle } from '../../../../shared/data/number-format.ts'
import type { Field } from '../../../../shared/data/field.ts'
import { parseIsoDay, parseIsoSecond } from '../../../../shared/data/calendar-day.ts'
import type { ValueColumn } from '../../../../shared/query/query-result.ts'
import type { RowList, RowsPage } from '../../../../shared/query/row-list.ts'
import type { CellValue, ColumnKind, SheetColumn } from '../xlsx-stream/table.ts'
import { WorkbookWriter } from '../xlsx-stream/workbook-writer.ts'

export interface StreamTable {
  readonly name: string
  readonly captions: readonly string[]
  readonly formats: readonly (NumberStyle | undefined)[]
  readonly list: RowList
  readonly window: (offset: number, limit: number) => Promise<RowsPage>
  readonly signal: AbortSignal
  readonly onRows: (done: number, of: number) => void
}

const pageRows = 5000

/** A detail table of any length, row by row as it is read; beyond a sheet's end it goes on in a further sheet. */
export async function streamTable(
  path: string,
  table: StreamTable,
): Promise<{ bytes: number; rows: number; sheets: number }> {
  const { list, window, onRows } = table
  const writer = await WorkbookWriter.create(path, { level: 3, signal: table.signal })
  try {
    const sheet = await writer.addSheet({
      name: table.name,
      columns: columnsOf(table),
      autoFilter: true,
    })
    for (let offset = 0; offset < list.count; offset += pageRows) {
      const page = await window(offset, pageRows)
      await sheet.writeColumns(
        page.columns.map((column, index) => ({
          kind: 'cells' as const,
          cells: cellsOf(column, list.fields[index]),
        })),
        page.rowIds.length,
      )
      onRows(Math.min(list.count, offset + pageRows), list.count)
    }
    const { bytes, sheets } = await writer.finish()
    return { bytes, rows: list.count, sheets: sheets.length }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

const kinds: Record<Field['type'], ColumnKind> = {
  text: 'text',
  integer: 'number',
  decimal: 'decimal',
  double: 'number',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
}

function columnsOf({ captions, formats, list }: StreamTable): SheetColumn[] {
  return list.fields.map((field, index) => {
    const format = formats[index]
    const numeric = ['number', 'decimal'].includes(kinds[field.type])
    return {
      title: captions[index] ?? field.name,
      kind: kinds[field.type],
      ...(format && numeric ? { format: excelFormat(format) } : {}),
    }
  })
}

function cellsOf(column: ValueColumn, field: Field | undefined): CellValue[] {
  if (column.kind === 'number') return Array.from(column.values)
  if (column.kind === 'scaled') {
    const { scale } = column
    return Array.from(column.values, (value) =>
      Number.isNaN(value) ? null : (value / 10 ** scale).toFixed(scale),
    )
  }
  return column.values.map((text) => {
    if (text === null) return null
    if (field?.type === 'date') return parseIsoDay(text) ?? text
    if (field?.type === 'boolean') return text === 'true'
    const second = field?.type === 'timestamp' ? parseIsoSecond(text) : undefined
    return second === undefined ? text : second * 1000
  })
}
