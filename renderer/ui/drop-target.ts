import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { RefObject } from 'react'
import { useEffect, useRef } from 'react'
import type { DropTarget } from '../../shared/report/drop-intent.ts'

/** Where the pointer is, in pixels from the element's corner, with the element's size. */
export interface Inside {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const isTarget = (value: unknown): value is DropTarget =>
  typeof value === 'object' && value !== null && 'kind' in value

export function targetOf(data: Readonly<Record<string | symbol, unknown>>): DropTarget | null {
  return isTarget(data['target']) ? data['target'] : null
}

/** Makes an element a place to drop fields and pills on; `describe` names the place under the pointer. */
export function useDropTarget(
  element: RefObject<HTMLElement | null>,
  describe: (inside: Inside) => DropTarget,
  enabled = true,
): void {
  const latest = useRef(describe)
  useEffect(() => {
    latest.current = describe
  })
  useEffect(() => {
    const target = element.current
    if (!target || !enabled) return undefined
    return dropTargetForElements({
      element: target,
      getData: ({ input }) => {
        const { left, top, width, height } = target.getBoundingClientRect()
        const inside = { x: input.clientX - left, y: input.clientY - top, width, height }
        return { target: latest.current(inside) }
      },
    })
  }, [element, enabled])
}

/** Makes an element draggable; `onStart` says what is in the hand. */
export function useDraggable(
  element: RefObject<HTMLElement | null>,
  onStart: () => void,
  enabled = true,
): void {
  const latest = useRef(onStart)
  useEffect(() => {
    latest.current = onStart
  })
  useEffect(() => {
    const source = element.current
    if (!source || !enabled) return undefined
    return draggable({ element: source, onDragStart: () => latest.current() })
  }, [element, enabled])
}
