import type { StoreApi } from 'zustand/vanilla'
import type { ImportProgress } from '../../shared/data/import-words.ts'
import type { AppError } from '../../shared/errors.ts'
import type { RecipeQuestion } from '../../shared/preparation/recipe-words.ts'
import type { App } from '../state/app.ts'
import type { RecipeState } from './recipe-state.ts'

export type RunState =
  | { readonly state: 'idle' | 'cancelled' | 'unchanged' }
  | { readonly state: 'running'; readonly progress: ImportProgress | null }
  | { readonly state: 'question'; readonly question: RecipeQuestion }
  | { readonly state: 'failed'; readonly error: AppError }
  | { readonly state: 'done'; readonly rowsBefore: number; readonly rowsAfter: number }

export const idle: RunState = { state: 'idle' }

/** Applies the recipe as edited; reports that would miss fields are asked about first. */
export function createRuns(
  { engine }: Pick<App, 'engine'>,
  dataset: string,
  store: StoreApi<RecipeState>,
) {
  let abort = new AbortController()
  const become = (run: RunState): void => store.setState({ run })
  return {
    async apply(acceptLoss: boolean): Promise<void> {
      if (store.getState().run.state === 'running') return
      const { steps } = store.getState().history
      abort = new AbortController()
      become({ state: 'running', progress: null })
      const answer = await engine['dataset.applyRecipe'](
        { dataset, recipe: { format: 1, steps: [...steps] }, acceptLoss },
        {
          signal: abort.signal,
          onPart: (progress) => become({ state: 'running', progress }),
        },
      )
      if (!answer.ok) {
        const cancelled = answer.error.code === 'internal/cancelled'
        become(cancelled ? { state: 'cancelled' } : { state: 'failed', error: answer.error })
        return
      }
      const applied = answer.value
      if (applied.state === 'question') {
        become({ state: 'question', question: applied.question })
        return
      }
      store.setState({ saved: steps })
      if (applied.state === 'unchanged') {
        become({ state: 'unchanged' })
        return
      }
      become({
        ...{ state: 'done', rowsBefore: applied.rowsBefore },
        rowsAfter: applied.dataset.rows,
      })
    },
    stop: () => abort.abort(),
  }
}
