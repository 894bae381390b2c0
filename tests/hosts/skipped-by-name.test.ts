import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { playwrightCounts } from '../../scripts/testing/counts.ts'
import { temporaryFolder } from '../support/fake-host.ts'

const root = join(import.meta.dirname, '../..')

/** The browser tests of some files as `npm test` counts them, with a program that is not there. */
function countsWithout(env: Record<string, string>, files: readonly string[]) {
  const report = join(temporaryFolder(), 'report.json')
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  const { status } = spawnSync(process.execPath, [cli, 'test', ...files], {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      STOREBOARD_REPORT: '1',
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
    stdio: 'ignore',
  })
  return { status, ...playwrightCounts(report) }
}

describe('browser tests on a machine without their program', () => {
  it('are skipped by name, neither passed nor failed, when no browser is installed', () => {
    const { status, passed, failed, skipped } = countsWithout({ STOREBOARD_BROWSER: '/nowhere' }, [
      'import.spec.ts',
      'start.spec.ts',
    ])
    expect([status, passed, failed, skipped.length]).toEqual([0, 0, 0, 4])
    expect(skipped).toContain(
      'start.spec.ts › the page reaches its engine, and again after a reload and a crash of the host',
    )
  })
})
