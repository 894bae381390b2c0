import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFileRegistry } from '../../electron/engine/file-registry.ts'
import type { ChildPort, Host } from '../../electron/engine/host.ts'
import { readOnlyFor } from '../../electron/engine/host.ts'
import type { FileRef } from '../../shared/host-words.ts'

export interface FakeHost extends Host {
  /** What the next dialogs answer. */
  picks: string[]
  readonly shown: unknown[]
  readonly links: string[]
  openFromOutside(path: string): void
  /** As if the window were about to close. */
  tryClose(): Promise<boolean>
}

export function temporaryFolder(name = 'storeboard 测试'): string {
  return mkdtempSync(join(tmpdir(), `${name} `))
}

function noProcess(): ChildPort {
  throw new Error('This fake starts no processes')
}

/** A host without a shell, for tests of the engine. */
export function createFakeHost(more: Partial<Host> = {}): FakeHost {
  const folder = temporaryFolder()
  const files = createFileRegistry()
  const openers: ((file: FileRef) => void)[] = []
  let askClose = (): Promise<boolean> => Promise.resolve(true)
  const pick = (paths: string[], readOnly = false): FileRef[] =>
    paths.map((path) => files.register(path, { readOnly }))
  const host: FakeHost = {
    kind: 'cli',
    files,
    folders: { settings: join(folder, 'settings'), resources: folder, documents: folder },
    picks: [],
    shown: [],
    links: [],
    pickToOpen: ({ purpose }) => Promise.resolve(pick(host.picks, readOnlyFor(purpose))),
    pickToSave: () => Promise.resolve(pick(host.picks)[0] ?? null),
    onOpenedByFile: (listener) => void openers.push(listener),
    reveal: () => Promise.resolve('done'),
    openLink: (url) => {
      host.links.push(url)
      return Promise.resolve('done')
    },
    showDocument: (state) => void host.shown.push(state),
    mayClose: (ask) => void (askClose = ask),
    notify: () => Promise.resolve('unsupported'),
    printPdf: () => Promise.resolve('unsupported'),
    startProcess: noProcess,
    openFromOutside: (path) => {
      for (const open of openers) open(files.register(path))
    },
    tryClose: () => askClose(),
    ...more,
  }
  return host
}
