import { Dropdown } from 'antd'
import type { ReactNode } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import { useApp } from '../state/app-context.ts'
import { changeTags, lastTagChange } from '../state/change-tags.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { PersonalMark } from '../ui/personal-mark.tsx'
import { tagMenu, tagWords } from '../ui/tag-menu.ts'
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
  const app = useApp()
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
      {columns.map(({ field: { name }, index, left, width }) => {
        const field = dataset.fields.find((one) => one.name === name)
        if (!field) return null
        const words = [field.name, text(`type.${field.type}`), ...tagWords(field, text)]
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
            <Dropdown
              trigger={['contextMenu']}
              menu={tagMenu(field, text, {
                onChoose: (part) => void changeTags(app, dataset.id, field, part),
                last: lastTagChange(app),
              })}
            >
              <button
                type="button"
                title={words.join(' · ')}
                aria-label={text('dataPage.sort', { field: field.name })}
                onClick={() => onSort(field.name)}
              >
                <Icon name={fieldIcon(field)} size={13} />
                <span>{field.name}</span>
                {field.personal && <PersonalMark kind={field.personal} />}
                {sort && <Icon name={sort === 'ascending' ? 'up' : 'down'} size={12} />}
              </button>
            </Dropdown>
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
