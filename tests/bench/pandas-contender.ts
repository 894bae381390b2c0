/** pandas as a contender, where the system's Python has it (Debian: `apt install python3-pandas`). */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const script = join(import.meta.dirname, 'pandas_contender.py')
const pythons = ['/usr/bin/python3', 'python3', 'python']

export interface Pandas {
  /** Milliseconds one of the questions took, by its name. */
  ask(name: string): Promise<number>
  close(): void
}

export async function openPandas(csv: string): Promise<Pandas | undefined> {
  const python = pythons.find((one) => spawnSync(one, ['-c', 'import pandas']).status === 0)
  if (python === undefined) return undefined
  const child = spawn(python, [script, csv], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<string> => {
    const next = await lines.next()
    if (next.done === true) throw new Error('pandas ended early')
    return next.value
  }
  await line()
  return {
    async ask(name) {
      child.stdin.write(`${name}\n`)
      return Number(await line())
    },
    close: () => void child.kill(),
  }
}
