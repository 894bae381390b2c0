import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron'

/** The page is a stranger: isolated, sandboxed, without Node, with nothing of the shell but the bridge. */
export function safePreferences(preload: string): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    enableWebSQL: false,
    devTools: false,
  }
}

export interface Bounds {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}

export function windowOptions(preload: string, bounds: Bounds): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Storeboard',
    backgroundColor: '#ffffff',
    webPreferences: safePreferences(preload),
  }
}

/** Prints from a window nobody sees, under the same rules. */
export function printWindowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    show: false,
    webPreferences: { ...safePreferences(preload), backgroundThrottling: false },
  }
}
