import type { AppError } from '../../../shared/errors.ts'
import { errorSentence, hasReasonWords } from '../../../shared/text/error-sentence.ts'
import type { Text } from '../../../shared/text/messages.ts'

/** A sentence for people, followed by the facts that name the place. */
export function errorText(error: AppError, text: Text): string {
  const { code, details } = error
  const { pid, host, kind } = details
  if (code === 'workspace/inUse' && pid !== undefined && host !== undefined) {
    return text('cli.inUse', { pid: String(pid), host: String(host), kind: String(kind) })
  }
  const { near } = details
  // Of a statement it is the place of the fault, and no name to take instead.
  const guesses = typeof near === 'string' && !code.startsWith('sql/')
  const guess = guesses ? ` ${text('cli.didYouMean', { name: near })}` : ''
  const sentence = `${missingText(error, text) ?? errorSentence(error, text)}${guess}`
  const facts = Object.entries(details)
    .map(
      ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)] as const,
    )
    // What the sentence says already, or says better than a code does, is not said again.
    .filter(([name, value]) => value !== '' && !sentence.includes(value) && !isCode(name, error))
    .map(([name, value]) => `${name}: ${value}`)
  return facts.length === 0 ? sentence : `${sentence} (${facts.join('; ')})`
}

const isCode = (name: string, error: AppError): boolean =>
  name === 'reason' && hasReasonWords(error)

/** A name given on the command line was never there, as far as anyone knows. */
function missingText({ code, details }: AppError, text: Text): string | undefined {
  const { name, reason } = details
  if (typeof name !== 'string' || reason !== undefined) return undefined
  if (code === 'file/notFound') return text('cli.noFile', { name })
  return code === 'workspace/notFound' ? text('cli.noWorkspace', { name }) : undefined
}
