import type { EChartsType } from 'echarts/core'
import type { RefObject } from 'react'
import { useEffect, useRef } from 'react'
import type { ChartOption } from '../../shared/chart/option/chart-look.ts'
import { init } from './echarts.ts'

/** What was hit: the item's own data, as the option carries it. */
export interface ChartHit {
  readonly data: unknown
  readonly at: { readonly x: number; readonly y: number }
}

export interface ChartEvents {
  readonly onClick: (hit: ChartHit | null) => void
  readonly onDoubleClick: (hit: ChartHit) => void
  readonly onMenu: (hit: ChartHit | null, at: ChartHit['at']) => void
}

interface RawEvent {
  readonly data?: unknown
  readonly event?: { readonly event?: unknown }
}

function pointOf(native: unknown): ChartHit['at'] {
  return native instanceof MouseEvent ? { x: native.clientX, y: native.clientY } : { x: 0, y: 0 }
}

/** One chart instance per element, redrawn with each option and fitted to its element's size. */
export function useEChart(
  element: RefObject<HTMLDivElement | null>,
  option: ChartOption,
  renderer: 'svg' | 'canvas',
  events: ChartEvents,
): RefObject<EChartsType | null> {
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef(events)
  useEffect(() => {
    latest.current = events
  })
  useEffect(() => {
    const host = element.current
    if (!host) return
    const made = init(host, null, { renderer })
    chart.current = made
    pressThrough(made)
    const sizes = new ResizeObserver(() => made.resize())
    sizes.observe(host)
    listen(made, latest)
    return () => {
      sizes.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [element, renderer])
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option, renderer])
  return chart
}

/** What is said about a mark may stand over its neighbour: a press goes through it to the mark. */
export function pressThrough(chart: Pick<EChartsType, 'getZr'>): void {
  const surface = chart.getZr()
  const add = surface.add.bind(surface)
  // Marks come in groups; the only text that is put on the surface by itself is the tooltip.
  surface.add = (element) => {
    if (element.type === 'text') element.silent = true
    add(element)
  }
}

/** Hands on what happens on a chart: a click on no item lets go. */
export function listen(
  chart: Pick<EChartsType, 'on' | 'getZr'>,
  latest: { readonly current: ChartEvents },
): void {
  let onItem = false
  chart.on('click', (raw) => {
    onItem = true
    const event = raw as RawEvent
    latest.current.onClick({ data: event.data, at: pointOf(event.event?.event) })
  })
  chart.on('dblclick', (raw) => {
    const event = raw as RawEvent
    latest.current.onDoubleClick({ data: event.data, at: pointOf(event.event?.event) })
  })
  chart.on('contextmenu', (raw) => {
    const event = raw as RawEvent
    const native = event.event?.event
    if (native instanceof Event) native.preventDefault()
    const at = pointOf(native)
    latest.current.onMenu({ data: event.data, at }, at)
  })
  // The surface hears every click; the ones on items were heard first.
  chart.getZr().on('click', () => {
    if (!onItem) latest.current.onClick(null)
    onItem = false
  })
}
