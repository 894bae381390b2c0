import { test as base } from '@playwright/test'
import { findBrowser } from '../../../electron/hosts/loopback/find-browser.ts'
import { electronBinary } from '../../../scripts/setup/electron-binary.ts'
import type { AppDriver, LaunchOptions } from './app-driver.ts'
import { launchElectron } from './launch-electron.ts'
import { launchLoopback } from './launch-loopback.ts'

/** `STOREBOARD_E2E=electron` runs the same specs under Electron. */
export function launch(options: LaunchOptions = {}): Promise<AppDriver> {
  return process.env['STOREBOARD_E2E'] === 'electron'
    ? launchElectron(options)
    : launchLoopback(options)
}

/** What this run cannot do without and does not find: its tests count as skipped then, each by its name. */
function missingProgram(): string | undefined {
  if (process.env['STOREBOARD_E2E'] === 'electron')
    return electronBinary() === undefined ? 'the binary of Electron' : undefined
  return findBrowser() === undefined ? 'Chromium, Chrome or Edge' : undefined
}

interface WorkerFixtures {
  readonly appOptions: LaunchOptions
  /** One running product for all tests of a file that need no state of their own. */
  readonly app: AppDriver
}

interface TestFixtures {
  /** Skips a test whose product cannot run here, also where the product was asked for before. */
  readonly present: true
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  present: [
    // The runner reads what a fixture needs from its first parameter's pattern.

    async ({}, use, info) => {
      const missing = missingProgram()
      info.skip(missing !== undefined, `not on this machine: ${missing ?? ''}`)
      await use(true)
    },
    { auto: true },
  ],
  appOptions: [{}, { option: true, scope: 'worker' }],
  app: [
    async ({ appOptions }, use) => {
      const missing = missingProgram()
      base.skip(missing !== undefined, `not on this machine: ${missing ?? ''}`)
      const app = await launch(appOptions)
      await use(app)
      await app.close()
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
