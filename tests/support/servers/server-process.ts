/** Other people's servers for tests: started on a free port in a folder of their own, ended with the test's process. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StartedServer {
  readonly folder: string
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}

export const serverFolder = (): string => mkdtempSync(join(tmpdir(), 'storeboard-server-'))

/** The system ends the server with its parent, however that ends. */
function bound(command: readonly string[], user: string | undefined): readonly string[] {
  if (!existsSync('/usr/bin/setpriv')) return command
  const who = user === undefined ? [] : [`--reuid=${user}`, `--regid=${user}`, '--clear-groups']
  return ['/usr/bin/setpriv', ...who, '--pdeathsig', 'KILL', '--', ...command]
}

/** Starts a program and waits until `isUp` says so. What it writes is told when it does not come up. */
export async function startServer(
  command: readonly string[],
  folder: string,
  isUp: () => Promise<boolean>,
  options: { readonly user?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<StartedServer> {
  const [program = '', ...args] = bound(command, options.user)
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.env ? { env: options.env } : {}),
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  }
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) break
    if (await isUp()) return { folder, stop: () => stop(child, folder) }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await stop(child, folder)
  throw new Error(`${program} did not come up: ${said.join('').slice(-2000)}`)
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}
