import { stat } from 'node:fs/promises'
import type { CellValue, Member } from '../../../shared/data/cell-value.ts'
import { othersMember } from '../../../shared/data/cell-value.ts'
import { decimalText, numberAt, textAt } from '../../../shared/query/cell-reading.ts'
import type {
  QueryResult,
  ResultAxis,
  ResultMeasure,
  ValueColumn,
} from '../../../shared/query/query-result.ts'
import { memberCaption, totalCaption } from '../../../shared/report/captions.ts'
import type { Text } from '../../../shared/text/messages.ts'
import type { Language } from '../../../shared/text/language.ts'
import { csvLine, csvText } from '../../engine/exports/csv/csv-text.ts'
import { cellText, isNowhere, memberTexts } from '../../engine/exports/csv/write-csv.ts'
import { replaceFile } from '../../engine/exports/replace-file.ts'
import { crosstabSheet } from '../../engine/exports/workbook/crosstab-sheet.ts'
import { legalSheetName } from '../../engine/exports/xlsx-stream/sheet-name.ts'
import { writeWorkbook } from '../../engine/exports/workbook/write-workbook.ts'

/** `cells[row][column][measure]`; null where there are no base rows, text where a double cannot hold the number. */
export function queryJson(result: QueryResult): object {
  const width = result.columns.paths.length
  const cellAt = (index: number): CellValue[] =>
    result.cells.map((column) => textAt(column, index) ?? exactAt(column, index))
  return {
    rows: lines(result.rows),
    columns: lines(result.columns),
    measures: result.measures.map(({ name }) => name),
    cells: result.rows.paths.map((_row, r) =>
      result.columns.paths.map((_column, c) => cellAt(r * width + c)),
    ),
    baseRows: result.baseRows,
    dataAsOf: result.dataAsOf,
    warnings: result.warnings,
  }
}

/** Beyond 15 digits a double may not give a decimal back: it is text then, as wider ones are. */
function exactAt(column: ValueColumn, index: number): CellValue {
  const value = column.kind === 'scaled' ? (column.values[index] ?? NaN) : 0
  return column.kind === 'scaled' && column.scale > 0 && Math.abs(value) >= 1e15
    ? decimalText(value, column.scale)
    : numberAt(column, index)
}

function lines(axis: ResultAxis) {
  // Others is no member: no text stands for it.
  const written = (member: Member): unknown => (member === othersMember ? { others: true } : member)
  return axis.paths.map((path) => ({ path: path.map(written), level: path.length }))
}

/**
 * One line a cell: the axes' fields, then the measures. Where totals were asked the levels come first, since a subtotal's
 * finer fields are empty, as blank members are.
 */
const csvWords = { blank: '', others: '(others)' }

export function queryCsv(result: QueryResult): string {
  const axes = [result.rows, result.columns] as const
  const levelled = axes.some(({ totals }) => totals !== 'none')
  const head = [
    ...(levelled ? ['rowLevel', 'columnLevel'] : []),
    ...axes.flatMap(({ fields }) => fields.map(({ field }) => field)),
    ...result.measures.map(({ name }) => name),
  ]
  const width = result.columns.paths.length
  const body = result.rows.paths.flatMap((row, r) =>
    result.columns.paths.flatMap((column, c) => {
      const cells = result.cells.map((values) => cellText(values, r * width + c))
      if (isNowhere(result, cells)) return []
      const levels = levelled ? [String(row.length), String(column.length)] : []
      const members = [
        ...memberTexts(result.rows, row, csvWords),
        ...memberTexts(result.columns, column, csvWords),
      ]
      return [csvLine([...levels, ...members, ...cells])]
    }),
  )
  return [csvLine(head.map(csvText)), ...body].join('')
}

export interface SheetWords {
  readonly title: string
  readonly text: Text
  readonly locale: Language
}

/** The crosstab as the app exports it; refused with the counts when a sheet cannot hold it. */
export async function queryWorkbook(
  result: QueryResult,
  path: string,
  { title, text, locale }: SheetWords,
): Promise<{ bytes: number }> {
  const sheet = crosstabSheet(legalSheetName(title), result, {
    title,
    notes: [],
    rowCaptions: result.rows.fields.map(({ field }) => field),
    measures: result.measures.map((measure) => ({
      caption: measure.name,
      format: { kind: 'number', decimals: decimalsOf(measure), grouping: true, unit: 'none' },
    })),
    total: (axis) => totalCaption(result.measures, text, axis, result[axis].over),
    member: (_dimension, _axis, member) => memberCaption(member, text),
    locale,
  })
  await replaceFile(path, (beside) =>
    writeWorkbook({ model: { title, sheets: [sheet] }, path: beside }),
  )
  return { bytes: (await stat(path)).size }
}

function decimalsOf({ type, scale }: ResultMeasure): number {
  return type === 'integer' ? 0 : (scale ?? 2)
}
