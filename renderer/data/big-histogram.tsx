import type { ColumnProfile } from '../../shared/data/profile.ts'
import type { Filter } from '../../shared/query/filter.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { useShown } from './use-shown.ts'
import { binFilter } from './view-state.ts'

interface BigHistogramProps {
  readonly profile: ColumnProfile
  readonly onFilter: (filter: Filter) => void
}

/** Bars of the whole column; each shows its rows in the grid. */
export function BigHistogram({ profile, onFilter }: BigHistogramProps) {
  const text = useText()
  const language = useLanguage()
  const show = useShown()
  const { histogram, grain, field } = profile
  const most = Math.max(1, ...histogram.map(({ rows }) => rows))
  const [first, last] = [histogram[0], histogram.at(-1)]
  return (
    <section aria-label={text('profile.histogram')}>
      <h3>{text('profile.histogram')}</h3>
      <div className="profile-histogram">
        {histogram.map((bin, index) => {
          const single = bin.from === bin.to
          const words = text(single ? 'profile.period' : 'profile.bin', {
            from: show(bin.from),
            to: show(bin.to),
            rows: showCount(bin.rows, language),
          })
          return (
            <button
              key={index}
              type="button"
              title={words}
              aria-label={words}
              disabled={bin.rows === 0}
              onClick={() =>
                onFilter(binFilter(field, bin, { grain, last: index === histogram.length - 1 }))
              }
            >
              <span
                style={{ height: bin.rows === 0 ? 0 : `${Math.max(2, (bin.rows / most) * 100)}%` }}
              />
            </button>
          )
        })}
      </div>
      <div className="profile-ends hint">
        <span>{first && show(first.from)}</span>
        <span>{last && show(last.to)}</span>
      </div>
    </section>
  )
}
