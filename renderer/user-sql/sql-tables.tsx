import { useState } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { SqlPlace } from '../../shared/data/sql-words.ts'
import { useApp } from '../state/app-context.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { quotedName } from './complete-sql.ts'
import { namedDatasets, tableName } from './named-tables.ts'

interface SqlTablesProps {
  readonly place: SqlPlace
  /** The dataset whose statement is changed: it cannot ask itself. */
  readonly without: string | undefined
  readonly onInsert: (name: string) => void
}

/** What can be named in the statement; a click writes it where the caret is. */
export function SqlTables({ place, without, onInsert }: SqlTablesProps) {
  const app = useApp()
  const text = useText()
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  const shown = namedDatasets(datasets, place, without)
  return (
    <section className="sql-tables" aria-label={text('sql.tables')}>
      <h3>{text('sql.tables')}</h3>
      {place.kind === 'server' && <p className="hint">{text('sql.serverTables')}</p>}
      {place.kind === 'extracts' && shown.length === 0 && (
        <p className="hint">{text('sql.noTables')}</p>
      )}
      <ul>
        {shown.map((dataset) => (
          <TableEntry key={dataset.id} dataset={dataset} onInsert={onInsert} />
        ))}
      </ul>
    </section>
  )
}

interface TableEntryProps {
  readonly dataset: DatasetInfo
  readonly onInsert: (name: string) => void
}

function TableEntry({ dataset, onInsert }: TableEntryProps) {
  const text = useText()
  const [open, setOpen] = useState(false)
  const name = tableName(dataset)
  return (
    <li>
      <span className="sql-table">
        <button type="button" aria-expanded={open} aria-label={name} onClick={() => setOpen(!open)}>
          <Icon name="down" size={12} />
        </button>
        <button
          type="button"
          aria-label={text('sql.insert', { name })}
          onClick={() => onInsert(quotedName(name))}
        >
          {name}
        </button>
      </span>
      {open && (
        <ul>
          {dataset.fields
            .filter(({ derived }) => derived === undefined)
            .map((field) => (
              <li key={field.name}>
                <button
                  type="button"
                  aria-label={text('sql.insert', { name: field.name })}
                  onClick={() => onInsert(quotedName(field.name))}
                >
                  <Icon name={fieldIcon(field)} size={13} />
                  {field.name}
                </button>
              </li>
            ))}
        </ul>
      )}
    </li>
  )
}
