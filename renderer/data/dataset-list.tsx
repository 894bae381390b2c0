import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { localMoment } from '../../shared/data/local-moment.ts'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

interface DatasetListProps {
  readonly datasets: readonly DatasetInfo[]
  readonly chosen: string
  readonly onChoose: (dataset: string) => void
}

/** The datasets of the workspace with what they hold and how old it is. */
export function DatasetList({ datasets, chosen, onChoose }: DatasetListProps) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  return (
    <nav className="data-side data-list" aria-label={text('dataPage.datasets')}>
      <div className="panel-title">
        <h2>{text('dataPage.datasets')}</h2>
        <IconButton
          icon="plus"
          small
          label={text('fields.import')}
          onClick={() => void perform(app, 'data.import')}
        />
      </div>
      <ul className="data-scroll">
        {datasets.map(({ id, name, rows, mode, dataAsOf }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === chosen ? 'true' : undefined}
              onClick={() => onChoose(id)}
            >
              <Icon name="dataset" />
              <strong>{name}</strong>
              <span className="data-mode">
                {text(mode === 'live' ? 'dataPage.live' : 'dataPage.extract')}
              </span>
              <small>{text('dataPage.rows', { count: showCount(rows, language) })}</small>
              <small>{text('dataPage.asOf', { time: localMoment(dataAsOf) })}</small>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
