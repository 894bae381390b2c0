/** Kills the owner of a workspace in the middle of its imports and looks at what is left. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { childrenOf, isJob, signalTo } from './child-processes.ts'
import { askExtract } from './import-files.ts'
import { testOptions } from './open-workspace.ts'

export interface Survived {
  readonly rows: number
  readonly stated: number
  readonly version: number
  readonly strays: readonly string[]
}

/** Two files of one shape whose row counts tell them apart. */
export function twoFiles(folder: string): { readonly paths: string[]; readonly counts: number[] } {
  const counts = [20_000, 30_000]
  const paths = counts.map((count) => {
    const lines = Array.from({ length: count }, (_, i) => `r${i},${i % 12},${i}.25\n`)
    const path = join(folder, `${count}.csv`)
    writeFileSync(path, `receipt,shop,amount\n${lines.join('')}`)
    return path
  })
  return { paths, counts }
}

/** Stops a job in the middle of its work and kills its owner; resolves with the jobs that now sleep without a parent. */
export async function orphanJobs(home: string, paths: readonly string[]): Promise<number[]> {
  const owner = fork(join(import.meta.dirname, 'owner-process.ts'), [home, ...paths], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(owner, 'exit')
  await until(owner, 'done')
  // The next import's job has begun to read, so it has its order and knows where to write.
  await until(owner, 'step')
  const jobs = childrenOf(owner.pid ?? 0).filter(isJob)
  for (const { pid } of jobs) signalTo(pid, 'SIGSTOP')
  owner.kill('SIGKILL')
  await ended
  return jobs.map(({ pid }) => pid)
}

function until(owner: ChildProcess, said: string): Promise<void> {
  return new Promise<void>((resolve) => {
    owner.on('message', (message) => {
      if (message === said) resolve()
    })
    owner.once('exit', () => resolve())
  })
}

/** Lets one import finish, then kills the owner `delayMs` later with no warning. */
export async function killOwner(
  home: string,
  paths: readonly string[],
  delayMs: number,
  process = 'owner-process.ts',
): Promise<void> {
  const owner = fork(join(import.meta.dirname, process), [home, ...paths], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(owner, 'exit')
  await until(owner, 'done')
  await wait(delayMs)
  owner.kill('SIGKILL')
  await ended
}

/** Opens what a dead owner left. */
export async function openAfterwards(home: string, folder: string): Promise<Survived> {
  const workspace = await Workspace.open(home, testOptions)
  try {
    const dataset = workspace.catalogue.datasetNamed('D')
    const file = dataset?.file ?? ''
    const counted = await askExtract(workspace.extractPath(file), folder, 'select count(*) from a.rows') // prettier-ignore
    return {
      rows: Number(counted[0]?.[0]),
      stated: dataset?.rows ?? -1,
      version: dataset?.version ?? 0,
      strays: readdirSync(join(home, 'extracts')).filter(
        (name) => !workspace.catalogue.files().includes(name),
      ),
    }
  } finally {
    await workspace.close()
  }
}
