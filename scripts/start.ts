import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from '../electron/hosts/loopback/find-browser.ts'
import { hasDisplay } from '../electron/hosts/loopback/loopback-host.ts'
import { electronBinary } from './setup/electron-binary.ts'

/** Opens the app: in Electron where its binary is, else in an installed browser, else as an address to open. */
const out = join(import.meta.dirname, '../out/main')
const args = process.argv.slice(2)
const asRoot = process.getuid?.() === 0

function choose(): { line: string; command: string; args: string[] } {
  const electron = electronBinary()
  const loopback = [join(out, 'loopback.js'), ...args]
  if (electron !== undefined && hasDisplay()) {
    const flags = asRoot ? ['--no-sandbox'] : []
    const line = 'Opening Storeboard.'
    return { line, command: electron, args: [...flags, join(out, 'main.js'), ...args] }
  }
  const browser = hasDisplay() ? findBrowser() : undefined
  if (browser !== undefined) {
    const line = `The desktop shell is not on this machine; opening Storeboard in ${browser}.`
    return { line, command: process.execPath, args: loopback }
  }
  const why = hasDisplay() ? 'No Chromium, Chrome or Edge was found' : 'There is no display here'
  const line = `${why}; Storeboard keeps serving. Open this address within a minute (start again for a new one):`
  return { line, command: process.execPath, args: [...loopback, '--no-open'] }
}

const chosen = choose()
console.log(chosen.line)
const child = spawn(chosen.command, chosen.args, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
