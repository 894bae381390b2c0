import { expect, it } from 'vitest'
import { narrowedBlocks } from '../../../electron/engine/exports/narrowed-blocks.ts'
import type { BlockFilter } from '../../../shared/report/block-filter.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'

it('a printed block says what was picked in linked blocks, and leaves the controls to say their own', () => {
  const newId = repeatableIds()
  const report = salesReport(newId)
  const page = report.pages[report.pageOrder[0]!]!
  const place = { x: 0, y: 0, w: 6, h: 6 }
  const table = newBlock('table', place, newId)
  const control = newBlock('filter', place, newId)
  if (control.kind !== 'filter') throw new Error(control.kind)
  control.shelves.field = [{ id: 'pl_region', field: 'sl_sales.region' }]
  control.selected = ['North']
  for (const block of [table, control]) {
    page.blocks[block.id] = block
    page.blockOrder.push(block.id)
  }
  const byControl: BlockFilter = { field: 'sl_sales.region', op: 'in', values: ['North'] }
  const byPick: BlockFilter = { field: 'sl_sales.shop', op: 'in', values: ['S1'] }
  const view = { filters: { [table.id]: [byControl, byPick] }, drill: {} }
  const narrowed = narrowedBlocks({ report, view }, { filter: ({ field }) => `by ${field}` })
  expect(narrowed).toEqual({ [table.id]: ['by sl_sales.shop'], [control.id]: [] })
})
