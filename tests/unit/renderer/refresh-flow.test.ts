import { expect, it } from 'vitest'
import type { Appends } from '../../../renderer/refresh/refresh-answers.ts'
import { createRefreshFlow } from '../../../renderer/refresh/refresh-flow.ts'
import { createApp } from '../../../renderer/state/app.ts'
import { fail, ok } from '../../../shared/errors.ts'
import type { RefreshedDataset } from '../../../shared/data/refresh-words.ts'
import { cannedInfo } from '../../support/canned-sales.ts'
import { createFakeEngine } from '../../support/fake-engine.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'

const unchanged: RefreshedDataset = { state: 'unchanged', dataset: cannedInfo }

function open(appends?: Appends, outcome = unchanged) {
  const orders: unknown[] = []
  const calls: number[] = []
  const signals: AbortSignal[] = []
  const fake = createFakeEngine({
    'dataset.refresh': (input) => {
      orders.push(...input.orders)
      calls.push(input.orders.length)
      return Promise.resolve(ok({ datasets: [outcome] }))
    },
    'dataset.rollback': (_input, given) => {
      if (given?.signal) signals.push(given.signal)
      given?.onPart?.({ dataset: 'D', phase: 'reading', rows: 7, fraction: 0.5 })
      return new Promise((resolve) => {
        given?.signal?.addEventListener('abort', () => resolve(fail('internal/cancelled')))
      })
    },
  })
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(5), clock })
  return { flow: createRefreshFlow(app, { appends }), orders, calls, signals, app }
}

const { id: dataset } = cannedInfo

it('keeps an answer about repeated rows for the questions that follow', async () => {
  const { flow, orders } = open()
  await flow.settleOverlap(dataset, 'replace')
  await flow.answer(dataset, { mapping: { 金额: '实收' }, rules: [] }, '2025-02.csv')
  expect(orders).toMatchObject([{ overlap: 'replace' }, { overlap: 'replace', acceptLoss: true }])
})

it('adds files with every try until they are in, and leaves out the one that is asked about', async () => {
  const files = ['13月', '副本'].map((name) => ({ id: `file_${name}`, name: `${name}.csv` }))
  const { flow, orders, app } = open([{ dataset, files }])
  await flow.run()
  await flow.leaveOut(dataset, 'file_副本')
  expect(orders).toMatchObject([{ add: ['file_13月', 'file_副本'] }, { add: ['file_13月'] }])
  app.shell.openDialog('refresh')
  await flow.leaveOut(dataset, 'file_13月')
  expect(app.shell.store.getState().dialog).toBe(null)
  expect(orders).toHaveLength(2)
})

it('leaves out the one of two files of one name that was asked about, and accepts no other with it', async () => {
  const files = ['north', 'south'].map((id) => ({ id, name: 'sales.csv' }))
  const { flow, orders } = open([{ dataset, files }])
  await flow.run()
  expect(flow.placeOf(dataset, 'south')).toEqual({ place: 2, count: 2 })
  await flow.answer(dataset, { mapping: { 金额: '实收' }, rules: [] }, 'north')
  await flow.leaveOut(dataset, 'south')
  expect(orders).toMatchObject([
    { add: ['north', 'south'] },
    { add: ['north', 'south'], acceptedFiles: ['north'] },
    { add: ['north'], acceptedFiles: ['north'] },
  ])
})

it('says what was answered for one new file again with the answer for the next', async () => {
  const { flow, orders } = open()
  await flow.answer(dataset, { mapping: { 金额: '实收', 门店: null }, rules: [] }, '2025-02.csv')
  await flow.answer(dataset, { mapping: { 金额: '实收金额' }, rules: [] }, '2025-03.csv')
  await flow.settleOverlap(dataset, 'replace')
  const both = { 金额: ['实收', '实收金额'] }
  const files = ['2025-02.csv', '2025-03.csv']
  expect(orders).toEqual([
    { dataset, passwords: {}, renames: { 金额: ['实收'] }, acceptLoss: true, acceptedFiles: ['2025-02.csv'] },
    { dataset, passwords: {}, renames: both, acceptLoss: true, acceptedFiles: files },
    { dataset, passwords: {}, overlap: 'replace', renames: both, acceptLoss: true, acceptedFiles: files },
  ]) // prettier-ignore
})

it('says how a column is to be read with every try until the dataset has it', async () => {
  const { flow, orders } = open()
  const keep = { column: '金额', type: 'decimal' } as const
  const days = { column: '日期', type: 'date', dateOrder: 'dayFirst' } as const
  await flow.answer(dataset, { mapping: {}, rules: [keep] })
  await flow.settleOverlap(dataset, 'skip')
  await flow.applyRule(dataset, days)
  await flow.applyRule(dataset, { ...days, dateOrder: 'monthFirst' })
  expect(orders).toMatchObject([
    { overrides: [keep], acceptLoss: true },
    { overrides: [keep], overlap: 'skip' },
    { overrides: [keep, days] },
    { overrides: [keep, { column: '日期', dateOrder: 'monthFirst' }] },
  ])
})

it('accepts no new file with the answer about a changed one, and leaves one out by name', async () => {
  const { flow, orders } = open()
  await flow.answer(dataset, { mapping: { 金额: null }, rules: [] })
  await flow.leaveOut(dataset, '门店.csv')
  expect(orders).toMatchObject([
    { renames: {}, acceptLoss: true, acceptedFiles: [] },
    { leaveOut: ['门店.csv'], acceptedFiles: [] },
  ])
})

it('reads the datasets of the open report, and on the Data page those of the workspace', async () => {
  const { flow, orders, app } = open()
  const other = { ...cannedInfo, id: 'ds_other' }
  const folder = { name: 'shop', folder: { id: 'file_w', name: 'shop', folder: '' }, sample: false }
  const datasets = [cannedInfo, other]
  app.workspace.store.setState({ current: { ...folder, datasets, relationships: [], warnings: [] } }) // prettier-ignore
  const report = salesReport()
  app.documents.open({ file: null, stamp: null, report, bindings: { sl_sales: dataset }, recovered: false }) // prettier-ignore
  app.shell.go('designer')
  await flow.run()
  app.shell.go('data')
  await flow.run()
  expect(orders).toMatchObject([{ dataset }, { dataset }, { dataset: 'ds_other' }])
})

it('asks anew once the dataset is refreshed: an answer is none for what comes after', async () => {
  const told = { rowsBefore: 1, rejected: [], read: [], kept: 0, added: [] }
  const { flow, orders } = open([], { state: 'refreshed', dataset: cannedInfo, ...told })
  await flow.settleOverlap(dataset, 'replace')
  await flow.answer(dataset, { mapping: { 金额: null }, rules: [] })
  await flow.takeIn(dataset, ['门店.csv'])
  expect(orders[2]).toEqual({ dataset, passwords: {}, takeIn: ['门店.csv'] })
})

it('refreshes more datasets than one call takes', async () => {
  const { flow, calls, app } = open()
  const folder = { name: 'shop', folder: { id: 'file_w', name: 'shop', folder: '' }, sample: false }
  const datasets = Array.from({ length: 230 }, (_, n) => ({ ...cannedInfo, id: `ds_${n}` }))
  app.workspace.store.setState({ current: { ...folder, datasets, relationships: [], warnings: [] } }) // prettier-ignore
  await flow.run()
  expect(calls).toEqual([100, 100, 30])
})

it('shows how far going back is, and can be called off', async () => {
  const { flow, signals } = open()
  const going = flow.goBack(dataset, 1)
  await expect.poll(() => flow.store.getState()).toMatchObject({ running: true, progress: { rows: 7 } }) // prettier-ignore
  flow.cancel()
  await going
  expect(signals[0]?.aborted).toBe(true)
  expect(flow.store.getState().running).toBe(false)
})

it('says of a file that bears what a changed one held before that it was renamed', async () => {
  const { flow, orders } = open()
  await flow.takeRenamed(dataset, '2025-01.csv')
  expect(orders).toEqual([{ dataset, renamed: ['2025-01.csv'], passwords: {} }])
})

it('leaves a dataset in its place of the list when something of it is answered', async () => {
  const { flow, app } = open()
  app.shell.go('data')
  const other = { ...cannedInfo, id: 'ds_other', name: '另一个' }
  flow.store.setState({
    done: [cannedInfo, other].map((one) => ({ state: 'unchanged', dataset: one })),
  })
  await flow.answer(dataset, { mapping: {}, rules: [] }, '2025-02.csv')
  const shown = flow.store.getState().done.map((one) => (typeof one.dataset === 'string' ? one.dataset : one.dataset.id)) // prettier-ignore
  expect(shown).toEqual([dataset, 'ds_other'])
})
