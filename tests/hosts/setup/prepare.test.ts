import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../../support/temp-folder.ts'

const setup = join(import.meta.dirname, '../../../scripts/setup')

/** Says what it was asked, and leaves what the real one leaves; fails while a file `fail` lies beside it. */
const fakeNpm = `
const fs = require('node:fs')
fs.appendFileSync('log', 'npm ' + process.argv[2] + '\\n')
fs.rmSync('node_modules', { recursive: true, force: true })
if (fs.existsSync('fail')) process.exit(1)
fs.mkdirSync('node_modules/electron-vite/bin', { recursive: true })
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
fs.writeFileSync('node_modules/electron-vite/bin/electron-vite.js',
  "require('node:fs').appendFileSync('log', 'build\\\\n')")
`

const lock = (version: string): string =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/zod': { version, integrity: `i-${version}` } },
  })

/** A product with nothing installed, and the set-up to be looked at. */
function product() {
  const root = tempFolder()
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  for (const name of ['prepare.cjs', 'stamps.cjs', 'tools.cjs'])
    cpSync(join(setup, name), join(root, 'scripts/setup', name))
  write('npm.cjs', fakeNpm)
  write('package.json', JSON.stringify({ allowScripts: {} }))
  write('package-lock.json', lock('1.0.0'))
  write('shared/contract.ts', 'export const calls = {}\n')
  // The shell was asked for before and could not be reached.
  write('.setup/electron.json', JSON.stringify({ answer: 'no' }))
  const log = (): string[] =>
    existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').trim().split('\n') : []
  return {
    root,
    write,
    log,
    /** Runs the set-up and says what it did this time. */
    prepare: (mode: 'start' | 'test', env: Record<string, string> = {}) => {
      const before = log().length
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(root, 'scripts/setup/prepare.cjs'), mode],
        {
          cwd: root,
          encoding: 'utf8',
          env: {
            ...process.env,
            STOREBOARD_BROWSER: process.execPath,
            npm_execpath: join(root, 'npm.cjs'),
            npm_node_execpath: process.execPath,
            ...env,
          },
        },
      )
      return { status, stderr, did: log().slice(before) }
    },
  }
}

describe('getting ready to start', () => {
  it('installs and builds from nothing, and does nothing the second time', () => {
    const { prepare } = product()
    expect(prepare('start')).toMatchObject({ status: 0, did: ['npm ci', 'build'] })
    expect(prepare('start')).toMatchObject({ status: 0, did: [] })
  })

  it('builds again when a source changed, and installs again when the lock changed', () => {
    const { prepare, write } = product()
    prepare('start')
    write('shared/contract.ts', 'export const calls = { one: 1 }\n')
    expect(prepare('start').did).toEqual(['build'])
    write('package-lock.json', lock('1.0.1'))
    expect(prepare('start').did).toEqual(['npm ci', 'build'])
    expect(prepare('start').did).toEqual([])
  })

  it('takes other line ends for the same source', () => {
    const { prepare, write } = product()
    prepare('start')
    write('shared/contract.ts', 'export const calls = {}\r\n')
    expect(prepare('start').did).toEqual([])
  })

  it('is happy with an installation of the very packages the lock names', () => {
    const { prepare, root } = product()
    prepare('start')
    rmSync(join(root, 'node_modules/.storeboard-install'))
    expect(prepare('start').did).toEqual([])
  })

  it('says that installing failed, goes no further, and tries again the next time', () => {
    const { prepare, write, root } = product()
    write('fail', '')
    const failed = prepare('start')
    expect([failed.status, failed.did]).toEqual([1, ['npm ci']])
    expect(failed.stderr).toContain('Installing failed')
    expect(existsSync(join(root, 'node_modules/.storeboard-install'))).toBe(false)
    rmSync(join(root, 'fail'))
    expect(prepare('start')).toMatchObject({ status: 0, did: ['npm ci', 'build'] })
  })

  it('names the programs it could not get, for the tests to say', () => {
    const { prepare, root } = product()
    mkdirSync(join(root, 'empty'))
    const env = { PATH: join(root, 'empty'), STOREBOARD_BROWSER: '' }
    expect(prepare('test', env).status).toBe(0)
    // A list of names, written by the set-up just run.
    const missing = JSON.parse(readFileSync(join(root, '.setup/missing.json'), 'utf8')) as string[]
    expect(missing).toEqual(
      expect.arrayContaining(['LibreOffice', 'pdftotext and pdffonts', 'xvfb-run']),
    )
  })
})
