import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { launcherPage } from './entrance.ts'
import { quietFlags, sandboxFlags } from './find-browser.ts'
import { ticketLifeMs } from './secrets.ts'

export interface AppWindow {
  open(url: string): void
  /** Brings a window that is open to the front; false when there is none to bring. */
  focus(origin: string): boolean
  end(): void
}

interface Target {
  readonly targetId: string
  readonly type: string
  readonly url: string
}

function targetsOf(message: string): Target[] {
  try {
    // The pipe is our own browser's; a message of another shape has no targets.
    const parsed = JSON.parse(message) as { result?: { targetInfos?: Target[] } }
    return parsed.result?.targetInfos ?? []
  } catch {
    return []
  }
}

/** Calls back once with the first message, which ends at a NUL and may arrive in pieces. */
function onFirstMessage(output: Readable, listener: (message: string) => void): void {
  const pieces: Buffer[] = []
  const collect = (piece: Buffer): void => {
    const end = piece.indexOf(0)
    pieces.push(end < 0 ? piece : piece.subarray(0, end))
    if (end < 0) return
    output.off('data', collect)
    listener(Buffer.concat(pieces).toString('utf8'))
  }
  output.on('data', collect)
}

/** Asks the browser over its DevTools pipe to bring our page to the front. */
export function bringToFront(input: Writable, output: Readable, origin: string): void {
  const send = (message: object): void => void input.write(`${JSON.stringify(message)}\0`)
  onFirstMessage(output, (message) => {
    const ours = targetsOf(message).find((one) => one.type === 'page' && one.url.startsWith(origin))
    if (ours === undefined) return
    send({ id: 2, method: 'Target.activateTarget', params: { targetId: ours.targetId } })
  })
  send({ id: 1, method: 'Target.getTargets' })
}

/** Only the user can read the file; it goes when the ticket in it is worth nothing any more. */
function writeLauncher(folder: string, url: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `open-${String(Date.now())}.html`)
  writeFileSync(file, launcherPage(url), { mode: 0o600 })
  setTimeout(() => rmSync(file, { force: true }), ticketLifeMs).unref()
  return pathToFileURL(file).href
}

/** The app in a window of an installed browser, with a profile of its own. */
export function createAppWindow(browser: string, folder: string): AppWindow {
  let child: ChildProcess | undefined
  return {
    open(url) {
      const profile = join(folder, 'browser-profile')
      const started = spawn(
        browser,
        [
          `--app=${writeLauncher(join(folder, 'launch'), url)}`,
          `--user-data-dir=${profile}`,
          '--remote-debugging-pipe',
          ...quietFlags,
          ...sandboxFlags(),
        ],
        { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
      )
      started.on('error', () => undefined)
      for (const pipe of [started.stdio[3], started.stdio[4]]) pipe?.on('error', () => undefined)
      started.once('exit', () => {
        if (child === started) child = undefined
      })
      child ??= started
    },
    focus(origin) {
      if (child === undefined) return false
      // Made pipes above.
      bringToFront(child.stdio[3] as Writable, child.stdio[4] as Readable, origin)
      return true
    },
    end() {
      child?.kill()
      rmSync(join(folder, 'launch'), { recursive: true, force: true })
    },
  }
}
