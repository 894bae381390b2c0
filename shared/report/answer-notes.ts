import type { QueryResult } from '../query/query-result.ts'
import type { Text } from '../text/messages.ts'
import { memberCaption } from './captions.ts'

/** What an answer says besides its numbers, for people: a period that is not over, days before the data, holidays nobody announced. */
export function answerNotes({ warnings }: Pick<QueryResult, 'warnings'>, text: Text): string[] {
  return warnings.flatMap(({ code, member, until = '', count }) => {
    if (code === 'holidaysNotAnnounced')
      return [text('note.holidaysNotAnnounced', { year: String(count ?? '') })]
    if (code === 'comparedBeforeData') return [text('note.comparedBeforeData', { until })]
    if (code !== 'incompletePeriod') return []
    return [
      member === undefined
        ? text('note.incompleteSpan', { until })
        : text('note.incompletePeriod', { member: memberCaption(member, text), until }),
    ]
  })
}
