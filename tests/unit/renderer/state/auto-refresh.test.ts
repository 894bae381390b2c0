import { describe, expect, it } from 'vitest'
import type { RefreshedDataset } from '../../../../shared/data/refresh-words.ts'
import { ok } from '../../../../shared/errors.ts'
import type { AutoRefresh } from '../../../../shared/workspace-words.ts'
import { keepFresh } from '../../../../renderer/refresh/auto-refresh.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { slotFor } from '../../../../renderer/state/board-actions.ts'
import { showReport } from '../../../../renderer/state/report-files.ts'
import { newReport } from '../../../../shared/report/new-report.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const minute = 60_000

async function openApp(refresh: AutoRefresh, answer: RefreshedDataset) {
  let changed: string[] = []
  const fake = createFakeEngine({
    'dataset.staleness': () =>
      Promise.resolve(
        ok({
          stale: changed.length > 0 ? [{ dataset: cannedInfo.id, changed, missing: [] }] : [],
        }),
      ),
    'dataset.refresh': () => {
      if (answer.state === 'refreshed') changed = []
      return Promise.resolve(ok({ datasets: [answer] }))
    },
  })
  const timers: (() => void)[] = []
  const time = { now: 0, day: '2026-03-31' }
  const clock = { now: () => time.now, after: (_ms: number, task: () => void) => void timers.push(task) } // prettier-ignore
  const app = createApp({ connection: fake, newId: repeatableIds(5), clock })
  await app.workspace.refresh()
  app.settings.change({ refresh })
  keepFresh(app, { now: () => time.now, day: () => time.day })
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
  return {
    app,
    time,
    notes: () => app.shell.store.getState().notes.map(({ text }) => text.key),
    runs: () => fake.called.filter(({ name }) => name === 'dataset.refresh').length,
    change: (file: string) => (changed = [...changed, file]),
    open: () => {
      const { slot } = slotFor(app, cannedInfo)
      const report = newReport('R', 'P', app.newId)
      showReport(app, {
        ...{ file: null, stamp: null, recovered: false },
        report: { ...report, datasets: { [slot.id]: slot } },
        bindings: { [slot.id]: cannedInfo.id },
      })
      return settled()
    },
    tick: async () => {
      for (const task of timers.splice(0)) task()
      await settled()
    },
  }
}

const refreshed: RefreshedDataset = {
  ...{ state: 'refreshed', dataset: cannedInfo, rowsBefore: 1, rejected: [] },
  ...{ read: ['a.xlsx'], kept: 0, added: [] },
}
const failed: RefreshedDataset = {
  ...{ state: 'failed', dataset: cannedInfo.id },
  error: { code: 'file/notFound', details: {}, canRetry: true },
}

describe('refreshing by itself', () => {
  it('never happens unless it was chosen', async () => {
    const { open, tick, change, runs } = await openApp('never', refreshed)
    change('a.xlsx')
    await open()
    await tick()
    expect(runs()).toBe(0)
  })

  it('reads changed files when a report is opened, and not again until another one is', async () => {
    const { open, tick, change, runs, notes } = await openApp('onOpen', refreshed)
    change('a.xlsx')
    await open()
    expect(runs()).toBe(1)
    expect(notes()).toContain('refresh.auto.done')
    change('a.xlsx')
    await tick()
    expect(runs()).toBe(1)
  })

  it('reads files when they change, and leaves alone what is as it was', async () => {
    const { open, tick, change, runs } = await openApp('onChange', refreshed)
    await open()
    await tick()
    expect(runs()).toBe(0)
    change('a.xlsx')
    await tick()
    await tick()
    expect(runs()).toBe(1)
  })

  it('waits for its hour, and for the next day', async () => {
    const hourly = await openApp('hourly', refreshed)
    await hourly.open()
    hourly.change('a.xlsx')
    hourly.time.now = 59 * minute
    await hourly.tick()
    expect(hourly.runs()).toBe(0)
    hourly.time.now = 61 * minute
    await hourly.tick()
    expect(hourly.runs()).toBe(1)
    const daily = await openApp('daily', refreshed)
    await daily.open()
    daily.change('a.xlsx')
    await daily.tick()
    expect(daily.runs()).toBe(0)
    daily.time.day = '2026-04-01'
    await daily.tick()
    expect(daily.runs()).toBe(1)
  })

  it('tells once of a dataset that cannot be read, and tries again when more has changed', async () => {
    const { open, tick, change, runs, notes } = await openApp('onChange', failed)
    change('a.xlsx')
    await open()
    await tick()
    await tick()
    expect(runs()).toBe(1)
    expect(notes().filter((key) => key === 'refresh.auto.asks')).toHaveLength(1)
    change('b.xlsx')
    await tick()
    expect(runs()).toBe(2)
  })
})
