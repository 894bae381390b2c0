import { expect, it } from 'vitest'
import { measureLook } from '../../../../renderer/ui/pill-formats.ts'
import { newBlock, newFieldUse } from '../../../../shared/report/new-block.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import { field, repeatableIds, salesReport } from '../../../support/report-builder.ts'

it('a measure over listed rows is called and written as its pill is', () => {
  const newId = repeatableIds(3)
  const report = salesReport(newId)
  const format = { kind: 'percent', decimals: 1, grouping: true, unit: 'none' } as const
  const pill = newFieldUse('sl_sales', field('amount'), 'measure', newId)
  const block = newBlock('metric', { x: 0, y: 0, w: 4, h: 4 }, newId)
  if (block.kind !== 'metric') throw new Error('a card was asked for')
  const shown = { ...block, shelves: { values: [{ ...pill, caption: 'Rate', format }] } }
  const [page] = Object.values(report.pages)
  const pages = { [page!.id]: { ...page!, blocks: { [block.id]: shown } } }
  const text = textIn('en')
  const asked = { name: pill.id, field: 'amount', aggregate: 'sum', type: 'decimal' } as const
  expect(measureLook({ ...report, pages }, asked, text)).toEqual({ caption: 'Rate', format })
  expect(measureLook(report, asked, text)).toEqual({
    caption: 'Sum of amount',
    format: undefined,
  })
})
