/** Relationships of what came in: proposed, chosen, made one after the other. */
import type { StoreApi } from 'zustand/vanilla'
import type { App } from '../state/app.ts'
import type { ImportState, Proposal } from './import-state.ts'
import { broughtIn, isCancel } from './import-state.ts'

/** Relationships of what came in with each other and with what was there; stopping leaves the result on show. */
export async function lookForKeys(
  app: App,
  store: StoreApi<ImportState>,
  signal: AbortSignal,
): Promise<void> {
  const ours = new Set(broughtIn(store.getState()).map(({ id }) => id))
  store.setState({ proposing: true })
  const answer = await app.engine['relationship.propose']({ among: [...ours] }, { signal })
  store.setState({ proposing: false })
  if (!answer.ok && isCancel(answer.error)) return
  const proposed = answer.ok ? answer.value.proposals : []
  const fitting = proposed.filter(({ from, to }) => ours.has(from.dataset) || ours.has(to.dataset))
  store.setState({
    step: 'links',
    error: answer.ok ? null : answer.error,
    proposals: fitting.map((ends) => ({ ends, chosen: true, outcome: { state: 'open' } })),
    repeated: answer.ok ? answer.value.repeated : [],
  })
}

export function changeProposal(
  store: StoreApi<ImportState>,
  index: number,
  part: Partial<Proposal>,
): void {
  store.setState(({ proposals }) => ({
    proposals: proposals.map((one, at) => (at === index ? { ...one, ...part } : one)),
  }))
}

/** One after the other: each is measured on its own, and one that is refused does not stop the rest. */
export async function createRelationships(
  app: App,
  store: StoreApi<ImportState>,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, { ends, chosen, outcome }] of store.getState().proposals.entries()) {
    if (!chosen || outcome.state === 'made' || signal.aborted) continue
    changeProposal(store, index, { outcome: { state: 'making' } })
    const answer = await app.engine['relationship.create'](
      { from: ends.from, to: ends.to },
      { signal },
    )
    changeProposal(store, index, {
      outcome: answer.ok
        ? { state: 'made', relationship: answer.value }
        : isCancel(answer.error)
          ? { state: 'open' }
          : { state: 'refused', error: answer.error },
    })
  }
  await app.workspace.refresh()
}
