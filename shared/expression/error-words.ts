import type { Text } from '../text/messages.ts'
import type { FormulaError } from './formula-error.ts'

/** What is wrong, for people; the place is the error's span. */
export function formulaErrorSentence(error: FormulaError, text: Text): string {
  const { code, reason, details, suggestion } = error
  const said = text(`error.${code}.${reason}` as Parameters<Text>[0], inWords(error, details, text))
  return suggestion === undefined ? said : text('formula.suggestion', { said, suggestion })
}

/** These name types by key. */
const typed = new Set<FormulaError['reason']>(['wanted', 'mixed'])

function inWords(
  { reason }: FormulaError,
  details: FormulaError['details'],
  text: Text,
): FormulaError['details'] {
  if (!typed.has(reason)) return details
  const words = Object.entries(details).map(
    ([name, kind]) => [name, text(`formula.type.${kind}` as Parameters<Text>[0])] as const,
  )
  return Object.fromEntries(words)
}
