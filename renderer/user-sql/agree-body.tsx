import { useStore } from 'zustand'
import type { KeptSql } from '../../shared/data/sql-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/use-text.ts'
import type { SqlFlow } from './sql-flow.ts'

interface AgreeBodyProps {
  readonly kept: KeptSql
  readonly flow: SqlFlow
}

/** A stranger's statement, whole, with the values it is run with. */
export function AgreeBody({ kept, flow }: AgreeBodyProps) {
  const text = useText()
  const error = useStore(flow.store, (state) => state.error)
  const place = kept.placeName === '' ? text('sql.agreePlace.extracts') : `“${kept.placeName}”`
  return (
    <div className="sql-agree">
      <p>{text('sql.agreeBody', { name: kept.dataset.name, place })}</p>
      <pre tabIndex={0} aria-label={text('sql.text')} className="selectable">
        {kept.text}
      </pre>
      {kept.parameters.length > 0 && (
        <dl aria-label={text('sql.parameters')}>
          {kept.parameters.map(({ name, value }) => (
            <div key={name}>
              <dt>:{name}</dt>
              <dd className="selectable">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {error && (
        <div role="alert">
          <ErrorNotice error={error} />
        </div>
      )}
    </div>
  )
}
