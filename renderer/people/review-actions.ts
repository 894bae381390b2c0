/** What a reviewer does: goes through pairs, decides, takes back. */
import type { StoreApi } from 'zustand/vanilla'
import type { Decision, UndoWhat } from '../../shared/people/people-words.ts'
import type { App } from '../state/app.ts'
import type { PeopleState } from './people-state.ts'

const pageSize = 30
const mergedSize = 20

export interface ReviewActions {
  /** From the first open pair on: those decided are gone from it. */
  readonly readQueue: () => Promise<void>
  readonly readMerged: (offset: number) => Promise<void>
  move(by: 1 | -1): Promise<void>
  decide(decision: Decision, force?: boolean): Promise<void>
  undo(what: UndoWhat): Promise<boolean>
  acceptOver(): Promise<void>
}

export function createReviewActions(app: App, store: StoreApi<PeopleState>): ReviewActions {
  const { getState: state, setState: put } = store
  const queue = readers(app, store)

  /** One after the other, in the order they were asked for. */
  let turns: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = turns.then(work)
    turns = turn.catch(() => undefined)
    return turn
  }

  async function decidePair(id: number, decision: Decision, force: boolean): Promise<void> {
    const { pairs, set: before } = state()
    const place = pairs.findIndex((one) => one.id === id)
    if (place < 0 || before === null) return
    put({ busy: true, error: null })
    const ask = { set: before.id, pair: id, decision, force }
    const answer = await app.engine['people.decide'](ask)
    if (!answer.ok) {
      put({ busy: false, error: answer.error })
      return
    }
    if (answer.value.state === 'conflict') {
      put({ busy: false, conflict: { pair: id, conflict: answer.value.conflict } })
      return
    }
    const left = pairs.filter((one) => one.id !== id)
    const { set } = answer.value
    put({ pairs: left, place: Math.min(place, Math.max(0, left.length - 1)), conflict: null, set })
    // What was put off stands at the end, which may be beyond what is loaded.
    const runsShort = decision === 'skip' ? left.length < 2 : left.length < 5 && set.counts.open > left.length // prettier-ignore
    if (runsShort) await queue.readQueue()
    put({ busy: false })
  }

  async function undo(what: UndoWhat): Promise<boolean> {
    const { set } = state()
    if (set === null) return false
    put({ busy: true, error: null, conflict: null })
    const answer = await app.engine['people.undo']({ set: set.id, undo: what })
    if (answer.ok) {
      put({ set: answer.value })
      if (state().tab === 'merged') await queue.readMerged(0)
      else await queue.readQueue()
    } else put({ error: answer.error })
    put({ busy: false })
    return answer.ok
  }

  async function acceptOver(): Promise<void> {
    const { percent, set } = state()
    if (set === null) return
    put({ busy: true, error: null, conflict: null })
    const answer = await app.engine['people.acceptOver']({ set: set.id, percent })
    if (answer.ok) {
      put({ set: answer.value })
      const count = answer.value.counts.unasked - set.counts.unasked
      app.shell.tell('success', { key: 'people.auto.done', values: { count } })
      if (state().tab === 'merged') await queue.readMerged(0)
      else await queue.readQueue()
    } else put({ error: answer.error })
    put({ busy: false })
  }

  return {
    ...queue,
    decide(decision, force = false) {
      // What is pressed while the last decision is being saved means the pair that was seen then, or nothing.
      const seen = state().pairs[state().place]
      return inTurn(async () => {
        if (seen !== undefined && state().running === null) {
          await decidePair(seen.id, decision, force)
        }
      })
    },
    undo: (what) => inTurn(() => undo(what)),
    acceptOver: () => inTurn(acceptOver),
  }
}

function readers(
  app: App,
  { getState: state, setState: put }: StoreApi<PeopleState>,
): Pick<ReviewActions, 'readQueue' | 'readMerged' | 'move'> {
  return {
    async readQueue() {
      const { set } = state()
      if (set === null || set.outdated) {
        put({ pairs: [], place: 0 })
        return
      }
      const answer = await app.engine['people.queue']({ set: set.id, offset: 0, limit: pageSize })
      if (answer.ok) put({ pairs: answer.value.pairs, place: 0 })
      else put({ error: answer.error })
    },
    async readMerged(offset) {
      const { set } = state()
      if (set === null) return
      const answer = await app.engine['people.merged']({ set: set.id, offset, limit: mergedSize })
      if (!answer.ok) {
        put({ error: answer.error })
        return
      }
      const { people, total } = answer.value
      const { merged } = state()
      put({ merged: [...merged.slice(0, offset), ...people], mergedTotal: total })
    },
    async move(by) {
      const { place, pairs, set } = state()
      const next = place + by
      if (next < 0 || set === null) return
      if (next < pairs.length) {
        put({ place: next, conflict: null })
        return
      }
      if (pairs.length >= set.counts.open) return
      const ask = { set: set.id, offset: pairs.length, limit: pageSize }
      const answer = await app.engine['people.queue'](ask)
      if (!answer.ok) {
        put({ error: answer.error })
        return
      }
      const more = [...pairs, ...answer.value.pairs]
      put({ pairs: more, place: Math.min(next, more.length - 1), conflict: null })
    },
  }
}
