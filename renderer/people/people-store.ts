/** What the page knows of the people behind one member list, and what it does about them. */
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { AppError } from '../../shared/errors.ts'
import type {
  Decision,
  JoinConflict,
  MergedPerson,
  PeopleSet,
  PeopleStep,
  ReviewPair,
  UndoWhat,
} from '../../shared/people/people-words.ts'
import type { PeopleSettings, PeopleSource, Survivors } from '../../shared/people/settings.ts'
import { usualAutoAccept, usualSurvivors } from '../../shared/people/settings.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { languageOf } from '../state/settings-store.ts'
import { personWords } from './person-words.ts'

export type PeopleTab = 'review' | 'merged' | 'setup'

export interface PeopleState {
  readonly status: 'loading' | 'failed' | 'ready'
  readonly error: AppError | null
  readonly set: PeopleSet | null
  /** Every list that could be compared, as it is or would be. */
  readonly sources: readonly PeopleSource[]
  readonly chosen: ReadonlySet<string>
  readonly survivors: Survivors
  readonly running: PeopleStep | 'starting' | null
  readonly tab: PeopleTab
  readonly pairs: readonly ReviewPair[]
  readonly place: number
  readonly conflict: { readonly pair: number; readonly conflict: JoinConflict } | null
  readonly percent: number
  readonly merged: readonly MergedPerson[]
  readonly mergedTotal: number
  readonly busy: boolean
}

const first: PeopleState = {
  ...{ status: 'loading', error: null, set: null, sources: [], chosen: new Set(), survivors: usualSurvivors },
  ...{ running: null, tab: 'review', pairs: [], place: 0, conflict: null, percent: usualAutoAccept },
  ...{ merged: [], mergedTotal: 0, busy: false },
} // prettier-ignore

const pageSize = 30
const mergedSize = 20

export interface PeopleStore {
  readonly store: StoreApi<PeopleState>
  readonly dataset: string
  load(): Promise<void>
  choose(dataset: string, isChosen: boolean): void
  changeSource(source: PeopleSource): void
  changeSurvivors(survivors: Survivors): Promise<void>
  find(): Promise<void>
  cancel(): void
  show(tab: PeopleTab): Promise<void>
  move(by: 1 | -1): Promise<void>
  decide(decision: Decision, force?: boolean): Promise<void>
  dropConflict(): void
  undo(what: UndoWhat): Promise<boolean>
  changePercent(percent: number): void
  acceptOver(): Promise<void>
  moreMerged(): Promise<void>
  /** Decisions become what reports count; nothing happens when they know them. */
  write(): Promise<void>
  remove(): Promise<void>
}

export function createPeopleStore(app: App, dataset: string): PeopleStore {
  const store = createStore<PeopleState>(() => first)
  const { getState: state, setState: put } = store
  let abort = new AbortController()

  const setId = (): string => state().set?.id ?? ''

  async function load(): Promise<void> {
    const answer = await app.engine['people.look']({ dataset })
    if (!answer.ok) return put({ status: 'failed', error: answer.error })
    const { set, proposed } = answer.value
    const known = set?.settings.sources ?? []
    const isKnown = (id: string): boolean => known.some((source) => source.dataset === id)
    put({
      ...{ status: 'ready', error: null, set },
      sources: [...known, ...proposed.filter((source) => !isKnown(source.dataset))],
      chosen: new Set(set ? known.map((source) => source.dataset) : [dataset]),
      survivors: set?.settings.survivors ?? usualSurvivors,
      tab: set === null ? 'setup' : state().tab,
    })
    await readQueue()
  }

  /** From the first pair on: those decided are gone from it. */
  async function readQueue(): Promise<void> {
    const { set } = state()
    if (set === null || set.outdated) return put({ pairs: [], place: 0 })
    const answer = await app.engine['people.queue']({ set: set.id, offset: 0, limit: pageSize })
    if (answer.ok) put({ pairs: answer.value.pairs, place: 0 })
    else put({ error: answer.error })
  }

  async function readMerged(offset: number): Promise<void> {
    const ask = { set: setId(), offset, limit: mergedSize }
    const answer = await app.engine['people.merged'](ask)
    if (!answer.ok) return put({ error: answer.error })
    const { people, total } = answer.value
    put(({ merged }) => ({
      merged: [...merged.slice(0, offset), ...people],
      mergedTotal: total,
    }))
  }

  function settings(): PeopleSettings {
    const { set, sources, chosen, survivors } = state()
    const words = set?.settings.words ?? personWords(textIn(languageOf(app.settings.store.getState()))) // prettier-ignore
    return { sources: sources.filter((source) => chosen.has(source.dataset)), survivors, words }
  }

  /** A call that may take its time, with its steps shown; only one at once. */
  async function run(
    work: (options: {
      signal: AbortSignal
      onPart: (step: PeopleStep) => void
    }) => Promise<
      { ok: true; value: PeopleSet } | { ok: false; error: AppError }
    >,
  ): Promise<boolean> {
    abort = new AbortController()
    put({ running: 'starting', error: null })
    const answer = await work({ signal: abort.signal, onPart: (running) => put({ running }) })
    if (answer.ok) put({ running: null, set: answer.value })
    else {
      const stopped = answer.error.code === 'internal/cancelled'
      put({ running: null, error: stopped ? null : answer.error })
    }
    return answer.ok
  }

  async function move(by: 1 | -1): Promise<void> {
    const { place, pairs, set } = state()
    const next = place + by
    if (next < 0) return
    if (next < pairs.length) return put({ place: next, conflict: null })
    if (set === null || pairs.length >= set.counts.open) return
    const ask = { set: set.id, offset: pairs.length, limit: pageSize }
    const answer = await app.engine['people.queue'](ask)
    if (!answer.ok) return put({ error: answer.error })
    const more = [...pairs, ...answer.value.pairs]
    put({ pairs: more, place: Math.min(next, more.length - 1), conflict: null })
  }

  /** One after the other, in the order they were asked for. */
  let turns: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = turns.then(work)
    turns = turn.catch(() => undefined)
    return turn
  }

  /** What is pressed while the last decision is being saved means the pair that was seen then, or nothing. */
  function decide(decision: Decision, force = false): Promise<void> {
    const seen = state().pairs[state().place]
    return inTurn(async () => {
      if (seen !== undefined && state().running === null) await decidePair(seen.id, decision, force)
    })
  }

  async function decidePair(id: number, decision: Decision, force: boolean): Promise<void> {
    const { pairs } = state()
    const place = pairs.findIndex((one) => one.id === id)
    const pair = pairs[place]
    if (pair === undefined) return
    put({ busy: true, error: null })
    const ask = { set: setId(), pair: pair.id, decision, force }
    const answer = await app.engine['people.decide'](ask)
    if (!answer.ok) return put({ busy: false, error: answer.error })
    if (answer.value.state === 'conflict') {
      return put({ busy: false, conflict: { pair: pair.id, conflict: answer.value.conflict } })
    }
    const left = pairs.filter((one) => one.id !== id)
    const { set } = answer.value
    put({ pairs: left, place: Math.min(place, Math.max(0, left.length - 1)), conflict: null, set })
    // What was put off stands at the end, which may be beyond what is loaded.
    if (decision === 'skip' ? left.length < 2 : left.length < 5 && set.counts.open > left.length) {
      await readQueue()
    }
    put({ busy: false })
  }

  async function undo(what: UndoWhat): Promise<boolean> {
    put({ busy: true, error: null, conflict: null })
    const answer = await app.engine['people.undo']({ set: setId(), undo: what })
    if (answer.ok) {
      put({ set: answer.value })
      if (state().tab === 'merged') await readMerged(0)
      else await readQueue()
    } else put({ error: answer.error })
    put({ busy: false })
    return answer.ok
  }

  async function acceptOver(): Promise<void> {
    const { percent, set } = state()
    if (set === null) return
    put({ busy: true, error: null, conflict: null })
    const answer = await app.engine['people.acceptOver']({ set: set.id, percent })
    if (!answer.ok) return put({ busy: false, error: answer.error })
    put({ busy: false, set: answer.value })
    const count = answer.value.counts.unasked - set.counts.unasked
    app.shell.tell('success', { key: 'people.auto.done', values: { count } })
    await readQueue()
  }

  return {
    ...{ store, dataset, load, move, decide },
    choose: (id, isChosen) =>
      put(({ chosen }) => {
        const next = new Set(chosen)
        if (isChosen || id === dataset) next.add(id)
        else next.delete(id)
        return { chosen: next }
      }),
    changeSource: (source) =>
      put(({ sources }) => ({
        sources: sources.map((one) => (one.dataset === source.dataset ? source : one)),
      })),
    async changeSurvivors(survivors) {
      put({ survivors })
      const { set } = state()
      if (set === null) return
      await run((options) => app.engine['people.write']({ set: set.id, survivors }, options))
    },
    async find() {
      const { set } = state()
      const ask = { ...(set === null ? {} : { set: set.id }), settings: settings(), acceptOver: null } // prettier-ignore
      if (!(await run((options) => app.engine['people.find'](ask, options)))) return
      put({ tab: 'review', conflict: null })
      await readQueue()
    },
    cancel: () => abort.abort(),
    async show(tab) {
      put({ tab, error: null, conflict: null })
      if (tab === 'merged') await readMerged(0)
      if (tab === 'review') await readQueue()
    },
    dropConflict: () => put({ conflict: null }),
    undo: (what) => inTurn(() => undo(what)),
    changePercent: (percent) => put({ percent: Math.min(99, Math.max(50, Math.round(percent))) }),
    acceptOver: () => inTurn(acceptOver),
    moreMerged: () => readMerged(state().merged.length),
    async write() {
      const { set, running } = state()
      if (set === null || set.unwritten === 0 || set.search === null || running !== null) return
      await run((options) => app.engine['people.write']({ set: set.id }, options))
    },
    async remove() {
      const answer = await app.engine['people.remove']({ set: setId() })
      if (!answer.ok) return put({ error: answer.error })
      put({ ...first, status: 'loading' })
      await load()
    },
  }
}
