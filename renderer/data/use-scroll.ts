import type { RefObject } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Place } from './scroll-map.ts'
import { movedTo, placeAt } from './scroll-map.ts'

export interface GridScroll {
  /** Pixel of all rows at the top of the view. */
  readonly place: Place
  readonly left: number
  readonly view: { readonly width: number; readonly height: number }
  readonly onScroll: () => void
  readonly goTo: (top: number) => void
}

const unmeasured = { width: 900, height: 600 }

/** Follows the scroller and keeps the mapped place; `content` is the height of all rows, `headPx` what stays on top. */
export function useGridScroll(
  scroller: RefObject<HTMLDivElement | null>,
  content: number,
  headPx: number,
): GridScroll {
  const [view, setView] = useState(unmeasured)
  const [place, setPlace] = useState<Place>({ scroll: 0, top: 0 })
  const [left, setLeft] = useState(0)
  const now = useRef(place)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = (): void =>
      setView({ width: element.clientWidth, height: element.clientHeight - headPx })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [scroller, headPx])
  const take = (next: Place): void => {
    now.current = next
    setPlace(next)
    const element = scroller.current
    if (element && Math.abs(element.scrollTop - next.scroll) >= 1) element.scrollTop = next.scroll
  }
  const span = { content, view: view.height }
  return {
    place,
    left,
    view,
    onScroll: () => {
      const element = scroller.current
      if (!element) return
      setLeft(element.scrollLeft)
      if (Math.abs(element.scrollTop - now.current.scroll) < 1) return
      take(movedTo(element.scrollTop, now.current, span))
    },
    goTo: (top) => take(placeAt(top, span)),
  }
}
