import type { Engine } from '../../shared/contract.ts'
import { withValue } from '../../shared/report/formula.ts'
import type { NewId } from '../../shared/report/ids.ts'
import { pageQuestions, pageView } from '../../shared/report/page-questions.ts'
import type { Bindings, BoardPage, Report } from '../../shared/report/report.ts'
import type { ViewState } from '../../shared/report/report-words.ts'
import type { EngineConnection } from '../client/engine-client.ts'
import type { DocumentStore } from './document-store.ts'
import { createDocumentStore, documentIsEdited } from './document-store.ts'
import type { Clock, ResultsStore } from './results-store.ts'
import { createResultsStore } from './results-store.ts'
import type { SessionStore } from './session-store.ts'
import { createSessionStore } from './session-store.ts'
import type { SettingsStore } from './settings-store.ts'
import { createSettingsStore } from './settings-store.ts'
import type { RunningImports } from './running-imports.ts'
import { createRunningImports } from './running-imports.ts'
import type { Shell } from './shell-store.ts'
import { createShell } from './shell-store.ts'
import type { StalenessStore } from './staleness-store.ts'
import { createStalenessStore } from './staleness-store.ts'
import type { TagHistory } from './tag-history.ts'
import { createTagHistory } from './tag-history.ts'
import type { WorkspaceStore } from './workspace-store.ts'
import { createWorkspaceStore } from './workspace-store.ts'

/** Everything a screen needs, made once per window. Rooms reach each other's state only through it. */
export interface App {
  readonly engine: Engine
  readonly on: EngineConnection['on']
  readonly newId: NewId
  readonly clock: Clock
  readonly documents: DocumentStore
  readonly session: SessionStore
  readonly results: ResultsStore
  readonly workspace: WorkspaceStore
  readonly settings: SettingsStore
  readonly shell: Shell
  readonly staleness: StalenessStore
  readonly tags: TagHistory
  /** What reads in the background. */
  readonly imports: RunningImports
}

export interface AppPorts {
  readonly connection: Pick<EngineConnection, 'engine' | 'on' | 'onState'>
  readonly newId: NewId
  readonly clock: Clock
}

/** The page shown now, or null when no report is open. */
export function visiblePage(app: Pick<App, 'documents'>): BoardPage | null {
  const history = app.documents.current()?.history
  return history?.report.pages[history.selection.page] ?? null
}

/** The page with its filter controls as the reader has set them; the report is left alone. */
function pageAsRead(app: Pick<App, 'session'>, page: BoardPage): BoardPage {
  const blocks = { ...page.blocks }
  for (const [id, reading] of Object.entries(app.session.getState().controls)) {
    const block = blocks[id]
    if (block?.kind === 'filter') blocks[id] = { ...block, ...reading }
  }
  return { ...page, blocks }
}

/** The report with its parameters as the reader has set them. */
function withParameters(app: Pick<App, 'session'>, report: Report): Report {
  const read = Object.entries(app.session.getState().parameters)
  const { parameters } = report
  if (read.length === 0 || !parameters) return report
  const set = read.flatMap(([id, value]) => {
    const next = parameters[id] && withValue(parameters[id], value)
    return next ? [[id, next] as const] : []
  })
  return { ...report, parameters: { ...parameters, ...Object.fromEntries(set) } }
}

/** The report with every control as the reader has set it. */
export function reportAsRead(app: Pick<App, 'session'>, written: Report): Report {
  const report = withParameters(app, written)
  if (Object.keys(app.session.getState().controls).length === 0) return report
  const pages = Object.values(report.pages).map((page) => [page.id, pageAsRead(app, page)] as const)
  return { ...report, pages: Object.fromEntries(pages) }
}

/** What the reader sees of every page, as exports and prints need it. */
export function currentView(app: App): ViewState {
  const report = app.documents.current()?.history.report
  const { picks, drill } = app.session.getState()
  if (!report) return { filters: {}, drill: {} }
  const views = Object.values(report.pages).map((page) =>
    pageView(report, pageAsRead(app, page), picks, drill),
  )
  return {
    filters: Object.assign({}, ...views.map((view) => view.filters)) as ViewState['filters'],
    drill,
  }
}

/** A dataset that was removed stands in no slot; before the workspace is known all are taken to be there. */
export function presentBindings(app: Pick<App, 'workspace'>, bindings: Bindings): Bindings {
  if (app.workspace.store.getState().current === null) return bindings
  const kept = Object.entries(bindings).filter(([, dataset]) => app.workspace.dataset(dataset))
  return Object.fromEntries(kept)
}

/** Asks what the visible page shows; unchanged questions are not asked again. */
function askVisible(app: App): void {
  const open = app.documents.current()
  const page = visiblePage(app)
  const workspace = app.workspace.store.getState().current
  if (!open || !page) return
  const { picks, drill } = app.session.getState()
  const report = withParameters(app, open.history.report)
  const view = pageView(report, pageAsRead(app, page), picks, drill)
  const bindings = presentBindings(app, open.bindings)
  app.results.ask(
    pageQuestions(report, page, view, bindings, workspace?.relationships ?? []),
    page.blocks,
  )
}

/** Many changes of one interaction make one batch: it goes out when the interaction has run to its end. */
function askAfterChanges(app: App): void {
  let waiting = false
  const later = (): void => {
    if (waiting) return
    waiting = true
    queueMicrotask(() => {
      waiting = false
      askVisible(app)
    })
  }
  app.documents.store.subscribe(later)
  app.workspace.store.subscribe(later)
  app.session.subscribe((now, before) => {
    const same = (['picks', 'drill', 'controls', 'parameters'] as const).every(
      (key) => now[key] === before[key],
    )
    if (!same) later()
  })
}

/** Other data underneath: every answer is asked anew. */
function followWorkspace(app: App): void {
  app.on('workspace.changed', () => {
    void app.workspace.refresh().then(() => {
      app.results.clear()
      askVisible(app)
      // Rows behind a cell are opened anew as well.
      app.session.setState(({ rows }) => ({
        rows: rows && { ...rows, request: { ...rows.request } },
      }))
      void app.staleness.look()
    })
  })
}

function tellHostTitle(app: App): void {
  let told = ''
  const tell = (): void => {
    const { current } = app.documents.store.getState()
    const shown = {
      title: current?.history.report.title ?? '',
      edited: current !== null && documentIsEdited(current),
      ...(app.imports.getState().length > 0 ? { reading: true } : {}),
    }
    const key = JSON.stringify(shown)
    if (key === told) return
    told = key
    void app.engine['host.showDocument'](shown)
  }
  app.documents.store.subscribe(tell)
  app.imports.subscribe(tell)
}

/** How long the engine may be away before the person is asked to start it. */
const goneAfterMs = 20_000

function followConnection(app: App, connection: AppPorts['connection']): void {
  const { store } = app.shell
  let changes = 0
  connection.onState((state) => {
    const before = store.getState().connection
    // Each failed attempt says so again.
    if (state === 'lost' && (before === 'lost' || before === 'gone')) return
    changes += 1
    const change = changes
    store.setState({ connection: state })
    if (state !== 'lost') return
    app.clock.after(goneAfterMs, () => {
      if (change === changes) store.setState({ connection: 'gone' })
    })
  })
}

export function createApp({ connection, newId, clock }: AppPorts): App {
  const { engine } = connection
  const app: App = {
    engine,
    on: connection.on,
    newId,
    clock,
    documents: createDocumentStore(),
    session: createSessionStore(),
    results: createResultsStore(engine, clock),
    workspace: createWorkspaceStore(engine),
    settings: createSettingsStore(engine),
    shell: createShell(),
    staleness: createStalenessStore(engine),
    tags: createTagHistory(engine),
    imports: createRunningImports(),
  }
  followConnection(app, connection)
  askAfterChanges(app)
  followWorkspace(app)
  tellHostTitle(app)
  return app
}
