import type { FormatLocale } from '../../../../shared/data/number-format.ts'
import type { ListedRows } from './listed-rows.ts'
import { listedColumns } from './listed-rows.ts'
import { cellValue, fullNumber } from './crosstab-sheet.ts'
import type { ModelCell, SheetModel } from './workbook-model.ts'
import { textWidth } from './workbook-model.ts'

export interface RowsSheetWords {
  readonly title: string
  readonly notes: readonly string[]
  readonly locale: 'zh-CN' | 'en'
}

const listedFormats: Readonly<Record<string, string>> = {
  date: 'yyyy-mm-dd',
  timestamp: 'yyyy-mm-dd hh:mm:ss',
}

/**
 * The head of a detail table and, under it, one row of empty cells that shows how each column looks. The rows themselves
 * are written in its place when the workbook is put together, for there may be millions.
 */
export function rowsSheet(name: string, rows: ListedRows, words: RowsSheetWords): SheetModel {
  const columns = listedColumns(rows)
  const head = columns.map(({ title, kind }): ModelCell => ({
    value: title,
    look: 'head',
    align: kind === 'number' || kind === 'decimal' ? 'right' : 'left',
  }))
  const example = columns.map(({ kind, format = listedFormats[kind] }): ModelCell => {
    const cell = { value: null, look: 'listed' } as const
    return format === undefined ? cell : { ...cell, format }
  })
  const above: (ModelCell | null)[][] = [
    [{ value: words.title, look: 'title' }],
    ...words.notes.map((value) => [{ value, look: 'note' } as const]),
    [],
    head,
  ]
  return {
    name,
    rows: [...above, example],
    merges: [],
    frozen: { rows: above.length, columns: 0 },
    widths: listedWidths(rows, words.locale),
    pictures: [],
  }
}

/** How wide each column of a detail table is, in characters. */
export function listedWidths(rows: ListedRows, locale: FormatLocale): number[] {
  return listedColumns(rows).map(({ title }, column) => widthOf(title, column, rows, locale))
}

/** As wide as the first rows need. Numbers further down may be longer, and one that does not fit shows as ####. */
function widthOf(title: string, index: number, rows: ListedRows, locale: FormatLocale): number {
  const column = rows.list.page.columns[index]
  const numeric = column !== undefined && column.kind !== 'text'
  const style = rows.formats[index]
  let widest = Math.max(textWidth(title) + 2, numeric ? 10 : 8)
  for (let row = 0; column && row < rows.list.page.rowIds.length; row++) {
    const value = cellValue(column, row)
    if (value === null) continue
    if (typeof value === 'number' && style) {
      widest = Math.max(widest, textWidth(fullNumber(value, style, locale)) + 2)
    } else {
      widest = Math.max(
        widest,
        typeof value !== 'object' ? textWidth(String(value)) : 'day' in value ? 10 : 19,
      )
    }
  }
  return Math.min(48, widest + 2)
}
