import { describe, expect, it } from 'vitest'
import type { ReportQuery } from '../../shared/query/report-query.ts'
import { blockQuery } from '../../shared/report/block-query.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { reachableOver } from '../../shared/report/page-questions.ts'
import { pickFilters } from '../../shared/report/pick.ts'
import type { Report } from '../../shared/report/report.ts'
import { repeatableIds, salesReport } from '../support/report-builder.ts'
import { tinyAnswer, tinyTable } from '../support/tiny-engines.ts'
import { tinyFields } from '../support/tiny-sales.ts'

const newId = repeatableIds(11)
const frame = { x: 0, y: 0, w: 12, h: 10 }
const use = (id: string, field: string, part: Partial<FieldUse> = {}): FieldUse => ({
  ...{ id: `pl_${id}`, field: `sl_sales.${field}`, ...part },
})
const formula = { slot: 'sl_sales' } as const
const report: Report = {
  ...salesReport(newId),
  datasets: { sl_sales: { id: 'sl_sales', name: 'sales', fields: [...tinyFields] } },
  formulas: {
    fx_size: {
      ...{ ...formula, id: 'fx_size', name: 'size', kind: 'row', type: 'text' },
      text: 'IF([amount] >= @least, "big", "small")',
    },
    fx_each: {
      ...{ ...formula, id: 'fx_each', name: 'each', kind: 'aggregate', type: 'decimal' },
      text: 'SUM([amount]) / DISTINCTCOUNT([member])',
    },
    fx_part: {
      ...{ ...formula, id: 'fx_part', name: 'part', kind: 'cells', type: 'decimal' },
      text: '[each] / GRANDTOTAL([each])',
    },
  },
  parameters: { pm_least: { id: 'pm_least', name: 'least', type: 'number', value: 40 } },
}

const each = use('each', 'each', { aggregate: 'formula' })
function crosstab(...values: FieldUse[]): Extract<Block, { kind: 'crosstab' }> {
  const block = newBlock('crosstab', frame, newId)
  if (block.kind !== 'crosstab') throw new Error('a crosstab was asked for')
  block.shelves.rows.push(use('region', 'region'))
  block.shelves.values.push(...values)
  return block
}

function asked(block: Block, filters: Parameters<typeof blockQuery>[2]['view']['filters'] = {}) {
  const view = { filters, drill: {} }
  const context = { bindings: { sl_sales: 'sales' }, reachable: reachableOver([]), view }
  const query = blockQuery(report, block, context)
  if (typeof query === 'string') throw new Error(query)
  const { dataset, ...rest }: ReportQuery = query
  return rest
}

describe('the formulas of a report, asked of the engines', () => {
  it('say one number a cell at every level, and cells beside it', async () => {
    // East: 100 for two members, West: 100 for one, North: 0 for two, without a region: 25 for one; 225 for four in all.
    expect(
      await tinyTable(asked(crosstab(each, use('part', 'part', { aggregate: 'cells' })))),
    ).toEqual({
      East: { Total: [50, 0.888888888889] },
      North: { Total: [0, 0] },
      West: { Total: [100, 1.77777777778] },
      '(blank)': { Total: [25, 0.444444444444] },
      Total: { Total: [56.25, 1] },
    })
  })

  it('split a chart, and a picked member of such a split filters other blocks', async () => {
    const chart = newBlock('chart', frame, newId)
    if (chart.kind !== 'chart') throw new Error('a chart was asked for')
    chart.shelves.columns.push(use('size', 'size'))
    chart.shelves.rows.push(each)
    const answer = await tinyAnswer(asked(chart))
    expect(answer.rows.paths).toEqual([['big'], ['small']])
    const filters = pickFilters(report, chart, {}, { row: ['big'], column: [] })
    const other = crosstab(each)
    // Rows of at least 40: one of East and m1, one of West and m3, and one of West without a member.
    expect(await tinyTable(asked(other, { [other.id]: filters }))).toEqual({
      East: { Total: 40 },
      West: { Total: 110 },
      Total: { Total: 75 },
    })
  })

  it('rank members by the formula of their own level', async () => {
    const block = crosstab(each)
    block.shelves.rows[0] = use('region', 'region', {
      top: { count: 2, pill: 'pl_each', others: true },
    })
    expect(await tinyTable(asked(block))).toEqual({
      West: { Total: 100 },
      East: { Total: 50 },
      Others: { Total: 8.33333333333 },
      Total: { Total: 56.25 },
    })
  })
})
