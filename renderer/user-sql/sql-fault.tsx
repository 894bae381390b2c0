import { Button } from 'antd'
import type { AppError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { lineAndColumn } from './line-and-column.ts'

interface SqlFaultProps {
  readonly error: AppError
  readonly written: string
  readonly onGo: (place: number) => void
}

/** What is wrong with the statement, where, and the engine's own words; other trouble as everywhere. */
export function SqlFault({ error, written, onGo }: SqlFaultProps) {
  const text = useText()
  const { details } = error
  const { at, message } = details
  if (error.code !== 'sql/refused' && error.code !== 'sql/failed') {
    return (
      <div role="alert">
        <ErrorNotice error={error} />
      </div>
    )
  }
  return (
    <div role="alert" className="sql-fault">
      <Icon name="warning" />
      <div>
        <p>{errorSentence(error, text)}</p>
        {typeof message === 'string' && details['reason'] !== 'unknownTable' && (
          <p className="hint selectable">{text('sql.said', { message })}</p>
        )}
      </div>
      {typeof at === 'number' && (
        <Button size="small" onClick={() => onGo(at)}>
          {text('sql.where', lineAndColumn(written, at))}
        </Button>
      )}
    </div>
  )
}
