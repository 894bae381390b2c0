import { Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { RowList, RowsRequest } from '../../shared/query/row-list.ts'
import type { App } from '../state/app.ts'
import { useApp, useReport, useSession } from '../state/app-context.ts'
import { useRowWindows, windowRows } from '../state/row-windows.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { IconButton } from '../ui/controls.tsx'
import { isNumeric } from '../../shared/data/field.ts'
import { measureLook } from '../ui/pill-formats.ts'
import { showListed, showValue } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { VirtualRows } from '../ui/virtual-rows.tsx'

/** Opens the list; an old request's answer is thrown away. */
function useRows(app: App, request: RowsRequest) {
  const [open, setOpen] = useState<RowList | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    setOpen(null)
    setError(null)
    void app.engine['rows.open'](request, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return
      if (answer.ok) setOpen(answer.value)
      else setError(answer.error)
    })
    return () => abort.abort()
  }, [app, request])
  return { open, error }
}

interface TableProps {
  readonly list: RowList
  readonly request: RowsRequest
}

function RowsTable({ list, request }: TableProps) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { pages, look } = useRowWindows(app, list, request)
  const cell = (row: number, column: number): string => {
    const page = pages.get(Math.floor(row / windowRows))
    const values = page?.columns[column]
    return values ? showValue(values, row - page.offset, language, text) : '…'
  }
  const source = (row: number): string => {
    const page = pages.get(Math.floor(row / windowRows))
    if (!page) return ''
    const at = row - page.offset
    return text('rows.source', { file: page.sources[at] ?? '', row: page.sourceRows[at] ?? 0 })
  }
  return (
    <VirtualRows
      className="rows-scroll selectable"
      count={list.count}
      label={text('rows.table')}
      look={look}
      head={
        <>
          {list.fields.map(({ name, type }) => (
            <th key={name} scope="col" data-numeric={isNumeric(type)}>
              {name}
            </th>
          ))}
          <th scope="col">{text('rows.origin')}</th>
        </>
      }
      cells={(row) => (
        <>
          {list.fields.map(({ name, type }, column) => (
            <td key={name} data-numeric={isNumeric(type)}>
              {cell(row, column)}
            </td>
          ))}
          <td className="muted">{source(row)}</td>
        </>
      )}
    />
  )
}

/** The measures over exactly these rows, written as the mark or cell that showed them. */
function Sums({ list }: { readonly list: RowList }) {
  const report = useReport()
  const text = useText()
  const language = useLanguage()
  return list.measures.map((measure, index) => {
    const column = list.totals[index]
    const shown = measureLook(report, measure, text)
    return (
      <span key={measure.name} className="rows-sum">
        {shown.caption}{' '}
        <strong>{column ? showListed(column, 0, shown.format, language, text) : ''}</strong>
      </span>
    )
  })
}

function OpenRows({ title, request }: { readonly title: string; readonly request: RowsRequest }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { open, error } = useRows(app, request)
  const written = new Intl.NumberFormat(language)
  const count = open && written.format(open.count)
  return (
    <section className="rows-panel" aria-label={text('rows.title', { cell: title })}>
      <header className="panel-title">
        <span className="rows-title">{text('rows.title', { cell: title })}</span>
        {count !== null && (
          <span className="rows-sum" role="status">
            {open?.whole === undefined
              ? text('rows.count', { count })
              : text('rows.firstOf', { count, whole: written.format(open.whole) })}
          </span>
        )}
        {open && <Sums list={open} />}
        <span className="status-space" />
        <IconButton
          icon="close"
          small
          label={text('rows.close')}
          onClick={() => app.session.setState({ rows: null })}
        />
      </header>
      {error && <ErrorNotice error={error} />}
      {!open && !error && <Skeleton active title={false} className="block-skeleton" />}
      {open && <RowsTable list={open} request={request} />}
    </section>
  )
}

/** The base rows behind a mark or a cell, with their number and sums. */
export function RowsPanel() {
  const rows = useSession((session) => session.rows)
  return rows && <OpenRows title={rows.title} request={rows.request} />
}
