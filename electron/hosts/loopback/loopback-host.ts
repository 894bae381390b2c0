import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { FileRef } from '../../../shared/host-words.ts'
import type { FileBrowser } from '../../engine/file-browser.ts'
import { createFileRegistry } from '../../engine/file-registry.ts'
import type { ChildPort, Host, PrintJob, ProcessKind, Unsupported } from '../../engine/host.ts'
import { unsupported } from '../../engine/host.ts'

export interface LoopbackParts {
  readonly folders: Host['folders']
  /** The engine's in-page file browser; it exists once the engine does. */
  readonly browser: () => FileBrowser | undefined
  readonly printPdf: (job: PrintJob) => Promise<Uint8Array | Unsupported>
  readonly startProcess: (kind: ProcessKind) => ChildPort
  /** Shows a file in the system's file manager; false where there is none. */
  readonly reveal: (path: string) => boolean
}

export interface LoopbackHost extends Host {
  /** A file named on the command line of this start or a later one. */
  openFromOutside(path: string): void
  /** As the terminal's or system's wish to end; false when unsaved work stands in the way. */
  askClose(): Promise<boolean>
}

export function createLoopbackHost(parts: LoopbackParts): LoopbackHost {
  const files = createFileRegistry()
  const openers: ((file: FileRef) => void)[] = []
  let askClose = (): Promise<boolean> => Promise.resolve(true)
  return {
    kind: 'loopback',
    files,
    folders: parts.folders,
    pickToOpen: (ask) => parts.browser()?.open(ask) ?? Promise.resolve([]),
    pickToSave: (ask) => parts.browser()?.save(ask) ?? Promise.resolve(null),
    onOpenedByFile: (listener) => void openers.push(listener),
    reveal(file) {
      const path = files.pathOf(file.id)
      const shown = path !== undefined && parts.reveal(path)
      return Promise.resolve(shown ? 'done' : unsupported)
    },
    // The page shows the whole address and lets the user's own browser open it.
    openLink: () => Promise.resolve(unsupported),
    // The page has its own title and its own question before it is closed.
    showDocument: () => undefined,
    mayClose: (ask) => void (askClose = ask),
    notify: () => Promise.resolve(unsupported),
    printPdf: parts.printPdf,
    startProcess: parts.startProcess,
    openFromOutside(path) {
      const file = files.register(path)
      for (const open of openers) open(file)
    },
    askClose: () => askClose(),
  }
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return (DISPLAY ?? '') !== '' || (WAYLAND_DISPLAY ?? '') !== ''
}

const revealers: Partial<Record<NodeJS.Platform, (path: string) => [string, string[]]>> = {
  win32: (path) => ['explorer.exe', [`/select,${path}`]],
  darwin: (path) => ['open', ['-R', path]],
  linux: (path) => ['xdg-open', [dirname(path)]],
}

export function revealInFileManager(path: string): boolean {
  const revealer = revealers[process.platform]
  if (revealer === undefined || !hasDisplay()) return false
  const [command, args] = revealer(path)
  const child = spawn(command, args, { detached: true, stdio: 'ignore' })
  // A desktop without a file manager: nothing opens, nothing breaks.
  child.on('error', () => undefined)
  child.unref()
  return true
}
