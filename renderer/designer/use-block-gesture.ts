import type { Frame } from '../../shared/report/blocks/block-base.ts'
import type { Edge } from '../../shared/report/board-geometry.ts'
import { boundsOf, moveFrame, resizeFrame } from '../../shared/report/board-geometry.ts'
import type { App } from '../state/app.ts'
import { selectBlocks, selectedBlocks, tryCommand } from '../state/board-actions.ts'
import { useApp } from '../state/app-context.ts'
import type { BoardScale } from './board-scale.ts'

/** Movement that is still a click, in pixels. */
const slack = 4

interface Framed {
  readonly block: string
  readonly frame: Frame
}

/** Where the blocks of a gesture go for a way of whole grid steps; a group keeps its shape at the board's edge. */
export function movedFrames(blocks: readonly Framed[], dx: number, dy: number): Framed[] {
  const bounds = boundsOf(blocks.map(({ frame }) => frame))
  if (!bounds) return []
  const moved = moveFrame(bounds, dx, dy)
  const [wayX, wayY] = [moved.x - bounds.x, moved.y - bounds.y]
  return blocks.map(({ block, frame }) => ({
    block,
    frame: { ...frame, x: frame.x + wayX, y: frame.y + wayY },
  }))
}

/** Controls that need the pointer themselves, and scroll bars. */
function takesPointer(target: EventTarget | null, x: number): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('button, input, textarea, select, a, [data-own-pointer]')) return true
  const right = target.getBoundingClientRect().left + target.clientLeft + target.clientWidth
  return target.clientWidth > 0 && target.scrollHeight > target.clientHeight && x > right
}

/** The click that ends a drag is none. */
function swallowClick(): void {
  const stop = (event: MouseEvent): void => {
    event.stopPropagation()
    event.preventDefault()
  }
  window.addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0)
}

/** Dragging near the top or bottom of the board scrolls it, the faster the nearer. */
function scrollAtEdge(scroller: Element, y: number): void {
  const { top, bottom } = scroller.getBoundingClientRect()
  const reach = 40
  if (y > bottom - reach) scroller.scrollTop += (y - (bottom - reach)) / 2
  else if (y < top + reach) scroller.scrollTop -= (top + reach - y) / 2
}

interface GestureAsk {
  readonly app: App
  readonly start: PointerEvent
  readonly scale: BoardScale
  readonly label: 'command.move' | 'command.resize'
  readonly blocks: readonly Framed[]
  readonly framesFor: (dx: number, dy: number) => readonly Framed[]
}

/** Follows the pointer until it is let go (one undo step), or Escape takes everything back. */
function follow({ app, start, scale, label, blocks, framesFor }: GestureAsk): void {
  let begun = false
  let last = ''
  const scroller = start.target instanceof Element ? start.target.closest('.board-scroll') : null
  const scrolledAt = scroller?.scrollTop ?? 0
  const onMove = (event: PointerEvent): void => {
    if (begun && scroller) scrollAtEdge(scroller, event.clientY)
    const scrolled = (scroller?.scrollTop ?? 0) - scrolledAt
    const [wayX, wayY] = [event.clientX - start.clientX, event.clientY - start.clientY + scrolled]
    if (!begun && Math.hypot(wayX, wayY) < slack) return
    if (!begun) {
      begun = true
      app.documents.begin()
      document.body.dataset['gesture'] = label
    }
    const [dx, dy] = [Math.round(wayX / scale.column), Math.round(wayY / scale.row)]
    if (last === `${dx},${dy}`) return
    last = `${dx},${dy}`
    const frames = [...framesFor(dx, dy)]
    if (frames.length > 0) tryCommand(app, { name: 'block.setFrames', args: { frames } })
  }
  const end = (keep: boolean): void => {
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('pointercancel', onCancel)
    window.removeEventListener('keydown', onKey, { capture: true })
    delete document.body.dataset['gesture']
    if (!begun) return
    swallowClick()
    if (keep) app.documents.commit(label)
    else app.documents.bail()
    selectBlocks(
      app,
      blocks.map(({ block }) => block),
    )
  }
  const onUp = (): void => end(true)
  const onCancel = (): void => end(false)
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    event.preventDefault()
    end(false)
  }
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('pointercancel', onCancel)
  window.addEventListener('keydown', onKey, { capture: true })
}

export function useBlockGestures(block: string, scale: BoardScale) {
  const app = useApp()

  const chosen = (): Framed[] => selectedBlocks(app).map(({ id, frame }) => ({ block: id, frame }))

  const choose = (event: React.PointerEvent): void => {
    app.session.setState({ choosing: false })
    const ids = selectedBlocks(app).map(({ id }) => id)
    const has = ids.includes(block)
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      selectBlocks(app, has ? ids.filter((id) => id !== block) : [...ids, block])
    } else if (!has) selectBlocks(app, [block])
  }

  return {
    onMoveStart: (event: React.PointerEvent): void => {
      if (event.button !== 0) return
      choose(event)
      if (takesPointer(event.target, event.clientX)) return
      const blocks = chosen()
      if (!blocks.some((one) => one.block === block)) return
      follow({
        app,
        start: event.nativeEvent,
        scale,
        label: 'command.move',
        blocks,
        framesFor: (dx, dy) => movedFrames(blocks, dx, dy),
      })
    },
    onResizeStart: (event: React.PointerEvent, edge: Edge): void => {
      if (event.button !== 0) return
      event.stopPropagation()
      event.preventDefault()
      const own = chosen().find((one) => one.block === block)
      if (!own) return
      follow({
        app,
        start: event.nativeEvent,
        scale,
        label: 'command.resize',
        blocks: [own],
        framesFor: (dx, dy) => [{ block, frame: resizeFrame(own.frame, edge, dx, dy) }],
      })
    },
  }
}
