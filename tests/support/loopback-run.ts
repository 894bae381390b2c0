import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Loopback, LoopbackOptions } from '../../electron/hosts/loopback/start-loopback.ts'
import { startLoopback } from '../../electron/hosts/loopback/start-loopback.ts'
import { temporaryFolder } from './fake-host.ts'

/** A loopback host in this process over a page folder with an index, one asset and a secret beside the folder. */
export async function runLoopback(more: Partial<LoopbackOptions> = {}): Promise<Loopback> {
  const folder = temporaryFolder()
  const pages = join(folder, 'pages')
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(pages, 'assets', 'main-1a2b.js'), 'console.log(1)')
  writeFileSync(join(folder, 'secret.json'), '"secret"')
  const entry = join(import.meta.dirname, '../../electron/engine/runner')
  return startLoopback({
    version: '1.0.0',
    systemLanguage: 'en',
    folders: { settings: join(folder, 'settings'), resources: folder, documents: folder },
    pageFolder: pages,
    entries: { query: join(entry, 'query-process.ts'), job: join(entry, 'job-process.ts') },
    checkOutput: true,
    endsAlone: false,
    onEnd: () => undefined,
    onShow: () => null,
    browseRoots: () => Promise.resolve([{ name: 'Home', path: folder }]),
    ...more,
  })
}
