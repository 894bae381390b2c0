import { Button, Input } from 'antd'
import { useState } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { isNumeric } from '../../shared/data/field.ts'
import type { Filter } from '../../shared/query/filter.ts'
import { Icon } from '../ui/icon.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { GridView } from './view-state.ts'
import { filterWords, filteredBy, valueFilter } from './view-state.ts'

interface GridBarProps {
  readonly dataset: DatasetInfo
  readonly view: GridView
  /** Rows that pass the filters; undefined while they are read. */
  readonly count: number | undefined
  /** All that pass, where only the first of them are listed. */
  readonly whole: number | undefined
  readonly onView: (view: GridView) => void
  readonly onJump: (row: number) => void
}

/** Search, filters and the way to a row by its number. */
export function GridBar({ dataset, view, count, whole, onView, onJump }: GridBarProps) {
  const text = useText()
  const language = useLanguage()
  const shown = count === undefined ? '…' : showCount(count, language)
  return (
    <div className="data-bar">
      <Search key={view.field} dataset={dataset} view={view} onView={onView} />
      <RowJump count={count ?? 0} onJump={onJump} />
      <span className="hint" role="status">
        {whole === undefined
          ? text('dataPage.shown', { shown, count: showCount(dataset.rows, language) })
          : text('rows.firstOf', { count: shown, whole: showCount(whole, language) })}
      </span>
      <Filters view={view} onView={onView} />
    </div>
  )
}

interface RowJumpProps {
  readonly count: number
  readonly onJump: (row: number) => void
}

function RowJump({ count, onJump }: RowJumpProps) {
  const text = useText()
  const [wanted, setWanted] = useState<number | null>(null)
  return (
    <NumberField
      size="small"
      className="data-jump"
      min={1}
      precision={0}
      controls={false}
      disabled={count === 0}
      aria-label={text('dataPage.goTo')}
      placeholder={text('dataPage.goTo')}
      value={wanted}
      onChange={setWanted}
      onPressEnter={() => {
        if (wanted !== null && count > 0) onJump(Math.min(wanted, count) - 1)
      }}
    />
  )
}

type SearchProps = Pick<GridBarProps, 'dataset' | 'view' | 'onView'>

function Search({ dataset, view, onView }: SearchProps) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const field = dataset.fields.find(({ name }) => name === view.field)
  const label = field ? text('dataPage.search', { field: field.name }) : text('dataPage.searchAny')
  const search = (): void => {
    if (!field || typed.trim() === '') return
    const filter: Filter =
      field.type === 'text'
        ? { field: field.name, op: 'contains', text: typed, ignoreCase: true }
        : valueFilter(field.name, isNumeric(field.type) ? Number(typed) : typed.trim())
    onView(filteredBy(view, filter))
    setTyped('')
  }
  return (
    <Input
      size="small"
      className="data-search"
      disabled={!field}
      prefix={<Icon name="search" size={14} />}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={search}
    />
  )
}

function Filters({ view, onView }: Pick<GridBarProps, 'view' | 'onView'>) {
  const text = useText()
  if (view.filters.length === 0) return null
  return (
    <>
      {view.filters.map((filter) => {
        const words = filterWords(filter, text)
        return (
          <button
            key={words}
            type="button"
            className="data-filter"
            aria-label={text('dataPage.removeFilter', { filter: words })}
            onClick={() =>
              onView({ ...view, filters: view.filters.filter((other) => other !== filter) })
            }
          >
            {words}
            <Icon name="close" size={12} />
          </button>
        )
      })}
      <Button size="small" type="link" onClick={() => onView({ ...view, filters: [] })}>
        {text('dataPage.clearFilters')}
      </Button>
    </>
  )
}
