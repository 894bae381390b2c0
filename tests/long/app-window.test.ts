import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBrowser } from '../../electron/hosts/loopback/find-browser.ts'
import { temporaryFolder } from '../support/fake-host.ts'

const main = join(import.meta.dirname, '../../out/main/loopback.js')
const hasScreen = spawnSync('xvfb-run', ['--help']).status === 0 && findBrowser() !== undefined

/** Processes of this run's own browser, told by its profile. */
function browserOf(settings: string): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${settings}`) && !line.includes('--type='))
    .map((line) => Number.parseInt(line, 10))
}

describe.skipIf(!hasScreen)('an app window of an installed browser', () => {
  it('opens, is brought to the front by a second start, and ends its host when closed', async () => {
    const settings = temporaryFolder()
    const app = spawn('xvfb-run', ['-a', process.execPath, main, '--settings', settings], {
      stdio: 'ignore',
    })
    const ended = new Promise<number | null>((resolve) => app.once('exit', resolve))
    const profile = join(settings, 'browser-profile', 'Default', 'Cookies')
    await expect
      .poll(() => existsSync(join(settings, 'loopback.json')), { timeout: 20_000 })
      .toBe(true)
    await expect
      .poll(() => existsSync(profile) || existsSync(`${profile}-journal`), { timeout: 30_000 })
      .toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const second = spawnSync(process.execPath, [main, '--settings', settings], { encoding: 'utf8' })
    expect(second.stdout).toContain('brought to the front')
    expect(readFileSync(join(settings, 'loopback.json'), 'utf8')).toContain('"port"')
    for (const pid of browserOf(settings)) process.kill(pid)
    expect(await ended).toBe(0)
    expect(existsSync(join(settings, 'loopback.json'))).toBe(false)
    expect(existsSync(join(settings, 'launch'))).toBe(false)
  })
})
