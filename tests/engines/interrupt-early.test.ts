import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { tempFolder } from '../support/temp-folder.ts'

const endless =
  'select count(*) as n from range(100000000) a, range(100000) b where a.range + b.range = -1'

it('a question withdrawn while it is still being prepared ends as soon as one that runs', async () => {
  const session = await openExtractSession({
    kind: 'openExtracts',
    extracts: [],
    memoryLimitMb: 512,
    tempFolder: tempFolder(),
    threads: 1,
  })
  for (const [id, delay] of [0, 0, 1, 1, 2, 3, 5, 8].entries()) {
    const running = session.run(endless, [], id)
    const failure = running.catch((error: unknown) => String(error))
    await (delay === 0 ? Promise.resolve() : wait(delay))
    session.interrupt(id)
    expect(await failure).toContain('INTERRUPT')
  }
}, 10_000)
