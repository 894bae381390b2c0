import type { StepCounts } from '../preparation/recipe-words.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/messages.ts'
import { groupedCount } from '../text/grouped-count.ts'

/** Rows touched, each way that has any. */
export function countWords(counts: StepCounts, text: Text, language: Language): string {
  const said = (['changed', 'removed', 'added', 'lost'] as const).flatMap((key) => {
    const count = counts[key]
    return count === 0 ? [] : [text(`recipe.${key}`, { count: groupedCount(count, language) })]
  })
  return said.length === 0 ? text('recipe.untouched') : said.join(' · ')
}
