import { expect, test } from 'vitest'
import { answerNotes } from '../../../shared/report/answer-notes.ts'
import { textIn } from '../../../shared/text/messages.ts'

const warnings = [
  { code: 'incompletePeriod' as const, until: '2025-06-18', member: '2025-06' },
  { code: 'incompletePeriod' as const, until: '2025-06-18' },
  { code: 'holidaysNotAnnounced' as const, count: 2027 },
  { code: 'comparedBeforeData' as const, until: '2024-01-01' },
]

test('an answer says which period is not over and whose holidays are not announced, in either language', () => {
  expect(answerNotes({ warnings }, textIn('en'))).toEqual([
    '2025-06 is not over: data until 2025-06-18; comparisons stop at the same day',
    'Not over yet: data until 2025-06-18; comparisons stop at the same day',
    'The official holidays of 2027 are not announced yet',
    'Data begin on 2024-01-01: some of the days compared with are earlier, so totals look like growth',
  ])
  expect(answerNotes({ warnings }, textIn('zh-CN'))).toEqual([
    '2025-06尚未结束，数据截至 2025-06-18；对比期截至同一天',
    '尚未结束，数据截至 2025-06-18；对比期截至同一天',
    '2027 年法定节假日安排尚未公布',
    '数据从 2024-01-01 开始，部分对比期早于此，合计的增减因此偏高',
  ])
})

test('an answer with nothing to say says nothing', () => {
  expect(answerNotes({ warnings: [] }, textIn('en'))).toEqual([])
})
