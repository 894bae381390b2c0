import { fork } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type WebSocket from 'ws'
import { createAppWindow } from '../../../electron/hosts/loopback/app-window.ts'
import { createProcessStarter } from '../../../electron/hosts/loopback/child-process.ts'
import { findBrowser } from '../../../electron/hosts/loopback/find-browser.ts'
import { announceRunning, askRunning } from '../../../electron/hosts/loopback/running-instance.ts'
import { temporaryFolder } from '../../support/fake-host.ts'
import { runLoopback } from '../../support/loopback-run.ts'
import { admit, rawSocket } from '../../support/raw-http.ts'

const runner = join(import.meta.dirname, '../../../electron/engine/runner')
const main = join(import.meta.dirname, '../../../electron/hosts/loopback/main.ts')

async function openPage(port: number, url: string): Promise<WebSocket> {
  const { cookie, key, origin } = await admit(port, url)
  const socket = await rawSocket(port, '/wire', ['storeboard.1', `key.${key}`], { origin, cookie })
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`)
  return socket
}

describe('the loopback host', () => {
  it('ends a while after its last window closed, and not when a page only reloads', async () => {
    const ends: string[] = []
    const run = await runLoopback({
      endsAlone: true,
      endAfter: 200,
      onEnd: () => ends.push('end'),
    })
    const first = await openPage(run.port, run.launchUrl())
    first.close()
    await expect.poll(() => run.engine.pageCount()).toBe(0)
    const second = await openPage(run.port, run.launchUrl())
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(ends).toEqual([])
    second.close()
    await expect.poll(() => ends).toEqual(['end'])
    await run.close()
  })

  it('serves on without windows when asked to serve', async () => {
    const ends: string[] = []
    const run = await runLoopback({ endAfter: 10, onEnd: () => ends.push('end') })
    const page = await openPage(run.port, run.launchUrl())
    page.close()
    await expect.poll(() => run.engine.pageCount()).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(ends).toEqual([])
    await run.close()
  })

  it('is found by a second start through a file only the user can read', async () => {
    const shown: (readonly string[])[] = []
    const run = await runLoopback({
      onShow: (files) => {
        shown.push(files)
        return null
      },
    })
    const file = join(temporaryFolder(), 'inner', 'loopback.json')
    expect(await askRunning(file, [])).toBeUndefined()
    const forget = announceRunning(file, { port: run.port, control: run.controlSecret })
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await askRunning(file, ['/tmp/a.storeboard'])).toEqual({ url: null })
    expect(shown).toEqual([['/tmp/a.storeboard']])
    forget()
    expect(await askRunning(file, [])).toBeUndefined()
    await run.close()
    announceRunning(file, { port: run.port, control: run.controlSecret })
    expect(await askRunning(file, [])).toBeUndefined()
  })

  it('starts as a process of its own, tells its address to its parent alone and ends with it', async () => {
    const settings = temporaryFolder()
    const child = fork(main, ['--settings', settings], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    const url = await new Promise<string>((resolve) =>
      child.once('message', (message) => resolve((message as { url: string }).url)),
    )
    const port = Number(new URL(url).port)
    const page = await openPage(port, url)
    expect(readFileSync(join(settings, 'loopback.json'), 'utf8')).toContain(`"port":${port}`)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.disconnect()
    expect(await gone).toBe(0)
    page.terminate()
  })
})

describe('query and job processes', () => {
  for (const kind of ['query', 'job'] as const)
    it(`starts a ${kind} process, speaks with it and ends it at once`, async () => {
      const entries = {
        query: join(runner, 'query-process.ts'),
        job: join(runner, 'job-process.ts'),
      }
      const port = createProcessStarter(entries).start(kind)
      const seen: unknown[] = []
      port.onMessage((message) => seen.push(message))
      port.post({ ping: new Float64Array([1, 2]) })
      await expect.poll(() => seen).toContainEqual({ pong: new Float64Array([1, 2]) })
      const exit = new Promise((resolve) => port.onExit(resolve))
      port.kill()
      expect(await exit).toBe(true)
    })

  it('tells of a process that ended by itself', async () => {
    const missing = join(runner, 'no-such-process.ts')
    const port = createProcessStarter({ query: missing, job: missing }).start('job')
    expect(await new Promise((resolve) => port.onExit(resolve))).toBe(false)
  })
})

describe('finding a browser', () => {
  const machine = (
    platform: NodeJS.Platform,
    env: Record<string, string>,
    paths: readonly string[],
  ) => findBrowser({ platform, env, exists: (path) => paths.includes(path) })

  it('knows the usual places of three systems', () => {
    const edge = join('C:\\Program Files (x86)', 'Microsoft', 'Edge', 'Application', 'msedge.exe')
    expect(machine('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, [edge])).toBe(edge)
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(machine('darwin', { HOME: '/Users/a' }, [chrome])).toBe(chrome)
    expect(machine('linux', { PATH: '/opt/b' }, ['/opt/b/google-chrome'])).toBe(
      '/opt/b/google-chrome',
    )
    expect(machine('linux', { PATH: '' }, [])).toBeUndefined()
  })

  it('takes the named one or none', () => {
    const env = { STOREBOARD_BROWSER: '/x/y', PATH: '/usr/bin' }
    expect(machine('linux', env, ['/x/y', '/usr/bin/chromium'])).toBe('/x/y')
    expect(machine('linux', env, ['/usr/bin/chromium'])).toBeUndefined()
  })
})

describe('the app window', () => {
  it('keeps the ticket off the command line, in a file only the user can read', async () => {
    const folder = temporaryFolder()
    // Any program that records its arguments stands for the browser.
    const seen = join(folder, 'seen.txt')
    const fake = join(folder, 'browser.sh')
    const { writeFileSync, existsSync } = await import('node:fs')
    writeFileSync(
      fake,
      `#!/bin/sh\nprintf '%s\\n' "$@" > '${seen}.part'; mv '${seen}.part' '${seen}'\n`,
      {
        mode: 0o700,
      },
    )
    createAppWindow(fake, folder).open('http://127.0.0.1:1/enter#ticket=topsecret')
    await expect.poll(() => existsSync(seen)).toBe(true)
    const args = readFileSync(seen, 'utf8')
    expect(args).not.toContain('topsecret')
    const file = /--app=(file:.*)/.exec(args)?.[1] ?? ''
    const { fileURLToPath } = await import('node:url')
    expect(readFileSync(fileURLToPath(file), 'utf8')).toContain('#ticket=topsecret')
    expect(statSync(fileURLToPath(file)).mode & 0o777).toBe(0o600)
  })
})
