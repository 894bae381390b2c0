import type { ColumnProfile } from '../../shared/data/profile.ts'

interface MiniProps {
  readonly profile: ColumnProfile
  readonly width: number
}

const heightPx = 22
const mostBars = 20

/** The distribution of a column at a glance: its bars, or its most frequent values where there is no order. */
export function MiniHistogram({ profile, width }: MiniProps) {
  const { histogram, top } = profile
  const counts = (histogram.length > 0 ? histogram : top.slice(0, mostBars)).map(({ rows }) => rows)
  const most = Math.max(1, ...counts)
  const step = width / Math.max(counts.length, histogram.length > 0 ? 1 : mostBars)
  return (
    <svg width={width} height={heightPx} aria-hidden="true" className="mini-histogram">
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1, (count / most) * heightPx)
        return (
          <rect
            key={index}
            x={index * step}
            y={heightPx - height}
            width={Math.max(1, step - 1)}
            height={height}
          />
        )
      })}
    </svg>
  )
}
