import { describe, expect, it } from 'vitest'
import { contentReport, differOnlyInFrame } from '../../../../renderer/state/content-block.ts'
import * as history from '../../../../shared/report/history.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import { repeatableIds, salesReport } from '../../../support/report-builder.ts'

function setUp() {
  const newId = repeatableIds(9)
  const report = salesReport(newId)
  const block = newBlock('chart', { x: 0, y: 0, w: 6, h: 6 }, newId)
  const page = report.pageOrder[0]!
  const start = history.run(history.startHistory(report), {
    name: 'block.add',
    args: { page, blocks: [block] },
  })
  const of = (value: history.History) => value.report.pages[page]!.blocks[block.id]!
  return { start, block: block.id, of }
}

describe('what a block is drawn from', () => {
  it('stays the same while the block moves, and changes with anything else', () => {
    const { start, block, of } = setUp()
    const frames = [{ block, frame: { x: 3, y: 2, w: 8, h: 6 } }]
    const moved = history.run(start, { name: 'block.setFrames', args: { frames } })
    expect(differOnlyInFrame(of(start), of(moved))).toBe(true)
    const titled = history.run(moved, {
      name: 'block.configure',
      args: { block, settings: { title: 'T' } },
    })
    expect(differOnlyInFrame(of(moved), of(titled))).toBe(false)
  })

  it('keeps one report until datasets, drill paths or theme change', () => {
    const { start, block } = setUp()
    const first = contentReport(start.report)
    const frames = [{ block, frame: { x: 3, y: 2, w: 8, h: 6 } }]
    const moved = history.run(start, { name: 'block.setFrames', args: { frames } })
    expect(contentReport(moved.report)).toBe(first)
    const painted = history.run(moved, { name: 'report.setTheme', args: { theme: 'ocean' } })
    expect(contentReport(painted.report).theme).toBe('ocean')
  })
})
