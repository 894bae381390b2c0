import { parseIsoDay, parseIsoSecond } from '../../../../shared/data/calendar-day.ts'
import type { Field } from '../../../../shared/data/field.ts'
import type { NumberStyle } from '../../../../shared/data/number-format.ts'
import { excelFormat } from '../../../../shared/data/number-format.ts'
import { decimalText } from '../../../../shared/query/cell-reading.ts'
import type { ValueColumn } from '../../../../shared/query/query-result.ts'
import type { RowList, RowsPage } from '../../../../shared/query/row-list.ts'
import type { SheetWriter } from '../xlsx-stream/sheet-writer.ts'
import type { CellValue, ColumnKind, SheetColumn } from '../xlsx-stream/table.ts'

/** The rows of a detail table, read window by window. */
export interface ListedRows {
  readonly list: RowList
  readonly window: (offset: number, limit: number) => Promise<RowsPage>
  readonly captions: readonly string[]
  readonly formats: readonly (NumberStyle | undefined)[]
  /** Yes and no in words; Excel's own TRUE and FALSE without. */
  readonly booleans?: { readonly yes: string; readonly no: string }
}

const windowRows = 5000

const kinds: Record<Field['type'], ColumnKind> = {
  text: 'text',
  integer: 'decimal',
  decimal: 'decimal',
  double: 'number',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
}

export function listedColumns({ list, captions, formats }: ListedRows): SheetColumn[] {
  return list.fields.map((field, index) => {
    const kind = kinds[field.type]
    const format = formats[index]
    return {
      title: captions[index] ?? field.name,
      kind,
      ...(format && (kind === 'number' || kind === 'decimal')
        ? { format: excelFormat(format) }
        : {}),
    }
  })
}

/** Writes every row in the order it is listed; memory holds one window at a time. */
export async function writeListed(
  sheet: SheetWriter,
  rows: ListedRows,
  onRows: (done: number) => void,
): Promise<void> {
  const { list, window } = rows
  for (let offset = 0; offset < list.count; offset += windowRows) {
    const page = await window(offset, windowRows)
    const cells = page.columns.map((column, index) => ({
      kind: 'cells' as const,
      cells: cellsOf(column, list.fields[index], rows.booleans),
    }))
    await sheet.writeColumns(cells, page.rowIds.length)
    onRows(Math.min(list.count, offset + windowRows))
  }
}

function cellsOf(
  column: ValueColumn,
  field: Field | undefined,
  booleans: ListedRows['booleans'],
): CellValue[] {
  if (column.kind === 'number') return Array.from(column.values)
  if (column.kind === 'scaled') {
    const { scale } = column
    return Array.from(column.values, (value) =>
      Number.isNaN(value) ? null : decimalText(value, scale),
    )
  }
  return column.values.map((text) => {
    if (text === null) return null
    if (field?.type === 'date') return parseIsoDay(text) ?? text
    if (field?.type === 'boolean') {
      const yes = text === 'true'
      return booleans ? booleans[yes ? 'yes' : 'no'] : yes
    }
    const second = field?.type === 'timestamp' ? parseIsoSecond(text) : undefined
    return second === undefined ? text : second * 1000
  })
}
