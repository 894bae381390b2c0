/** What the page knows of the people behind one member list, and what it does about them. */
import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { AppError, Outcome } from '../../shared/errors.ts'
import type { PeopleSet, PeopleStep } from '../../shared/people/people-words.ts'
import type { PeopleSettings, PeopleSource, Survivors } from '../../shared/people/settings.ts'
import { usualSurvivors } from '../../shared/people/settings.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from '../state/app.ts'
import { languageOf } from '../state/settings-store.ts'
import type { PeopleState, PeopleTab } from './people-state.ts'
import { firstState } from './people-state.ts'
import { personWords } from './person-words.ts'
import type { ReviewActions } from './review-actions.ts'
import { createReviewActions } from './review-actions.ts'

export interface PeopleStore extends Omit<ReviewActions, 'readQueue' | 'readMerged'> {
  readonly store: StoreApi<PeopleState>
  readonly dataset: string
  load(): Promise<void>
  choose(dataset: string, isChosen: boolean): void
  changeSource(source: PeopleSource): void
  changeSurvivors(survivors: Survivors): Promise<void>
  find(): Promise<void>
  cancel(): void
  show(tab: PeopleTab): Promise<void>
  dropConflict(): void
  changePercent(percent: number): void
  moreMerged(): Promise<void>
  /** Decisions become what reports count; nothing happens when they know them. */
  write(): Promise<void>
  remove(): Promise<void>
}

export function createPeopleStore(app: App, dataset: string): PeopleStore {
  const store = createStore<PeopleState>(() => firstState)
  const { getState: state, setState: put } = store
  const { readQueue, readMerged, ...review } = createReviewActions(app, store)

  async function load(): Promise<void> {
    const answer = await app.engine['people.look']({ dataset })
    if (!answer.ok) {
      put({ status: 'failed', error: answer.error })
      return
    }
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

  return {
    ...{ store, dataset, load },
    ...review,
    ...setUp(dataset, store),
    ...longRuns(app, store, readQueue),
    async show(tab) {
      put({ tab, error: null, conflict: null })
      if (tab === 'merged') await readMerged(0)
      if (tab === 'review') await readQueue()
    },
    moreMerged: () => readMerged(state().merged.length),
    async remove() {
      const { set } = state()
      if (set === null) return
      const answer = await app.engine['people.remove']({ set: set.id })
      if (answer.ok) {
        put({ ...firstState })
        await load()
      } else put({ error: answer.error })
    },
  }
}

/** What is only said, not yet done. */
function setUp(
  dataset: string,
  { setState: put }: StoreApi<PeopleState>,
): Pick<PeopleStore, 'choose' | 'changeSource' | 'changePercent' | 'dropConflict'> {
  return {
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
    changePercent: (percent) => put({ percent: Math.min(99, Math.max(50, Math.round(percent))) }),
    dropConflict: () => put({ conflict: null }),
  }
}

interface RunOptions {
  readonly signal: AbortSignal
  readonly onPart: (step: PeopleStep) => void
}

/** What may take its time: each with its steps shown, one at once, to be cancelled. */
function longRuns(
  app: App,
  { getState: state, setState: put }: StoreApi<PeopleState>,
  readQueue: () => Promise<void>,
): Pick<PeopleStore, 'find' | 'write' | 'changeSurvivors' | 'cancel'> {
  let abort = new AbortController()

  async function run(work: (options: RunOptions) => Promise<Outcome<PeopleSet>>): Promise<boolean> {
    abort = new AbortController()
    put({ running: 'starting', error: null })
    const answer = await work({ signal: abort.signal, onPart: (running) => put({ running }) })
    if (answer.ok) put({ running: null, set: answer.value })
    else put({ running: null, error: shownError(answer.error) })
    return answer.ok
  }

  function settings(): PeopleSettings {
    const { set, sources, chosen, survivors } = state()
    const text = textIn(languageOf(app.settings.store.getState()))
    const words = set?.settings.words ?? personWords(text)
    return { sources: sources.filter((source) => chosen.has(source.dataset)), survivors, words }
  }

  return {
    async find() {
      const { set } = state()
      const again = set === null ? {} : { set: set.id }
      const ask = { ...again, settings: settings(), acceptOver: null }
      if (!(await run((options) => app.engine['people.find'](ask, options)))) return
      put({ tab: 'review', conflict: null })
      await readQueue()
    },
    async write() {
      const { set, running } = state()
      if (set === null || set.unwritten === 0 || set.search === null || running !== null) return
      await run((options) => app.engine['people.write']({ set: set.id }, options))
    },
    async changeSurvivors(survivors) {
      put({ survivors })
      const { set } = state()
      if (set === null) return
      await run((options) => app.engine['people.write']({ set: set.id, survivors }, options))
    },
    cancel: () => abort.abort(),
  }
}

/** What was stopped on purpose is no trouble. */
const shownError = (error: AppError): AppError | null =>
  error.code === 'internal/cancelled' ? null : error
