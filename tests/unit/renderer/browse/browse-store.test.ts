import { describe, expect, it, vi } from 'vitest'
import type { BrowseAsk, FolderListing } from '../../../../shared/host-words.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import type { BrowseMemory } from '../../../../renderer/browse/browse-store.ts'
import { createBrowse, mayConfirm, shownEntries } from '../../../../renderer/browse/browse-store.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'

const folder = (id: string, name: string) => ({ id, name, kind: 'folder' as const })
const file = (id: string, name: string) => ({ id, name, kind: 'file' as const, size: 1 })

const top: FolderListing = {
  folder: { id: '', name: '' },
  trail: [],
  entries: [folder('home', 'Home'), folder('docs', 'Documents')],
  others: 0,
}
const docs: FolderListing = {
  folder: { id: 'docs', name: 'Documents' },
  trail: [{ id: 'docs', name: 'Documents' }],
  entries: [folder('y2026', '2026'), file('f1', 'a.csv'), file('f2', 'b.csv')],
  others: 0,
}
const year: FolderListing = {
  folder: { id: 'y2026', name: '2026' },
  trail: [...docs.trail, { id: 'y2026', name: '2026' }],
  entries: [file('f3', 'Report.storeboard')],
  others: 0,
}
const home: FolderListing = {
  folder: { id: 'home', name: 'Home' },
  trail: [{ id: 'home', name: 'Home' }],
  entries: [],
  others: 0,
}
const listings: Record<string, FolderListing> = { docs, y2026: year }

function open(ask: BrowseAsk, memory: BrowseMemory = new Map()) {
  const answers: unknown[] = []
  let done = 0
  const fake = createFakeEngine({
    'browse.list': ({ folder: id }) => {
      const listing = id === null ? top : listings[id]
      return Promise.resolve(listing ? ok(listing) : fail('file/denied'))
    },
    'browse.answer': (answer) => {
      answers.push(answer)
      return Promise.resolve(ok({}))
    },
  })
  const browse = createBrowse(fake.engine, ask, memory, () => (done += 1))
  return { browse, answers, state: () => browse.store.getState(), done: () => done }
}

const openAsk = (multiple: boolean): BrowseAsk => ({
  kind: 'open',
  askId: 'ask',
  ask: { purpose: 'data', multiple },
})
const saveAsk: BrowseAsk = {
  kind: 'save',
  askId: 'ask',
  ask: { purpose: 'report', suggestedName: 'New' },
}

describe('the file browser', () => {
  it('starts among the documents, and where the last file of this kind was', async () => {
    const memory: BrowseMemory = new Map()
    const first = open(openAsk(false), memory)
    await first.browse.start()
    expect(first.state().listing?.folder.name).toBe('Documents')
    await first.browse.enter(0)
    first.browse.choose(0, false)
    await first.browse.confirm()
    expect([first.answers, first.done()]).toEqual([[{ askId: 'ask', entries: ['f3'] }], 1])
    const second = open(openAsk(false), memory)
    await second.browse.start()
    expect(second.state().listing?.folder.name).toBe('2026')
    await second.browse.up()
    expect(second.state().listing?.folder.name).toBe('Documents')
  })

  it('refuses a name no file can have before saving, and proposes one that a file can', async () => {
    const titled = { purpose: 'report' as const, suggestedName: '看板 a/b: c?' }
    const save = open({ kind: 'save', askId: 'ask', ask: titled })
    await save.browse.start()
    expect([save.state().name, mayConfirm(save.state())]).toEqual(['看板 a b c', true])
    save.browse.rename('a/b?')
    await save.browse.confirm()
    expect([mayConfirm(save.state()), save.answers]).toEqual([false, []])
    save.browse.rename('看板')
    await save.browse.confirm()
    expect(save.answers).toMatchObject([{ name: '看板.storeboard' }])
  })

  it('chooses several files only where several may be, and never folders among them', async () => {
    const several = open(openAsk(true))
    await several.browse.start()
    several.browse.choose(1, false)
    several.browse.choose(2, true)
    several.browse.choose(0, true)
    expect(several.state().chosen).toEqual(['f1', 'f2'])
    several.browse.choose(1, true)
    expect(several.state().chosen).toEqual(['f2'])
    const one = open(openAsk(false))
    await one.browse.start()
    one.browse.choose(1, false)
    one.browse.choose(2, true)
    expect(one.state().chosen).toEqual(['f2'])
    one.browse.choose(0, false)
    expect(mayConfirm(one.state())).toBe(false)
  })

  it('moves by arrows and by typing, and stays inside the list', async () => {
    const { browse, state } = open(openAsk(false))
    await browse.start()
    browse.move(1)
    browse.move(1)
    expect([state().cursor, state().chosen]).toEqual([1, ['f1']])
    browse.move(Infinity)
    browse.move(1)
    expect(state().cursor).toBe(2)
    browse.find('A')
    expect(state().chosen).toEqual(['f1'])
  })

  it('saves under the typed name, asking before it replaces a file', async () => {
    const { browse, state, answers } = open(saveAsk)
    await browse.start()
    await browse.enter(0)
    browse.rename('report')
    await browse.confirm()
    expect([answers, state().replacing]).toEqual([[], 'report.storeboard'])
    browse.rename('other')
    expect(state().replacing).toBeNull()
    browse.rename('report')
    await browse.confirm()
    await browse.confirm()
    expect(answers).toEqual([
      { askId: 'ask', entries: [], folder: 'y2026', name: 'report.storeboard' },
    ])
  })

  it('shows folders only when a folder is wanted, and takes the one it stands in', async () => {
    const ask: BrowseAsk = {
      kind: 'open',
      askId: 'ask',
      ask: { purpose: 'workspace', multiple: false },
    }
    const { browse, state, answers } = open(ask)
    await browse.start()
    expect(shownEntries(state()).map(({ name }) => name)).toEqual(['2026'])
    await browse.confirm()
    expect(answers).toEqual([{ askId: 'ask', entries: ['docs'] }])
  })

  it('says why a folder cannot be read, and answers nothing when dismissed', async () => {
    const { browse, state, answers, done } = open(openAsk(false))
    await browse.start()
    await browse.goTo('secret')
    expect([state().error?.code, state().loading]).toEqual(['file/denied', false])
    await browse.cancel()
    expect([answers, done()]).toEqual([[{ askId: 'ask', entries: [] }], 1])
  })

  /** Folders answer when they are told to. */
  function slowly(ask: BrowseAsk, memory: BrowseMemory = new Map()) {
    const waiting = new Map<string, () => void>()
    const answers: unknown[] = []
    const all: Record<string, FolderListing> = { ...listings, home }
    const fake = createFakeEngine({
      'browse.list': ({ folder: id }) => {
        if (id === null) return Promise.resolve(ok(top))
        const { promise, resolve } = Promise.withResolvers<undefined>()
        waiting.set(id, () => resolve(undefined))
        const listing = all[id]
        return promise.then(() => (listing ? ok(listing) : fail('file/denied')))
      },
      'browse.answer': (answer) => {
        answers.push(answer)
        return Promise.resolve(ok({}))
      },
    })
    const browse = createBrowse(fake.engine, ask, memory, () => undefined)
    const opens = async (id: string): Promise<void> => {
      await vi.waitFor(() => expect(waiting.has(id)).toBe(true))
      waiting.get(id)?.()
    }
    return { browse, answers, opens, asked: () => [...waiting.keys()] }
  }

  it('saves in the folder the person went to, also while it is still on its way', async () => {
    const { browse, answers, opens } = slowly(saveAsk)
    const starting = browse.start()
    await opens('docs')
    await starting
    const going = browse.goTo('home')
    const saving = browse.confirm()
    await Promise.resolve()
    expect(answers).toEqual([])
    await opens('home')
    await Promise.all([going, saving])
    expect(answers).toMatchObject([{ folder: 'home', name: 'New.storeboard' }])
  })

  it('saves nowhere when the folder the person went to cannot be read', async () => {
    const { browse, answers, opens } = slowly(saveAsk)
    const starting = browse.start()
    await opens('docs')
    await starting
    const going = browse.goTo('locked')
    const saving = browse.confirm()
    await opens('locked')
    await Promise.all([going, saving])
    expect(answers).toEqual([])
    expect(browse.store.getState()).toMatchObject({ error: { code: 'file/denied' } })
  })

  it('stays where the person went while the last place was still being looked for', async () => {
    const memory: BrowseMemory = new Map([['report', ['Documents', '2026']]])
    const { browse, opens, asked } = slowly(saveAsk, memory)
    const starting = browse.start()
    await vi.waitFor(() => expect(asked()).toEqual(['docs']))
    const going = browse.goTo('home')
    await opens('docs')
    await opens('home')
    await Promise.all([starting, going])
    expect(asked()).toEqual(['docs', 'home'])
    expect(browse.store.getState().listing?.folder.name).toBe('Home')
  })
})
