import type { RefObject } from 'react'
import { useCallback, useEffect, useRef, useState } from 'react'

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

const leastZoom = 0.2
const mostZoom = 2

const clamp = (zoom: number): number => Math.min(mostZoom, Math.max(leastZoom, zoom))

/** Keeps the point under (x, y) where it is. */
export function zoomedAt(view: Viewport, factor: number, x: number, y: number): Viewport {
  const zoom = clamp(view.zoom * factor)
  const by = zoom / view.zoom
  return { zoom, x: x - (x - view.x) * by, y: y - (y - view.y) * by }
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Everything in sight, not larger than life, in the middle. */
export function fitted(content: Size, frame: Size): Viewport {
  const zoom = clamp(Math.min(1, frame.width / content.width, frame.height / content.height))
  return {
    zoom,
    x: (frame.width - content.width * zoom) / 2,
    y: Math.max(0, (frame.height - content.height * zoom) / 2),
  }
}

export interface ViewportControl {
  readonly view: Viewport
  readonly move: (dx: number, dy: number) => void
  /** Around the middle. */
  readonly zoomBy: (factor: number) => void
  readonly fit: () => void
}

/** What of the plane is in sight; the wheel moves it and, with Ctrl, zooms under the pointer. */
export function useViewport(frame: RefObject<HTMLElement | null>, content: Size): ViewportControl {
  const [view, setView] = useState<Viewport>({ x: 0, y: 0, zoom: 1 })
  const touched = useRef(false)
  const { width, height } = content
  const fit = useCallback((): void => {
    const box = frame.current
    if (box)
      setView(fitted({ width, height }, { width: box.clientWidth, height: box.clientHeight }))
  }, [frame, width, height])
  useEffect(() => {
    const box = frame.current
    if (!box) return undefined
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      touched.current = true
      const { left, top } = box.getBoundingClientRect()
      const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
      setView((now) =>
        event.ctrlKey || event.metaKey
          ? zoomedAt(now, Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top)
          : { ...now, x: now.x - dx, y: now.y - dy },
      )
    }
    // React's own wheel listeners are passive and could not keep the window from zooming.
    box.addEventListener('wheel', onWheel, { passive: false })
    const resized = new ResizeObserver(() => {
      if (!touched.current) fit()
    })
    resized.observe(box)
    return () => {
      box.removeEventListener('wheel', onWheel)
      resized.disconnect()
    }
  }, [frame, fit])
  return {
    view,
    move: (dx, dy) => {
      touched.current = true
      setView((now) => ({ ...now, x: now.x + dx, y: now.y + dy }))
    },
    zoomBy: (factor) => {
      touched.current = true
      const box = frame.current
      const [x, y] = [(box?.clientWidth ?? 0) / 2, (box?.clientHeight ?? 0) / 2]
      setView((now) => zoomedAt(now, factor, x, y))
    },
    fit: () => {
      touched.current = false
      fit()
    },
  }
}
