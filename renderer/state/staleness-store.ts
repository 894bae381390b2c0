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
  let asked = 0
  return {
    store,
    look: async () => {
      asked += 1
      const mine = asked
      const answer = await engine['dataset.staleness']({})
      // An older look, still on its way when data was refreshed, says nothing any more.
      if (answer.ok && mine === asked) store.setState(answer.value)
    },
  }
}
