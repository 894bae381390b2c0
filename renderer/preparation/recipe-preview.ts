import type { StoreApi } from 'zustand/vanilla'
import type { AppError } from '../../shared/errors.ts'
import type {
  RecipePreview,
  StepCounts,
  StepReport,
} from '../../shared/preparation/recipe-words.ts'
import type { App } from '../state/app.ts'
import type { Steps } from './recipe-history.ts'
import { isWhole, stepsShown } from './recipe-state.ts'
import type { RecipeState } from './recipe-state.ts'

/** What came to a question, with the recipe it was asked of. */
export interface Shown {
  readonly answer: RecipePreview
  readonly steps: Steps
  /** Null: the recipe as a whole. */
  readonly step: string | null
}

export interface PreviewState {
  readonly state: 'none' | 'loading' | 'ready' | 'failed' | 'cancelled'
  readonly shown: Shown | null
  readonly error: AppError | null
  readonly counting: boolean
  /** Of the step looked at, on all rows. */
  readonly counts: StepCounts | null
}

export const noPreview: PreviewState = {
  ...{ state: 'none', shown: null, error: null, counting: false, counts: null },
}

/** Rows of each side. */
export const previewRows = 100
const typingMs = 300

/** Rows first, then counts, which cost a pass over all rows; a newer question ends the older. */
export function createPreviews(
  { engine, clock }: Pick<App, 'engine' | 'clock'>,
  dataset: string,
  store: StoreApi<RecipeState>,
) {
  let asked = 0
  let abort = new AbortController()
  const show = (part: Partial<PreviewState>): void =>
    store.setState(({ preview }) => ({ preview: { ...preview, ...part } }))

  function stop(): void {
    asked += 1
    abort.abort()
    show({ state: 'cancelled', counting: false })
  }

  async function ask(): Promise<void> {
    const now = store.getState()
    if (now.status !== 'ready') return
    asked += 1
    const mine = asked
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    const steps = stepsShown(now)
    const drafted = now.draft !== null && isWhole(now.draft.step) ? now.draft.step.id : null
    const step = drafted ?? now.chosen
    const recipe = { format: 1 as const, steps: [...steps] }
    const base = { dataset, recipe, offset: 0 }
    show({ state: 'loading', error: null, counting: true })
    const call = engine['dataset.recipePreview']
    const rows = await call({ ...base, step, limit: previewRows, counts: false }, { signal })
    if (mine !== asked) return
    const beside = (): Promise<void> => countBesideDraft(now, drafted, () => mine === asked, signal)
    if (!rows.ok) {
      show({ state: 'failed', error: rows.error, counting: false, counts: null })
      return beside()
    }
    learn(rows.value.steps, drafted)
    const shown = { answer: rows.value, steps, step }
    show({ state: 'ready', shown, counts: null })
    // A draft may change at once, so later steps are not counted with it.
    const upTo = drafted
    const counted = await call({ ...base, step: upTo, limit: 1, counts: true }, { signal })
    if (mine !== asked) return
    if (!counted.ok) {
      show({ counting: false, error: counted.error })
      return beside()
    }
    learn(counted.value.steps, drafted)
    show({ counting: false, counts: countsOf(counted.value.steps, step, now.imported.rows) })
    return beside()
  }

  /** Coming back to a draft nobody has counted the steps around it yet. */
  async function countBesideDraft(
    { history: { steps }, reports }: RecipeState,
    drafted: string | null,
    isNewest: () => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const isCounted = ({ id, on }: Steps[number]): boolean =>
      !on || reports[id]?.state === 'broken' || reports[id]?.counts !== undefined
    if (drafted === null || !isNewest() || steps.every(isCounted)) return
    const recipe = { format: 1 as const, steps: [...steps] }
    const ask = { dataset, recipe, offset: 0, step: null, limit: 1, counts: true }
    const counted = await engine['dataset.recipePreview'](ask, { signal })
    if (isNewest() && counted.ok) learn(counted.value.steps, null)
  }

  /** What is said of a recipe with a draft in it is not said of the recipe. */
  function learn(steps: readonly StepReport[], drafted: string | null): void {
    if (drafted !== null) return
    store.setState(({ reports }) => ({
      reports: Object.fromEntries(
        steps.map((report) => {
          const counts = report.counts ?? reports[report.step]?.counts
          return [report.step, counts === undefined ? report : { ...report, counts }]
        }),
      ),
    }))
  }

  return {
    look: () => void ask(),
    stop,
    /** While typing. */
    lookSoon(): void {
      asked += 1
      const mine = asked
      clock.after(typingMs, () => {
        if (mine === asked) void ask()
      })
    },
  }
}

/** Of one step, or of all together. */
export function countsOf(
  steps: readonly StepReport[],
  step: string | null,
  imported: number,
): StepCounts | null {
  if (step !== null) return steps.find((report) => report.step === step)?.counts ?? null
  const all = steps.flatMap(({ counts }) => (counts === undefined ? [] : [counts]))
  const sum = (of: (counts: StepCounts) => number): number =>
    all.reduce((total, counts) => total + of(counts), 0)
  return {
    rowsBefore: imported,
    rowsAfter: all.at(-1)?.rowsAfter ?? imported,
    changed: sum(({ changed }) => changed),
    removed: sum(({ removed }) => removed),
    added: sum(({ added }) => added),
    lost: sum(({ lost }) => lost),
  }
}
