import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import { ok } from '../../../../shared/errors.ts'
import { createSample } from '../../../../renderer/gallery/sample-store.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const importing = { state: 'importing' as const, step: '门店', rows: 24, fraction: 0.1 }

async function start(replace: Partial<Engine> = {}) {
  const fake = createFakeEngine({
    'workspace.state': () => Promise.resolve(ok({ current: null, recent: [] })),
    'sample.start': () => Promise.resolve(ok(importing)),
    'sample.cancel': () => Promise.resolve(ok({ state: 'absent' as const })),
    ...replace,
  })
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(3), clock })
  await app.workspace.refresh()
  const sample = createSample(app)
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
  const starts = () => fake.called.filter(({ name }) => name === 'sample.start').length
  return { fake, sample, settled, starts, state: () => sample.store.getState().sample }
}

describe('the sample chain on the start page', () => {
  it('comes in by itself on a first start, and shows how far it is', async () => {
    const { sample, settled, state, fake } = await start()
    const stop = sample.follow()
    await settled()
    expect(state()).toEqual(importing)
    fake.emit('sample.changed', { ...importing, fraction: 0.5 })
    expect(state()).toEqual({ ...importing, fraction: 0.5 })
    stop()
    fake.emit('sample.changed', { ...importing, fraction: 0.9 })
    expect(state()).toEqual({ ...importing, fraction: 0.5 })
  })

  it('is not begun again after it was cancelled', async () => {
    const { sample, settled, starts, state } = await start()
    sample.follow()()
    await settled()
    await sample.cancel()
    expect(state()).toEqual({ state: 'absent' })
    sample.follow()()
    await settled()
    expect(starts()).toBe(1)
  })

  it('leaves an analyst with reports of her own alone', async () => {
    const recent = {
      file: { id: 'file_recent0001', name: 'a.storeboard' },
      title: 'A',
      openedAt: '2026-01-01',
      missing: false,
    }
    const { sample, settled, starts } = await start({
      'workspace.state': () => Promise.resolve(ok({ current: null, recent: [recent] })),
    })
    sample.follow()
    await settled()
    expect(starts()).toBe(0)
  })
})
