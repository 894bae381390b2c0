import type { AppError } from '../errors.ts'
import type { Text } from './messages.ts'
import { isMessageKey } from './messages.ts'

/** What happened, for people: in the words of its reason where that has some, else of its code. */
export function errorSentence({ code, details }: AppError, text: Text): string {
  const key = `error.${code}.${String(details['reason'] ?? '')}`
  if (!isMessageKey(key)) return text(`error.${code}`)
  const words = Object.entries(details).map(([name, value]) => [name, String(value)] as const)
  return text(key, Object.fromEntries(words))
}
