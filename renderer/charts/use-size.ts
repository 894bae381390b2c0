import type { RefObject } from 'react'
import { useLayoutEffect, useState } from 'react'
import type { DrawingSize } from '../../shared/chart/option/legend-plan.ts'

/** The size of an element, known before it is first painted. */
export function useSize(element: RefObject<HTMLElement | null>): DrawingSize {
  const [size, setSize] = useState<DrawingSize>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const host = element.current
    if (!host) return
    const measure = (): void => {
      setSize((last) =>
        last.width === host.clientWidth && last.height === host.clientHeight
          ? last
          : { width: host.clientWidth, height: host.clientHeight },
      )
    }
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(host)
    return () => sizes.disconnect()
  }, [element])
  return size
}
