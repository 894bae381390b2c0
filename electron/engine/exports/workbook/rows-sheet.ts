import { appError, AppErrorException } from '../../../../shared/errors.ts'
import { excelFormat } from '../../../../shared/data/number-format.ts'
import type { NumberStyle } from '../../../../shared/data/number-format.ts'
import type { RowList, RowsPage } from '../../../../shared/query/row-list.ts'
import { cellValue } from './crosstab-sheet.ts'
import type { ModelCell, SheetModel } from './workbook-model.ts'
import { textWidth } from './workbook-model.ts'

/** A detail table inside a styled workbook; larger ones are exported alone, as a stream. */
export const styledRows = 100_000

export interface RowsSheetWords {
  readonly title: string
  readonly notes: readonly string[]
  readonly captions: readonly string[]
  readonly formats: readonly (NumberStyle | undefined)[]
  readonly locale: 'zh-CN' | 'en'
  readonly yes: string
  readonly no: string
}

/** Every row of a detail table, in the order it is listed. */
export async function rowsSheet(
  name: string,
  list: RowList,
  window: (offset: number, limit: number) => Promise<RowsPage>,
  words: RowsSheetWords,
): Promise<SheetModel> {
  if (list.count > styledRows) {
    throw new AppErrorException(
      appError('export/tooLarge', { rows: list.count, limit: styledRows, block: words.title }),
    )
  }
  const head = words.captions.map((value): ModelCell => ({ value, look: 'head' }))
  const rows: (ModelCell | null)[][] = [
    [{ value: words.title, look: 'title' }],
    ...words.notes.map((value) => [{ value, look: 'note' } as const]),
    [],
    head,
  ]
  const top = rows.length
  for (let offset = 0; offset < list.count; offset += 5000) {
    const page = await window(offset, 5000)
    for (let row = 0; row < page.rowIds.length; row++) rows.push(lineOf(page, row, words))
  }
  return {
    name,
    rows,
    merges: [],
    frozen: { rows: top, columns: 0 },
    widths: widthsOf(rows.slice(top - 1, top + 200)),
    pictures: [],
  }
}

function lineOf(page: RowsPage, row: number, words: RowsSheetWords): ModelCell[] {
  return page.columns.map((column, index) => {
    const format = words.formats[index]
    const value =
      column.kind === 'text' && column.writing === 'boolean'
        ? booleanWord(column.values[row] ?? null, words)
        : cellValue(column, row)
    return {
      value,
      look: 'value',
      ...(format && typeof value === 'number' ? { format: excelFormat(format) } : {}),
    }
  })
}

function booleanWord(value: string | null, words: RowsSheetWords): string | null {
  return value === null ? null : value === 'true' ? words.yes : words.no
}

function widthsOf(rows: readonly (readonly (ModelCell | null)[])[]): number[] {
  const count = rows[0]?.length ?? 0
  return Array.from({ length: count }, (_, column) => {
    const widths = rows.map((row) => {
      const value = row[column]?.value ?? null
      return typeof value === 'object' ? 19 : textWidth(String(value))
    })
    return Math.min(48, Math.max(8, ...widths) + 2)
  })
}
