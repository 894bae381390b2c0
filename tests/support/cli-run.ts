/** Runs the command line as a person's script does: a process of its own, its two outputs apart. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../electron/hosts/cli/main.ts')

export interface CliEnd {
  readonly code: number | null
  readonly out: string
  readonly errors: string
  /** The JSON on standard output. */
  json(): unknown
  /** The JSON line that ends standard error after a failure. */
  failure(): { code: string; message: string; details: Record<string, unknown> }
}

export function startCli(settings: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    env: { ...process.env, STOREBOARD_SETTINGS: settings, LANG: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

export async function runCli(
  settings: string,
  args: readonly string[],
  input = '',
): Promise<CliEnd> {
  const child = startCli(settings, args)
  let out = ''
  let errors = ''
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (out += piece))
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => (errors += piece))
  child.stdin?.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    code,
    out,
    errors,
    json: () => JSON.parse(out) as unknown,
    // Written by the command line in exactly this shape; tests look at its parts.
    failure: () => JSON.parse(errors.trimEnd().split('\n').at(-1) ?? '') as never,
  }
}
