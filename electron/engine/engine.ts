import { join } from 'node:path'
import type { EventName, EventOf, Handlers } from '../../shared/contract.ts'
import type { Wire } from '../../shared/wire/wire.ts'
import type { AppInfo } from '../../shared/workspace-words.ts'
import { createBugLog } from './bug-log.ts'
import { createCloseGuard } from './close-guard.ts'
import type { Dispatch } from './dispatch.ts'
import { createDispatch } from './dispatch.ts'
import type { EngineContext } from './engine-context.ts'
import type { BrowseRoot, FileBrowser } from './file-browser.ts'
import { createFileBrowser } from './file-browser.ts'
import { createHandlers } from './handlers/create-handlers.ts'
import type { Host } from './host.ts'
import { createInbox } from './inbox.ts'
import { sweepInbox } from './inbox-sweep.ts'
import type { PageConnections } from './page-connections.ts'
import { createPageConnections } from './page-connections.ts'
import type { PageRights } from './page-rights.ts'
import type { SystemSecrets } from './workspace/store/system-secrets.ts'
import { findSystemSecrets } from './workspace/store/system-secrets.ts'
import { createSettingsFile } from './settings-file.ts'

export interface EngineOptions {
  readonly version: string
  readonly systemLanguage: AppInfo['systemLanguage']
  /** Answers are checked against the contract: in tests and development. */
  readonly checkOutput: boolean
  /** Given by a host without dialogs: the places its in-page file browser starts from. */
  readonly browseRoots?: () => Promise<readonly BrowseRoot[]>
  /** Replaces handlers in tests of hosts and wires. */
  readonly handlers?: Partial<Handlers>
  readonly now?: () => Date
  /** Replaced in tests: they neither read nor write the passwords of whoever runs them. */
  readonly findSystemSecrets?: () => Promise<SystemSecrets | undefined>
}

export interface Engine {
  /** Serves one page until its wire closes. */
  connect(wire: Wire, rights?: PageRights): void
  /** A call without a page: the command line and tests. */
  readonly call: Dispatch
  readonly emit: EngineContext['emit']
  /** As `emit`, but kept until a page listens. */
  readonly emitWhenHeard: EngineContext['emit']
  readonly browser: FileBrowser | undefined
  pageCount(): number
  /** Called after every page that comes or goes. */
  onPagesChanged(listener: (count: number) => void): void
  close(): Promise<void>
}

type Closers = (() => Promise<void> | void)[]

function createContext(
  host: Host,
  options: EngineOptions,
  pages: PageConnections,
  closers: Closers,
): EngineContext {
  const now = options.now ?? (() => new Date())
  const roots = options.browseRoots
  const settings = host.folders.settings
  const browserNeeds = (places: NonNullable<typeof roots>) => ({
    files: host.files,
    roots: places,
    show: (ask: EventOf<'host.browse'>) => pages.emitToCaller('host.browse', ask),
  })
  return {
    host,
    version: options.version,
    systemLanguage: options.systemLanguage,
    settings: createSettingsFile(join(settings, 'settings.json')),
    browser: roots === undefined ? undefined : createFileBrowser(browserNeeds(roots)),
    inbox: createInbox(() => join(settings, 'inbox'), host.files),
    closeGuard: createCloseGuard({
      count: () => pages.count(),
      emit: (askId) => pages.emit('host.closeAsked', { askId }),
    }),
    findSystemSecrets: options.findSystemSecrets ?? findSystemSecrets,
    log: createBugLog(join(settings, 'logs', 'engine.log'), now),
    now,
    emit: (event, payload) => pages.emit(event, payload),
    onClose: (task) => void closers.unshift(task),
  }
}

/** Events nobody may miss wait for a page that has asked something, hence listens. */
function createHeardEmitter(pages: PageConnections) {
  const waiting: (() => void)[] = []
  const pass = (): void => {
    if (pages.listening() === 0) return
    for (const emit of waiting.splice(0)) emit()
  }
  pages.onChanged(pass)
  return <E extends EventName>(event: E, payload: EventOf<E>): void => {
    waiting.push(() => pages.emit(event, payload))
    pass()
  }
}

/** The composition root: everything outside the page, on any host. */
export function createEngine(host: Host, options: EngineOptions): Engine {
  const pages = createPageConnections()
  const closers: Closers = []
  const context = createContext(host, options, pages, closers)
  const handlers = { ...createHandlers(context), ...options.handlers }
  const { log } = context
  const dispatch = createDispatch(handlers, { log, checkOutput: options.checkOutput })
  const emitWhenHeard = createHeardEmitter(pages)
  host.onOpenedByFile((file) => emitWhenHeard('host.opened', { file }))
  pages.onChanged((count) => {
    if (count === 0) context.closeGuard.release()
  })
  void sweepInbox(join(host.folders.settings, 'inbox'), context.now())
  host.mayClose(() => context.closeGuard.ask())
  return {
    connect: (wire, rights = { kind: 'page' }) => pages.connect(wire, rights, dispatch, log),
    call: dispatch,
    emit: context.emit,
    emitWhenHeard,
    browser: context.browser,
    pageCount: () => pages.count(),
    onPagesChanged: (listener) => pages.onChanged(listener),
    async close() {
      pages.close()
      for (const task of closers.splice(0)) await task()
    },
  }
}
