import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { Engine } from '../../shared/contract.ts'
import type { Staleness } from '../../shared/data/refresh-words.ts'

/** Which datasets have files that are newer than what was read of them. */
export interface StalenessStore {
  readonly store: StoreApi<Staleness>
  look(): Promise<void>
}

export function createStalenessStore(engine: Engine): StalenessStore {
  const store = createStore<Staleness>(() => ({ stale: [] }))
  return {
    store,
    look: async () => {
      const answer = await engine['dataset.staleness']({})
      if (answer.ok) store.setState(answer.value)
    },
  }
}
