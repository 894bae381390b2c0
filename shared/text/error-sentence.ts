import type { AppError } from '../errors.ts'
import type { TextValues } from './format.ts'
import type { MessageKey, Text } from './messages.ts'
import { isMessageKey } from './messages.ts'

const reasonKey = ({ code, details }: AppError): string => {
  // Files without days of their own share no period.
  const undated = code === 'dataset/overlap' && details['from'] === undefined ? 'Undated' : ''
  return `error.${code}.${String(details['reason'] ?? '')}${undated}`
}

/** Whether the reason of an error has words of its own. */
export function hasReasonWords(error: AppError): boolean {
  return isMessageKey(reasonKey(error))
}

/** What happened, for people: in the words of its reason where that has some, else of its code. */
export function errorWords(error: AppError): {
  readonly key: MessageKey
  readonly values?: TextValues
} {
  const reason = reasonKey(error)
  const key = isMessageKey(reason) ? reason : (`error.${error.code}` as const)
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
  const said = text(key, isTyped(error) ? typeWords(values ?? {}, text) : values)
  const { suggestion, more, all } = error.details
  if (error.code === 'dataset/overlap' && typeof more === 'number' && more > 0)
    return text('error.dataset/overlap.more', { said, more, all: written(all) })
  return error.code.startsWith('expression/') && typeof suggestion === 'string'
    ? text('formula.suggestion', { said, suggestion })
    : said
}

/** These name the types of a formula by key. */
const isTyped = ({ code, details }: AppError): boolean =>
  code === 'expression/typeMismatch' &&
  (details['reason'] === 'wanted' || details['reason'] === 'mixed')

function typeWords(values: TextValues, text: Text): TextValues {
  const words = Object.entries(values).map(([name, value]) => {
    const key = `formula.type.${String(value)}`
    return [name, isMessageKey(key) ? text(key) : value] as const
  })
  return Object.fromEntries(words)
}
