import '../../../support/random-seed.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { appError, fail, ok } from '../../../../shared/errors.ts'
import { createImportDesk, standingOf } from '../../../../renderer/import/import-desk.ts'
import { planFault } from '../../../../renderer/import/import-plan.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { openFiles } from '../../../../renderer/state/open-files.ts'
import { guardClose, startReport } from '../../../../renderer/state/report-files.ts'
import { mayStopImports } from '../../../../renderer/state/running-imports.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const fileOf = (name: string) => ({ id: `file_${name.padEnd(10, '0')}`, name: `${name}.csv` })

const partOf = (file: string, name: string): SourcePart => ({
  file,
  fileName: `${name}.csv`,
  kind: 'csv',
  layout: { headerRow: 1, headerRows: 1 },
  columns: [{ name: 'n', type: 'integer', role: 'measure' }],
  sample: [[1]],
  looked: { rows: 1, all: true },
  fingerprint: name,
})

const rowsOf = 3

/** Imports of the fake engine read until the test ends them, and end at once when they are called off. */
function open() {
  const reading = new Map<string, (error: AppError | null) => void>()
  const out = new Map<string, Set<string>>()
  const replace: Partial<Engine> = {
    'files.inspect': ({ files }) =>
      Promise.resolve(
        ok({
          parts: files.map((id) => partOf(id, id.replace('file_', '').replace(/0+$/, ''))),
          ...{ unreadable: [], empty: [], folders: [] },
        }),
      ),
    'dataset.import': ({ orders, run = '' }, options) => {
      const names = orders.map(({ name }) => name)
      out.set(run, new Set())
      for (const dataset of names)
        options?.onPart?.({ dataset, phase: 'reading', rows: 2, fraction: 0.5 })
      return new Promise((resolve) => {
        const end = (error: AppError | null): void => {
          const left = names.filter((name) => out.get(run)?.has(name) !== true)
          const made = left.map((name) => ({
            dataset: { ...cannedInfo, id: `ds_${name}0000`, name, rows: rowsOf },
            ...{ rowsRead: rowsOf, rowsRejected: 0, rejected: [] },
          }))
          for (const name of names) reading.delete(name)
          // The test ends imports only with what the contract lets them fail with.
          resolve(error ? { ok: false, error: error as never } : ok({ datasets: made }))
        }
        for (const name of names) reading.set(name, end)
        options?.signal?.addEventListener('abort', () => end(appError('internal/cancelled')))
      })
    },
    'dataset.leaveOut': ({ run, name }) => {
      out.get(run)?.add(name)
      return Promise.resolve(ok({ leftOut: true }))
    },
  }
  const fake = createFakeEngine(replace)
  let ms = 0
  const clock = { now: () => ms, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(4), clock })
  const desk = createImportDesk(app)
  // As the dialog does.
  app.shell.store.subscribe((now, before) => {
    if (now.dialog === before.dialog && now.dialogFor === before.dialogFor) return
    if (now.dialog === 'import') desk.opened(now.dialogFor)
    else desk.left()
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  const shown = () => desk.store.getState().imports.find(({ id }) => id === desk.store.getState().shown) // prettier-ignore
  return {
    ...{ app, fake, desk, reading, settle, shown },
    wait: (more: number) => void (ms += more),
    drop: async (...names: string[]) => {
      openFiles(app, names.map(fileOf))
      await settle()
    },
    run: async () => {
      void shown()?.flow.run()
      await settle()
    },
    end: async (name: string, error: AppError | null = null) => {
      reading.get(name)?.(error)
      await settle()
    },
    standings: () =>
      desk.store.getState().imports.map(({ flow }) => standingOf(flow.store.getState())),
  }
}

describe('several imports', () => {
  it('begins the next one while the first reads, which goes on unseen', async () => {
    const { app, desk, drop, run, end, shown, standings, settle, reading } = open()
    await drop('large')
    await run()
    expect(standings()).toEqual(['reading'])
    // Escape, or the button: the dialog goes, the reading does not.
    app.shell.closeDialog()
    expect([standings(), desk.store.getState().shown]).toEqual([['reading'], null])
    await drop('small')
    expect(
      shown()
        ?.flow.store.getState()
        .plan.map(({ name }) => name),
    ).toEqual(['small'])
    await run()
    await drop('third')
    expect(standings()).toEqual(['reading', 'reading', 'open'])
    await run()
    expect([...reading.keys()]).toEqual(['large', 'small', 'third'])
    await end('small')
    expect(standings()).toEqual(['reading', 'done', 'reading'])
    desk.show(desk.store.getState().imports[1]?.id ?? '')
    await settle()
    expect(shown()?.flow.store.getState()).toMatchObject({
      step: 'result',
      result: [{ rowsRead: rowsOf }],
    })
  })

  it('takes files into the preview that is open, all of them, however fast they come', async () => {
    const { drop, shown, standings, app, settle } = open()
    openFiles(app, [fileOf('a')])
    await drop('b')
    await drop('c')
    await settle()
    expect(
      shown()
        ?.flow.store.getState()
        .plan.map(({ name }) => name),
    ).toEqual(['a', 'b', 'c'])
    expect(standings()).toEqual(['open'])
  })

  it('keeps every end that nobody saw until it is looked at, and drops what was stopped', async () => {
    const { app, desk, drop, run, end, standings } = open()
    for (const name of ['a', 'b', 'c']) {
      await drop(name)
      await run()
    }
    app.shell.closeDialog()
    await Promise.all([end('a'), end('b', appError('file/diskFull'))])
    expect(standings()).toEqual(['done', 'failed', 'reading'])
    await desk.stop(desk.store.getState().imports[2]?.id ?? '')
    await end('none')
    expect(standings()).toEqual(['done', 'failed'])
    const [first, second] = desk.store.getState().imports
    expect(second?.flow.store.getState().error?.code).toBe('file/diskFull')
    desk.dismiss(first?.id ?? '')
    desk.dismiss(second?.id ?? '')
    expect(standings()).toEqual([])
  })

  it('stops one dataset alone and says so with the result of the others', async () => {
    const { app, desk, drop, run, end, fake } = open()
    await drop('a', 'b')
    await run()
    app.shell.closeDialog()
    const [one] = desk.store.getState().imports
    await desk.leaveOut(one?.id ?? '', 'a')
    expect(fake.called.findLast(({ name }) => name === 'dataset.leaveOut')?.input).toMatchObject({ name: 'a' }) // prettier-ignore
    await end('b')
    expect(one?.flow.store.getState()).toMatchObject({
      step: 'result',
      leftOut: ['a'],
      result: [{ dataset: { name: 'b' } }],
    })
  })

  it('asks before more than some seconds of reading are thrown away, and goes on when told to', async () => {
    const { app, desk, drop, run, wait, settle, standings } = open()
    await drop('a', 'b')
    await run()
    wait(20_000)
    const [one] = desk.store.getState().imports
    // The last of them is all of it.
    await desk.leaveOut(one?.id ?? '', 'a')
    const asked = desk.leaveOut(one?.id ?? '', 'b')
    await settle()
    expect(app.shell.store.getState().question?.body).toMatchObject({
      key: 'import.stopAsk.one',
      values: { name: 'b' },
    })
    app.shell.store.getState().question?.answer('on')
    await asked
    expect(standings()).toEqual(['reading'])
    const leaving = mayStopImports(app)
    await settle()
    app.shell.store.getState().question?.answer('stop')
    expect(await leaving).toBe(true)
    await settle()
    expect(app.imports.getState()).toEqual([])
    expect(await mayStopImports(app)).toBe(true)
  })

  it('tells the shell while something reads, so that closing asks', async () => {
    const { fake, drop, run, end } = open()
    const told = () => fake.called.filter(({ name }) => name === 'host.showDocument').map(({ input }) => input) // prettier-ignore
    await drop('a')
    await run()
    expect(told().at(-1)).toMatchObject({ edited: false, reading: true })
    await end('a')
    expect(told().at(-1)).not.toHaveProperty('reading')
  })

  it('asks before the window is closed over it, and closes only when told to', async () => {
    const { app, fake, drop, run, wait, settle } = open()
    guardClose(app)
    await drop('a')
    await run()
    wait(20_000)
    const answers = () =>
      fake.called.filter(({ name }) => name === 'host.answerClose').map(({ input }) => input)
    fake.emit('host.closeAsked', { askId: 'ask_1' })
    await settle()
    app.shell.store.getState().question?.answer('on')
    await settle()
    expect(answers()).toEqual([{ askId: 'ask_1', close: false }])
    expect(app.imports.getState()).toHaveLength(1)
    fake.emit('host.closeAsked', { askId: 'ask_2' })
    await settle()
    app.shell.store.getState().question?.answer('stop')
    await settle()
    expect(answers().at(-1)).toEqual({ askId: 'ask_2', close: true })
    expect(app.imports.getState()).toEqual([])
  })

  it('refuses a name another import is making, and lets one that is there wait its turn', async () => {
    const { app, drop, run, end, shown } = open()
    await drop('a')
    await run()
    await drop('a')
    const state = () => shown()!.flow.store.getState()
    const fault = (datasets: (typeof cannedInfo)[]) =>
      planFault(state().plan, state().plan[0]!, datasets, state().beside)
    expect(state().beside).toEqual([{ name: 'a', files: ['a.csv'] }])
    expect(fault([])).toBe('nameBeingMade')
    shown()?.flow.changeOne(state().plan[0]?.key ?? '', { choice: 'append' })
    expect(fault([{ ...cannedInfo, name: 'a' }])).toBe(null)
    shown()?.flow.changeOne(state().plan[0]?.key ?? '', { name: 'other', choice: null })
    expect(fault([])).toBe(null)
    await end('a')
    expect([state().beside, app.shell.store.getState().dialog]).toEqual([[], 'import'])
  })

  it('leaves the open report and its history alone', async () => {
    const { app, drop, run, end } = open()
    await startReport(app)
    await drop('a')
    await run()
    app.shell.closeDialog()
    app.documents.run({ name: 'report.setTheme', args: { theme: 'ocean' } })
    const before = app.documents.current()?.history
    await end('a')
    expect(app.documents.current()?.history).toBe(before)
  })

  it('forgets results of the workspace that was left', async () => {
    const { app, fake, drop, run, end, standings } = open()
    await drop('a')
    await run()
    app.shell.closeDialog()
    await end('a')
    fake.emit('workspace.changed', { reason: 'opened' })
    expect(standings()).toEqual([])
  })
})

type Act = { readonly do: 'drop' | 'run' | 'away' | 'end' | 'fail' | 'stop' | 'leaveOut' | 'show' | 'dismiss'; readonly at: number } // prettier-ignore

const act: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('drop', 'run', 'away', 'end', 'fail', 'stop', 'leaveOut', 'show', 'dismiss'),
  at: fc.nat({ max: 7 }),
})

describe('whatever is done in whatever order', () => {
  it('what reads is known, nothing that ended unseen is lost, and nothing goes on that was stopped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const bench = open()
        const { app, desk, reading, settle } = bench
        const ended = new Map<string, string>()
        const idAt = (at: number): string => {
          const { imports } = desk.store.getState()
          return imports[at % Math.max(1, imports.length)]?.id ?? ''
        }
        let dropped = 0
        for (const { do: what, at } of acts) {
          const id = idAt(at)
          const wasShown = desk.store.getState().shown
          const name = [...reading.keys()][at % Math.max(1, reading.size)] ?? ''
          const owner = desk.store.getState().imports.find(({ flow }) => flow.store.getState().run?.names.includes(name))?.id // prettier-ignore
          if (what === 'drop') await bench.drop(`f${dropped++}`, `g${dropped++}`)
          if (what === 'run' && bench.shown()?.flow.store.getState().step === 'plan')
            await bench.run()
          if (what === 'away') app.shell.closeDialog()
          if (what === 'end' || what === 'fail') {
            const left = desk.store.getState().imports.find((one) => one.id === owner)
            const error = what === 'fail' ? appError('file/diskFull') : null
            await bench.end(name, error)
            if (owner && left && owner !== wasShown) ended.set(owner, error ? 'failed' : 'done')
          }
          if (what === 'stop') await desk.stop(id)
          if (what === 'leaveOut') await desk.leaveOut(id, name)
          if (what === 'show') desk.show(id)
          if (what === 'dismiss') desk.dismiss(id)
          if (what === 'dismiss' && !reading.has(name)) ended.delete(id)
          await settle()
          const { imports, shown } = desk.store.getState()
          const left = app.shell.store.getState().dialog === 'import' ? shown : null
          expect(left).toBe(shown)
          // Seen, and closed by whatever was done next.
          if (wasShown !== null && wasShown !== shown) ended.delete(wasShown)
          const running = imports.filter(({ flow }) => standingOf(flow.store.getState()) === 'reading') // prettier-ignore
          expect(app.imports.getState().map((one) => one.id)).toEqual(running.map((one) => one.id))
          const read = running.flatMap(({ flow }) => flow.store.getState().run?.names ?? [])
          expect([...reading.keys()].toSorted()).toEqual(read.toSorted())
          for (const [one, standing] of ended) {
            const flow = imports.find((kept) => kept.id === one)?.flow
            if (one !== shown) expect(flow && standingOf(flow.store.getState())).toBe(standing)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

it('a call that is refused in the moment of asking leaves the plan as it was', async () => {
  const fake = createFakeEngine({
    'files.inspect': () => Promise.resolve(fail('file/notFound')),
  })
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(4), clock })
  const desk = createImportDesk(app)
  desk.opened({ files: [fileOf('a')] })
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  const [one] = desk.store.getState().imports
  expect(one?.flow.store.getState()).toMatchObject({
    step: 'files',
    error: { code: 'file/notFound' },
  })
})
