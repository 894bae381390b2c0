import type { StepCounts } from '../../shared/preparation/recipe-words.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'
import { showCount } from '../ui/show-number.ts'

/** Rows touched, each way that has any. */
export function countWords(counts: StepCounts, text: Text, language: Language): string {
  const said = (['changed', 'removed', 'added', 'lost'] as const).flatMap((key) => {
    const count = counts[key]
    return count === 0 ? [] : [text(`recipe.${key}`, { count: showCount(count, language) })]
  })
  return said.length === 0 ? text('recipe.untouched') : said.join(' · ')
}
