import type { PointerEvent as ReactPointerEvent, RefObject } from 'react'
import type { Relationship } from '../../../shared/data/dataset.ts'
import type { RelationsFlow } from '../relations-flow.ts'
import type { ColumnPoint, ModelStore } from './model-store.ts'
import { connect } from './model-store.ts'
import type { Viewport } from './use-viewport.ts'

interface ColumnDrag {
  readonly store: ModelStore
  readonly flow: RelationsFlow
  readonly relationships: readonly Relationship[]
  readonly frame: RefObject<HTMLElement | null>
  readonly view: Viewport
}

/** Less is a click. */
const fewestPixels = 4

/** Draws a line from a column to where the pointer is; letting go on a column of another dataset relates the two. */
export function useColumnDrag({ store, flow, relationships, frame, view }: ColumnDrag) {
  return (from: ColumnPoint, start: ReactPointerEvent): void => {
    const box = frame.current
    if (!box) return
    const { left, top } = box.getBoundingClientRect()
    const onMove = (event: PointerEvent): void => {
      const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY)
      if (store.getState().drawing === null && far < fewestPixels) return
      const over = pointAt(event.clientX, event.clientY)
      store.setState({
        drawing: {
          from,
          x: (event.clientX - left - view.x) / view.zoom,
          y: (event.clientY - top - view.y) / view.zoom,
          over: over && over.dataset !== from.dataset ? over : null,
        },
      })
    }
    const end = (): void => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', onKey, true)
      store.setState({ drawing: null })
    }
    const onUp = (): void => {
      const over = store.getState().drawing?.over
      end()
      if (over) connect(flow, relationships, from, over)
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      end()
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', onKey, true)
  }
}

function pointAt(x: number, y: number): ColumnPoint | null {
  const row = document.elementFromPoint(x, y)?.closest('[data-model-column]')
  const written = row?.getAttribute('data-model-column')
  if (!written) return null
  // Written by the card itself.
  const [dataset, field] = JSON.parse(written) as [string, string]
  return { dataset, field }
}
