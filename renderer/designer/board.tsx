import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { overlaps } from '../../shared/report/board-geometry.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import { useApp, usePage, useSelection, useSession } from '../state/app-context.ts'
import { selectBlocks } from '../state/board-actions.ts'
import { dragStore } from '../state/drag-store.ts'
import { useDropTarget } from '../ui/drop-target.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { BlockView } from './block-view.tsx'
import type { BoardScale } from './board-scale.ts'
import { gridPoint, placeOf, scaleFor } from './board-scale.ts'
import { useNewInView } from './use-new-in-view.ts'
import './board.css'

function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const target = element.current
    if (!target) return undefined
    const observer = new ResizeObserver(() => setWidth(target.clientWidth))
    observer.observe(target)
    setWidth(target.clientWidth)
    return () => observer.disconnect()
  }, [])
  return [element, width]
}

interface Marquee {
  readonly x: number
  readonly y: number
  readonly toX: number
  readonly toY: number
}

/** Dragging over empty board selects what the rectangle touches; with Shift it adds. */
function useMarquee(page: BoardPage, scale: BoardScale) {
  const app = useApp()
  const [marquee, setMarquee] = useState<Marquee | null>(null)
  const onPointerDown = (event: React.PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || event.target !== event.currentTarget) return
    const area = event.currentTarget.getBoundingClientRect()
    const kept = event.shiftKey ? (app.documents.current()?.history.selection.blocks ?? []) : []
    selectBlocks(app, kept)
    const [x, y] = [event.clientX - area.left, event.clientY - area.top]
    const onMove = (move: PointerEvent): void => {
      const next = { x, y, toX: move.clientX - area.left, toY: move.clientY - area.top }
      setMarquee(next)
      const touched = touchedBlocks(page, next, scale)
      selectBlocks(app, [...new Set([...kept, ...touched])])
    }
    const onUp = (): void => {
      setMarquee(null)
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
  }
  return { marquee, onPointerDown }
}

function touchedBlocks(page: BoardPage, { x, y, toX, toY }: Marquee, scale: BoardScale): string[] {
  const frame = {
    x: Math.min(x, toX) / scale.column,
    y: Math.min(y, toY) / scale.row,
    w: Math.abs(toX - x) / scale.column,
    h: Math.abs(toY - y) / scale.row,
  }
  return page.blockOrder.filter((id) => {
    const block = page.blocks[id]
    return block !== undefined && overlaps(block.frame, frame)
  })
}

function marqueeStyle({ x, y, toX, toY }: Marquee): React.CSSProperties {
  return {
    left: Math.min(x, toX),
    top: Math.min(y, toY),
    width: Math.abs(toX - x),
    height: Math.abs(toY - y),
  }
}

function EmptyBoard() {
  const text = useText()
  return (
    <div className="board-empty">
      <Icon name="column" size={32} />
      <h2>{text('board.empty.title')}</h2>
      <p>{text('board.empty.body')}</p>
    </div>
  )
}

/** The page's blocks on the grid, as wide as there is room. */
export function Board() {
  const page = usePage()
  const { blocks: selected } = useSelection()
  const presenting = useSession((session) => session.presenting)
  const text = useText()
  const [scroller, width] = useWidth()
  const scale = useMemo(() => scaleFor(width - 16), [width])
  const { marquee, onPointerDown } = useMarquee(page, scale)
  const area = useRef<HTMLDivElement>(null)
  useNewInView(area, page)
  useDropTarget(
    area,
    ({ x, y }) => ({ kind: 'board', page: page.id, at: gridPoint(x, y, scale) }),
    !presenting,
  )
  const ghost = useStore(dragStore, ({ target, intent }) =>
    target?.kind === 'board' ? intent?.frame : undefined,
  )
  const bottom = Math.max(0, ...Object.values(page.blocks).map(({ frame }) => frame.y + frame.h))
  return (
    <div className="board-scroll" ref={scroller}>
      <div
        ref={area}
        className="board"
        role="group"
        aria-label={text('board.page', { title: page.title })}
        data-presenting={presenting}
        style={{
          width: scale.column * 24,
          minHeight: `max(calc(100% - 16px), ${(bottom + (presenting ? 1 : 12)) * scale.row}px)`,
          backgroundSize: `${scale.column}px ${scale.row}px`,
        }}
        onPointerDown={presenting ? undefined : onPointerDown}
      >
        {page.blockOrder.map((id) => {
          const block = page.blocks[id]
          return (
            block && (
              <BlockView
                key={id}
                block={block}
                page={page}
                scale={scale}
                selected={!presenting && selected.includes(id)}
                alone={selected.length === 1}
                presenting={presenting}
              />
            )
          )
        })}
        {ghost && <div className="board-ghost" style={placeOf(ghost, scale)} />}
        {marquee && <div className="board-marquee" style={marqueeStyle(marquee)} />}
        {page.blockOrder.length === 0 && !presenting && <EmptyBoard />}
      </div>
    </div>
  )
}
