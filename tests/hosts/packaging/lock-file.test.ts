import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

interface LockEntry {
  readonly version?: string
  readonly integrity?: string
  readonly optionalDependencies?: Record<string, string>
}
// npm's own format, version 3.
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockEntry>
}

/** Native dependencies of the product itself and what their packages are called on each system. */
const natives: Record<string, readonly string[]> = {
  '@duckdb/node-bindings': ['win32-x64', 'darwin-arm64', 'darwin-x64', 'linux-x64'].map(
    (target) => `@duckdb/node-bindings-${target}`,
  ),
  '@resvg/resvg-js': ['win32-x64-msvc', 'darwin-arm64', 'darwin-x64', 'linux-x64-gnu'].map(
    (target) => `@resvg/resvg-js-${target}`,
  ),
}

describe('the lock file', () => {
  for (const [name, packages] of Object.entries(natives))
    it(`names ${name} for every system the product is packaged for`, () => {
      for (const wanted of packages) {
        const entry = lock.packages[`node_modules/${wanted}`]
        expect([wanted, entry?.integrity]).toEqual([wanted, expect.stringMatching(/^sha512-/)])
      }
    })

  it('has an entry with integrity for every optional dependency of every package', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => {
          const nested = lock.packages[`${path}/node_modules/${name}`]
          const found = nested ?? lock.packages[`node_modules/${name}`]
          return found?.integrity === undefined
        })
        .map((name) => `${path} → ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('pins everything the product names', () => {
    const text = readFileSync(join(root, 'package.json'), 'utf8')
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(text) as Record<
      string,
      Record<string, string>
    >
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies }
    const loose = Object.entries(all).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })

  it('finds the SQLite driver’s own binaries for the same systems', () => {
    const folder = join(root, 'node_modules/better-sqlite3/prebuilds')
    for (const target of ['win32-x64', 'darwin-arm64', 'darwin-x64', 'linux-x64'])
      expect(readFileSync(join(folder, `${target}.node`)).length).toBeGreaterThan(100_000)
  })
})
