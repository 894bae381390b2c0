import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/report/commands/commands.ts'
import { CommandRefused } from '../../../shared/report/commands/command.ts'
import * as history from '../../../shared/report/history.ts'
import type { History } from '../../../shared/report/history.ts'
import { findFaults } from '../../../shared/report/integrity.ts'
import { newBlock, newFieldUse, sensibleBlock } from '../../../shared/report/new-block.ts'
import { newPage } from '../../../shared/report/new-report.ts'
import type { Report } from '../../../shared/report/report.ts'
import { readReport } from '../../../shared/report/read-report.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { field, repeatableIds, salesFields, salesReport } from '../../support/report-builder.ts'

const newId = repeatableIds(7)
const frame = { x: 0, y: 0, w: 12, h: 10 }

const pick = <T>(list: readonly T[], n: number): T | undefined =>
  list.length === 0 ? undefined : list[n % list.length]

/** A command that makes sense for the document as it is, chosen by three numbers. */
function commandFor(report: Report, kind: number, a: number, b: number): Command | undefined {
  const pageId = pick(report.pageOrder, a) ?? ''
  const page = report.pages[pageId]
  const block = page?.blocks[pick(page.blockOrder, b) ?? '']
  const someField = pick(salesFields, a) ?? field('amount')
  const makers: readonly (() => Command | undefined)[] = [
    () => ({
      name: 'block.add',
      args: { page: pageId, blocks: [sensibleBlock('sl_sales', someField, frame, newId)] },
    }),
    () => ({
      name: 'block.add',
      args: { page: pageId, blocks: [newBlock('crosstab', frame, newId)] },
    }),
    () => block && { name: 'block.remove', args: { blocks: [block.id] } },
    () =>
      block && {
        name: 'block.setFrames',
        args: { frames: [{ block: block.id, frame: { x: a % 12, y: b % 40, w: 6, h: 6 } }] },
      },
    () =>
      block && {
        name: 'block.configure',
        args: { block: block.id, settings: { title: `Title ${a % 5}` } },
      },
    () =>
      block && {
        name: 'shelf.placeField',
        args: {
          block: block.id,
          shelf: 'rows',
          index: 0,
          use: newFieldUse('sl_sales', someField, a % 2 ? 'dimension' : 'measure', newId),
        },
      },
    () =>
      block && {
        name: 'block.convert',
        args: {
          block: block.id,
          to: pick(
            [
              { kind: 'crosstab' },
              { kind: 'chart', mark: 'line' },
              { kind: 'chart', mark: 'arc' },
              { kind: 'table' },
            ] as const,
            a,
          ) ?? { kind: 'table' },
        },
      },
    () => ({
      name: 'page.add',
      args: { page: newPage(`Page ${b % 9}`, newId), index: a % (report.pageOrder.length + 1) },
    }),
    () => ({ name: 'page.remove', args: { page: pageId } }),
    () => ({ name: 'page.move', args: { page: pageId, index: b % report.pageOrder.length } }),
    () => ({ name: 'report.rename', args: { title: `Report ${a % 7}` } }),
    () =>
      block && {
        name: 'interaction.set',
        args: {
          interaction: {
            id: newId('ix'),
            from: block.id,
            to: page.blockOrder.filter((id) => id !== block.id),
            effect: 'filter',
          },
        },
      },
  ]
  return pick(makers, kind)?.()
}

const steps = fc.array(fc.tuple(fc.nat(11), fc.nat(1000), fc.nat(1000), fc.nat(9)), {
  maxLength: 40,
})

function tryRun(state: History, command: Command | undefined): History {
  if (!command) return state
  try {
    return history.run(state, command)
  } catch (error) {
    if (error instanceof CommandRefused) return state
    throw error
  }
}

function walk(list: readonly (readonly [number, number, number, number])[]): {
  start: Report
  state: History
} {
  const start = salesReport(newId)
  let state = history.startHistory(start)
  for (const [kind, a, b, move] of list) {
    if (move === 0) state = history.undo(state)
    else if (move === 1) state = history.redo(state)
    else state = tryRun(state, commandFor(state.report, kind, a, b))
    expect(findFaults(state.report).filter(({ fault }) => fault !== 'offBoard')).toEqual([])
  }
  return { start, state }
}

describe('undo and redo', () => {
  it('all undone is the start, all redone is the end, and every state between is whole', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { start, state } = walk(list)
        let undone = state
        while (history.canUndo(undone)) undone = history.undo(undone)
        expect(undone.report).toEqual(start)
        let redone = undone
        while (history.canRedo(redone)) redone = history.redo(redone)
        const end = [...state.future].reverse().reduce((h) => history.redo(h), state)
        expect(redone.report).toEqual(end.report)
      }),
      { numRuns: 60 },
    )
  })

  it('every reachable document is written and read back the same', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { state } = walk(list)
        const read = readReport(new TextEncoder().encode(writeReport(state.report, 'test')))
        expect(read).toEqual({ ok: true, value: state.report })
      }),
      { numRuns: 40 },
    )
  })

  it('a drag of many steps is one entry, and a bailed drag leaves nothing to redo', () => {
    const block = newBlock('chart', frame, newId)
    const page = salesReport().pageOrder[0] ?? ''
    let state = history.run(history.startHistory(salesReport()), {
      name: 'block.add',
      args: { page, blocks: [block] },
    })
    const before = state
    const drag = (h: History, x: number): History =>
      history.run(h, {
        name: 'block.setFrames',
        args: { frames: [{ block: block.id, frame: { ...frame, x } }] },
      })
    state = history.commit([1, 2, 3].reduce(drag, history.begin(state)), 'command.block.setFrames')
    expect(state.past).toHaveLength(2)
    expect(history.undo(state).report).toEqual(before.report)
    const bailed = history.bail([4, 5].reduce(drag, history.begin(state)))
    expect(bailed.report).toBe(state.report)
    expect(history.canRedo(bailed)).toBe(false)
  })

  it('typing folds into one entry, and a recorded change clears redo while selecting does not', () => {
    const rename = (h: History, title: string): History =>
      history.run(h, { name: 'report.rename', args: { title } }, h.selection, 'merge')
    const typed = ['S', 'Sa', 'Sal'].reduce(rename, history.startHistory(salesReport()))
    expect(typed.past).toHaveLength(1)
    const undone = history.undo(typed)
    expect(history.canRedo(history.select(undone, { page: 'x', blocks: [] }))).toBe(true)
    expect(history.canRedo(rename(undone, 'Other'))).toBe(false)
  })

  it('knows whether the document differs from the saved one', () => {
    let state = history.startHistory(salesReport())
    expect(history.isEdited(state)).toBe(false)
    state = history.run(state, { name: 'report.rename', args: { title: 'X' } })
    expect(history.isEdited(state)).toBe(true)
    state = history.markSaved(state)
    expect(history.isEdited(state)).toBe(false)
    expect(history.isEdited(history.undo(state))).toBe(true)
    expect(history.isEdited(history.redo(history.undo(state)))).toBe(false)
  })
})
