import { Button, Skeleton } from 'antd'
import { Fragment, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { AppError } from '../../shared/errors.ts'
import type { RowList } from '../../shared/query/row-list.ts'
import { perform } from '../state/actions.ts'
import type { App } from '../state/app.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { unagreedSql } from '../state/unagreed-sql.ts'
import { Choice, IconButton } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ImportRemark } from '../ui/import-remark.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { DataGrid } from './data-grid.tsx'
import { DatasetList } from './dataset-list.tsx'
import { GridBar } from './grid-bar.tsx'
import { ModelView } from './model/model-view.tsx'
import { RejectedView } from './rejected-view.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import type { GridView } from './view-state.ts'
import { filteredBy, firstView, rowsOf, sortedBy } from './view-state.ts'
import './data.css'
import './data-grid.css'
import './profile.css'

/** Back to the report that is open, else to the start page. */
function leave(app: App): void {
  app.shell.go(app.documents.current() === null ? 'gallery' : 'designer')
}

interface DataPageProps {
  /** Where the versions of the chosen dataset are shown, under the list. */
  readonly versionsOf?: (dataset: DatasetInfo) => ReactNode
  readonly preparation?: Preparation
  readonly people?: People
}

/** Another room's way to find accounts of one person. */
export interface People {
  /** Takes the place of grid and profile. */
  readonly panel: (dataset: DatasetInfo) => ReactNode
}

/** Another room's way to change the rows of a dataset. */
export interface Preparation {
  /** Takes the place of grid and profile. */
  readonly workbench: (dataset: DatasetInfo) => ReactNode
  /** At the head of a column; `onStep` shows the workbench. */
  readonly columnMenu: (dataset: DatasetInfo, field: Field, onStep: () => void) => ReactNode
}

/** Nobody is told by an address alone. */
const tellsPeople = ({ fields }: DatasetInfo): boolean =>
  fields.some(({ personal, derived }) => personal !== undefined && personal !== 'address' && derived === undefined) // prettier-ignore

type Look = 'rows' | 'prepare' | 'rejected' | 'people'

/** All rows of every dataset, and what each column holds. */
export function DataPage({ versionsOf, preparation, people }: DataPageProps) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  const asked = useShell((shell) => shell.dataset)
  const [look, setLook] = useState<Look>('rows')
  const [model, setModel] = useState(false)
  const chosen = datasets.find(({ id }) => id === asked) ?? datasets[0]
  // A live dataset is asked where it is: there is nothing of it to prepare.
  const rejectedLabel = (count: number): string =>
    text('rejected.show', { count: showCount(count, language) })
  const isPreparable = chosen?.mode === 'extract' && !model
  const prepared = isPreparable ? preparation : undefined
  const peopleOf = isPreparable && tellsPeople(chosen) ? people : undefined
  return (
    <div className="data-page">
      <header className="data-header">
        <IconButton
          icon="home"
          label={text('dataPage.back')}
          text={text('dataPage.back')}
          onClick={() => leave(app)}
        />
        <h1>{text('dataPage.title')}</h1>
        {prepared && (
          <Choice<Look>
            label={text('recipe.view')}
            value={look}
            options={[
              { value: 'rows', label: text('recipe.rows') },
              { value: 'prepare', label: text('recipe.show') },
              ...(chosen && (chosen.rejected > 0 || look === 'rejected')
                ? [{ value: 'rejected' as const, label: rejectedLabel(chosen.rejected) }]
                : []),
              ...(peopleOf ? [{ value: 'people' as const, label: text('people.show') }] : []),
            ]}
            onChange={setLook}
          />
        )}
        {preparation && chosen?.mode === 'live' && !model && (
          <span className="hint">{text('recipe.live')}</span>
        )}
        <span className="data-header-end">
          <IconButton
            icon="model"
            label={text('model.show')}
            text={text('model.title')}
            pressed={model}
            onClick={() => setModel(!model)}
          />
          <IconButton
            icon="link"
            label={text('relations.title')}
            text={text('relations.title')}
            onClick={() => perform(app, 'data.relate')}
          />
        </span>
      </header>
      {chosen && model ? (
        <ModelView />
      ) : chosen ? (
        <div className="data-body">
          <div className="data-left">
            <DatasetList
              datasets={datasets}
              chosen={chosen.id}
              onChoose={(dataset) => app.shell.lookAt(dataset)}
            />
            {versionsOf?.(chosen)}
          </div>
          {prepared && look === 'prepare' ? (
            <Fragment key={chosen.id}>{prepared.workbench(chosen)}</Fragment>
          ) : prepared && look === 'rejected' ? (
            <RejectedView key={chosen.id} dataset={chosen} />
          ) : peopleOf && look === 'people' ? (
            <Fragment key={chosen.id}>{peopleOf.panel(chosen)}</Fragment>
          ) : (
            <DatasetView
              key={`${chosen.id} ${chosen.version}`}
              dataset={chosen}
              columnMenu={(field) =>
                field.derived === undefined
                  ? (prepared?.columnMenu(chosen, field, () => setLook('prepare')) ?? null)
                  : null
              }
            />
          )}
        </div>
      ) : (
        <NoData />
      )}
    </div>
  )
}

function NoData() {
  const app = useApp()
  const text = useText()
  return (
    <main className="data-none">
      <h2>{text('dataPage.none')}</h2>
      <p className="hint">{text('dataPage.noneHint')}</p>
      <Button type="primary" onClick={() => perform(app, 'data.import')}>
        {text('start.dataButton')}
      </Button>
      <Button onClick={() => perform(app, 'data.folder')}>{text('action.data.folder')}</Button>
      <Button onClick={() => perform(app, 'data.servers')}>{text('connections.open')}</Button>
    </main>
  )
}

interface DatasetViewProps {
  readonly dataset: DatasetInfo
  readonly columnMenu: (field: Field) => ReactNode
}

function DatasetView({ dataset, columnMenu }: DatasetViewProps) {
  const [view, setView] = useState(() => firstView(dataset.id))
  const [target, setTarget] = useState<{ readonly row: number } | null>(null)
  const { list, error } = useList(view)
  const look = (next: GridView): void => {
    setTarget(null)
    setView(next)
  }
  return (
    <>
      <main className="data-middle" aria-label={dataset.name}>
        <GridBar
          dataset={dataset}
          view={view}
          count={list?.count}
          whole={list?.whole}
          onView={look}
          onJump={(row) => setTarget({ row })}
        />
        <LikelyTotals dataset={dataset} />
        <Listed list={list} error={error}>
          {(open) => (
            <DataGrid
              key={open.key}
              dataset={dataset}
              list={open}
              view={view}
              target={target}
              columnMenu={columnMenu}
              onSort={(field) => look(sortedBy(view, field))}
              onChoose={(field) => setView({ ...view, field })}
            />
          )}
        </Listed>
      </main>
      <ProfilePanel
        dataset={dataset}
        field={view.field}
        onFilter={(filter) => look(filteredBy(view, filter))}
      />
    </>
  )
}

/** Rows that look like totals stayed in: one click reads the files again without them. */
function LikelyTotals({ dataset }: { readonly dataset: DatasetInfo }) {
  const app = useApp()
  const warning = dataset.warnings.find(({ code }) => code === 'likelyTotals')
  if (warning === undefined || dataset.mode === 'live') return null
  return (
    <ul className="result-remarks data-remarks">
      <ImportRemark
        warning={warning}
        onRule={null}
        onLikelyTotals={() => app.shell.openDialog('refresh', { likelyTotals: dataset.id })}
      />
    </ul>
  )
}

interface ListedProps {
  readonly list: RowList | null
  readonly error: AppError | null
  readonly children: (list: RowList) => ReactNode
}

function Listed({ list, error, children }: ListedProps) {
  const text = useText()
  if (error) return <Unlisted error={error} />
  if (!list) {
    return (
      <div className="data-note" role="status" aria-label={text('dataPage.loading')}>
        <Skeleton active paragraph={{ rows: 12 }} />
      </div>
    )
  }
  if (list.count === 0) return <p className="hint data-note">{text('dataPage.noRows')}</p>
  return children(list)
}

function Unlisted({ error }: { readonly error: AppError }) {
  const app = useApp()
  const text = useText()
  const dataset = unagreedSql(error)
  return (
    <div className="data-unlisted" role="alert">
      <ErrorNotice error={error} />
      {dataset !== undefined && (
        <Button onClick={() => app.shell.openDialog('sql', { dataset })}>{text('sql.see')}</Button>
      )}
    </div>
  )
}

/** The rows as filtered and sorted; an old request's answer is thrown away. */
function useList({ dataset, sort, filters }: GridView) {
  const app = useApp()
  const [list, setList] = useState<RowList | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const deciding = useShell(({ dialog }) => dialog === 'sql')
  // Once its statement was agreed to, what was refused is asked again.
  const asksAgain = deciding && error !== null && unagreedSql(error) !== undefined
  const request = useMemo(
    () => rowsOf({ dataset, field: null, sort, filters }),
    [dataset, sort, filters],
  )
  useEffect(() => {
    const abort = new AbortController()
    setList(null)
    setError(null)
    void app.engine['rows.open'](request, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return
      if (answer.ok) setList(answer.value)
      else setError(answer.error)
    })
    return () => abort.abort()
  }, [app, request, asksAgain])
  return { list, error }
}
