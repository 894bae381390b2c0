import type { EChartsType } from 'echarts/core'
import type { RefObject } from 'react'
import { useMemo, useState } from 'react'
import type { ChartModel } from '../../shared/chart/chart-model.ts'
import type { Mark } from './marks.ts'
import { marksInOrder } from './marks.ts'

interface MarkCursor {
  /** The mark the keys stand on, while they stand on one. */
  readonly mark: Mark | null
  /** Moves on an arrow, Home or End; true when it was one. */
  readonly move: (event: { readonly key: string; preventDefault(): void }) => boolean
  readonly leave: () => void
}

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** The marks of a chart by keys: the one stood on shows what it would show under the pointer. */
export function useMarkCursor(model: ChartModel, chart: RefObject<EChartsType | null>): MarkCursor {
  const marks = useMemo(() => marksInOrder(model), [model])
  const [at, setAt] = useState<{ readonly marks: readonly Mark[]; readonly index: number } | null>(
    null,
  )
  // A new answer has other marks: the keys start at its first one.
  const index = at?.marks === marks ? at.index : -1
  return {
    mark: marks[index] ?? null,
    move(event) {
      const step = steps[event.key]
      if (!step || marks.length === 0) return false
      event.preventDefault()
      const next = step(index, marks.length - 1)
      const mark = marks[next]
      setAt({ marks, index: next })
      if (mark)
        chart.current?.dispatchAction({
          type: 'showTip',
          seriesIndex: mark.series,
          dataIndex: mark.index,
        })
      return true
    },
    leave() {
      setAt(null)
      chart.current?.dispatchAction({ type: 'hideTip' })
    },
  }
}
