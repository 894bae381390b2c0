import type { WebContents } from 'electron'

/** What is used of Electron's contents and session, wrapped by main.ts: their own `on` has too many shapes to fake. */
export interface GuardedContents {
  onNavigate(listener: (event: { preventDefault(): void }, url: string) => void): void
  onAttachWebview(listener: (event: { preventDefault(): void }) => void): void
  setWindowOpenHandler(handler: () => { action: 'deny' }): void
}

export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

/** The page stays where it was loaded: no other address, no second window, no embedded page. */
export function guardContents(contents: GuardedContents, origin: string): void {
  contents.onNavigate((event, url) => {
    if (!url.startsWith(`${origin}/`)) event.preventDefault()
  })
  contents.onAttachWebview((event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** A report needs no camera, no place and no device. */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

export function guardWebContents(contents: WebContents, origin: string): void {
  guardContents(
    {
      onNavigate: (listener) =>
        void contents.on('will-frame-navigate', (event) => listener(event, event.url)),
      onAttachWebview: (listener) => void contents.on('will-attach-webview', listener),
      setWindowOpenHandler: (handler) => contents.setWindowOpenHandler(handler),
    },
    origin,
  )
}
