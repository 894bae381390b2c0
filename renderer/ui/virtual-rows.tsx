import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'

const rowPx = 26
/** The browser ends an element at 33 million pixels. */
const mostRows = 1_200_000

interface VirtualRowsProps {
  readonly className: string
  readonly count: number
  readonly label: string
  /** The heads of the columns. */
  readonly head: React.ReactNode
  readonly cells: (row: number) => React.ReactNode
  /** Told which rows are in view, to ask for them. */
  readonly look: (first: number, last: number) => void
}

/** A table of any number of rows under one head row: only what is in view is in the page. */
export function VirtualRows({ className, count, label, head, cells, look }: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: Math.min(count, mostRows),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => look(first, last))
  return (
    <div ref={scroller} className={className} tabIndex={0}>
      <table
        aria-label={label}
        aria-rowcount={count + 1}
        style={{ height: virtual.getTotalSize() + rowPx }}
      >
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>
          <tr aria-hidden="true" style={{ height: items[0]?.start ?? 0 }} />
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowPx }}>
              {cells(index)}
            </tr>
          ))}
          <tr aria-hidden="true" />
        </tbody>
      </table>
    </div>
  )
}
