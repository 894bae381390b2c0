import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { Engine } from '../../shared/contract.ts'
import type { Field } from '../../shared/data/field.ts'
import type { AppError } from '../../shared/errors.ts'

export interface Tags {
  readonly meaning: NonNullable<Field['meaning']> | null
  readonly personal: NonNullable<Field['personal']> | null
}

export interface TagChange {
  readonly dataset: string
  readonly field: string
  readonly before: Tags
  readonly after: Tags
}

export interface TagHistoryState {
  readonly done: readonly TagChange[]
  readonly undone: readonly TagChange[]
}

/** What columns stand for, changed step by step; the engine keeps it, and every page hears of it. */
export interface TagHistory {
  readonly store: StoreApi<TagHistoryState>
  /** Null when it was kept. */
  change(dataset: string, field: Field, part: Partial<Tags>): Promise<AppError | null>
  undo(): Promise<AppError | null>
  redo(): Promise<AppError | null>
}

const tagsOf = ({ meaning, personal }: Field): Tags => ({
  meaning: meaning ?? null,
  personal: personal ?? null,
})

export function createTagHistory(engine: Engine): TagHistory {
  const store = createStore<TagHistoryState>(() => ({ done: [], undone: [] }))

  async function keep({ dataset, field }: TagChange, tags: Tags): Promise<AppError | null> {
    const answer = await engine['dataset.tag']({ dataset, field, ...tags })
    return answer.ok ? null : answer.error
  }

  return {
    store,
    async change(dataset, field, part) {
      const before = tagsOf(field)
      const step = { dataset, field: field.name, before, after: { ...before, ...part } }
      const refused = await keep(step, step.after)
      if (refused === null) store.setState(({ done }) => ({ done: [...done, step], undone: [] }))
      return refused
    },
    async undo() {
      const step = store.getState().done.at(-1)
      if (!step) return null
      const refused = await keep(step, step.before)
      // A step that cannot be undone (its dataset is gone) is in nobody's way.
      store.setState(({ done, undone }) => ({
        done: done.slice(0, -1),
        undone: refused === null ? [...undone, step] : undone,
      }))
      return refused
    },
    async redo() {
      const step = store.getState().undone.at(-1)
      if (!step) return null
      const refused = await keep(step, step.after)
      store.setState(({ done, undone }) => ({
        undone: undone.slice(0, -1),
        done: refused === null ? [...done, step] : done,
      }))
      return refused
    },
  }
}
