import type { ReactNode } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { GridColumn } from './grid-columns.ts'
import { MiniHistogram } from './mini-histogram.tsx'
import { useProfile } from './use-profile.ts'
import type { GridView } from './view-state.ts'

interface GridHeadProps {
  readonly dataset: DatasetInfo
  readonly columns: readonly GridColumn[]
  readonly view: GridView
  readonly offset: number
  readonly height: number
  readonly columnMenu: (field: Field) => ReactNode
  readonly onSort: (field: string) => void
}

/** The frozen head: name and type of each column, its order, and its distribution. */
export function GridHead(props: GridHeadProps) {
  const { dataset, columns, view, offset, height, columnMenu, onSort } = props
  const text = useText()
  return (
    <div role="row" aria-rowindex={1} className="data-grid-head" style={{ height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className="data-grid-number"
        style={{ width: offset }}
      >
        {text('dataPage.rowNumber')}
      </div>
      {columns.map(({ field, index, left, width }) => {
        const sort = view.sort?.field === field.name ? view.sort.direction : undefined
        return (
          <div
            key={index}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={sort ?? 'none'}
            data-chosen={view.field === field.name}
            className="data-grid-name"
            style={{ left: offset + left, width }}
          >
            <button
              type="button"
              title={`${field.name} · ${text(`type.${field.type}`)}`}
              aria-label={text('dataPage.sort', { field: field.name })}
              onClick={() => onSort(field.name)}
            >
              <Icon name={fieldIcon(field)} size={13} />
              <span>{field.name}</span>
              {sort && <Icon name={sort === 'ascending' ? 'up' : 'down'} size={12} />}
            </button>
            {columnMenu(field)}
            <HeadHistogram dataset={dataset} field={field.name} width={width - 16} />
          </div>
        )
      })}
    </div>
  )
}

interface HeadHistogramProps {
  readonly dataset: DatasetInfo
  readonly field: string
  readonly width: number
}

function HeadHistogram({ dataset, field, width }: HeadHistogramProps) {
  const found = useProfile(dataset, field)
  if (found.state === 'ready') return <MiniHistogram profile={found.profile} width={width} />
  return <span className="mini-histogram-wait" aria-hidden="true" />
}
