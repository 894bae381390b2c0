import { expect, test } from 'vitest'
import type { DatasetWarning } from '../../../shared/data/dataset.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { warningSentence, warningTone } from '../../../shared/text/warning-sentence.ts'

const said = (warning: DatasetWarning): string => warningSentence(warning, textIn('zh-CN'))

test('a repeated name is said where it was kept, and not quoted empty where it was not', () => {
  const column = '金额 2'
  expect(said({ code: 'duplicateHeader', column, examples: ['金额'] })).toBe(
    '有多列都叫“金额”，这一列现在叫“金额 2”。',
  )
  expect(said({ code: 'duplicateHeader', column })).toBe('有多列同名，这一列现在叫“金额 2”。')
})

test('what is as it should be is not warned of', () => {
  expect(warningTone('textIdentifier')).toBe('neutral')
  expect(warningTone('convertedEncoding')).toBe('neutral')
  expect(warningTone('longNumbers')).toBe('warning')
})

test('values that became blank are counted', () => {
  const lost = { code: 'lostValues', column: '日期', count: 102, examples: ['待定'] } as const
  expect(said({ ...lost, examples: [...lost.examples] })).toBe(
    '“日期”中有 102 个值不合所选类型，已置空（待定）。',
  )
})

test('dates without an order are said to be blank in a column of dates, else to have made it text', () => {
  const column = '日期'
  expect(said({ code: 'openDateOrder', column, examples: ['3/9/2024'] })).toContain('按文本保存')
  const counted = said({ code: 'openDateOrder', column, count: 2, examples: ['3/9/2024'] })
  expect(counted).toContain('2 个日期')
  expect(counted).toContain('3/9/2024')
})

test('a column that is nearly all of one type names the type and the exceptions', () => {
  const examples = ['待定', '无']
  const odd = said({ code: 'mixedColumn', column: '日期', count: 2, wouldBe: 'date', examples })
  expect(odd).toContain('待定')
  expect(odd).toContain(textIn('zh-CN')('type.date'))
})
