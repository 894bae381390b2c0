import { describe, expect, it } from 'vitest'
import { cellTitle } from '../../../../renderer/crosstab/cell-place.ts'
import { crosstabView, keepsTotal, cutSide } from '../../../../renderer/crosstab/crosstab-view.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import { totalCaption } from '../../../../shared/report/captions.ts'
import type { Aggregate } from '../../../../shared/query/report-query.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { QueryResult, ResultAxis } from '../../../../shared/query/query-result.ts'

const axis = (fields: readonly string[], paths: Member[][]): ResultAxis => ({
  fields: fields.map((field) => ({ field, type: 'text' })),
  totals: 'grand',
  paths,
})

const channels = ['门店', '外卖', '网店', '小程序']
const result: QueryResult = {
  rows: axis(['region', 'shop'], [['华北', null], ['华北', '北京店'], []]),
  columns: axis(['channel'], [...channels.map((name) => [name]), []]),
  measures: [{ name: 'm', aggregate: 'sum', type: 'integer' }],
  cells: [{ kind: 'number', values: new Float64Array(15).fill(1) }],
  baseRows: 15,
  dataAsOf: '',
  version: 1,
  elapsedMs: 0,
  cached: false,
  warnings: [],
}
const format = { kind: 'number', decimals: 0, grouping: true, unit: 'none' } as const
const view = crosstabView(
  result,
  [{ caption: '数量', format }],
  () => '',
  { down: [], all: [] },
  'zh-CN',
)

describe('what a cell of a crosstab is called', () => {
  it('names a blank member and the total as the heads do', () => {
    expect(cellTitle(view, { row: 0, column: 0 }, 'zh-CN')).toBe('华北 / （空） / 门店')
    expect(cellTitle(view, { row: 0, column: 0 }, 'en')).toBe('华北 / (blank) / 门店')
    expect(cellTitle(view, { row: 2, column: 4 }, 'zh-CN')).toBe('合计')
  })
})

describe('what a total is called', () => {
  const called = (...used: readonly Aggregate[]) => {
    const measures = used.map((aggregate) => ({ aggregate }))
    return (['en', 'zh-CN'] as const).map((locale) => totalCaption(measures, textIn(locale)))
  }

  it('names the function, since a total of averages is no sum', () => {
    expect(called('sum')).toEqual(['Total', '合计'])
    expect(called('sum', 'count')).toEqual(['Total', '合计'])
    expect(called('average')).toEqual(['Average', '平均值'])
    expect(called('countDistinct')).toEqual(['Distinct count', '去重计数'])
    expect(called('sum', 'average', 'average')).toEqual(['Total / Average', '合计 / 平均值'])
  })

  it('is so for the cell of all totals too', () => {
    const averages = {
      ...result,
      measures: [{ ...result.measures[0]!, aggregate: 'average' as const }],
    }
    const shown = { ...view, result: averages }
    expect(cellTitle(shown, { row: 2, column: 4 }, 'en')).toBe('Average')
  })
})

describe('whether the total of a row is held in view', () => {
  const left = 200
  const columns = (count: number): number => left + count * view.columnWidth

  it('is wherever columns do not fit and another is seen whole beside it', () => {
    for (const shown of [2, 3, 4.9]) expect(keepsTotal(view, left, columns(shown))).toBe(true)
  })

  it('is not where all fit, nor where it would cut every other column', () => {
    for (const shown of [5, 1.9, 1.2]) expect(keepsTotal(view, left, columns(shown))).toBe(false)
  })
})

it('a value half out of view is not shown, one whole in view is', () => {
  const sized = { columnWidth: 100 }
  const side = (column: number, shown: string, from: number, to: number) =>
    cutSide(column, shown, sized, { from, to })
  expect(side(0, '1,234.56', 0, 300)).toBeUndefined()
  expect(side(2, '1,234.56', 0, 300)).toBeUndefined()
  expect(side(2, '1,234.56', 0, 280)).toBe('right')
  expect(side(0, '1,234.56', 40, 340)).toBe('left')
  // Scrolled over nothing but the empty side of the cell.
  expect(side(0, '7', 40, 340)).toBeUndefined()
  expect(side(5, '1,234.56', 0, Infinity)).toBeUndefined()
})

it('the name of a group has room beside the sign that puts it away', () => {
  const { headWidths } = crosstabView(
    result,
    [{ caption: '数量', format }],
    () => '（空）',
    { down: [], all: [] },
    'zh-CN',
  )
  expect(headWidths).toEqual([78, 64])
})
