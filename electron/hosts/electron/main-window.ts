import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { createCloseFlow } from './close-flow.ts'
import type { PageWires } from './page-wires.ts'
import { windowOptions } from './window-options.ts'
import type { Area } from './window-state.ts'
import { boundsFor, keepWindowState, readWindowState } from './window-state.ts'

export interface MainWindowParts {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly screens: readonly Area[]
  readonly url: string
  readonly stateFile: string
  readonly preload: string
  readonly pages: Pick<PageWires, 'admit' | 'onGone'>
  readonly mayClose: () => Promise<boolean>
  readonly onClosed: () => void
}

/** A page that navigates or dies leaves its wire; the next frame of the window opens another. */
function followPage(window: BrowserWindow, pages: MainWindowParts['pages']): void {
  const { webContents } = window
  const { id } = webContents
  pages.admit(webContents, { kind: 'page' })
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) pages.onGone(id)
  })
  webContents.on('render-process-gone', () => pages.onGone(id))
  window.on('closed', () => pages.onGone(id))
}

/** The app's window: where it was, guarded against losing unsaved work. */
export function openMainWindow(parts: MainWindowParts): BrowserWindow {
  const state = readWindowState(parts.stateFile)
  const window = parts.create(windowOptions(parts.preload, boundsFor(state, parts.screens)))
  followPage(window, parts.pages)
  const close = createCloseFlow(parts.mayClose, () => window.close())
  window.on('close', (event) => {
    keepWindowState(parts.stateFile, window.getNormalBounds(), window.isMaximized())
    close.onClose(event)
  })
  window.on('closed', parts.onClosed)
  window.once('ready-to-show', () => {
    if (state?.maximized === true) window.maximize()
    window.show()
  })
  void window.loadURL(parts.url)
  return window
}
