import type { AppError } from '../../shared/errors.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import { Icon } from './icon.tsx'
import { useText } from './use-text.ts'

/** An expected error in words, with the facts it carries. */
export function ErrorNotice({ error }: { readonly error: AppError }) {
  const text = useText()
  // Some reasons have words of their own; the general ones say only what failed.
  const key = `error.${error.code}.${String(error.details['reason'] ?? '')}`
  const words = Object.fromEntries(
    Object.entries(error.details).map(([name, value]) => [name, String(value)]),
  )
  const facts = Object.entries(error.details).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  )
  return (
    <div className="error-notice">
      <Icon name="warning" size={20} />
      <p>{isMessageKey(key) ? text(key, words) : text(`error.${error.code}`)}</p>
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
