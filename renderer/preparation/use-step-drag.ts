import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { RefObject } from 'react'
import { useEffect, useEffectEvent, useState } from 'react'

const carried = 'recipeStep'

const stepIn = (data: Readonly<Record<string | symbol, unknown>>): string | undefined =>
  typeof data[carried] === 'string' ? data[carried] : undefined

/** A line of the list that can be dragged onto another; true while one is held over it. */
export function useStepDrag(
  line: RefObject<HTMLElement | null>,
  id: string,
  onDropped: (step: string) => void,
): boolean {
  const [over, setOver] = useState(false)
  const dropped = useEffectEvent(onDropped)
  useEffect(() => {
    const element = line.current
    if (!element) return undefined
    return combine(
      draggable({ element, getInitialData: () => ({ [carried]: id }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => stepIn(source.data) !== undefined,
        onDragEnter: ({ source }) => setOver(stepIn(source.data) !== id),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false)
          const step = stepIn(source.data)
          if (step !== undefined && step !== id) dropped(step)
        },
      }),
    )
  }, [line, id])
  return over
}
