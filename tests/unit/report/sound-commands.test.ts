import { describe, expect, it } from 'vitest'
import type { Block } from '../../../shared/report/blocks/block.ts'
import { resizeFrame } from '../../../shared/report/board-geometry.ts'
import { Frame } from '../../../shared/report/blocks/block-base.ts'
import type { Command } from '../../../shared/report/commands/commands.ts'
import { reaches } from '../../../shared/report/cross-filter.ts'
import { dropIntent } from '../../../shared/report/drop-intent.ts'
import * as history from '../../../shared/report/history.ts'
import { findFaults } from '../../../shared/report/integrity.ts'
import { newBlock, newFieldUse } from '../../../shared/report/new-block.ts'
import { newPage } from '../../../shared/report/new-report.ts'
import { readReport } from '../../../shared/report/read-report.ts'
import type { Report } from '../../../shared/report/report.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { field, repeatableIds, salesReport } from '../../support/report-builder.ts'

const newId = repeatableIds(23)
const frame = { x: 0, y: 0, w: 12, h: 10 }

const after = (report: Report, ...commands: readonly Command[]): Report =>
  commands.reduce((value, one) => history.run(value, one), history.startHistory(report)).report

const added = (report: Report, ...blocks: Block[]): Report =>
  after(report, { name: 'block.add', args: { page: report.pageOrder[0]!, blocks } })

const reopened = (report: Report) => readReport(new TextEncoder().encode(writeReport(report, 't')))

/** Columns of regions sorted by, and cut to the ten with most, amount. */
function ranked() {
  const block = newBlock('chart', frame, newId)
  if (block.kind !== 'chart') throw new Error('a chart was asked for')
  const amount = newFieldUse('sl_sales', field('amount'), 'measure', newId)
  block.shelves.rows.push(amount)
  block.shelves.columns.push({
    ...newFieldUse('sl_sales', field('region'), 'dimension', newId),
    sort: { by: 'measure', pill: amount.id, direction: 'descending' },
    top: { count: 10, pill: amount.id },
  })
  return { block, amount, region: block.shelves.columns[0]! }
}

describe('a pill sorted by a measure', () => {
  it('leaves its sort behind when it moves to a block without that measure', () => {
    const { block, region } = ranked()
    const other = newBlock('crosstab', frame, newId)
    const report = added(salesReport(newId), block, other)
    const intent = dropIntent(
      report,
      { kind: 'pill', block: block.id, pill: region.id },
      { kind: 'shelf', block: other.id, shelf: 'rows', index: 0 },
      newId,
    )!
    const moved = after(report, ...intent.commands)
    expect(findFaults(moved)).toEqual([])
    expect(reopened(moved)).toMatchObject({ ok: true })
  })

  it('loses its sort when that measure becomes a dimension of the same block', () => {
    const { block, amount } = ranked()
    const report = added(salesReport(newId), block)
    const moved = after(report, {
      name: 'shelf.movePill',
      args: {
        block: block.id,
        pill: amount.id,
        toBlock: block.id,
        shelf: 'color',
        index: 0,
        use: { id: amount.id, field: amount.field },
      },
    })
    const chart = moved.pages[moved.pageOrder[0]!]!.blocks[block.id]!
    const [region] = chart.kind === 'chart' ? chart.shelves.columns : []
    expect(region).toEqual({ id: region!.id, field: 'sl_sales.region' })
  })
})

describe('a filter control', () => {
  function chosen() {
    const block = newBlock('filter', frame, newId)
    if (block.kind !== 'filter') throw new Error('a filter was asked for')
    const region = newFieldUse('sl_sales', field('region'), 'dimension', newId)
    block.shelves.field.push(region)
    block.selected = ['East']
    return { report: added(salesReport(newId), block), block: block.id, pill: region.id }
  }
  const selected = (report: Report, id: string) => {
    const block = report.pages[report.pageOrder[0]!]!.blocks[id]
    return block?.kind === 'filter' ? block.selected : undefined
  }

  it('forgets what was chosen when it filters by another field', () => {
    const { report, block, pill } = chosen()
    const use = newFieldUse('sl_sales', field('shop'), 'dimension', newId)
    const replaced = after(report, { name: 'shelf.replacePill', args: { block, pill, use } })
    expect(selected(replaced, block)).toBeNull()
    const removed = after(report, { name: 'shelf.removePill', args: { block, pill } })
    expect(selected(removed, block)).toBeNull()
  })

  it('forgets it when it filters by other periods, and keeps it under another name', () => {
    const { report, block, pill } = chosen()
    const change = (set: { grain: 'year' } | { caption: string }) =>
      after(report, { name: 'shelf.changePill', args: { block, pill, set } })
    expect(selected(change({ grain: 'year' }), block)).toBeNull()
    expect(selected(change({ caption: 'Where' }), block)).toEqual(['East'])
  })
})

describe('removing what others point at', () => {
  it('keeps a block from filtering everything once the one block it was linked to is gone', () => {
    const blocks = [0, 1, 2].map(() => newBlock('chart', frame, newId))
    const [from, to, other] = blocks.map(({ id }) => id)
    const linked = after(added(salesReport(newId), ...blocks), {
      name: 'interaction.set',
      args: { interaction: { id: 'ix_link', from: from!, to: [to!], effect: 'filter' } },
    })
    expect(reaches(linked, from!, other!)).toBe(false)
    const without = after(linked, { name: 'block.remove', args: { blocks: [to!] } })
    expect(reaches(without, from!, other!)).toBe(false)
    expect(findFaults(without)).toEqual([])
    const gone = after(without, { name: 'block.remove', args: { blocks: [from!] } })
    expect(gone.interactions).toEqual({})
  })

  it('takes the pictures of a page out of the file with the page', () => {
    const second = newPage('Two', newId)
    const block = newBlock('image', frame, newId)
    const report = after(
      salesReport(newId),
      { name: 'page.add', args: { page: second, index: 1 } },
      { name: 'block.add', args: { page: second.id, blocks: [block] } },
      {
        name: 'block.setImage',
        args: { block: block.id, image: { id: 'im_face', type: 'image/png', data: 'AAAA' } },
      },
    )
    expect(Object.keys(report.images)).toEqual(['im_face'])
    const removed = after(report, { name: 'page.remove', args: { page: second.id } })
    expect(removed.images).toEqual({})
  })
})

describe('a report at its limits', () => {
  it('refuses the page and the block that would make its file unreadable', () => {
    let report = salesReport(newId)
    for (let n = 1; n < 50; n++) {
      const args = { page: newPage(`${n}`, newId), index: n }
      report = after(report, { name: 'page.add', args })
    }
    const page = { page: newPage('more', newId), index: 50 }
    expect(() => after(report, { name: 'page.add', args: page })).toThrow('tooManyPages')
    const hundred = () => Array.from({ length: 100 }, () => newBlock('text', frame, newId))
    report = added(added(report, ...hundred()), ...hundred())
    expect(() => added(report, newBlock('text', frame, newId))).toThrow('tooManyBlocks')
    expect(reopened(report)).toMatchObject({ ok: true })
  })

  it('never makes a block taller than a file may say', () => {
    const low = { x: 0, y: 900, w: 4, h: 10 }
    for (const edge of ['n', 's'] as const) {
      const way = edge === 'n' ? -700 : 700
      expect(Frame.safeParse(resizeFrame(low, edge, 0, way)).success).toBe(true)
    }
  })
})
