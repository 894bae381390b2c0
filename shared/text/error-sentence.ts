import type { AppError } from '../errors.ts'
import type { TextValues } from './format.ts'
import type { MessageKey, Text } from './messages.ts'
import { isMessageKey } from './messages.ts'

const reasonKey = ({ code, details }: AppError): string =>
  `error.${code}.${String(details['reason'] ?? '')}`

/** Whether the reason of an error has words of its own. */
export function hasReasonWords(error: AppError): boolean {
  return isMessageKey(reasonKey(error))
}

/** What happened, for people: in the words of its reason where that has some, else of its code. */
export function errorWords(error: AppError): {
  readonly key: MessageKey
  readonly values?: TextValues
} {
  const key = reasonKey(error)
  if (!isMessageKey(key)) return { key: `error.${error.code}` }
  const words = Object.entries(error.details).map(
    ([name, value]) => [name, written(value)] as const,
  )
  return { key, values: Object.fromEntries(words) }
}

/** Counts that are long are grouped; short numbers may be years or rows of a file. */
const written = (value: unknown): string =>
  typeof value === 'number' && value >= 10_000
    ? String(value).replace(/\B(?=(\d{3})+$)/g, ',')
    : String(value)

/** The same as a sentence in a language. */
export function errorSentence(error: AppError, text: Text): string {
  const { key, values } = errorWords(error)
  return text(key, values)
}
