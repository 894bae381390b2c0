import { useState } from 'react'
import type { BlockReader } from '../state/block-reader.ts'
import { readByKey } from '../state/block-reader.ts'
import type { CellPlace } from './cell-place.ts'
import { cellAddress, cellTitle, groupByKey, moveCursor } from './cell-place.ts'
import type { CrosstabView } from './crosstab-view.ts'

interface Around {
  /** Rows in view. */
  readonly page: number
  /** Where the first cell stands in the frame. */
  readonly corner: { readonly left: number; readonly top: number }
  readonly show: (place: CellPlace) => void
}

/** The cell the keys stand on, and what they do there. */
export function useCellCursor(
  view: CrosstabView,
  reader: BlockReader,
  locale: 'zh-CN' | 'en',
  { page, corner, show }: Around,
) {
  const [stood, setCursor] = useState<CellPlace | null>(null)
  // Lines may have been put away under it.
  const cursor = stood && {
    row: Math.min(stood.row, view.rows.lines.length - 1),
    column: Math.min(stood.column, view.width - 1),
  }
  const onKey = (event: React.KeyboardEvent): void => {
    const next = moveCursor(event, cursor, view, page)
    if (next) {
      event.preventDefault()
      setCursor(next)
      show(next)
      return
    }
    if (!cursor) return
    const group = groupByKey(event, view, cursor)
    if (group && reader.folding) {
      event.preventDefault()
      event.stopPropagation()
      reader.folding.toggle(group.axis, group.path)
      return
    }
    const { left: x, top: y } = event.currentTarget.getBoundingClientRect()
    const at = { x: x + corner.left, y: y + corner.top }
    const { measure } = view.cellAt(cursor.row, cursor.column)
    const title = cellTitle(view, cursor, locale)
    readByKey(event, reader, cellAddress(view, cursor), title, at, measure)
  }
  return { cursor, onKey, letGo: () => setCursor(null) }
}
