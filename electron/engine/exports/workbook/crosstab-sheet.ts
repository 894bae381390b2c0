import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { parseIsoDay, parseIsoSecond } from '../../../../shared/data/calendar-day.ts'
import { excelFormat, formatNumber } from '../../../../shared/data/number-format.ts'
import type { FormatLocale, NumberStyle } from '../../../../shared/data/number-format.ts'
import { exactAt, textAt } from '../../../../shared/query/cell-reading.ts'
import type { EdgeLayout, HeadCell } from '../../../../shared/query/crosstab/edge-layout.ts'
import { edgeLayout } from '../../../../shared/query/crosstab/edge-layout.ts'
import type { QueryResult, ValueColumn } from '../../../../shared/query/query-result.ts'
import { MAX_COLUMNS, MAX_ROWS } from '../xlsx-stream/table.ts'
import type { CellLook, Merge, ModelCell, SheetModel } from './workbook-model.ts'
import { textWidth } from './workbook-model.ts'

/** What the sheet says besides the numbers. */
export interface CrosstabSheetWords {
  readonly title: string
  /** Lines under the title: filters, data as of. */
  readonly notes: readonly string[]
  readonly rowCaptions: readonly string[]
  readonly measures: readonly { readonly caption: string; readonly format: NumberStyle }[]
  readonly total: string
  readonly member: (dimension: number, axis: 'rows' | 'columns', member: Member) => string
  readonly locale: 'zh-CN' | 'en'
}

/** A crosstab as on screen: merged heads, subtotals, totals, number formats, full-precision values, frozen heads. */
export function crosstabSheet(
  name: string,
  result: QueryResult,
  words: CrosstabSheetWords,
): SheetModel {
  const rows = edgeLayout(result.rows)
  const columns = edgeLayout(result.columns)
  const measures = result.measures.length
  const top = 1 + words.notes.length + 1
  const bare = result.columns.fields.length === 0
  // Measures stand under the columns; with one measure and column heads its caption is in the title already.
  const measureLevel = bare || measures > 1 ? 1 : 0
  const headRows = (bare ? 0 : columns.levels) + measureLevel
  const height = top + headRows + result.rows.paths.length
  const width = rows.levels + result.columns.paths.length * measures
  refuseTooLarge(height, width, words.title)
  const grid = new SheetGrid(height, width)
  grid.put(0, 0, { value: words.title, look: 'title' })
  words.notes.forEach((note, index) => grid.put(index + 1, 0, { value: note, look: 'note' }))
  corner(grid, top, headRows, rows.levels, words)
  if (!bare) columnHeads(grid, top, rows.levels, columns, measures, words)
  if (measureLevel > 0) measureHeads(grid, top + headRows - 1, rows.levels, result, words)
  rowHeads(grid, top + headRows, rows, words)
  values(grid, top + headRows, rows, columns, result, words)
  return {
    name,
    rows: grid.rows,
    merges: grid.merges,
    frozen: { rows: top + headRows, columns: rows.levels },
    widths: grid.widths(top, words),
    pictures: [],
  }
}

/** A crosstab is not split: half of one would have heads without their numbers. */
function refuseTooLarge(rows: number, columns: number, block: string): void {
  if (rows <= MAX_ROWS && columns <= MAX_COLUMNS) return
  const limits = { rowLimit: MAX_ROWS, columnLimit: MAX_COLUMNS }
  throw new AppErrorException(appError('export/tooLarge', { block, rows, columns, ...limits }))
}

class SheetGrid {
  readonly rows: (ModelCell | null)[][]
  readonly merges: Merge[] = []

  constructor(height: number, width: number) {
    this.rows = Array.from({ length: height }, () => new Array<ModelCell | null>(width).fill(null))
  }

  put(row: number, column: number, cell: ModelCell): void {
    const line = this.rows[row]
    if (line) line[column] = cell
  }

  /** One cell over several: its look fills them all, so that borders and colours are whole. */
  span(row: number, column: number, height: number, width: number, cell: ModelCell): void {
    for (let r = row; r < row + height; r++) {
      for (let c = column; c < column + width; c++) {
        this.put(r, c, r === row && c === column ? cell : { ...cell, value: null })
      }
    }
    if (height > 1 || width > 1) {
      this.merges.push({
        top: row,
        left: column,
        bottom: row + height - 1,
        right: column + width - 1,
      })
    }
  }

  /** As wide as the widest text below the title lines, within reason. */
  widths(from: number, words: CrosstabSheetWords): number[] {
    const count = this.rows[0]?.length ?? 0
    return Array.from({ length: count }, (_, column) => {
      let widest = 8
      for (let row = from; row < this.rows.length; row++) {
        const cell = this.rows[row]?.[column]
        if (cell) widest = Math.max(widest, cellWidth(cell, words))
      }
      return Math.min(48, widest + 2)
    })
  }
}

function cellWidth(cell: ModelCell, words: CrosstabSheetWords): number {
  if (typeof cell.value === 'string') return textWidth(cell.value)
  if (typeof cell.value !== 'number') return 10
  const style = words.measures.find(({ format }) => excelFormat(format) === cell.format)?.format
  return style ? textWidth(fullNumber(cell.value, style, words.locale)) : 12
}

/** A number as Excel shows it: Excel has no units like 万, so the whole number stands in the cell. */
export function fullNumber(value: number, style: NumberStyle, locale: FormatLocale): string {
  return formatNumber(value, { ...style, unit: 'none' }, locale)
}

function corner(
  grid: SheetGrid,
  top: number,
  height: number,
  levels: number,
  words: CrosstabSheetWords,
): void {
  for (let level = 0; level < levels; level++) {
    grid.span(top, level, Math.max(1, height), 1, {
      value: words.rowCaptions[level] ?? '',
      look: 'head',
      align: 'left',
    })
  }
}

function captionOf(head: HeadCell, axis: 'rows' | 'columns', words: CrosstabSheetWords): string {
  return head.kind === 'member' ? words.member(head.level, axis, head.member) : words.total
}

function columnHeads(
  grid: SheetGrid,
  top: number,
  left: number,
  layout: EdgeLayout,
  measures: number,
  words: CrosstabSheetWords,
): void {
  for (const head of layout.heads.flat()) {
    grid.span(top + head.level, left + head.start * measures, head.levels, head.span * measures, {
      value: captionOf(head, 'columns', words),
      look: 'head',
      align: 'center',
    })
  }
}

function measureHeads(
  grid: SheetGrid,
  row: number,
  left: number,
  result: QueryResult,
  words: CrosstabSheetWords,
): void {
  const count = result.measures.length
  result.columns.paths.forEach((_path, line) => {
    words.measures.forEach(({ caption }, index) => {
      grid.put(row, left + line * count + index, { value: caption, look: 'head', align: 'right' })
    })
  })
}

const headLook: Record<HeadCell['kind'], CellLook> = {
  member: 'rowHead',
  subtotal: 'subtotal',
  grandTotal: 'total',
}

function rowHeads(
  grid: SheetGrid,
  top: number,
  layout: EdgeLayout,
  words: CrosstabSheetWords,
): void {
  for (const head of layout.heads.flat()) {
    grid.span(top + head.start, head.level, head.span, head.levels, {
      value: captionOf(head, 'rows', words),
      look: headLook[head.kind],
      align: 'left',
    })
  }
}

function values(
  grid: SheetGrid,
  top: number,
  rows: EdgeLayout,
  columns: EdgeLayout,
  result: QueryResult,
  words: CrosstabSheetWords,
): void {
  const count = result.measures.length
  const width = result.columns.paths.length
  rows.lines.forEach((rowKind, row) => {
    columns.lines.forEach((columnKind, column) => {
      const kind =
        rowKind === 'member' ? (result.columns.fields.length > 0 ? columnKind : 'member') : rowKind
      for (let m = 0; m < count; m++) {
        const format = words.measures[m]?.format
        grid.put(top + row, rows.levels + column * count + m, {
          value: cellValue(result.cells[m], row * width + column),
          look: result.rows.fields.length === 0 ? 'value' : valueLook[kind],
          ...(format ? { format: excelFormat(format) } : {}),
          align: 'right',
        })
      }
    })
  })
}

const valueLook: Record<HeadCell['kind'], CellLook> = {
  member: 'value',
  subtotal: 'subtotal',
  grandTotal: 'total',
}

/** Numbers at full precision; those a double cannot hold stay text, so that no digit is lost. */
export function cellValue(column: ValueColumn | undefined, index: number): ModelCell['value'] {
  const text = textAt(column, index)
  if (text === null) return exactAt(column, index)
  if (column?.kind !== 'text') return text
  if (column.writing === 'date') {
    const day = parseIsoDay(text)
    return day === undefined ? text : { day }
  }
  if (column.writing === 'timestamp') {
    const second = parseIsoSecond(text)
    return second === undefined ? text : { second }
  }
  return text
}
