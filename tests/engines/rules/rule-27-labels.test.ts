import { expect, it } from 'vitest'
import { totalCaption } from '../../../shared/report/captions.ts'
import { aggregates } from '../../../shared/query/report-query.ts'
import { textIn } from '../../../shared/text/messages.ts'

it('a total is called by its function, since a total of averages is no sum', () => {
  const called = (language: 'en' | 'zh-CN'): string[] =>
    aggregates.map((aggregate) => totalCaption([{ aggregate }], textIn(language)))
  expect(called('en')).toEqual([
    ...['Total', 'Total', 'Distinct count', 'Distinct count with blank', 'Average', 'Minimum'],
    ...[
      'Maximum',
      'Median',
      'Percentile',
      'Weighted average',
      'Opening balance',
      'Closing balance',
    ],
  ])
  expect(new Set(called('zh-CN')).size).toBe(aggregates.length - 1)
})

it('several functions are named each once', () => {
  const measures = (['sum', 'average', 'average'] as const).map((aggregate) => ({ aggregate }))
  expect(totalCaption(measures, textIn('en'))).toBe('Total / Average')
})
