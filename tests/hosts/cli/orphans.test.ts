import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  childrenOf,
  isJob,
  isRunning,
  listsChildren,
  signalTo,
} from '../../support/child-processes.ts'
import { startCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const soon = { timeout: 30_000, interval: 50 }

describe.skipIf(!listsChildren)('a job whose owner was killed', () => {
  it('ends although a view that never gives a row holds it', async () => {
    const folder = tempFolder()
    const path = join(folder, 'endless.sqlite')
    const database = new Database(path)
    database.exec(`create view never as
      with recursive n(x) as (select 1 union all select x + 1 from n) select x from n where x < 0`)
    database.close()
    const space = join(folder, 'space')
    const cli = startCli(join(folder, 'settings'), ['import', path, '--workspace', space])
    const pid = cli.pid ?? 0
    const job = await vi.waitFor(() => {
      const [first] = childrenOf(pid).filter(isJob)
      if (first === undefined) throw new Error('no job yet')
      return first.pid
    }, soon)
    onTestFinished(() => signalTo(job, 'SIGKILL'))
    // Long enough to have asked the view, and far below the time the owner gives it.
    await new Promise((resolve) => setTimeout(resolve, 4000))
    expect(isRunning(job)).toBe(true)
    const gone = once(cli, 'exit')
    signalTo(pid, 'SIGKILL')
    await gone
    await vi.waitFor(() => expect(isRunning(job)).toBe(false), soon)
  }, 90_000)
})
