import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import { appCommands } from '../../../../shared/menu.ts'
import type { Block } from '../../../../shared/report/blocks/block.ts'
import { findFaults } from '../../../../shared/report/integrity.ts'
import { perform } from '../../../../renderer/state/actions.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { addDataset, selectedBlocks, slotFor } from '../../../../renderer/state/board-actions.ts'
import { removeDataset } from '../../../../renderer/state/dataset-actions.ts'
import { blockReader } from '../../../../renderer/state/block-reader.ts'
import { place } from '../../../../renderer/state/drag-store.ts'
import { documentIsEdited } from '../../../../renderer/state/document-store.ts'
import {
  keepRecovery,
  offerRecovery,
  saveReport,
  startReport,
} from '../../../../renderer/state/report-files.ts'
import { cannedFields, cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

async function openApp(replace: Partial<Engine> = {}) {
  const fake = createFakeEngine(replace)
  const timers: (() => void)[] = []
  const clock = { now: () => 0, after: (_ms: number, task: () => void) => void timers.push(task) }
  const app = createApp({ connection: fake, newId: repeatableIds(5), clock })
  await app.workspace.refresh()
  await startReport(app)
  const runTimers = (): void => {
    for (const task of timers.splice(0)) task()
  }
  const report = () => app.documents.current()!.history.report
  const blocks = (): Block[] => Object.values(Object.values(report().pages)[0]!.blocks)
  /** As a field dropped on the board, or on a block. */
  const put = (name: string, on?: Block): Block => {
    const field = cannedFields.find((candidate) => candidate.name === name)!
    const load = {
      dragged: { kind: 'field' as const, slot: slotFor(app, cannedInfo).slot, field },
      dataset: cannedInfo.id,
    }
    const page = report().pageOrder[0]!
    place(
      app,
      load,
      on ? { kind: 'block', block: on.id } : { kind: 'board', page, at: { x: 0, y: 0 } },
    )
    const id = app.documents.current()!.history.selection.blocks[0]!
    return blocks().find((block) => block.id === id)!
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
  const calls = (name: string) => fake.called.filter((call) => call.name === name)
  return { app, fake, report, blocks, put, settled, runTimers, calls }
}

const total = (app: Awaited<ReturnType<typeof openApp>>['app'], block: string): number => {
  const answer = app.results.store.getState().blocks[block]?.shown?.answer
  return answer?.state === 'result' ? (answer.result.cells[0]?.values[0] as number) : NaN
}

describe('removing a dataset', () => {
  it('names the reports that use it, and leaves it where it is unless confirmed', async () => {
    const removed: string[] = []
    const { app, put, settled, report } = await openApp({
      'dataset.usedBy': () => Promise.resolve(ok({ reports: [{ title: '月报' }] })),
      'dataset.remove': ({ dataset }) => {
        removed.push(dataset)
        return Promise.resolve(ok({}))
      },
    })
    put('销售额')
    for (const answer of ['cancel', 'remove']) {
      const asked = removeDataset(app, cannedInfo)
      await settled()
      const question = app.shell.store.getState().question!
      expect(question.body.values).toEqual({ reports: `${report().title}、月报` })
      question.answer(answer)
      expect(await asked).toBe(answer === 'remove')
    }
    expect(removed).toEqual([cannedInfo.id])
  })

  it('leaves blocks that say what is missing, and asks nothing of what is gone', async () => {
    const { app, put, settled, calls } = await openApp()
    const card = put('销售额')
    await settled()
    const current = app.workspace.store.getState().current!
    app.workspace.store.setState({ current: { ...current, datasets: [] } })
    await settled()
    expect(app.results.store.getState().blocks[card.id]?.shown?.answer).toEqual({
      ...{ state: 'none', reason: 'unboundSlot' },
    })
    expect(calls('query.batch')).toHaveLength(1)
  })
})

describe('designing', () => {
  it('brings a dataset into the report with its first field, in one undo step, and asks at once', async () => {
    const { app, put, report, settled, calls } = await openApp()
    const card = put('销售额')
    await settled()
    expect(Object.values(report().datasets).map(({ name }) => name)).toEqual(['销售明细'])
    expect(total(app, card.id)).toBeGreaterThan(0)
    expect(calls('query.batch')).toHaveLength(1)
    app.documents.undo()
    expect([
      Object.keys(report().datasets),
      report().pages[report().pageOrder[0]!]!.blockOrder,
    ]).toEqual([[], []])
  })

  it('does not bring the same dataset twice', async () => {
    const { app, put, report } = await openApp()
    addDataset(app, cannedInfo)
    put('销售额')
    addDataset(app, cannedInfo)
    expect(Object.keys(report().datasets)).toHaveLength(1)
  })

  it('copies blocks with their own pills, beside or below the originals', async () => {
    const { app, put, blocks, report } = await openApp()
    put('大区')
    perform(app, 'edit.duplicate')
    const ids = blocks()
      .flatMap((block) => (block.kind === 'chart' ? Object.values(block.shelves).flat() : []))
      .map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(selectedBlocks(app)).toHaveLength(1)
    perform(app, 'edit.selectAll')
    perform(app, 'edit.copy')
    perform(app, 'edit.paste')
    expect(blocks()).toHaveLength(4)
    expect(findFaults(report())).toEqual([])
    perform(app, 'edit.selectAll')
    perform(app, 'edit.delete')
    expect(blocks()).toHaveLength(0)
  })

  it('has every command either run or refused, whatever is open', async () => {
    const { app } = await openApp()
    const closing = new Set(['report.new', 'app.gallery', 'report.open'])
    for (const command of appCommands.filter((name) => !closing.has(name))) perform(app, command)
    expect(findFaults(app.documents.current()!.history.report)).toEqual([])
  })
})

describe('reading', () => {
  it('filters the linked blocks by a click, in one batch, and lets go again', async () => {
    const { app, put, settled, calls } = await openApp()
    const card = put('销售额')
    app.documents.select({ ...app.documents.current()!.history.selection, blocks: [] })
    const chart = put('大区')
    await settled()
    const before = total(app, card.id)
    const asked = calls('query.batch').length
    const reader = () => blockReader(app, chart, {}, null, () => undefined)
    reader().pick({ row: ['华东'], column: [] })
    await settled()
    expect(total(app, card.id)).toBeLessThan(before)
    expect(calls('query.batch')).toHaveLength(asked + 1)
    reader().pick(null)
    await settled()
    expect(total(app, card.id)).toBe(before)
  })

  it('drills down a path, filtered by the member, and up again', async () => {
    const { app, put, settled, report } = await openApp()
    const chart = put('大区')
    const slot = Object.keys(report().datasets)[0]!
    const path = {
      id: 'dp_path1',
      name: '地区',
      levels: [{ field: `${slot}.大区` }, { field: `${slot}.门店` }],
    }
    app.documents.run({ name: 'drillPath.set', args: { path } })
    app.documents.run({ name: 'block.setDrillPath', args: { block: chart.id, path: path.id } })
    const block = () => Object.values(report().pages)[0]!.blocks[chart.id]!
    const reader = () =>
      blockReader(app, block(), app.session.getState().drill, null, () => undefined)
    expect(reader().drillInto({ row: ['华东'], column: [] })).toBe(true)
    await settled()
    const answer = () => app.results.store.getState().blocks[chart.id]!.shown!.answer
    const members = (): unknown[] => {
      const now = answer()
      return now.state === 'result' ? now.result.rows.paths.flat() : []
    }
    expect(members()).toEqual(['杭州湖滨店', '上海南京路店', '苏州观前店'])
    expect(reader().drillInto({ row: ['杭州湖滨店'], column: [] })).toBe(false)
    reader().drillUp(0)
    await settled()
    expect(members()).toContain('华北')
  })
})

describe('saving', () => {
  it('asks where, and is no longer edited', async () => {
    const { app, put, calls } = await openApp()
    put('销售额')
    expect(await saveReport(app)).toBe(true)
    expect(calls('report.save')[0]!.input).toMatchObject({ expectedStamp: null })
    expect(app.documents.current()!.file?.name).toBe('门店概览.storeboard')
    // A report nobody named is called as its file is, in a step of its own.
    const title = () => app.documents.current()!.history.report.title
    expect([title(), documentIsEdited(app.documents.current()!)]).toEqual(['门店概览', false])
    app.documents.undo()
    expect(title()).not.toBe('门店概览')
    put('数量')
    await saveReport(app)
    expect(calls('report.save')[1]!.input).toMatchObject({
      expectedStamp: expect.stringMatching(/^s/) as string,
    })
  })

  it('knows the file it wrote although the report was changed meanwhile', async () => {
    const writing: (() => void)[] = []
    const { app, put, calls } = await openApp({
      'report.save': ({ file }) =>
        new Promise((resolve) => {
          writing.push(() => resolve(ok({ file, stamp: `s${writing.length}` })))
        }),
    })
    put('销售额')
    const first = saveReport(app)
    await new Promise((resolve) => setTimeout(resolve, 0))
    put('数量')
    writing[0]!()
    expect(await first).toBe(true)
    expect(documentIsEdited(app.documents.current()!)).toBe(true)
    const second = saveReport(app)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(calls('report.save')[1]!.input).toMatchObject({ expectedStamp: 's1' })
    writing[1]!()
    await second
    expect(documentIsEdited(app.documents.current()!)).toBe(false)
    app.documents.undo()
    expect(documentIsEdited(app.documents.current()!)).toBe(true)
  })

  it('never overwrites a file that someone else changed without being told to', async () => {
    let changed = true
    const { app, put, calls } = await openApp({
      'report.save': ({ file }) =>
        Promise.resolve(changed ? fail('report/changedOnDisk') : ok({ file, stamp: 's2' })),
    })
    put('销售额')
    const saving = saveReport(app)
    await new Promise((resolve) => setTimeout(resolve, 0))
    const question = app.shell.store.getState().question!
    expect(question.choices.map(({ id }) => id)).toEqual(['cancel', 'overwrite', 'saveAs'])
    changed = false
    question.answer('cancel')
    expect(await saving).toBe(false)
    expect(calls('report.save')).toHaveLength(1)
  })

  it('keeps what still waits at once when the page goes, and nothing twice', async () => {
    const { app, put, runTimers, calls } = await openApp()
    const keepNow = keepRecovery(app, 1000)
    keepNow()
    expect(calls('report.keepRecovery')).toEqual([])
    put('销售额')
    keepNow()
    keepNow()
    runTimers()
    expect(calls('report.keepRecovery')).toMatchObject([
      { input: { report: app.documents.current()?.history.report } },
    ])
    put('数量')
    runTimers()
    expect(calls('report.keepRecovery')).toHaveLength(2)
  })

  it('keeps one recovery copy after the last of several changes, and offers it after a crash', async () => {
    const copy = {
      id: 'rc1',
      title: 'Sales',
      savedAt: '2026-07-01T10:00:00',
      file: null,
      sameRun: false,
    }
    const { app, put, runTimers, calls } = await openApp({
      'report.recoveries': () => Promise.resolve(ok({ copies: [copy] })),
      'report.openRecovery': () => Promise.resolve(fail('report/invalid')),
    })
    keepRecovery(app, 1000)
    put('销售额')
    put('数量')
    runTimers()
    expect(calls('report.keepRecovery')).toHaveLength(1)
    // The engine was started anew: a reloaded page asks as well.
    const offering = offerRecovery(app, true)
    await new Promise((resolve) => setTimeout(resolve, 0))
    app.shell.store.getState().question!.answer('open')
    expect(await offering).toBe(false)
    expect(app.shell.store.getState().notes.at(-1)).toMatchObject({
      tone: 'error',
      text: { key: 'error.report/invalid' },
    })
  })

  it('offers the older copies after one is put off, and again at the next start', async () => {
    const copyOf = (id: string) => {
      return { id, title: id, savedAt: '2026-07-01T10:00:00', file: null, sameRun: false }
    }
    const { app, calls } = await openApp({
      'report.recoveries': () => Promise.resolve(ok({ copies: ['new', 'mid', 'old'].map(copyOf) })),
      'report.dropRecovery': () => Promise.resolve(ok({})),
      'report.openRecovery': () => {
        const { report } = app.documents.current()!.history
        return Promise.resolve(
          ok({ file: null, stamp: null, report, bindings: {}, recovered: true }),
        )
      },
    })
    for (const start of [1, 2]) {
      const offering = offerRecovery(app, false)
      const asked: unknown[] = []
      for (const answer of ['later', 'drop', 'open']) {
        await new Promise((resolve) => setTimeout(resolve, 0))
        asked.push(app.shell.store.getState().question!.title.values?.['title'])
        app.shell.store.getState().question!.answer(answer)
      }
      expect(await offering).toBe(true)
      expect(asked).toEqual(['new', 'mid', 'old'])
      expect(calls('report.openRecovery')).toHaveLength(start)
    }
    expect(calls('report.dropRecovery').map(({ input }) => input)).toEqual([
      { id: 'mid' },
      { id: 'mid' },
    ])
  })

  it('lets go of the recovery copy once everything was undone or thrown away, never of one of an earlier run', async () => {
    const { app, put, report, runTimers, calls } = await openApp()
    keepRecovery(app, 1000)
    const first = report().id
    put('销售额')
    runTimers()
    expect(calls('report.keepRecovery')).toHaveLength(1)
    app.documents.undo()
    runTimers()
    expect(calls('report.dropRecovery')).toHaveLength(1)
    app.documents.redo()
    runTimers()
    const leaving = startReport(app)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(calls('report.dropRecovery')).toHaveLength(1)
    app.shell.store.getState().question!.answer('discard')
    await leaving
    const dropped = calls('report.dropRecovery').map(({ input }) => input)
    expect(dropped).toEqual([{ id: first }, { id: first }])
    // Opening another, and going on in it without a change of its own, drops nothing more.
    runTimers()
    await startReport(app)
    runTimers()
    expect(calls('report.dropRecovery')).toHaveLength(2)
  })

  it('goes on with what was not saved when only the page was loaded anew, without a question', async () => {
    const copy = {
      id: 'rc1',
      title: 'Sales',
      savedAt: '2026-07-01T10:00:00',
      file: null,
      sameRun: true,
    }
    const { app } = await openApp({
      'report.recoveries': () => Promise.resolve(ok({ copies: [copy] })),
      'report.openRecovery': () => {
        const { report } = app.documents.current()!.history
        return Promise.resolve(
          ok({ file: null, stamp: null, report, bindings: {}, recovered: true }),
        )
      },
    })
    expect(await offerRecovery(app, true)).toBe(true)
    expect(documentIsEdited(app.documents.current()!)).toBe(true)
    expect(app.shell.store.getState().notes.at(-1)?.text.key).toBe('recovery.goesOn')
  })
})

describe('a lost connection', () => {
  it('asks after a while to start Storeboard again, and is forgotten once the engine is back', () => {
    const waits: (() => void)[] = []
    const states: ((state: 'ready' | 'lost') => void)[] = []
    const connection = {
      ...createFakeEngine(),
      onState: (listener: (typeof states)[number]) => {
        states.push(listener)
        return () => undefined
      },
    }
    const clock = { now: () => 0, after: (_ms: number, task: () => void) => void waits.push(task) }
    const app = createApp({ connection, newId: repeatableIds(5), clock })
    const become = (state: 'ready' | 'lost'): void => states.forEach((listener) => listener(state))
    const shown = () => app.shell.store.getState().connection
    become('lost')
    // Back in time: the wait of that loss says nothing.
    become('ready')
    waits.splice(0).forEach((task) => task())
    expect(shown()).toBe('ready')
    become('lost')
    become('lost')
    expect([shown(), waits.length]).toEqual(['lost', 1])
    waits.splice(0).forEach((task) => task())
    become('lost')
    expect(shown()).toBe('gone')
    become('ready')
    expect(shown()).toBe('ready')
  })
})
