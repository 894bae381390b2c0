import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { _electron } from '@playwright/test'
import { electronBinary } from '../../../scripts/setup/electron-binary.ts'
import type { AppDriver, LaunchOptions } from './app-driver.ts'

const root = join(import.meta.dirname, '../../..')

/** What only the shell has, beside the product as every spec sees it. */
export interface ElectronDriver extends AppDriver {
  readonly kind: 'electron'
  application(): ElectronApplication
  /** Starts the product once more over the same settings; resolves with the exit code of that second process. */
  startAgain(): Promise<number | null>
}

function command(locale: string): string[] {
  const rootFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [...rootFlags, join(root, 'out/main/main.js'), `--lang=${locale}`]
}

function surroundings(home: string, settings: string): Record<string, string> {
  return { ...environment(), HOME: home, STOREBOARD_SETTINGS: settings }
}

async function start(home: string, settings: string, locale: string): Promise<ElectronApplication> {
  const executablePath = electronBinary()
  if (executablePath === undefined) throw new Error('Electron has no binary on this machine')
  return _electron.launch({
    executablePath,
    args: command(locale),
    env: surroundings(home, settings),
  })
}

function environment(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** The same specs under Electron, on a machine that has its binary. */
export async function launchElectron(options: LaunchOptions = {}): Promise<ElectronDriver> {
  const home = mkdtempSync(join(tmpdir(), 'storeboard 分析 '))
  for (const folder of ['Documents', 'Downloads']) mkdirSync(join(home, folder))
  const settings = join(home, 'settings')
  const locale = options.locale ?? 'zh-CN'
  let app = await start(home, settings, locale)
  let page: Page = await app.firstWindow()
  await page.emulateMedia({ colorScheme: options.colorScheme ?? 'light' })
  return {
    kind: 'electron',
    get page() {
      return page
    },
    home,
    settings,
    application: () => app,
    startAgain: () =>
      new Promise((resolve, reject) => {
        const env = surroundings(home, settings)
        const second = spawn(electronBinary() ?? '', command(locale), { env, stdio: 'ignore' })
        second.once('error', reject)
        second.once('exit', resolve)
      }),
    reopen: async () => {
      await page.reload()
    },
    async crashAndRestart() {
      app.process().kill('SIGKILL')
      app = await start(home, settings, locale)
      page = await app.firstWindow()
    },
    close: () => app.close(),
  }
}
