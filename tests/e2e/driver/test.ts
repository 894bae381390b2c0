import { test as base } from '@playwright/test'
import type { AppDriver, LaunchOptions } from './app-driver.ts'
import { launchElectron } from './launch-electron.ts'
import { launchLoopback } from './launch-loopback.ts'

/** `STOREBOARD_E2E=electron` runs the same specs under Electron. */
export function launch(options: LaunchOptions = {}): Promise<AppDriver> {
  return process.env['STOREBOARD_E2E'] === 'electron'
    ? launchElectron(options)
    : launchLoopback(options)
}

interface WorkerFixtures {
  readonly appOptions: LaunchOptions
  /** One running product for all tests of a file that need no state of their own. */
  readonly app: AppDriver
}

export const test = base.extend<object, WorkerFixtures>({
  appOptions: [{}, { option: true, scope: 'worker' }],
  app: [
    async ({ appOptions }, use) => {
      const app = await launch(appOptions)
      await use(app)
      await app.close()
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
