import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'
import { temporaryFolder } from './fake-host.ts'

/** Where Electron's fuses sit in its binary: a sentinel, the wire's version and length, then a character a fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuses = 9

/** A folder shaped like Electron's distribution, enough for the packager: an executable that is none, with fuses. */
export async function stubDistribution(version: string): Promise<string> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'locales'))
  mkdirSync(join(folder, 'resources'))
  const wire = Buffer.concat([
    Buffer.from(sentinel),
    Buffer.from([1, fuses]),
    Buffer.alloc(fuses, '1'),
  ])
  const binary = Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)])
  writeFileSync(join(folder, 'electron'), binary, { mode: 0o755 })
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'stub')
  for (const locale of ['en-US', 'zh-CN'])
    writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  const app = temporaryFolder()
  writeFileSync(join(app, 'package.json'), '{"name":"default","main":"main.js"}')
  writeFileSync(join(app, 'main.js'), '')
  await createPackage(app, join(folder, 'resources', 'default_app.asar'))
  return folder
}
