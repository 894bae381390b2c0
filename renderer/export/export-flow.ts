import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { AppError } from '../../shared/errors.ts'
import type { PersonalMode } from '../../shared/data/personal.ts'
import { maskText } from '../../shared/data/personal.ts'
import type { ExportProgress, ExportResult, PersonalColumn } from '../../shared/export-words.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { App } from '../state/app.ts'
import type { ExportChoice, ExportLevels } from './export-plan.ts'
import { exported, exportRequest } from './export-plan.ts'

export interface ExportState {
  readonly choice: ExportChoice
  readonly step: 'choose' | 'running' | 'done'
  readonly progress: ExportProgress | null
  readonly result: ExportResult | null
  readonly error: AppError | null
  /** Personal columns of what would be exported; null while nobody knows. */
  readonly personalColumns: readonly PersonalColumn[] | null
  /** Said for one export; the next one masks again. */
  readonly personal: PersonalMode
  /** Whether what stands behind the numbers is said at the end. */
  readonly quality: boolean
  /** Whether groups that are put away are opened. */
  readonly levels: ExportLevels
}

export interface ExportFlow {
  readonly store: StoreApi<ExportState>
  choose(choice: ExportChoice): void
  chooseQuality(quality: boolean): void
  chooseLevels(levels: ExportLevels): void
  choosePersonal(mode: PersonalMode): void
  /** Asks where to, then writes; a dismissed dialog changes nothing. */
  run(suggestedName: string): Promise<void>
  cancel(): void
  again(): void
  reveal(): Promise<void>
}

export function createExportFlow(app: App, block: Block | null, first: ExportChoice): ExportFlow {
  const store = createStore<ExportState>(() => ({
    choice: first,
    step: 'choose',
    progress: null,
    result: null,
    error: null,
    personalColumns: null,
    personal: 'mask',
    quality: false,
    levels: 'shown',
  }))
  let abort = new AbortController()
  let asked = 0

  /** An older answer never replaces a newer one; without an answer the choice is offered all the same. */
  async function lookForPersonal(): Promise<void> {
    asked += 1
    const mine = asked
    const what = exported(app, store.getState().choice, block)
    if (!what) return
    const answer = await app.engine['export.personal'](what)
    if (mine === asked) store.setState({ personalColumns: answer.ok ? answer.value.columns : null })
  }
  void lookForPersonal()

  async function run(suggestedName: string): Promise<void> {
    const { choice, personal, quality, levels } = store.getState()
    const shown = personal === 'full' ? suggestedName : maskText(suggestedName).replaceAll('*', 'x')
    const name = shown.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 120)
    const picked = await app.engine['host.pickSave']({
      purpose: choice.format,
      suggestedName: name,
    })
    if (!picked.ok) {
      store.setState({ error: picked.error })
      return
    }
    const request =
      picked.value.file &&
      exportRequest(app, choice, block, picked.value.file, { personal, quality, levels })
    if (!request) return
    abort = new AbortController()
    store.setState({ step: 'running', progress: null, error: null, personal: 'mask' })
    const answer = await app.engine['export.run'](request, {
      signal: abort.signal,
      onPart: (progress) => store.setState({ progress }),
    })
    if (answer.ok) {
      store.setState({ step: 'done', result: answer.value })
      return
    }
    const cancelled = answer.error.code === 'internal/cancelled' || abort.signal.aborted
    store.setState({ step: 'choose', error: cancelled ? null : answer.error })
  }

  return {
    store,
    choose: (choice) => {
      store.setState({ choice, error: null })
      void lookForPersonal()
    },
    chooseQuality: (quality) => store.setState({ quality }),
    chooseLevels: (levels) => store.setState({ levels }),
    choosePersonal: (personal) => store.setState({ personal }),
    run,
    cancel: () => abort.abort(),
    again: () => store.setState({ step: 'choose', result: null }),
    async reveal() {
      const file = store.getState().result?.file
      if (!file) return
      const answer = await app.engine['host.reveal']({ file })
      if (!answer.ok) app.shell.tellError(answer.error)
      else if (!answer.value.done) app.shell.tell('info', { key: 'export.noReveal' })
    },
  }
}
