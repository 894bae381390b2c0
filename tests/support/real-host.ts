/** The loopback host as a process of its own, with a page's client on its socket: what a test can kill for real. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { socketWire } from '../../electron/hosts/loopback/socket-wire.ts'
import type { EngineConnection } from '../../renderer/client/engine-client.ts'
import { createEngineClient } from '../../renderer/client/engine-client.ts'
import type { Outcome } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import { admit, rawSocket } from './raw-http.ts'

const entry = join(import.meta.dirname, '../../electron/hosts/loopback/main.ts')

export interface RealHost {
  readonly pid: number
  readonly engine: EngineConnection['engine']
  /** What the page holds of a file the host was started with, by its name. */
  readonly file: (name: string) => FileRef
  /** SIGKILL; resolves when the process is gone. Its children are not waited for. */
  readonly kill: () => Promise<void>
}

/** Settings, documents and temporary files lie in `home`; `files` are opened as from a command line. */
export async function startRealHost(home: string, files: readonly string[]): Promise<RealHost> {
  for (const name of ['Documents', '.config', 'tmp']) {
    mkdirSync(join(home, name), { recursive: true })
  }
  const settings = join(home, '.config', 'storeboard')
  const child = fork(entry, ['--settings', settings, '--check', ...files], {
    env: {
      ...process.env,
      ...{ HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config') },
      TMPDIR: tempOf(home),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [said] = await Promise.race([once(child, 'message'), ended.then(() => [undefined])])
  // The host says nothing but its address over this channel.
  const url = (said as { url: string } | undefined)?.url
  if (url === undefined) throw new Error('The host ended before it gave its address')
  const connection = await connect(url)
  const refs = await openedFiles(connection, files)
  return {
    pid: child.pid ?? 0,
    engine: connection.engine,
    file(name) {
      const ref = refs.get(name)
      if (ref === undefined) throw new Error(`not opened: ${name}`)
      return ref
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
      connection.close()
    },
  }
}

export const tempOf = (home: string): string => join(home, 'tmp')

/** Names beside the user's files that only an unfinished write has. */
export function unfinished(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.new'))
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}

async function connect(url: string): Promise<EngineConnection> {
  const port = Number(new URL(url).port)
  const { cookie, key, origin } = await admit(port, url)
  const protocols = ['storeboard.1', `key.${key}`]
  return createEngineClient(
    {
      async connect() {
        const socket = await rawSocket(port, '/wire', protocols, { origin, cookie })
        if (typeof socket === 'number') throw new Error(`refused: ${socket}`)
        return socketWire(socket)
      },
    },
    // A host that was killed does not come back on this port.
    { check: true, retryAfter: [60_000] },
  )
}

async function openedFiles(
  connection: EngineConnection,
  files: readonly string[],
): Promise<Map<string, FileRef>> {
  const refs = new Map<string, FileRef>()
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const wanted = new Set(files.map((path) => basename(path)))
  const stop = connection.on('host.opened', ({ file }) => {
    refs.set(file.name, file)
    wanted.delete(file.name)
    if (wanted.size === 0) resolve(undefined)
  })
  // The host tells of them when a page asks its first question.
  await connection.engine['app.info']({})
  if (wanted.size > 0) await promise
  stop()
  return refs
}
