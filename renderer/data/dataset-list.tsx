import { Dropdown } from 'antd'
import { useState } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { localMoment } from '../../shared/data/local-moment.ts'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { removeDataset, renameDataset } from '../state/dataset-actions.ts'
import { IconButton } from '../ui/controls.tsx'
import { EditableText } from '../ui/editable-text.tsx'
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
        <IconButton
          icon="folder"
          small
          label={text('action.data.folder')}
          onClick={() => void perform(app, 'data.folder')}
        />
        <IconButton
          icon="dataset"
          small
          label={text('connections.open')}
          onClick={() => void perform(app, 'data.servers')}
        />
        <IconButton
          icon="sql"
          small
          label={text('sql.new')}
          onClick={() => void perform(app, 'data.sql')}
        />
        <IconButton
          icon="date"
          small
          label={text('calendar.open')}
          onClick={() => void perform(app, 'data.calendar')}
        />
      </div>
      <ul className="data-scroll">
        {datasets.map((dataset) => (
          <DatasetEntry
            key={dataset.id}
            dataset={dataset}
            chosen={dataset.id === chosen}
            onChoose={() => onChoose(dataset.id)}
          />
        ))}
      </ul>
    </nav>
  )
}

interface DatasetEntryProps {
  readonly dataset: DatasetInfo
  readonly chosen: boolean
  readonly onChoose: () => void
}

/** One dataset; F2 renames it, Delete asks to remove it, its menu offers both. */
function DatasetEntry({ dataset, chosen, onChoose }: DatasetEntryProps) {
  const app = useApp()
  const text = useText()
  const [renaming, setRenaming] = useState(false)
  const { name } = dataset
  const remove = (): void => void removeDataset(app, dataset)
  const editSql = (): void => app.shell.openDialog('sql', { dataset: dataset.id })
  const run: Record<string, () => void> = { rename: () => setRenaming(true), remove, editSql }
  const menu = {
    items: [
      { key: 'rename', label: text('dataPage.rename') },
      ...(dataset.sql ? [{ key: 'editSql', label: text('sql.edit') }] : []),
      { key: 'remove', danger: true, label: text('dataPage.remove') },
    ],
    onClick: ({ key }: { readonly key: string }) => run[key]?.(),
  }
  if (renaming) {
    return (
      <li
        className="data-renaming"
        ref={(node) => node?.querySelector('input')?.focus()}
        onBlur={() => setRenaming(false)}
      >
        <EditableText
          label={text('dataPage.newName')}
          maxLength={120}
          value={name}
          onChange={(next) => void renameDataset(app, dataset, next)}
        />
      </li>
    )
  }
  return (
    <li>
      <Dropdown trigger={['contextMenu']} menu={menu}>
        <button
          type="button"
          aria-current={chosen ? 'true' : undefined}
          onClick={onChoose}
          onKeyDown={({ key }) => {
            if (key === 'F2') setRenaming(true)
            else if (key === 'Delete') remove()
          }}
        >
          <DatasetFacts dataset={dataset} />
        </button>
      </Dropdown>
      <Dropdown trigger={['click']} menu={menu}>
        <span className="data-more">
          <IconButton
            icon="more"
            small
            label={text('dataPage.more', { dataset: name })}
            onClick={() => undefined}
          />
        </span>
      </Dropdown>
    </li>
  )
}

function DatasetFacts({ dataset }: { readonly dataset: DatasetInfo }) {
  const text = useText()
  const language = useLanguage()
  const { name, rows, mode, dataAsOf, sql } = dataset
  return (
    <>
      <Icon name="dataset" />
      <strong>{name}</strong>
      <span className="data-mode">
        {sql && `${text('sql.mark')} · `}
        {text(mode === 'live' ? 'dataPage.live' : 'dataPage.extract')}
      </span>
      <small>{text('dataPage.rows', { count: showCount(rows, language) })}</small>
      <small>{text('dataPage.asOf', { time: localMoment(dataAsOf) })}</small>
    </>
  )
}
