import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import {
  findBrowser,
  quietFlags,
  sandboxFlags,
} from '../../../electron/hosts/loopback/find-browser.ts'
import type { AppDriver, LaunchOptions } from './app-driver.ts'

const entry = join(import.meta.dirname, '../../../out/main/loopback.js')

interface RunningHost {
  readonly child: ChildProcess
  url(): Promise<string>
  end(signal: 'disconnect' | 'SIGKILL'): Promise<void>
}

function nextUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const onExit = (): void =>
      reject(new Error('The loopback host ended before it gave its address'))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      // The host sends nothing else over this channel.
      resolve((message as { url: string }).url)
    })
  })
}

async function startHost(home: string, settings: string): Promise<RunningHost> {
  const child = fork(entry, ['--settings', settings, '--check'], {
    env: { ...process.env, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let first: string | undefined = await nextUrl(child)
  return {
    child,
    url() {
      const kept = first
      first = undefined
      if (kept !== undefined) return Promise.resolve(kept)
      const answer = nextUrl(child)
      child.send('url')
      return answer
    },
    end(signal) {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      if (signal === 'disconnect') child.disconnect()
      else child.kill(signal)
      return gone
    },
  }
}

/** The product through its loopback host in an installed browser, as `npm start` opens it without Electron. */
export async function launchLoopback(options: LaunchOptions = {}): Promise<AppDriver> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('No installed Chromium, Chrome or Edge')
  const home = mkdtempSync(join(tmpdir(), 'storeboard 分析 '))
  for (const folder of ['Documents', 'Downloads', '.config']) mkdirSync(join(home, folder))
  const settings = join(home, '.config', 'storeboard')
  let host = await startHost(home, settings)
  const browser = await chromium.launch({
    executablePath,
    args: [...quietFlags, ...sandboxFlags(), '--disable-gpu'],
  })
  const context = await browser.newContext({
    locale: options.locale ?? 'zh-CN',
    colorScheme: options.colorScheme ?? 'light',
    viewport: options.viewport ?? { width: 1440, height: 900 },
    acceptDownloads: true,
    // A press aimed at a menu that is still unfolding may end on another line.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const enter = async (): Promise<void> => {
    await page.goto(await host.url())
    await page.waitForURL((url) => url.pathname === '/')
  }
  await enter()
  return {
    kind: 'loopback',
    page,
    home,
    settings,
    reopen: enter,
    async crashAndRestart() {
      await host.end('SIGKILL')
      host = await startHost(home, settings)
      await enter()
    },
    async close() {
      await browser.close()
      await host.end('disconnect')
    },
  }
}
