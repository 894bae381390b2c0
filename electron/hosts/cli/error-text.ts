import type { AppError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/error-sentence.ts'
import type { Text } from '../../../shared/text/messages.ts'

/** A sentence for people, followed by the facts that name the place. */
export function errorText(error: AppError, text: Text): string {
  const { code, details } = error
  const { pid, host, kind } = details
  if (code === 'workspace/inUse' && pid !== undefined && host !== undefined) {
    return text('cli.inUse', { pid: String(pid), host: String(host), kind: String(kind) })
  }
  const facts = Object.entries(details).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  )
  const sentence = errorSentence(error, text)
  return facts.length === 0 ? sentence : `${sentence} (${facts.join('; ')})`
}
