import { expect, it } from 'vitest'
import type { ExtractField } from '../../../electron/engine/extracts/extract-columns.ts'
import { mainDateField } from '../../../shared/data/main-date.ts'

const field = (
  name: string,
  type: ExtractField['type'] = 'date',
  max: string | null = '2025-01-01',
): ExtractField => ({
  name,
  type,
  role: 'dimension',
  scale: 0,
  coded: false,
  wide: false,
  distinct: -1,
  blanks: 0,
  min: max,
  max,
})

it.each([
  [[field('姓名', 'text'), field('生日'), field('注册日期')], '注册日期'],
  [[field('销售时间', 'timestamp'), field('到期日')], '销售时间'],
  [[field('Birthday'), field('expiry_date')], 'Birthday'],
  [[field('date', 'date', null), field('paid_at', 'timestamp')], 'paid_at'],
  [[field('amount', 'decimal')], undefined],
])('relative dates count from the date that tells when a row happened', (fields, name) => {
  expect(mainDateField(fields)?.name).toBe(name)
})
