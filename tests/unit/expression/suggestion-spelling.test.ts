import { expect, it } from 'vitest'
import { formulaError } from '../../../shared/expression/formula-error.ts'
import { suggestedAsWritten } from '../../../shared/expression/suggestion-spelling.ts'

const error = (suggestion: string) =>
  formulaError('expression/kindMismatch', 'fieldInAggregate', { from: 0, to: 1 }, {}, suggestion)

it.each([
  ['求和([金额]) / [小票号]', 'DISTINCTCOUNT([小票号])', '去重计数([小票号])'],
  ['SUM([金额]) / [小票号]', 'DISTINCTCOUNT([小票号])', 'DISTINCTCOUNT([小票号])'],
  ['SUM([求和(旧)]) & "求和("', 'SUM([a])', 'SUM([a])'],
  ['求和([a]) / [b]', '[c]', '[c]'],
])('what %s is told to write is %s in its own names', (formula, given, wanted) => {
  expect(suggestedAsWritten(error(given), formula).suggestion).toBe(wanted)
})
