import type { AppError } from '../../../shared/errors.ts'
import type { Text } from '../../../shared/text/messages.ts'

/** A sentence for people, followed by the facts that name the place. */
export function errorText({ code, details }: AppError, text: Text): string {
  const { pid, host, kind } = details
  if (code === 'workspace/inUse' && pid !== undefined && host !== undefined) {
    return text('cli.inUse', { pid: String(pid), host: String(host), kind: String(kind) })
  }
  const facts = Object.entries(details).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  )
  const sentence = text(`error.${code}`)
  return facts.length === 0 ? sentence : `${sentence} (${facts.join('; ')})`
}
