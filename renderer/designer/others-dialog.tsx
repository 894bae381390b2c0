import { Modal, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { QueryResult } from '../../shared/query/query-result.ts'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import { memberCaption } from '../../shared/report/captions.ts'
import { useApp, useReport, useSession } from '../state/app-context.ts'
import { cellText } from '../ui/cell-text.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { measureLook } from '../ui/pill-formats.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import './prove-dialog.css'

/** More are counted, not listed. */
const listed = 1000

function useMembers(query: ReportQuery) {
  const app = useApp()
  const [result, setResult] = useState<QueryResult | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    void app.engine['query.run']({ query }, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return
      if (answer.ok) setResult(answer.value)
      else setError(answer.error)
    })
    return () => abort.abort()
  }, [app, query])
  return { result, error }
}

/** Who stands behind "Others": its members with the same measures, in the order they were ranked by. */
export function OthersDialog() {
  const app = useApp()
  const text = useText()
  const asked = useSession(({ others }) => others)
  if (!asked) return null
  return (
    <Modal
      open
      width={560}
      title={text('others.title', { cell: asked.title })}
      footer={null}
      onCancel={() => app.session.setState({ others: null })}
    >
      <Members query={asked.query} />
    </Modal>
  )
}

function Members({ query }: { readonly query: ReportQuery }) {
  const text = useText()
  const language = useLanguage()
  const report = useReport()
  const { result, error } = useMembers(query)
  if (error) return <ErrorNotice error={error} />
  if (!result) return <Skeleton active title={false} />
  const looks = result.measures.map((measure) => measureLook(report, measure, text))
  const paths = result.rows.paths
  return (
    <>
      <p className="hint">{text('others.count', { count: paths.length })}</p>
      <div className="proof-operands">
        <table aria-label={text('others.list')}>
          <thead>
            <tr>
              <th scope="col">{query.rows.at(-1)?.field}</th>
              {looks.map(({ caption }) => (
                <th key={caption} scope="col" data-numeric>
                  {caption}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {paths.slice(0, listed).map((path, row) => (
              <tr key={JSON.stringify(path)}>
                <th scope="row">{memberCaption(path.at(-1) ?? null, text)}</th>
                {looks.map(({ caption, format }, measure) => (
                  <td key={caption} data-numeric>
                    {cellText(result, { caption, format: format ?? plain }, measure, row, language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const plain = { kind: 'number', decimals: 2, grouping: true, unit: 'none' } as const
