import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { electronBinary } from '../../../scripts/setup/electron-binary.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const script = join(import.meta.dirname, '../../../scripts/start.ts')

/** Starts the product as `npm start` does and gives what it said until it named its address. */
async function start(env: Record<string, string>) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...inherited } = process.env
  const home = tempFolder()
  const child = spawn(process.execPath, [script, '--settings', join(home, 'settings')], {
    env: { ...inherited, HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  onTestFinished(stop)
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`ended early: ${said}`)))
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)
      if (found) resolve(found[0])
    })
  })
  return { said: () => said, address, ended: () => child.exitCode !== null }
}

describe('starting without a window to open', () => {
  it('prints the address where there is no display, and keeps serving', async () => {
    const { said, address, ended } = await start({})
    expect(said()).toContain('There is no display here; Storeboard keeps serving.')
    const page = await fetch(address.split('#')[0] ?? address)
    expect(await page.text()).toContain('<title>Storeboard</title>')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(ended()).toBe(false)
  })

  it.skipIf(electronBinary() !== undefined)(
    'says that no browser was found, and serves as well',
    async () => {
      const { said, ended } = await start({ DISPLAY: ':99', STOREBOARD_BROWSER: '/nowhere' })
      expect(said()).toContain('No Chromium, Chrome or Edge was found; Storeboard keeps serving.')
      expect(ended()).toBe(false)
    },
  )
})
