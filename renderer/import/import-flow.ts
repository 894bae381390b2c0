import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { DatasetInfo, Relationship } from '../../shared/data/dataset.ts'
import type {
  ColumnOverride,
  ImportProgress,
  ImportResult,
  InspectedFiles,
  OverlapChoice,
  RelationshipEnds,
  RepeatedKey,
} from '../../shared/data/import-words.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'
import type { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { App } from '../state/app.ts'
import type { ImportPlan, Passwords, PlannedDataset } from './import-plan.ts'
import { changeProposal, createRelationships, lookForKeys } from './import-links.ts'
import { askedPart, planImport, planOrders, withRule } from './import-plan.ts'
import { growWith, pickFolder } from './growing-folder.ts'
import { asFound, asLastTime, lastTimeIn, layoutOfLastTime, rememberedOf, withChoice } from './last-time.ts' // prettier-ignore

type Ends = z.infer<typeof RelationshipEnds>
type Looked = z.infer<typeof InspectedFiles>

/** A proposed relationship and what came of it. */
export interface Proposal {
  readonly ends: Ends
  readonly chosen: boolean
  readonly outcome:
    | { readonly state: 'open' }
    | { readonly state: 'making' }
    | { readonly state: 'made'; readonly relationship: Relationship }
    | { readonly state: 'refused'; readonly error: AppError }
}

/** How far a dataset is, and how many rows a second came in so far; null until that can be told. */
export interface ShownProgress extends ImportProgress {
  readonly rate: number | null
}

export interface ImportState {
  readonly step: 'files' | 'looking' | 'plan' | 'importing' | 'result' | 'links'
  /** Of the chosen files, while they are looked into. */
  readonly looked: number
  readonly files: readonly FileRef[]
  readonly plan: ImportPlan
  readonly unreadable: Looked['unreadable']
  readonly folders: Looked['folders']
  /** Files of folders that were chosen as such. */
  readonly growing: ReadonlySet<string>
  readonly empty: Looked['empty']
  readonly error: AppError | null
  readonly passwords: Passwords
  /** What was answered about rows that several of the files have. */
  readonly overlap: OverlapChoice
  /** By dataset name. */
  readonly progress: Readonly<Record<string, ShownProgress>>
  readonly result: ImportResult['datasets']
  readonly connected: readonly DatasetInfo[]
  /** Keys are being looked for on all rows. */
  readonly proposing: boolean
  readonly proposals: readonly Proposal[]
  /** Columns of one name that cannot be related, and the keys that stand in the way. */
  readonly repeated: readonly RepeatedKey[]
}

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

const fresh: ImportState = {
  step: 'files',
  files: [],
  looked: 0,
  plan: [],
  ...{ unreadable: [], empty: [], folders: [], growing: new Set<string>() },
  error: null,
  passwords: {},
  overlap: 'ask',
  progress: {},
  result: [],
  connected: [],
  proposals: [],
  proposing: false,
  repeated: [],
}

/** Before that a rate says more about the start than about the file. */
const rateAfterMs = 1000

export function broughtIn({ result, connected }: ImportState): DatasetInfo[] {
  return [...result.map(({ dataset }) => dataset), ...connected]
}

export function createImportFlow(app: App): ImportFlow {
  const store = createStore<ImportState>(() => fresh)
  const set = store.setState
  let abort = new AbortController()

  async function look(chosen: readonly FileRef[]): Promise<void> {
    const known = store.getState().files
    const files = [...known, ...chosen.filter(({ id }) => !known.some((one) => one.id === id))]
    abort = new AbortController()
    set({ step: 'looking', files, error: null, overlap: 'ask', looked: 0 })
    const answer = await app.engine['files.inspect'](
      { files: files.map(({ id }) => id), passwords: { ...store.getState().passwords } },
      { signal: abort.signal, onPart: ({ done }) => set({ looked: done }) },
    )
    if (!answer.ok) {
      const back = { step: 'files' as const, files: known }
      set(isCancel(answer.error) ? back : { ...back, error: answer.error })
      return
    }
    const { parts, unreadable, empty, folders } = answer.value
    const found = growWith(planImport(parts), folders, files, store.getState().growing)
    const plan = found.map((one) => lastTimeIn(found, one))
    set({ step: 'plan', plan, unreadable, empty, folders })
    for (const { key } of plan) await lookAsLastTime(app, store, key, abort.signal)
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
      abort = new AbortController()
      const { plan } = store.getState()
      set({ plan: plan.map((one) => (one.key === key ? lastTimeIn(plan, one) : one)) })
      await lookAsLastTime(app, store, key, abort.signal)
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
      abort = new AbortController()
      set({ plan: withChoice(store.getState().plan, key, { layout: change }) })
      await lookAgain(app, store, { key, change: { layout: change } }, abort.signal)
    },
    async decode(key, encoding) {
      abort = new AbortController()
      set({ plan: withChoice(store.getState().plan, key, { encoding }) })
      await lookAgain(app, store, { key, change: { encoding, layout: noLayout } }, abort.signal)
    },
    async run() {
      abort = new AbortController()
      await runPlan(app, store, abort.signal)
    },
    async settleOverlap(overlap) {
      abort = new AbortController()
      set({ overlap })
      await runPlan(app, store, abort.signal)
    },
    async applyRule(name, column, rule) {
      abort = new AbortController()
      await readAgain(app, store, { name, column, rule }, abort.signal)
    },
    cancel: () => abort.abort(),
    async propose() {
      abort = new AbortController()
      await lookForKeys(app, store, abort.signal)
    },
    choose: (index, chosen) => changeProposal(store, index, { chosen }),
    async relate() {
      abort = new AbortController()
      await createRelationships(app, store, abort.signal)
    },
  }
}

export const isCancel = (error: AppError): boolean => error.code === 'internal/cancelled'

/** Takes the steps of a run, each with the rate of its dataset so far. */
function progressInto(app: App, store: StoreApi<ImportState>): (part: ImportProgress) => void {
  const begun = new Map<string, number>()
  return (part) => {
    const now = app.clock.now()
    const since = now - (begun.get(part.dataset) ?? now)
    if (since === 0) begun.set(part.dataset, now)
    const rate = since < rateAfterMs ? null : Math.round((part.rows / since) * 1000)
    const shown: ShownProgress = { ...part, rate }
    store.setState(({ progress }) => ({ progress: { ...progress, [part.dataset]: shown } }))
  }
}

/** All extracts come in as a whole or not at all; live tables are connected after them. */
async function runPlan(app: App, store: StoreApi<ImportState>, signal: AbortSignal): Promise<void> {
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const { plan: wanted, passwords, overlap } = store.getState()
  const { orders, live } = planOrders(wanted, datasets, passwords, overlap)
  store.setState({ step: 'importing', error: null, progress: {}, result: [], connected: [] })
  const stop = (error: AppError): void =>
    store.setState({ step: 'plan', error: isCancel(error) ? null : error })
  const onPart = progressInto(app, store)
  if (orders.length > 0) {
    const answer = await app.engine['dataset.import']({ orders }, { signal, onPart })
    if (!answer.ok) {
      stop(answer.error)
      return
    }
    store.setState({ result: answer.value.datasets })
  }
  for (const { parts, name } of live) {
    const [part] = parts
    if (part?.part === undefined) continue
    const ask = { file: part.file, table: part.part, name: name.trim() }
    const answer = await app.engine['dataset.connectLive'](ask, { signal, onPart })
    if (!answer.ok) {
      store.setState({ error: isCancel(answer.error) ? null : answer.error })
      break
    }
    store.setState(({ connected }) => ({ connected: [...connected, answer.value] }))
  }
  await app.workspace.refresh()
  const nothing = broughtIn(store.getState()).length === 0
  store.setState({ step: nothing ? 'plan' : 'result' })
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

interface Rule {
  readonly name: string
  readonly column: string
  readonly rule: Omit<ColumnOverride, 'column'>
}

async function readAgain(
  app: App,
  store: StoreApi<ImportState>,
  { name, column, rule }: Rule,
  signal: AbortSignal,
): Promise<void> {
  const { plan: before, passwords, overlap } = store.getState()
  const plan = before.map((one) => (one.name.trim() === name ? withRule(one, column, rule) : one))
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const again = plan.filter((one) => one.name.trim() === name)
  const onPart = progressInto(app, store)
  store.setState({ step: 'importing', error: null, progress: {} })
  const answer = await app.engine['dataset.import'](
    { orders: planOrders(again, datasets, passwords, overlap).orders },
    { signal, onPart },
  )
  if (!answer.ok) {
    store.setState({ step: 'result', error: isCancel(answer.error) ? null : answer.error })
    return
  }
  const [read] = answer.value.datasets
  await app.workspace.refresh()
  store.setState(({ result }) => ({
    ...{ step: 'result', plan },
    result: result.map((one) => (read && one.dataset.name === name ? read : one)),
  }))
}
