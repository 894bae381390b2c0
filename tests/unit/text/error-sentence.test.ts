import { expect, test } from 'vitest'
import { appError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/error-sentence.ts'
import { textIn } from '../../../shared/text/messages.ts'

const sentence = (reason?: string) =>
  errorSentence(
    appError('query/invalid', reason === undefined ? {} : { reason, field: '金额' }),
    textIn('zh-CN'),
  )

test('an error says its reason where that has words, and what kind it is otherwise', () => {
  expect(sentence('notADate')).toBe('“金额”不是日期。')
  expect(sentence('somethingElse')).toBe(sentence())
})
