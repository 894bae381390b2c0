import type { AppError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { Icon } from './icon.tsx'
import { useText } from './use-text.ts'

/** An expected error in words, with the facts it carries. */
export function ErrorNotice({ error }: { readonly error: AppError }) {
  const text = useText()
  const facts = Object.entries(error.details).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  )
  return (
    <div className="error-notice">
      <Icon name="warning" size={20} />
      <p>{errorSentence(error, text)}</p>
      {(facts.length > 0 || error.causeId !== undefined) && (
        <details>
          <summary>{text('app.details')}</summary>
          <p className="selectable">
            {facts.join(' · ')}
            {error.causeId !== undefined && ` ${text('app.moreDetails', { id: error.causeId })}`}
          </p>
        </details>
      )}
    </div>
  )
}
