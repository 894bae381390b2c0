import { join } from 'node:path'
import type { Engine, EngineOptions } from '../../electron/engine/engine.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import type { Host } from '../../electron/engine/host.ts'
import { acceptPages } from '../../electron/hosts/electron/engine-pages.ts'
import type { EngineLink } from '../../electron/hosts/electron/engine-link.ts'
import { createEngineLink } from '../../electron/hosts/electron/engine-link.ts'
import type { Sender } from '../../electron/hosts/electron/page-wires.ts'
import { createPageWires } from '../../electron/hosts/electron/page-wires.ts'
import { origin } from '../../electron/hosts/electron/scheme.ts'
import { createShellHost } from '../../electron/hosts/electron/shell-host.ts'
import type { ShellParts } from '../../electron/hosts/electron/shell-services.ts'
import { createShellServices } from '../../electron/hosts/electron/shell-services.ts'
import type { Bridge } from '../../renderer/client/connect-bridge.ts'
import { temporaryFolder } from './fake-host.ts'
import { shellPair } from './shell-pair.ts'

/** What Electron's dialogs and shell would do, written down instead. */
export function fakeShell() {
  const state = {
    open: { canceled: true, filePaths: [] as string[] },
    save: { canceled: true, filePath: '' },
    answer: 1,
    asked: [] as unknown[],
    opened: [] as string[],
    revealed: [] as string[],
    titles: [] as string[],
    edited: [] as boolean[],
  }
  const asking = <T>(answer: () => T) => {
    return (...args: unknown[]): Promise<T> => {
      state.asked.push(args.at(-1))
      return Promise.resolve(answer())
    }
  }
  const parts: ShellParts = {
    dialog: {
      showOpenDialog: asking(() => state.open),
      showSaveDialog: asking(() => state.save),
      showMessageBox: asking(() => ({ response: state.answer, checkboxChecked: false })),
    },
    shell: {
      showItemInFolder: (path) => void state.revealed.push(path),
      openExternal: (url) => {
        state.opened.push(url)
        return Promise.resolve()
      },
    },
    window: () => undefined,
    titled: () => ({
      setTitle: (title) => void state.titles.push(title),
      setDocumentEdited: (edited) => void state.edited.push(edited),
    }),
    documents: '/documents',
    words: { openLink: 'Open?', open: 'Open', cancel: 'Cancel' },
    notify: () => true,
    print: () => Promise.resolve(new Uint8Array([37, 80, 68, 70])),
  }
  return { state, parts }
}

export interface ElectronRun {
  readonly host: Host
  readonly engine: () => Engine
  readonly link: EngineLink
  readonly shell: ReturnType<typeof fakeShell>['state']
  readonly pages: ReturnType<typeof createPageWires>
  readonly lost: boolean[]
  /** A window's page: the bridge its preload exposes. */
  openPage(id: number): Bridge & { readonly sender: Sender }
  crashEngine(): void
  /** Messages between page and main, cloned as Electron clones them. */
  readonly settled: () => Promise<void>
}

/** The Electron host whole, main process and engine process, over fakes of Electron's own objects. */
export function runElectron(options: Partial<EngineOptions> = {}): ElectronRun {
  const folder = temporaryFolder()
  const { state, parts } = fakeShell()
  const engines: { engine: Engine; host: Host; kill: () => void }[] = []
  const lost: boolean[] = []
  const folders = { settings: join(folder, 'settings'), resources: folder, documents: folder }
  const pages = createPageWires((message) => link.send(message), origin)
  const link: EngineLink = createEngineLink({
    services: createShellServices(parts),
    start: { version: '1.0.0', systemLanguage: 'en', folders, checkOutput: true },
    fork() {
      const pair = shellPair()
      const start = { version: '1.0.0', systemLanguage: 'en', folders, checkOutput: true } as const
      const host = createShellHost(pair.engine, start)
      const engine = createEngine(host, { ...start, ...options })
      acceptPages(pair.engine, (wire, rights) => engine.connect(wire, rights))
      engines.push({ engine, host, kill: () => pair.main.kill() })
      return pair.main
    },
    channel: () => {
      throw new Error('No children in this run')
    },
    onMessage: (message) => pages.onEngine(message),
    onLost: (again) => {
      pages.closeAll()
      lost.push(again)
    },
  })
  const latest = () => {
    const one = engines.at(-1)
    if (one === undefined) throw new Error('No engine was started')
    return one
  }
  return {
    get host() {
      return latest().host
    },
    engine: () => latest().engine,
    link,
    shell: state,
    pages,
    lost,
    crashEngine: () => latest().kill(),
    openPage(id) {
      const frames: ((frame: Uint8Array) => void)[] = []
      const closes: (() => void)[] = []
      const sender: Sender = {
        id,
        send(channel, frame) {
          const copy = structuredClone(frame)
          setImmediate(() => {
            if (channel === 'storeboard:close') for (const close of closes) close()
            else if (copy !== undefined) for (const listener of frames) listener(copy)
          })
        },
      }
      pages.admit(sender, { kind: 'page' })
      return {
        sender,
        send: (frame) => {
          const copy = structuredClone(frame)
          const url = `${origin}/index.html`
          setImmediate(() => pages.onFrame({ sender, fromTopFrame: true, url }, copy))
        },
        onFrame: (listener) => void frames.push(listener),
        onClose: (listener) => void closes.push(listener),
      }
    },
    settled: () => new Promise((resolve) => setTimeout(resolve, 20)),
  }
}
