import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { ColumnOverride, OverlapChoice } from '../../shared/data/import-words.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { App } from '../state/app.ts'
import type { ImportPlan, PlannedDataset } from './import-plan.ts'
import { changeProposal, createRelationships, lookForKeys } from './import-links.ts'
import { askedPart, planImport } from './import-plan.ts'
import { leaveOut, readAgain, runPlan } from './import-run.ts'
import { growWith, pickFolder } from './growing-folder.ts'
import { asFound, asLastTime, lastTimeIn, layoutOfLastTime, rememberedOf, withChoice } from './last-time.ts' // prettier-ignore
import type { ImportState } from './import-state.ts'
import { fresh, isCancel } from './import-state.ts'

export interface ImportFlow {
  readonly store: StoreApi<ImportState>
  pick(): Promise<void>
  pickFolder(): Promise<void>
  look(files: readonly FileRef[]): Promise<void>
  /** Looks again, with the password of a protected file. */
  unlock(file: string, password: string): Promise<void>
  change(plan: ImportPlan): void
  changeOne(key: string, part: Partial<PlannedDataset>): void
  /** Understands the cells of a planned dataset's parts in another way and shows what that gives. */
  layOut(key: string, change: Partial<SheetLayout>): Promise<void>
  /** Reads the text of a planned dataset's files in another encoding. */
  decode(key: string, encoding: string): Promise<void>
  /** Takes again, or no longer, what was chosen for the last file of the same columns. */
  takeLastTime(key: string): Promise<void>
  leaveLastTime(key: string): void
  run(): Promise<void>
  /** Stops the reading of one dataset; the others go on. */
  leaveOut(name: string): Promise<void>
  /** Imports again with an answer to the question about repeated rows. */
  settleOverlap(choice: OverlapChoice): Promise<void>
  /** Reads one dataset again with a rule for one of its columns; the others stay as they came in. */
  applyRule(dataset: string, column: string, rule: Omit<ColumnOverride, 'column'>): Promise<void>
  /** Stops looking or importing; what was planned stays. */
  cancel(): void
  propose(): Promise<void>
  choose(index: number, chosen: boolean): void
  relate(): Promise<void>
}

export function createImportFlow(app: App): ImportFlow {
  const store = createStore<ImportState>(() => fresh)
  const set = store.setState
  const now: Now = { abort: new AbortController() }

  async function look(chosen: readonly FileRef[]): Promise<void> {
    const known = store.getState().files
    const files = [...known, ...chosen.filter(({ id }) => !known.some((one) => one.id === id))]
    // Files that join while others are looked into: all are looked into together.
    now.abort.abort()
    const own = again(now)
    set({ step: 'looking', files, error: null, overlap: 'ask', looked: 0 })
    const answer = await app.engine['files.inspect'](
      { files: files.map(({ id }) => id), passwords: { ...store.getState().passwords } },
      { signal: own, onPart: ({ done }) => set({ looked: done }) },
    )
    if (own !== now.abort.signal) return
    if (!answer.ok) {
      const back = { step: 'files' as const, files: known }
      set(isCancel(answer.error) ? back : { ...back, error: answer.error })
      return
    }
    const { parts, unreadable, empty, folders } = answer.value
    const found = growWith(planImport(parts), folders, files, store.getState().growing)
    const plan = found.map((one) => lastTimeIn(found, one))
    set({ step: 'plan', plan, unreadable, empty, folders })
    for (const { key } of plan) await lookAsLastTime(app, store, key, own)
  }

  async function pick(): Promise<void> {
    const answer = await app.engine['host.pickOpen']({ purpose: 'data', multiple: true })
    if (!answer.ok) set({ error: answer.error })
    else if (answer.value.files.length > 0) await look(answer.value.files)
  }

  return {
    store,
    pick,
    async pickFolder() {
      const answer = await pickFolder(app)
      if (answer === undefined) return
      if (!answer.ok) {
        set({ error: answer.error })
        return
      }
      const { files } = answer.value
      set(({ growing }) => ({ growing: new Set([...growing, ...files.map(({ id }) => id)]) }))
      await look(files)
    },
    look,
    async takeLastTime(key) {
      const signal = again(now)
      const { plan } = store.getState()
      set({ plan: plan.map((one) => (one.key === key ? lastTimeIn(plan, one) : one)) })
      await lookAsLastTime(app, store, key, signal)
    },
    leaveLastTime: (key) =>
      set(({ plan }) => ({ plan: plan.map((one) => (one.key === key ? asFound(one) : one)) })),
    async unlock(file, password) {
      set(({ passwords }) => ({ passwords: { ...passwords, [file]: password } }))
      await look([])
    },
    change: (plan) => set({ plan }),
    changeOne: (key, part) =>
      set(({ plan }) => ({
        plan: plan.map((one) => (one.key === key ? { ...one, ...part } : one)),
      })),
    async layOut(key, change) {
      set({ plan: withChoice(store.getState().plan, key, { layout: change }) })
      await lookAgain(app, store, { key, change: { layout: change } }, again(now))
    },
    async decode(key, encoding) {
      set({ plan: withChoice(store.getState().plan, key, { encoding }) })
      await lookAgain(app, store, { key, change: { encoding, layout: noLayout } }, again(now))
    },
    ...readingOf(app, store, now),
  }
}

/** What can be called off at this moment; one at a time. */
interface Now {
  abort: AbortController
}

function again(now: Now): AbortSignal {
  now.abort = new AbortController()
  return now.abort.signal
}

type ReadingCalls = Pick<
  ImportFlow,
  'run' | 'leaveOut' | 'settleOverlap' | 'applyRule' | 'cancel' | 'propose' | 'choose' | 'relate'
>

function readingOf(app: App, store: StoreApi<ImportState>, now: Now): ReadingCalls {
  const live = new Map<string, AbortController>()
  return {
    async run() {
      await runPlan(app, store, { signal: again(now), live })
    },
    async leaveOut(name) {
      if (await leaveOut(app, store, live, name)) now.abort.abort()
    },
    async settleOverlap(overlap) {
      store.setState({ overlap })
      await runPlan(app, store, { signal: again(now), live })
    },
    async applyRule(name, column, rule) {
      await readAgain(app, store, { name, column, rule }, again(now))
    },
    cancel: () => now.abort.abort(),
    async propose() {
      await lookForKeys(app, store, again(now))
    },
    choose: (index, chosen) => changeProposal(store, index, { chosen }),
    async relate() {
      await createRelationships(app, store, again(now))
    },
  }
}

/** Names found in another encoding stand in another place, perhaps. */
const noLayout: Partial<SheetLayout> = { headerRow: undefined, headerRows: undefined }

interface PartChange {
  readonly key: string
  readonly change: { readonly encoding?: string; readonly layout: Partial<SheetLayout> }
}

/** What a changed header names is found anew; types chosen for columns that stay are kept. */
async function lookAgain(
  app: App,
  store: StoreApi<ImportState>,
  { key, change }: PartChange,
  signal: AbortSignal,
): Promise<void> {
  const { plan: current, passwords } = store.getState()
  const planned = current.find((one) => one.key === key)
  if (!planned) return
  const parts = planned.parts.map((part) =>
    askedPart(
      {
        ...part,
        ...(change.encoding === undefined ? {} : { encoding: change.encoding }),
        layout: { ...part.layout, ...change.layout },
      },
      passwords,
    ),
  )
  const files = [...new Set(parts.map(({ file }) => file))]
  const answer = await app.engine['files.inspect'](
    { files, parts, passwords: { ...passwords } },
    { signal },
  )
  if (!answer.ok) {
    if (!isCancel(answer.error)) store.setState({ error: answer.error })
    return
  }
  const found = answer.value.parts
  if (found.length !== parts.length) return
  store.setState(({ plan }) => ({
    error: null,
    plan: plan.map((one) => (one.key === key ? { ...one, parts: found } : one)),
  }))
}

/** Looks at the file again where the last time it was read otherwise than it is found. */
async function lookAsLastTime(
  app: App,
  store: StoreApi<ImportState>,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const planned = store.getState().plan.find((one) => one.key === key)
  const remembered = planned && rememberedOf(planned)
  const change = remembered && layoutOfLastTime(remembered)
  if (!planned || !remembered || !change || planned.lastTime !== 'taken') return
  const { encoding, layout = {} } = change
  const again = encoding === undefined ? { layout } : { encoding, layout: { ...noLayout, ...layout } } // prettier-ignore
  await lookAgain(app, store, { key, change: again }, signal)
  store.setState(({ plan }) => ({
    // Only now are the columns there which the choices are of.
    plan: plan.map((one) => (one.key === key ? asLastTime(one, remembered, () => false) : one)),
  }))
}
