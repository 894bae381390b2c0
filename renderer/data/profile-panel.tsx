import { Skeleton } from 'antd'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { ColumnProfile } from '../../shared/data/profile.ts'
import type { Filter } from '../../shared/query/filter.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { ColumnTags } from './column-tags.tsx'
import { BigHistogram } from './big-histogram.tsx'
import { useShown } from './use-shown.ts'
import { useProfile } from './use-profile.ts'
import { valueFilter } from './view-state.ts'

interface ProfilePanelProps {
  readonly dataset: DatasetInfo
  readonly field: string | null
  readonly onFilter: (filter: Filter) => void
}

/** What all rows of the chosen column hold; values and bars filter the grid. */
export function ProfilePanel({ dataset, field, onFilter }: ProfilePanelProps) {
  const text = useText()
  const known = dataset.fields.find(({ name }) => name === field)
  return (
    <aside className="data-side data-profile" aria-label={text('profile.title')}>
      <div className="panel-title">
        <h2>{known ? known.name : text('profile.title')}</h2>
        {known && <span className="hint">{text(`type.${known.type}`)}</span>}
      </div>
      {known && known.derived === undefined && <ColumnTags dataset={dataset} field={known} />}
      {known ? (
        <Loaded key={known.name} dataset={dataset} field={known.name} onFilter={onFilter} />
      ) : (
        <p className="hint data-note">{text('profile.choose')}</p>
      )}
    </aside>
  )
}

interface LoadedProps {
  readonly dataset: DatasetInfo
  readonly field: string
  readonly onFilter: (filter: Filter) => void
}

function Loaded({ dataset, field, onFilter }: LoadedProps) {
  const text = useText()
  const found = useProfile(dataset, field)
  if (found.state === 'failed') return <ErrorNotice error={found.error} />
  if (found.state === 'loading') {
    return (
      <div className="data-note" role="status" aria-label={text('profile.loading')}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    )
  }
  const { profile } = found
  return (
    <div className="data-scroll" tabIndex={0} role="group" aria-label={text('profile.title')}>
      {profile.histogram.length > 0 && <BigHistogram profile={profile} onFilter={onFilter} />}
      <Facts profile={profile} />
      <Outliers profile={profile} onFilter={onFilter} />
      <TopValues profile={profile} onFilter={onFilter} />
      <Patterns profile={profile} />
    </div>
  )
}

function Facts({ profile }: { readonly profile: ColumnProfile }) {
  const text = useText()
  const language = useLanguage()
  const show = useShown()
  const share = (count: number): string => {
    const part = profile.rows === 0 ? 0 : count / profile.rows
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
    return `${showCount(count, language)} (${percent.format(part)})`
  }
  const length = (count: number): string => text('profile.characters', { count: show(count) })
  const { numbers, texts } = profile
  const facts = [
    ['profile.blanks', share(profile.blanks)],
    ['profile.distinct', showCount(profile.distinct, language)],
    ...(profile.min === null ? [] : ([['profile.min', show(profile.min)]] as const)),
    ...(profile.max === null ? [] : ([['profile.max', show(profile.max)]] as const)),
    ...(numbers
      ? ([
          ['profile.mean', show(numbers.mean)],
          ['profile.deviation', numbers.deviation === null ? '–' : show(numbers.deviation)],
          ['profile.quartile1', show(numbers.quartiles[0])],
          ['profile.median', show(numbers.quartiles[1])],
          ['profile.quartile3', show(numbers.quartiles[2])],
        ] as const)
      : []),
    ...(texts
      ? ([
          ['profile.shortest', length(texts.shortest)],
          ['profile.longest', length(texts.longest)],
          ['profile.meanLength', length(texts.meanLength)],
        ] as const)
      : []),
  ] as const
  return (
    <dl className="profile-facts selectable">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{text(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface PartProps {
  readonly profile: ColumnProfile
  readonly onFilter: (filter: Filter) => void
}

function Outliers({ profile, onFilter }: PartProps) {
  const text = useText()
  const language = useLanguage()
  const show = useShown()
  const outliers = profile.numbers?.outliers
  if (!outliers) return null
  const { below, above, examples } = outliers
  const edges = { lowest: show(outliers.lowest), highest: show(outliers.highest) }
  const counts = { below: showCount(below, language), above: showCount(above, language) }
  return (
    <section aria-label={text('profile.outliers')}>
      <h3>{text('profile.outliers')}</h3>
      <p className="hint">
        {below + above === 0
          ? text('profile.noOutliers', edges)
          : text('profile.someOutliers', { ...edges, ...counts })}
      </p>
      <div className="profile-examples">
        {examples.map((value) => (
          <button
            key={value}
            type="button"
            onClick={() => onFilter(valueFilter(profile.field, value))}
          >
            {show(value)}
          </button>
        ))}
      </div>
    </section>
  )
}

function TopValues({ profile, onFilter }: PartProps) {
  const text = useText()
  const language = useLanguage()
  const show = useShown()
  const most = profile.top[0]?.rows ?? 1
  if (profile.top.length === 0) return null
  return (
    <section aria-label={text('profile.top')}>
      <h3>{text('profile.top')}</h3>
      <ul className="profile-values">
        {profile.top.map(({ value, rows }) => (
          <li key={String(value)}>
            <button
              type="button"
              title={text('profile.value', { value: show(value), rows: showCount(rows, language) })}
              onClick={() => onFilter(valueFilter(profile.field, value))}
            >
              <span className="profile-bar" style={{ width: `${(rows / most) * 100}%` }} />
              <span className="profile-value">{show(value)}</span>
              <span>{showCount(rows, language)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Patterns({ profile }: { readonly profile: ColumnProfile }) {
  const text = useText()
  const language = useLanguage()
  const patterns = profile.texts?.patterns ?? []
  if (patterns.length === 0) return null
  return (
    <section aria-label={text('profile.patterns')}>
      <h3>{text('profile.patterns')}</h3>
      <ul className="profile-patterns selectable">
        {patterns.map(({ pattern, rows, example }) => (
          <li key={pattern}>
            <code>{pattern}</code>
            <span>{showCount(rows, language)}</span>
            <small>{text('profile.example', { value: example })}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
