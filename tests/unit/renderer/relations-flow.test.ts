import { describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../shared/contract.ts'
import type { DatasetInfo, Relationship } from '../../../shared/data/dataset.ts'
import type { ProposedRelationship, RelationshipEnds } from '../../../shared/data/import-words.ts'
import { fail, ok } from '../../../shared/errors.ts'
import {
  alreadyRelated,
  createRelationsFlow,
  isWhole,
  keyFields,
} from '../../../renderer/data/relations-flow.ts'
import { createApp } from '../../../renderer/state/app.ts'
import { cannedInfo } from '../../support/canned-sales.ts'
import { createFakeEngine } from '../../support/fake-engine.ts'
import { repeatableIds } from '../../support/report-builder.ts'

const shops: DatasetInfo = { ...cannedInfo, id: 'ds_shops001', name: '门店' }
const ends: RelationshipEnds = {
  from: { dataset: cannedInfo.id, fields: ['门店'] },
  to: { dataset: shops.id, fields: ['品类'] },
}
const offered: ProposedRelationship = {
  from: ends.from,
  to: { dataset: shops.id, fields: ['门店'] },
  reasons: [{ code: 'values', percent: 90 }],
}
const measured = {
  ...{ orphans: 1, blanks: 2, orphanExamples: ['S9'] },
  ...{ most: 3, mostExample: 'S1', broken: null },
}

/** An engine that keeps relationships and proposes one as long as nothing is related. */
async function open(replace: Partial<Engine> = {}) {
  let kept: Relationship[] = []
  const fake = createFakeEngine({
    'workspace.state': () =>
      Promise.resolve(
        ok({
          current: {
            ...{ name: 'W', folder: { id: 'file_fakefolder01', name: 'W' }, sample: false },
            ...{ datasets: [cannedInfo, shops], relationships: kept, warnings: [] },
          },
          recent: [],
        }),
      ),
    'relationship.propose': () =>
      Promise.resolve(ok({ proposals: kept.length === 0 ? [offered] : [], repeated: [] })),
    'relationship.usedBy': () => Promise.resolve(ok({ reports: [] })),
    'relationship.create': ({ from, to, id = 'rel_made001' }) => {
      const made = { id, from, to, ...measured }
      kept = [...kept.filter((one) => one.id !== id), made]
      return Promise.resolve(ok(made))
    },
    'relationship.remove': ({ id }) => {
      kept = kept.filter((one) => one.id !== id)
      return Promise.resolve(ok({}))
    },
    ...replace,
  })
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(4), clock })
  await app.workspace.refresh()
  const flow = createRelationsFlow(app)
  const related = (): readonly Relationship[] =>
    app.workspace.store.getState().current?.relationships ?? []
  return { app, fake, flow, related, state: () => flow.store.getState() }
}

describe('relating by hand', () => {
  it('relates fields of different names, lists it and proposes no more', async () => {
    const { flow, related, state } = await open()
    await flow.look()
    expect(state().proposals).toEqual([offered])
    flow.chooseDataset('from', cannedInfo.id)
    flow.chooseField('from', 0, '门店')
    flow.chooseDataset('to', shops.id)
    flow.chooseField('to', 0, '品类')
    expect(state().draft).toEqual(ends)
    await flow.relate(state().draft)
    expect(related()).toEqual([{ id: 'rel_made001', ...ends, ...measured }])
    expect([state().made, state().making, state().proposals]).toEqual([ends, null, []])
    expect(alreadyRelated(offered, related())).toBe(true)
    expect(alreadyRelated({ from: ends.to, to: ends.from }, related())).toBe(false)
  })

  it('lets a field go with its dataset', async () => {
    const { flow, state } = await open()
    flow.chooseDataset('from', cannedInfo.id)
    flow.chooseField('from', 0, '门店')
    flow.chooseDataset('from', shops.id)
    expect(state().draft.from).toEqual({ dataset: shops.id, fields: [''] })
  })

  it('keeps what was chosen when refused, with the keys that repeat; stopping is no refusal', async () => {
    let code: 'relationship/duplicateKey' | 'internal/cancelled' = 'relationship/duplicateKey'
    const { flow, state } = await open({
      'relationship.create': () => Promise.resolve(fail(code, { examples: ['S1'] })),
    })
    flow.edit(ends)
    await flow.relate(ends)
    expect(state().refused).toMatchObject({ ends, error: { details: { examples: ['S1'] } } })
    expect([state().draft, state().made]).toEqual([ends, null])
    code = 'internal/cancelled'
    await flow.relate(ends)
    expect([state().refused, state().making]).toEqual([null, null])
  })

  it('stops a relating that is under way', async () => {
    const { flow, state } = await open({
      'relationship.create': (_ends, options) =>
        new Promise((resolve) =>
          options?.signal?.addEventListener('abort', () => resolve(fail('internal/cancelled'))),
        ),
    })
    const running = flow.relate(ends)
    expect(state().making).toEqual(ends)
    flow.cancel()
    await running
    expect([state().making, state().refused]).toEqual([null, null])
  })

  it('removes a relationship only when the question is answered so', async () => {
    const { app, flow, related } = await open()
    await flow.relate(ends)
    const [made] = related()
    const kept = flow.remove(made!)
    await vi.waitFor(() => expect(app.shell.store.getState().question).not.toBeNull())
    app.shell.store.getState().question?.answer('cancel')
    await kept
    expect(related()).toHaveLength(1)
    const gone = flow.remove(made!)
    await vi.waitFor(() => expect(app.shell.store.getState().question).not.toBeNull())
    expect(app.shell.store.getState().question?.body.values?.['line']).toContain('门店.品类')
    app.shell.store.getState().question?.answer('remove')
    await gone
    expect(related()).toEqual([])
  })

  it('takes a key of several fields, changes it, and steps back and forth over everything done', async () => {
    const { app, flow, related, state } = await open()
    flow.edit(ends)
    flow.addKey()
    expect(isWhole(state().draft)).toBe(false)
    flow.chooseField('from', 1, '品类')
    flow.chooseField('to', 1, '品类')
    expect(isWhole(state().draft)).toBe(false)
    flow.chooseField('to', 1, '门店')
    expect(isWhole(state().draft)).toBe(true)
    const two = { from: state().draft.from, to: state().draft.to }
    await flow.relate(state().draft)
    const [made] = related()
    flow.edit(made!)
    expect(alreadyRelated(state().draft, related())).toBe(false)
    flow.dropKey(1)
    await flow.relate(state().draft)
    expect(related()).toEqual([{ ...made, ...ends }])
    const gone = flow.remove(related()[0]!)
    await vi.waitFor(() => expect(app.shell.store.getState().question).not.toBeNull())
    app.shell.store.getState().question?.answer('remove')
    await gone
    const seen: unknown[] = []
    for (const step of ['undo', 'undo', 'undo', 'redo', 'redo', 'redo'] as const) {
      await flow[step]()
      seen.push(related().map(({ from, to }) => ({ from, to })))
    }
    expect(seen).toEqual([[ends], [two], [], [two], [ends], []])
    expect([state().canUndo, state().canRedo]).toEqual([true, false])
  })

  it('turns what was drawn the wrong way round, when only the other side holds each key once', async () => {
    const asked: RelationshipEnds[] = []
    const { flow, state } = await open({
      'relationship.create': ({ from, to }) => {
        asked.push({ from, to })
        return Promise.resolve(
          asked.length === 1
            ? fail('relationship/duplicateKey', { examples: ['S1'] })
            : ok({ id: 'rel_made001', from, to, ...measured }),
        )
      },
    })
    await flow.relate(ends, true)
    expect(asked).toEqual([ends, { from: ends.to, to: ends.from }])
    expect(state().made).toEqual(asked[1])
  })

  it('offers fields that can be keys', () => {
    const names = keyFields(cannedInfo).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['大区', '门店', '品类', '小票号', '会员号', '数量']),
    )
  })
})
