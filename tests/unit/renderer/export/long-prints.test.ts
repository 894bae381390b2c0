import { expect, it } from 'vitest'
import { longPrints } from '../../../../renderer/export/long-prints.ts'
import type { Answer, ResultsState } from '../../../../renderer/state/results-store.ts'
import type { Block } from '../../../../shared/report/blocks/block.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import { repeatableIds, salesReport } from '../../../support/report-builder.ts'

function boardWith(count: number, change: Partial<Extract<Block, { kind: 'table' }>> = {}) {
  const report = salesReport()
  const page = report.pages[report.pageOrder[0]!]!
  const made = newBlock('table', { x: 0, y: 0, w: 12, h: 16 }, repeatableIds(4))
  if (made.kind !== 'table') throw new Error(made.kind)
  const block: Block = { ...made, ...change }
  page.blocks[block.id] = block
  page.blockOrder.push(block.id)
  // Only the count is read of a list.
  const answer = { state: 'rows', list: { count } } as Answer
  const asked = { number: 1, question: '', loading: false, slow: false, tookMs: 1 }
  const results: ResultsState['blocks'] = { [block.id]: { ...asked, shown: { block, answer } } }
  return longPrints(report, report.pageOrder, results)
}

it('a table of thousands of rows is told about before it fills hundreds of sheets', () => {
  expect(boardWith(5000)).toMatchObject([{ rows: 5000, sheets: 157 }])
  expect(boardWith(90_000)).toMatchObject([{ rows: 20_000 }])
})

it('short tables and those cut to their block need no word', () => {
  expect(boardWith(300)).toEqual([])
  expect(boardWith(5000, { overflow: 'cut' })).toEqual([])
})
