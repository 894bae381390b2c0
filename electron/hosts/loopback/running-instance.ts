import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Running = z.strictObject({ pid: z.number(), port: z.number(), control: z.string() })
type Running = z.infer<typeof Running>

export const ControlAsk = z.strictObject({ files: z.array(z.string()).max(100) })
export const ControlAnswer = z.strictObject({ url: z.string().nullable() })

function readRunning(file: string): Running | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Running.safeParse(kept).data
  } catch {
    return undefined
  }
}

/** Asks a start that already runs to show itself and open the files; `undefined` when none answers. */
export async function askRunning(
  file: string,
  files: readonly string[],
): Promise<z.infer<typeof ControlAnswer> | undefined> {
  const running = readRunning(file)
  if (running === undefined) return undefined
  try {
    const answer = await fetch(`http://127.0.0.1:${String(running.port)}/control`, {
      method: 'POST',
      headers: { 'x-storeboard-control': running.control },
      body: JSON.stringify({ files }),
      signal: AbortSignal.timeout(5000),
    })
    return answer.ok ? ControlAnswer.parse(await answer.json()) : undefined
  } catch {
    return undefined
  }
}

/** Only the user can read it: it holds the secret by which a later start is recognised. */
export function announceRunning(file: string, running: Omit<Running, 'pid'>): () => void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  rmSync(file, { force: true })
  writeFileSync(file, JSON.stringify({ pid: process.pid, ...running }), { mode: 0o600, flag: 'wx' })
  return () => {
    if (readRunning(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}
