import { useStore } from 'zustand'
import type { z } from 'zod'
import type { DatasetInfo, RejectedRow } from '../../shared/data/dataset.ts'
import type { ImportResult } from '../../shared/data/import-words.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import { fieldIcon } from '../ui/field-words.ts'
import type { ColumnRule } from '../ui/import-remark.tsx'
import { ImportRemark } from '../ui/import-remark.tsx'
import { tagWords } from '../ui/tag-menu.ts'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { EmptyParts } from './empty-parts.tsx'
import type { ImportFlow } from './import-flow.ts'
import { rejectedCsv } from './rejected-csv.ts'

/** What came in: counts, what was left out and why, columns, remarks. */
export function ResultStep({ flow }: { readonly flow: ImportFlow }) {
  const text = useText()
  const { result, connected, empty, plan, leftOut } = useStore(flow.store)
  return (
    <div className="result">
      <h3 role="status">
        <Icon name="check" />
        {text('import.done')}
      </h3>
      {leftOut.length > 0 && (
        <p className="hint">
          {text('import.stopped', { names: leftOut.join(text('list.separator')) })}
        </p>
      )}
      <EmptyParts empty={empty} plan={plan} />
      {result.map((one) => (
        <Imported key={one.dataset.id} imported={one} flow={flow} />
      ))}
      {connected.map((dataset) => (
        <section key={dataset.id} className="result-dataset" aria-label={dataset.name}>
          <h4>
            <Icon name="dataset" />
            {dataset.name}
            <span className="hint">{text('import.connected')}</span>
          </h4>
          <Columns dataset={dataset} />
        </section>
      ))}
    </div>
  )
}

interface ImportedProps {
  readonly imported: ImportResult['datasets'][number]
  readonly flow: ImportFlow
}

function Imported({ imported, flow }: ImportedProps) {
  const text = useText()
  const { plan } = useStore(flow.store)
  const { dataset, rowsRead, rowsRejected, rejected } = imported
  // Rejected rows are listed with their reasons already.
  const planned = plan.find(({ name }) => name.trim() === dataset.name)
  // What was appended to stays as it was read; only what came in whole can be read again.
  const mayRead = planned !== undefined && planned.choice !== 'append'
  const onRule = (column: string, rule: ColumnRule): void =>
    void flow.applyRule(dataset.name, column, rule)
  const remarks = dataset.warnings.filter(({ code }) => code !== 'rejectedRows')
  return (
    <section className="result-dataset" aria-label={dataset.name}>
      <h4>
        <Icon name="dataset" />
        {dataset.name}
      </h4>
      <dl className="result-counts">
        <Count label={text('import.read')} count={rowsRead} />
        <Count label={text('import.rejected')} count={rowsRejected} bad={rowsRejected > 0} />
        <Count label={text('import.kept')} count={dataset.rows} />
      </dl>
      {rejected.length > 0 && <Rejected name={dataset.name} rows={rejected} all={rowsRejected} />}
      {remarks.length > 0 && (
        <ul className="result-remarks" aria-label={text('import.remarks')}>
          {remarks.map((warning, index) => (
            <ImportRemark key={index} warning={warning} onRule={mayRead ? onRule : null} />
          ))}
        </ul>
      )}
      <Columns dataset={dataset} />
    </section>
  )
}

interface CountProps {
  readonly label: string
  readonly count: number
  readonly bad?: boolean
}

function Count({ label, count, bad = false }: CountProps) {
  const language = useLanguage()
  return (
    <div data-bad={bad}>
      <dt>{label}</dt>
      <dd>{showCount(count, language)}</dd>
    </div>
  )
}

type Rejection = z.infer<typeof RejectedRow>

interface RejectedProps {
  readonly name: string
  readonly rows: readonly Rejection[]
  readonly all: number
}

function Rejected({ name, rows, all }: RejectedProps) {
  const text = useText()
  return (
    <details className="result-rejected" open>
      <summary>{text('import.rejectedList')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('import.source')}</th>
            <th scope="col">{text('import.row')}</th>
            <th scope="col">{text('import.reason')}</th>
            <th scope="col">{text('import.rawLine')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ source, row, reason, raw }) => {
            const key = `reject.${reason}`
            return (
              <tr key={`${source} ${row}`}>
                <td>{source}</td>
                <td data-number="true">{row}</td>
                <td>{isMessageKey(key) ? text(key) : reason}</td>
                <td>
                  <code title={raw}>{raw}</code>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="hint">{text('rejected.whereTo')}</p>
      <a download={`${name}.rejected.csv`} href={rejectedCsv(rows)}>
        {text('import.saveRejected')}
      </a>
      {all > rows.length && (
        <p className="hint">{text('import.rejectedMore', { count: rows.length })}</p>
      )}
    </details>
  )
}

function Columns({ dataset }: { readonly dataset: DatasetInfo }) {
  const text = useText()
  return (
    <details className="result-columns" open>
      <summary>{text('import.columnCount', { count: dataset.fields.length })}</summary>
      <ul>
        {dataset.fields.map((field) => (
          <li key={field.name} data-role={field.role}>
            <Icon name={fieldIcon(field)} size={14} />
            <span>{field.name}</span>
            <small>
              {[
                text(`type.${field.type}`),
                text(`role.${field.role}`),
                ...tagWords(field, text),
              ].join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}
