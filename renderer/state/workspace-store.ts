import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Engine } from '../../shared/contract.ts'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { RecentItem, WorkspaceState } from '../../shared/workspace-words.ts'

export interface WorkspaceStoreState {
  readonly current: WorkspaceState | null
  readonly recent: readonly RecentItem[]
}

export interface WorkspaceStore {
  readonly store: StoreApi<WorkspaceStoreState>
  /** Reads the state again; an older answer never replaces a newer one. */
  refresh(): Promise<void>
  dataset(id: string | undefined): DatasetInfo | undefined
}

export function createWorkspaceStore(engine: Engine): WorkspaceStore {
  const store = createStore<WorkspaceStoreState>(() => ({ current: null, recent: [] }))
  let asked = 0
  return {
    store,
    async refresh() {
      asked += 1
      const mine = asked
      const answer = await engine['workspace.state']({})
      if (answer.ok && mine === asked) store.setState(answer.value)
    },
    dataset: (id) => store.getState().current?.datasets.find((dataset) => dataset.id === id),
  }
}
