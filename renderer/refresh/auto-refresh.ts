/** Reads changed files again by itself: when a report is opened, when they change, or by the clock, as the user chose. */
import type { RefreshedDataset } from '../../shared/data/refresh-words.ts'
import type { AutoRefresh } from '../../shared/workspace-words.ts'
import type { App } from '../state/app.ts'

/** How often files and clock are looked at. */
const lookMs = 30_000
const hourMs = 3_600_000

export interface DayClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The user's own calendar day, `2026-03-31`. */
  readonly day: () => string
}

const modeOf = (app: App): AutoRefresh => app.settings.store.getState().settings.refresh ?? 'never'

/** Until the page ends. A dataset that asks or fails is told once and left until its files change again. */
export function keepFresh(app: App, clock: DayClock): void {
  const state = { report: '', lastRun: clock.now(), lastDay: clock.day(), told: '', running: false }

  const run = async (): Promise<void> => {
    if (state.running) return
    state.running = true
    state.lastRun = clock.now()
    state.lastDay = clock.day()
    try {
      await app.staleness.look()
      const files = staleInReport(app)
      const key = JSON.stringify(files)
      if (files.length === 0 || key === state.told) return
      const orders = files.map(({ dataset }) => ({ dataset }))
      const answer = await app.engine['dataset.refresh']({ orders })
      state.told = key
      if (answer.ok) tell(app, answer.value.datasets)
    } finally {
      state.running = false
    }
  }

  const isDue = (): boolean => {
    const mode = modeOf(app)
    if (mode === 'onChange') return true
    if (mode === 'hourly') return clock.now() - state.lastRun >= hourMs
    return mode === 'daily' && clock.day() !== state.lastDay
  }

  app.documents.store.subscribe(({ current }) => {
    const opened = current === null ? '' : `${current.file?.id ?? ''} ${current.history.report.id}`
    if (opened === state.report) return
    state.report = opened
    const mode = modeOf(app)
    if (current !== null && mode !== 'never') void run()
  })
  const tick = (): void => {
    if (state.report !== '' && isDue()) void run()
    app.clock.after(lookMs, tick)
  }
  app.clock.after(lookMs, tick)
}

/** Datasets of the open report whose files are newer than what was read of them. */
function staleInReport(app: App) {
  const open = app.documents.current()
  const used = new Set(Object.values(open?.bindings ?? {}))
  return app.staleness.store.getState().stale.filter(({ dataset, changed }) => {
    return used.has(dataset) && changed.length > 0
  })
}

function tell(app: App, done: readonly RefreshedDataset[]): void {
  const nameOf = (one: RefreshedDataset): string =>
    one.state === 'failed' ? (app.workspace.dataset(one.dataset)?.name ?? '') : one.dataset.name
  const names = (list: readonly RefreshedDataset[]): string => list.map(nameOf).join(', ')
  const fresh = done.filter(({ state }) => state === 'refreshed')
  const open = done.filter(({ state }) => state === 'question' || state === 'failed')
  if (fresh.length > 0) {
    app.shell.tell('success', { key: 'refresh.auto.done', values: { datasets: names(fresh) } })
  }
  if (open.length > 0) {
    app.shell.tell('info', { key: 'refresh.auto.asks', values: { datasets: names(open) } })
  }
}
