import type { VirtualItem } from '@tanstack/react-virtual'
import { useMemo } from 'react'
import type { HeadCell } from '../../shared/query/crosstab/edge-layout.ts'
import type { BlockReader } from '../state/block-reader.ts'
import type { TintOf } from '../../shared/report/crosstab-tint.ts'
import { Icon } from '../ui/icon.tsx'
import { tintStyle } from '../ui/tint-style.ts'
import { useText } from '../ui/use-text.ts'
import type { CellPlace } from './cell-place.ts'
import { cellAddress, cellShown, cellTitle } from './cell-place.ts'
import type { CaptionOf } from './crosstab-content.tsx'
import type { CrosstabView, ValueWindow } from './crosstab-view.ts'
import { cutSide, rowHeight } from './crosstab-view.ts'

interface CellsProps {
  readonly view: CrosstabView
  readonly tintOf: TintOf
  readonly captionOf: CaptionOf
  readonly rows: readonly VirtualItem[]
  /** Value columns in view. */
  readonly columns: readonly number[]
  readonly inView: ValueWindow
  /** Value columns at the end that stay at the right. */
  readonly kept: number
  readonly left: number
  readonly top: number
  /** The cell the keys stand on. */
  readonly cursor: CellPlace | null
  readonly reader: BlockReader
  readonly locale: 'zh-CN' | 'en'
}

/** The heads that cover each row, per level: found once, so that scrolling only looks them up. */
function headIndex(heads: readonly HeadCell[], lines: number): readonly (HeadCell | undefined)[] {
  const index = new Array<HeadCell | undefined>(lines)
  for (const head of heads) index.fill(head, head.start, head.start + head.span)
  return index
}

/** Rows in view: their heads stay at the left, their cells stand under the column heads. */
export function CrosstabCells(props: CellsProps) {
  const { view, rows, left, top } = props
  const index = useMemo(
    () => view.rows.heads.map((heads) => headIndex(heads, view.rows.lines.length)),
    [view],
  )
  const picked = props.reader.picked && JSON.stringify(props.reader.picked)
  const firstRow = rows[0]?.index ?? 0
  return rows.map((row) => (
    <div
      key={row.key}
      className="crosstab-row"
      role="row"
      aria-rowindex={view.headRows + row.index + 1}
      data-kind={view.rows.lines[row.index]}
      style={{ top: top + row.start, height: rowHeight }}
    >
      <div className="crosstab-row-heads" role="presentation" style={{ width: left }}>
        {view.headWidths.map((width, level) => {
          const head = index[level]?.[row.index]
          const covering = head ?? totalAbove(index, level, row.index)
          if (!head && covering) return null
          const levels = head?.levels ?? 1
          const wide = view.headWidths.slice(level, level + levels).reduce((a, b) => a + b, 0)
          // A head is named on its first row, and again where its first row has scrolled away.
          const named = head && (head.start === row.index || row.index === firstRow)
          return (
            <div
              key={level}
              className="crosstab-row-head"
              role="rowheader"
              aria-colindex={level + 1}
              data-kind={head?.kind}
              data-first={head?.start === row.index}
              style={{ width: head ? wide : width }}
            >
              {named && <FoldToggle {...props} head={head} axis="rows" />}
              {named ? props.captionOf(head, 'rows') : ''}
            </div>
          )
        })}
      </div>
      <RowCells {...props} row={row.index} picked={picked} />
      {props.kept > 0 && <KeptCells {...props} row={row.index} picked={picked} />}
    </div>
  ))
}

interface ToggleProps {
  readonly head: HeadCell
  readonly axis: 'rows' | 'columns'
  readonly captionOf: CaptionOf
  readonly reader: BlockReader
}

/** Before the name of a group; with the Alt key all groups of its level. Keys reach it by + and - on the cell. */
export function FoldToggle({ head, axis, captionOf, reader }: ToggleProps) {
  const text = useText()
  const { folded, path } = head
  const { folding } = reader
  if (folded === undefined || !folding) return null
  const member = captionOf(head, axis)
  return (
    <button
      type="button"
      className="crosstab-fold"
      tabIndex={-1}
      aria-expanded={!folded}
      aria-label={text(folded ? 'crosstab.expand' : 'crosstab.collapse', { member })}
      // The keys stay where they are.
      onMouseDown={(event) => event.preventDefault()}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation()
        if (event.altKey) folding.level(axis, path.length, !folded)
        else folding.toggle(axis, path)
      }}
    >
      <Icon name={folded ? 'right' : 'down'} size={12} />
    </button>
  )
}

/** A total on an outer level covers the levels inside it. */
function totalAbove(
  index: readonly (readonly (HeadCell | undefined)[])[],
  level: number,
  row: number,
): HeadCell | undefined {
  for (let outer = level - 1; outer >= 0; outer--) {
    const head = index[outer]?.[row]
    if (head && outer + head.levels > level) return head
  }
  return undefined
}

interface RowProps extends CellsProps {
  readonly row: number
  readonly picked: string | null
}

function RowCells(props: RowProps) {
  const { view, columns, left } = props
  return columns.map((column) => (
    <ValueCell
      key={column}
      {...props}
      column={column}
      start={left + column * view.columnWidth}
      window={props.inView}
    />
  ))
}

/** The total of a row, at the right edge whatever is scrolled. */
function KeptCells(props: RowProps) {
  const { view, kept } = props
  return (
    <div className="crosstab-kept" role="presentation" style={{ width: kept * view.columnWidth }}>
      {Array.from({ length: kept }, (_, index) => (
        <ValueCell
          key={index}
          {...props}
          column={view.width - kept + index}
          start={index * view.columnWidth}
        />
      ))}
    </div>
  )
}

interface ValueProps extends RowProps {
  readonly column: number
  readonly start: number
  /** Absent for a column that is always whole. */
  readonly window?: ValueWindow
}

/** Without dimensions across every column is the total's: then none stands out. */
function columnKind({ columns, totals }: CrosstabView, column: number): string | undefined {
  const kind = columns.lines[column]
  return kind === 'grandTotal' && totals === 0 ? undefined : kind
}

function ValueCell(props: ValueProps) {
  const { view, reader, locale, row, picked, column, start, cursor } = props
  const place = { row, column }
  const shown = cellShown(view, place, locale)
  const { measure, place: at } = view.cellAt(row, column)
  const tint = props.tintOf(measure, at)
  const address = cellAddress(view, place)
  return (
    <div
      className="crosstab-cell"
      role="cell"
      aria-colindex={view.rows.levels + column + 1}
      data-kind={columnKind(view, column)}
      data-cut={
        props.window && shown !== '' ? cutSide(column, shown, view, props.window) : undefined
      }
      data-picked={picked !== null && picked === JSON.stringify(address)}
      data-cursor={cursor?.row === row && cursor.column === column}
      style={{ left: start, width: view.columnWidth, ...tintStyle(tint) }}
      onClick={() => shown !== '' && reader.pick(address)}
      onDoubleClick={(event) => {
        event.stopPropagation()
        reader.drillInto(address)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        const at = { x: event.clientX, y: event.clientY }
        reader.menu(at, address, cellTitle(view, place, locale), measure)
      }}
    >
      {shown}
    </div>
  )
}
