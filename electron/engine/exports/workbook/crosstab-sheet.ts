import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { parseIsoDay, parseIsoSecond } from '../../../../shared/data/calendar-day.ts'
import { excelFormat, formatNumber } from '../../../../shared/data/number-format.ts'
import type { FormatLocale, NumberStyle } from '../../../../shared/data/number-format.ts'
import { exactAt, textAt } from '../../../../shared/query/cell-reading.ts'
import type {
  CrosstabArrangement,
  CrosstabLayout,
} from '../../../../shared/query/crosstab/crosstab-layout.ts'
import { crosstabLayout } from '../../../../shared/query/crosstab/crosstab-layout.ts'
import type { EdgeLayout, HeadCell } from '../../../../shared/query/crosstab/edge-layout.ts'
import type { TintOf } from '../../../../shared/report/crosstab-tint.ts'
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
  readonly total: (axis: 'rows' | 'columns') => string
  readonly arranged?: CrosstabArrangement
  readonly tintOf?: TintOf
  readonly member: (dimension: number, axis: 'rows' | 'columns', member: Member) => string
  readonly locale: 'zh-CN' | 'en'
}

/** A crosstab as on screen: merged heads, subtotals, totals, number formats, full-precision values, frozen heads. */
export function crosstabSheet(
  name: string,
  result: QueryResult,
  words: CrosstabSheetWords,
): SheetModel {
  const layout = crosstabLayout(result, words.arranged)
  const { rows, columns } = layout
  const top = 1 + words.notes.length + 1
  const headRows = columns.levels
  const height = top + headRows + rows.lines.length
  const width = rows.levels + columns.lines.length
  refuseTooLarge(height, width, words.title)
  const grid = new SheetGrid(height, width)
  grid.put(0, 0, { value: words.title, look: 'title' })
  words.notes.forEach((note, index) => grid.put(index + 1, 0, { value: note, look: 'note' }))
  corner(grid, top, headRows, rows.levels, words)
  columnHeads(grid, top, rows.levels, columns, words)
  rowHeads(grid, top + headRows, rows, words)
  values(grid, top + headRows, layout, result, words)
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
  if (head.kind === 'member') return words.member(head.path.length - 1, axis, head.member)
  if (head.kind === 'measure') return words.measures[head.measure ?? 0]?.caption ?? ''
  return words.total(axis)
}

function columnHeads(
  grid: SheetGrid,
  top: number,
  left: number,
  layout: EdgeLayout,
  words: CrosstabSheetWords,
): void {
  for (const head of layout.heads.flat()) {
    grid.span(top + head.level, left + head.start, head.levels, head.span, {
      value: captionOf(head, 'columns', words),
      look: 'head',
      align: head.kind === 'measure' && head.span === 1 ? 'right' : 'center',
    })
  }
}

const headLook: Record<HeadCell['kind'], CellLook> = {
  member: 'rowHead',
  measure: 'rowHead',
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
  { rows, columns, cellAt }: CrosstabLayout,
  result: QueryResult,
  words: CrosstabSheetWords,
): void {
  rows.lines.forEach((rowKind, row) => {
    columns.lines.forEach((columnKind, column) => {
      const kind =
        rowKind === 'member' ? (result.columns.fields.length > 0 ? columnKind : 'member') : rowKind
      const { measure, place } = cellAt(row, column)
      const format = words.measures[measure]?.format
      const tint = words.tintOf?.(measure, place) ?? null
      grid.put(top + row, rows.levels + column, {
        value: cellValue(result.cells[measure], place),
        look: result.rows.fields.length === 0 ? 'value' : valueLook[kind],
        ...(format ? { format: excelFormat(format) } : {}),
        ...(tint === null ? {} : { tint }),
        align: 'right',
      })
    })
  })
}

const valueLook: Record<EdgeLayout['lines'][number], CellLook> = {
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
