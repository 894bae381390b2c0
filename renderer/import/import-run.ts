/** The reading of what was planned: begun, followed, and stopped as a whole or one dataset alone. */
import type { StoreApi } from 'zustand/vanilla'
import type { ColumnOverride, ImportOrder, ImportProgress } from '../../shared/data/import-words.ts'
import type { AppError } from '../../shared/errors.ts'
import type { App } from '../state/app.ts'
import type { ImportState, ShownProgress } from './import-state.ts'
import { broughtIn, isCancel } from './import-state.ts'
import type { PlannedDataset } from './import-plan.ts'
import { planOrders, withRule } from './import-plan.ts'

/** How a run is called off: all of it, and by name the tables connected to where they are. */
export interface RunStops {
  readonly signal: AbortSignal
  readonly live: Map<string, AbortController>
}

/** Before that a rate says more about the start than about the file. */
const rateAfterMs = 1000

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

function begin(app: App, store: StoreApi<ImportState>, names: readonly string[]) {
  const run = { id: app.newId('rn'), since: app.clock.now(), names }
  store.setState({ step: 'importing', run, error: null, progress: {}, leftOut: [] })
  return run
}

/** All extracts come in as a whole or not at all; live tables are connected after them. */
export async function runPlan(
  app: App,
  store: StoreApi<ImportState>,
  stops: RunStops,
): Promise<void> {
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const { plan: wanted, passwords, overlap } = store.getState()
  const { orders, live } = planOrders(wanted, datasets, passwords, overlap)
  const run = begin(
    app,
    store,
    [...orders, ...live].map(({ name }) => name.trim()),
  )
  store.setState({ result: [], connected: [] })
  const onPart = progressInto(app, store)
  const stopped = await readOrders(app, store, {
    orders,
    run: run.id,
    signal: stops.signal,
    onPart,
  })
  if (stopped) {
    store.setState({ step: 'plan', run: null, error: isCancel(stopped) ? null : stopped })
    return
  }
  await connectAll(app, store, live, { ...stops, onPart })
  await app.workspace.refresh()
  const came = broughtIn(store.getState())
  store.setState(({ leftOut }) => ({
    step: came.length === 0 ? 'plan' : 'result',
    run: null,
    // One that was through in the moment it was stopped has come in.
    leftOut: leftOut.filter((name) => came.every((dataset) => dataset.name !== name)),
  }))
}

interface Reading {
  readonly orders: ImportOrder[]
  readonly run: string
  readonly signal: AbortSignal
  readonly onPart: (part: ImportProgress) => void
}

/** Why nothing of it came in. */
async function readOrders(
  app: App,
  store: StoreApi<ImportState>,
  { orders, run, signal, onPart }: Reading,
): Promise<AppError | null> {
  if (orders.length === 0) return null
  const answer = await app.engine['dataset.import']({ orders, run }, { signal, onPart })
  if (answer.ok) {
    store.setState({ result: answer.value.datasets })
    return null
  }
  // What was read in is out; tables that are only connected may be left.
  const { leftOut, run: now } = store.getState()
  const alone = isCancel(answer.error) && !signal.aborted
  return alone && now?.names.some((name) => !leftOut.includes(name)) ? null : answer.error
}

async function connectAll(
  app: App,
  store: StoreApi<ImportState>,
  tables: readonly PlannedDataset[],
  { signal, live, onPart }: RunStops & Pick<Reading, 'onPart'>,
): Promise<void> {
  for (const { parts, name: given } of tables) {
    const [part] = parts
    const name = given.trim()
    if (part?.part === undefined || store.getState().leftOut.includes(name)) continue
    const alone = new AbortController()
    live.set(name, alone)
    const ask = { file: part.file, table: part.part, name }
    const until = AbortSignal.any([signal, alone.signal])
    const answer = await app.engine['dataset.connectLive'](ask, { signal: until, onPart })
    live.delete(name)
    if (answer.ok) {
      store.setState(({ connected }) => ({ connected: [...connected, answer.value] }))
      continue
    }
    if (alone.signal.aborted && !signal.aborted) continue
    store.setState({ error: isCancel(answer.error) ? null : answer.error })
    break
  }
}

/** The last one that was left takes the run with it; answers whether it did. */
export async function leaveOut(
  app: App,
  store: StoreApi<ImportState>,
  live: RunStops['live'],
  name: string,
): Promise<boolean> {
  const { run, leftOut } = store.getState()
  if (!run || leftOut.includes(name)) return false
  if (run.names.every((one) => one === name || leftOut.includes(one))) return true
  store.setState({ leftOut: [...leftOut, name] })
  live.get(name)?.abort()
  await app.engine['dataset.leaveOut']({ run: run.id, name })
  return false
}

interface Rule {
  readonly name: string
  readonly column: string
  readonly rule: Omit<ColumnOverride, 'column'>
}

export async function readAgain(
  app: App,
  store: StoreApi<ImportState>,
  { name, column, rule }: Rule,
  signal: AbortSignal,
): Promise<void> {
  const { plan: before, passwords, overlap, leftOut } = store.getState()
  const plan = before.map((one) => (one.name.trim() === name ? withRule(one, column, rule) : one))
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const again = plan.filter((one) => one.name.trim() === name)
  const onPart = progressInto(app, store)
  const run = begin(app, store, [name])
  const answer = await app.engine['dataset.import'](
    { orders: planOrders(again, datasets, passwords, overlap).orders, run: run.id },
    { signal, onPart },
  )
  if (!answer.ok) {
    const error = isCancel(answer.error) ? null : answer.error
    store.setState({ step: 'result', run: null, error, leftOut })
    return
  }
  const [read] = answer.value.datasets
  await app.workspace.refresh()
  store.setState(({ result }) => ({
    ...{ step: 'result', run: null, plan, leftOut },
    result: result.map((one) => (read && one.dataset.name === name ? read : one)),
  }))
}
