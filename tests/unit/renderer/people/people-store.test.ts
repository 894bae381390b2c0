import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import { appError, fail, ok } from '../../../../shared/errors.ts'
import type { PeopleSet, ReviewPair } from '../../../../shared/people/people-words.ts'
import { usualSurvivors } from '../../../../shared/people/settings.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import { createPeopleStore } from '../../../../renderer/people/people-store.ts'
import { personWords } from '../../../../renderer/people/person-words.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const source = { dataset: cannedInfo.id, key: 'k', fields: { phone: 'p' }, newest: null }
const record = (key: string) => ({ dataset: cannedInfo.id, key, values: [] })
const pairs: ReviewPair[] = [1, 2, 3].map((id) => ({
  ...{ id, total: 100, levels: '1000000', skipped: false },
  records: [record(`a${id}`), record(`b${id}`)],
}))

function setOf(open: number, more: Partial<PeopleSet> = {}): PeopleSet {
  return {
    id: 'ppl_fake0001',
    settings: { sources: [source], survivors: usualSurvivors, words: personWords(textIn('en')) },
    search: { at: '2025-01-01', rows: 9, compared: 3, worth: 3, kept: 3, crowded: { groups: 0, rows: 0, pairs: 0 }, accepted: 0 },
    counts: { open, skipped: 0, accepted: 0, unasked: 0, rejected: 0, merged: 0, mergedAccounts: 0, rows: 9, accounts: 9, persons: 9 },
    byPercent: new Array<number>(100).fill(0),
    ...{ outdated: false, unwritten: 0, last: null, ...more },
  }
} // prettier-ignore

/** An engine whose open pairs go as they are decided. */
async function open(replace: Partial<Engine> = {}) {
  const decided: string[] = []
  let left = pairs
  const fake = createFakeEngine({
    'people.look': () => Promise.resolve(ok({ set: setOf(left.length), proposed: [source] })),
    'people.queue': ({ offset, limit }) =>
      Promise.resolve(ok({ pairs: left.slice(offset, offset + limit) })),
    'people.decide': ({ pair, decision }) => {
      decided.push(`${pair} ${decision}`)
      left = left.filter(({ id }) => id !== pair)
      return Promise.resolve(
        ok({ state: 'done' as const, set: setOf(left.length, { unwritten: 1 }) }),
      )
    },
    'people.undo': () => {
      left = pairs
      decided.push('undo')
      return Promise.resolve(ok(setOf(left.length)))
    },
    ...replace,
  })
  const app = createApp({ connection: fake, newId: repeatableIds(4), clock: { now: () => 0, after: () => undefined } }) // prettier-ignore
  const people = createPeopleStore(app, cannedInfo.id)
  await people.load()
  return { people, decided, state: () => people.store.getState() }
}

describe('the review', () => {
  it('takes one decision for the pair that was seen, however often the key is pressed', async () => {
    const { people, decided, state } = await open()
    await Promise.all([people.decide('same'), people.decide('same'), people.decide('different')])
    expect(decided).toEqual(['1 same'])
    expect(state().pairs.map(({ id }) => id)).toEqual([2, 3])
    await people.decide('different')
    expect(decided).toEqual(['1 same', '2 different'])
  })

  it('takes back as many steps as the key was pressed, and shows the first pair again', async () => {
    const { people, decided, state } = await open()
    await people.decide('same')
    await Promise.all([people.undo({ what: 'last' }), people.undo({ what: 'last' })])
    expect(decided).toEqual(['1 same', 'undo', 'undo'])
    expect(state()).toMatchObject({ place: 0, pairs: [{ id: 1 }, { id: 2 }, { id: 3 }] })
  })

  it('goes through the pairs and stops at both ends', async () => {
    const { people, state } = await open()
    await people.move(-1)
    expect(state().place).toBe(0)
    for (let i = 0; i < 5; i++) await people.move(1)
    expect(state().place).toBe(2)
  })

  it('shows what stands against joining and joins only when told so', async () => {
    const account = { dataset: cannedInfo.id, key: 'x' }
    const forced: boolean[] = []
    const { people, state } = await open({
      'people.decide': ({ force }) => {
        forced.push(force ?? false)
        const conflict = { kind: 'contradiction' as const, mark: 'birthday' as const, a: account, b: account } // prettier-ignore
        return Promise.resolve(ok(force ? { state: 'done', set: setOf(2) } : { state: 'conflict', conflict })) // prettier-ignore
      },
    })
    await people.decide('same')
    expect(state()).toMatchObject({ conflict: { pair: 1 }, pairs: { length: 3 } })
    await people.decide('same', true)
    expect(forced).toEqual([false, true])
    expect(state()).toMatchObject({ conflict: null, pairs: { length: 2 } })
  })
})

describe('a search', () => {
  it('shows its steps, and what was stopped on purpose is no trouble', async () => {
    const steps: unknown[] = []
    const { people, state } = await open({
      'people.find': (_ask, options) => {
        options?.onPart?.({ stage: 'comparing', done: 1, of: 2 })
        steps.push(people.store.getState().running)
        return Promise.resolve({ ok: false, error: appError('internal/cancelled') })
      },
    })
    await people.find()
    expect(steps).toEqual([{ stage: 'comparing', done: 1, of: 2 }])
    expect(state()).toMatchObject({ running: null, error: null, pairs: { length: 3 } })
  })

  it('says why it could not be made', async () => {
    const { people, state } = await open({
      'people.find': () => Promise.resolve(fail('people/nothingToCompare')),
    })
    await people.find()
    expect(state().error?.code).toBe('people/nothingToCompare')
  })
})
