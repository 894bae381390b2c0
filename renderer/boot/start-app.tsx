import '../ui/base.css'
import '../ui/controls.css'
import { createRoot } from 'react-dom/client'
import { idGenerator } from '../../shared/report/ids.ts'
import type { AppPorts } from '../state/app.ts'
import { createApp } from '../state/app.ts'
import * as files from '../state/report-files.ts'
import { languageOf } from '../state/settings-store.ts'
import { AppRoot } from './app-root.tsx'
import { keepFresh } from '../refresh/auto-refresh.ts'
import { startLanguage } from './language.ts'
import { listenToHost } from './host-events.ts'
import { haveWorkspace } from '../state/have-workspace.ts'

const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

/** A copy for recovery is kept this long after a change, and before the page goes. */
const keptWithinMs = 1500

function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload'
}

/** Before a reload or the end of the tab, and when it is hidden: a hidden tab may be ended without another word. */
function whenLeaving(keep: () => void): void {
  window.addEventListener('beforeunload', keep)
  window.addEventListener('pagehide', keep)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep()
  })
}

/** Draws the app over an engine: the real one, or a fake in tests of the page. */
export async function startApp(connection: AppPorts['connection'], place: HTMLElement) {
  const app = createApp({
    connection,
    newId: idGenerator(random),
    clock: { now: () => performance.now(), after: (ms, task) => void setTimeout(task, ms) },
  })
  await app.settings.load()
  await startLanguage(languageOf(app.settings.store.getState()))
  createRoot(place).render(<AppRoot app={app} />)
  whenLeaving(files.keepRecovery(app, keptWithinMs))
  files.guardClose(app)
  listenToHost(app)
  await haveWorkspace(app)
  // Files change while the person works in another program.
  window.addEventListener('focus', () => void app.staleness.look())
  void app.staleness.look()
  keepFresh(app, { now: () => Date.now(), day: () => new Date().toLocaleDateString('en-CA') })
  if (
    !(await files.offerRecovery(app, wasReloaded())) &&
    app.shell.store.getState().route === 'starting'
  )
    app.shell.go('gallery')
  return app
}
