import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { ReactNode } from 'react'
import type { Field } from '../../shared/data/field.ts'
import { isNumeric } from '../../shared/data/field.ts'
import type { RowList } from '../../shared/query/row-list.ts'
import { useApp } from '../state/app-context.ts'
import { useRowWindows, windowRows } from '../state/row-windows.ts'
import { showValue } from '../ui/show-value.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { canvasOf } from './scroll-map.ts'
import type { GridColumn } from './grid-columns.ts'
import { columnsInView, gridColumns, totalWidth } from './grid-columns.ts'
import { GridHead } from './grid-head.tsx'
import { useGridScroll } from './use-scroll.ts'
import type { GridView } from './view-state.ts'

const rowPx = 28
const headPx = 58
const numberPx = 76
/** While the scroll bar is dragged nothing is asked. */
const restMs = 80

interface DataGridProps {
  readonly dataset: DatasetInfo
  readonly list: RowList
  readonly view: GridView
  /** A row to bring into view, counted from 0; a new object for every jump. */
  readonly target: { readonly row: number } | null
  /** What the head of a column offers beside sorting. */
  readonly columnMenu: (field: Field) => ReactNode
  readonly onSort: (field: string) => void
  readonly onChoose: (field: string) => void
}

interface Cursor {
  readonly row: number
  readonly column: number
}

/** Every row of the list and every column, of which only what is in view is in the page. */
export function DataGrid(props: DataGridProps) {
  const { dataset, list, view, target, onChoose } = props
  const text = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const language = useLanguage()
  const columns = useMemo(
    () =>
      gridColumns(list, (row, column) => {
        const values = list.page.columns[column]
        return values ? showValue(values, row, language, text) : ''
      }),
    [list, language, text],
  )
  const content = list.count * rowPx
  const scroll = useGridScroll(scroller, content, headPx)
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const cell = useCells(list)
  const first = Math.floor(scroll.place.top / rowPx)
  const last = Math.min(list.count - 1, first + Math.ceil(scroll.view.height / rowPx))
  // What an event of an effect reads is its newest; only what the effect names makes it happen again.
  const look = useEffectEvent(cell.look)
  useEffect(() => {
    const timer = setTimeout(() => look(first, last), restMs)
    return () => clearTimeout(timer)
  }, [list, first, last])
  const shown = columnsInView(columns, scroll.left, scroll.view.width)
  const goToRow = (row: number): void => {
    const top = row * rowPx
    const above = top < scroll.place.top
    if (above) scroll.goTo(top)
    else if (top + rowPx > scroll.place.top + scroll.view.height)
      scroll.goTo(top + rowPx - scroll.view.height)
  }
  const jump = useEffectEvent((row: number) => {
    setCursor((now) => ({ ...now, row }))
    scroll.goTo(row * rowPx - scroll.view.height / 2)
  })
  useEffect(() => {
    if (target) jump(target.row)
  }, [target])
  const onKey = (event: React.KeyboardEvent): void => {
    const next = movedCursor(event, cursor, {
      rows: list.count,
      columns: columns.length,
      page: Math.max(1, Math.floor(scroll.view.height / rowPx) - 1),
    })
    if (!next || event.target !== event.currentTarget) return
    event.preventDefault()
    setCursor(next)
    goToRow(next.row)
    const column = columns[next.column]
    if (!column) return
    showColumn(scroller.current, column)
    if (next.column !== cursor.column) onChoose(column.field.name)
  }
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  return (
    <div
      ref={scroller}
      className="data-grid"
      role="grid"
      tabIndex={0}
      aria-label={text('dataPage.grid', { dataset: dataset.name })}
      aria-rowcount={list.count + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={
        rows.includes(cursor.row) && shown.some(({ index }) => index === cursor.column)
          ? `grid-${cursor.row}-${cursor.column}`
          : undefined
      }
      onScroll={scroll.onScroll}
      onKeyDown={onKey}
    >
      <div
        role="presentation"
        className="data-grid-canvas"
        style={{
          height: headPx + canvasOf({ content, view: scroll.view.height }),
          width: numberPx + totalWidth(columns),
        }}
      >
        <GridHead {...props} columns={shown} offset={numberPx} height={headPx} />
        {rows.map((row) => (
          <GridRow
            key={row}
            row={row}
            top={headPx + scroll.place.scroll + row * rowPx - scroll.place.top}
            columns={shown}
            chosen={view.field}
            cursor={cursor}
            write={cell.write}
            onPick={(column) => {
              setCursor({ row, column: column.index })
              onChoose(column.field.name)
            }}
          />
        ))}
      </div>
    </div>
  )
}

interface GridRowProps {
  readonly row: number
  readonly top: number
  readonly columns: readonly GridColumn[]
  readonly chosen: string | null
  readonly cursor: Cursor
  readonly write: (row: number, column: number) => string
  readonly onPick: (column: GridColumn) => void
}

function GridRow({ row, top, columns, chosen, cursor, write, onPick }: GridRowProps) {
  const language = useLanguage()
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="data-grid-row"
      style={{ height: rowPx, transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="data-grid-number"
        style={{ width: numberPx }}
      >
        {showCount(row + 1, language)}
      </div>
      {columns.map((column) => (
        <div
          key={column.index}
          id={`grid-${row}-${column.index}`}
          role="gridcell"
          aria-colindex={column.index + 2}
          data-numeric={isNumeric(column.field.type)}
          data-chosen={chosen === column.field.name}
          data-cursor={cursor.row === row && cursor.column === column.index}
          style={{ left: numberPx + column.left, width: column.width }}
          onClick={() => onPick(column)}
        >
          {write(row, column.index)}
        </div>
      ))}
    </div>
  )
}

function useCells(list: RowList) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { pages, look } = useRowWindows(app, list)
  const write = (row: number, column: number): string => {
    const page = pages.get(Math.floor(row / windowRows))
    const values = page?.columns[column]
    return values ? showValue(values, row - page.offset, language, text) : '…'
  }
  return { write, look }
}

function showColumn(element: HTMLDivElement | null, { left, width }: GridColumn): void {
  if (!element) return
  const room = element.clientWidth - numberPx
  if (left < element.scrollLeft) element.scrollLeft = left
  else if (left + width > element.scrollLeft + room) element.scrollLeft = left + width - room
}

interface GridSize {
  readonly rows: number
  readonly columns: number
  readonly page: number
}

/** Where a key takes the cursor; nothing for keys that are not the grid's. */
function movedCursor(event: React.KeyboardEvent, at: Cursor, size: GridSize): Cursor | undefined {
  const far = event.ctrlKey || event.metaKey
  const steps: Partial<Record<string, Cursor>> = {
    ArrowDown: { row: far ? size.rows - 1 : at.row + 1, column: at.column },
    ArrowUp: { row: far ? 0 : at.row - 1, column: at.column },
    ArrowRight: { row: at.row, column: far ? size.columns - 1 : at.column + 1 },
    ArrowLeft: { row: at.row, column: far ? 0 : at.column - 1 },
    PageDown: { row: at.row + size.page, column: at.column },
    PageUp: { row: at.row - size.page, column: at.column },
    Home: { row: far ? 0 : at.row, column: 0 },
    End: { row: far ? size.rows - 1 : at.row, column: size.columns - 1 },
  }
  const next = steps[event.key]
  if (!next || event.altKey) return undefined
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))
  return { row: within(next.row, size.rows), column: within(next.column, size.columns) }
}
