import { describe, expect, it } from 'vitest'
import type { PrintBlock } from '../../../../renderer/preview/print-answers.ts'
import { pageSheets, paperRules } from '../../../../renderer/preview/print-layout.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import { ReportQuery } from '../../../../shared/query/report-query.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import { newPage } from '../../../../shared/report/new-report.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import { repeatableIds, salesReport } from '../../../support/report-builder.ts'

const newId = repeatableIds(21)

describe('a board page on sheets', () => {
  it('prints a filter with the blocks it stands beside, however tall its list is on the board', () => {
    const report = salesReport(newId)
    const page = report.pages[report.pageOrder[0]!]!
    const chart = newBlock('chart', { x: 0, y: 0, w: 12, h: 16 }, newId)
    const filter = newBlock('filter', { x: 12, y: 10, w: 6, h: 60 }, newId)
    const blocks = [chart, filter].map((block): PrintBlock => ({
      page,
      block,
      narrowed: [],
      answer: { state: 'none', reason: 'noFields' },
    }))
    const sheets = pageSheets(page, blocks, { report, text: textIn('zh-CN'), language: 'zh-CN' })
    expect(sheets.map(({ parts }) => parts.map((part) => part.block))).toEqual([
      [chart.id, filter.id],
    ])
  })
})

describe('a crosstab wider than its paper', () => {
  /** So many members across with their total, each under two measures. */
  const across = (members: number): QueryResult => ({
    rows: { fields: [{ field: 'shop', type: 'text' }], totals: 'none', paths: [['人民路店']] },
    columns: {
      fields: [{ field: 'month', type: 'text' }],
      totals: 'grand',
      paths: [...Array.from({ length: members }, (_, n) => [`${n + 1}月`]), []],
    },
    measures: ['a', 'b'].map((name) => ({ name, aggregate: 'sum', type: 'integer' })),
    cells: [1, 2].map((n) => ({
      kind: 'number',
      values: new Float64Array(members + 1).fill(n),
    })),
    ...{ baseRows: 1, dataAsOf: '', version: 1, elapsedMs: 0, cached: false, warnings: [] },
  })

  it('never prints its total on a sheet without a column of what it sums', () => {
    const report = salesReport(newId)
    const page = report.pages[report.pageOrder[0]!]!
    const block = newBlock('crosstab', { x: 0, y: 0, w: 24, h: 20 }, newId)
    const query = ReportQuery.parse({ dataset: 'ds_sales00', measures: [] })
    let strips = 0
    for (let members = 1; members <= 40; members++) {
      const one: PrintBlock = {
        ...{ page, block, narrowed: [] },
        answer: { state: 'result', query, result: across(members) },
      }
      const sheets = pageSheets(page, [one], { report, text: textIn('zh-CN'), language: 'zh-CN' })
      const starts = sheets.flatMap(({ parts }) => parts.map(({ slice }) => slice!.fromColumn))
      strips = Math.max(strips, starts.length)
      expect(Math.max(...starts)).toBeLessThan(2 * members)
    }
    expect(strips).toBeGreaterThan(2)
  })
})

describe('pages of different paper', () => {
  it('are printed each on its own', () => {
    const [upright, lying] = ['one', 'two'].map((title) => newPage(title, newId))
    const setup = { ...upright!.setup, paper: 'Letter' } as const
    const rules = paperRules([
      { ...upright!, setup: { ...setup, orientation: 'portrait' } },
      { ...lying!, setup: { ...setup, orientation: 'landscape' } },
    ])
    // Letter is 8½ by 11 inches of 96 pixels.
    const [width, height] = ['816(?:\\.0\\d*)?px', '1056(?:\\.0\\d*)?px']
    expect(rules).toMatch(new RegExp(`@page ${upright!.id} { size: ${width} ${height};`))
    expect(rules).toMatch(new RegExp(`@page ${lying!.id} { size: ${height} ${width};`))
    expect(rules).toContain(`[data-page='${lying!.id}'] { page: ${lying!.id} }`)
  })
})
