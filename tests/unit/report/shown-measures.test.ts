import { describe, expect, it } from 'vitest'
import { othersMember } from '../../../shared/data/cell-value.ts'
import { blockQuery } from '../../../shared/report/block-query.ts'
import { CrosstabBlock } from '../../../shared/report/blocks/crosstab-block.ts'
import { ChartBlock } from '../../../shared/report/blocks/chart-block.ts'
import { crosstabCorner, pillCaption, shownMeasures } from '../../../shared/report/captions.ts'
import { commands } from '../../../shared/report/commands/commands.ts'
import { newReport } from '../../../shared/report/new-report.ts'
import { besideOthers, pickFilters } from '../../../shared/report/pick.ts'
import type { FieldUse } from '../../../shared/report/field-use.ts'
import { pillFormat } from '../../../shared/report/pill-format.ts'
import { textIn } from '../../../shared/text/messages.ts'

const slot = 'sl_aaaaaaaa'
const field = (name: string): string => `${slot}.${name}`
const region: FieldUse = { id: 'pl_region00', field: field('region') }
const shop: FieldUse = { id: 'pl_shop0000', field: field('shop') }
const month: FieldUse = { id: 'pl_month000', field: field('day'), grain: 'month' }
const amount: FieldUse = { id: 'pl_amount00', field: field('amount'), aggregate: 'sum' }
const lines: FieldUse = { ...amount, id: 'pl_lines000', aggregate: 'count', hidden: true }

const frame = { x: 0, y: 0, w: 8, h: 8 }
const crosstab = (values: FieldUse[], rows = [region, shop]): CrosstabBlock =>
  CrosstabBlock.parse({
    ...{ id: 'bk_aaaaaaaa', kind: 'crosstab', frame, filters: [], overflow: 'continue' },
    shelves: { rows, columns: [month], values },
    totals: { rows: 'all', columns: 'grand' },
  })

const context = {
  bindings: { [slot]: 'ds_sales' },
  reachable: () => true,
  view: { drill: {}, filters: {} },
}
let made = 0
const report = newReport('t', 'p', (kind: string) => `${kind}_${String(made++).padStart(8, '0')}`)
const asked = (block: CrosstabBlock | ChartBlock) => blockQuery(report, block, context)

describe('the question of a block', () => {
  it('counts persons among the rows of the key, where that is chosen, and says so', () => {
    const buyers: FieldUse = { ...shop, id: 'pl_buyers00', aggregate: 'countDistinct', each: 'person' } // prettier-ignore
    expect(asked(crosstab([buyers]))).toMatchObject({
      dataset: 'ds_sales',
      measures: [{ field: 'shop', aggregate: 'countDistinct', each: 'person' }],
    })
    expect(pillCaption(buyers, textIn('zh-CN'))).toBe('shop·按人（去重计数）')
    const rows: FieldUse = { ...buyers, aggregate: 'count' }
    expect(asked(crosstab([rows]))).toMatchObject({ measures: [{ aggregate: 'count' }] })
    expect(JSON.stringify(asked(crosstab([rows])))).not.toContain('person')
  })

  it('names the fields a measure is compared along by their places', () => {
    const show = { as: 'difference', field: month.id, from: 'previous' } as const
    const running = { as: 'runningTotal', axis: 'rows', reset: { field: region.id } } as const
    const query = asked(
      crosstab([
        { ...amount, show },
        { ...amount, id: 'pl_other000', show: running },
      ]),
    )
    expect(query).toMatchObject({
      measures: [
        { show: { as: 'difference', field: { axis: 'columns', level: 0 }, from: 'previous' } },
        { show: { as: 'runningTotal', reset: { field: { axis: 'rows', level: 0 } } } },
      ],
    })
  })

  it('asks hidden measures for sorting, Others, and a column to sort by', () => {
    const rows: FieldUse[] = [
      {
        ...region,
        sort: { by: 'measure', pill: lines.id, direction: 'descending', at: ['2025-01'] },
      },
      { ...shop, top: { count: 3, pill: amount.id, others: true }, empty: true },
    ]
    expect(asked(crosstab([amount, lines], rows))).toMatchObject({
      rows: [
        { sort: { by: 'measure', measure: lines.id, at: ['2025-01'] } },
        { top: { count: 3, measure: amount.id, others: true }, empty: true },
      ],
      measures: [{ as: amount.id }, { as: lines.id, hidden: true }],
    })
  })

  it('puts the colours of a chart on an edge of their own once something runs along its axis', () => {
    const chart = (use: FieldUse): ChartBlock =>
      ChartBlock.parse({
        ...{ id: 'bk_bbbbbbbb', kind: 'chart', mark: 'line', frame, filters: [], donut: false },
        ...{ orientation: 'vertical', stacking: 'grouped', legend: 'top' },
        ...{ showLabels: false, axisTitles: false },
        shelves: {
          ...{ columns: [month], rows: [use], color: [region] },
          ...{ size: [], label: [], detail: [], tooltip: [] },
        },
      })
    expect(asked(chart(amount))).toMatchObject({ rows: [{}, {}], columns: [] })
    const running = { as: 'runningTotal', axis: 'rows', reset: 'none' } as const
    expect(asked(chart({ ...amount, show: running }))).toMatchObject({
      rows: [{ grain: 'month' }],
      columns: [{ field: 'region' }],
    })
  })
})

describe('what a reader picks', () => {
  it('of Others is none of the members beside it under its parent', () => {
    const block = crosstab([amount])
    const cell = { row: ['East', othersMember], column: [] }
    const paths = {
      rows: [['East', 'A'], ['East', 'B'], ['East', othersMember], ['East'], ['West', 'D']],
      columns: [[]],
    }
    const beside = besideOthers(report, block, {}, cell, paths)
    expect(pickFilters(report, block, {}, cell, beside)).toEqual([
      { field: region.field, op: 'in', values: ['East'] },
      { field: shop.field, op: 'notIn', values: ['A', 'B'] },
    ])
  })
})

describe('captions', () => {
  const en = textIn('en')
  it('say what a measure is shown as, and write shares in percent', () => {
    const shown = { ...amount, show: { as: 'percent', of: 'parentRow' } } as const
    expect(pillCaption(shown, en)).toBe('Sum of amount (% of parent row)')
    expect(pillFormat(shown, undefined)).toMatchObject({ kind: 'percent' })
    expect(pillFormat({ ...amount, show: { as: 'index' } }, undefined)).toMatchObject({
      decimals: 2,
    })
  })

  it('leave hidden measures out, and give measures on rows a place in the corner', () => {
    const block: CrosstabBlock = {
      ...crosstab([amount, lines, { ...amount, id: 'pl_third000' }]),
      measuresOn: { axis: 'rows', after: 1 },
    }
    expect(shownMeasures(block)).toHaveLength(2)
    const corner = crosstabCorner(['region', 'shop'], ['month'], block, en)
    expect(corner.down).toEqual(['region', 'Measures', 'shop'])
    expect(corner.all.at(-1)).toBe('shop \\ month')
  })
})

it('a comparison along a pill goes with the pill', () => {
  const show = { as: 'difference', field: month.id, from: 'previous' } as const
  const block = {
    ...crosstab([{ ...amount, show }]),
    tint: { pill: amount.id, over: 'leaves' as const },
  }
  const page = report.pages[report.pageOrder[0]!]!
  const draft = structuredClone({
    ...report,
    pages: { [page.id]: { ...page, blocks: { [block.id]: block }, blockOrder: [block.id] } },
  })
  commands['shelf.removePill'].apply(draft, { block: block.id, pill: month.id })
  const left = draft.pages[page.id]!.blocks[block.id] as CrosstabBlock
  expect(left.shelves.values[0]).toEqual(amount)
  commands['shelf.removePill'].apply(draft, { block: block.id, pill: amount.id })
  expect('tint' in left).toBe(false)
})
