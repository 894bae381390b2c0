import { Skeleton } from 'antd'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { RowList, RowsRequest } from '../../shared/query/row-list.ts'
import type { App } from '../state/app.ts'
import { useApp, useSession } from '../state/app-context.ts'
import { useRowWindows, windowRows } from '../state/row-windows.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { IconButton } from '../ui/controls.tsx'
import { isNumeric } from '../../shared/data/field.ts'
import { showValue } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

const rowPx = 26
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

function RowsTable({ list }: { readonly list: RowList }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const { pages, look } = useRowWindows(app, list)
  // The browser ends an element at 33 million pixels; a list longer than that scrolls in larger steps.
  const virtual = useVirtualizer({
    count: Math.min(list.count, 1_200_000),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => look(first, last))
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
    <div
      className="rows-scroll selectable"
      ref={scroller}
      tabIndex={0}
      aria-label={text('rows.table')}
    >
      <table aria-rowcount={list.count} style={{ height: virtual.getTotalSize() + rowPx }}>
        <thead>
          <tr>
            {list.fields.map(({ name, type }) => (
              <th key={name} scope="col" data-numeric={isNumeric(type)}>
                {name}
              </th>
            ))}
            <th scope="col">{text('rows.origin')}</th>
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden="true" style={{ height: items[0]?.start ?? 0 }} />
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 1} style={{ height: rowPx }}>
              {list.fields.map(({ name, type }, column) => (
                <td key={name} data-numeric={isNumeric(type)}>
                  {cell(index, column)}
                </td>
              ))}
              <td className="muted">{source(index)}</td>
            </tr>
          ))}
          <tr aria-hidden="true" />
        </tbody>
      </table>
    </div>
  )
}

/** The measures over exactly these rows: what the mark or cell showed. */
function Sums({ list }: { readonly list: RowList }) {
  const text = useText()
  const language = useLanguage()
  return list.measures.map((measure, index) => {
    const column = list.totals[index]
    const name =
      measure.aggregate === 'count'
        ? text('pill.caption.count')
        : text('pill.caption.aggregate', {
            field: measure.field ?? '',
            aggregate: text(`aggregate.${measure.aggregate}`),
          })
    return (
      <span key={measure.name} className="rows-sum">
        {name} <strong>{column ? showValue(column, 0, language) : ''}</strong>
      </span>
    )
  })
}

function OpenRows({ title, request }: { readonly title: string; readonly request: RowsRequest }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { open, error } = useRows(app, request)
  const count = open && new Intl.NumberFormat(language).format(open.count)
  return (
    <section className="rows-panel" aria-label={text('rows.title', { cell: title })}>
      <header className="panel-title">
        <span className="rows-title">{text('rows.title', { cell: title })}</span>
        {count !== null && (
          <span className="rows-sum" role="status">
            {text('rows.count', { count })}
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
      {open && <RowsTable list={open} />}
    </section>
  )
}

/** The base rows behind a mark or a cell, with their number and sums. */
export function RowsPanel() {
  const rows = useSession((session) => session.rows)
  return rows && <OpenRows title={rows.title} request={rows.request} />
}
