import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { jobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { startProcess } from '../support/job-process.ts'
import { isRunning, listsChildren, signalTo } from '../support/child-processes.ts'
import { killOwner, openAfterwards, orphanJobs, twoFiles } from '../support/kill-import.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

test.each([0, 150, 420])('an owner killed %i ms into an import leaves the old or the new', async (delay) => {
  const folder = tempFolder()
  const { paths, counts } = twoFiles(folder)
  const home = join(folder, 'w')
  await killOwner(home, paths, delay)
  const left = await openAfterwards(home, folder)
  expect(counts).toContain(left.rows)
  expect(left.stated).toBe(left.rows)
  expect(left.strays).toEqual([])
}) // prettier-ignore

test('a job process killed from outside is a lost import, and the workspace goes on', async () => {
  const folder = tempFolder()
  const { paths } = twoFiles(folder)
  const workspace = await openWorkspace(join(folder, 'w'), {
    runJob: jobRunner(() => {
      const port = startProcess('job')
      // A crash, not a cancellation: the process ends itself before it may answer.
      return { ...port, post: () => port.post({ kind: 'nothing' }), onExit: (listener) => {
        port.onExit(() => listener(false))
        setTimeout(() => port.kill(), 100)
      } }
    }),
  }) // prettier-ignore
  expect(await refusalOf(importInto(workspace, 'D', paths))).toBe('internal/processLost')
  expect(workspace.catalogue.datasets()).toEqual([])
})

test.skipIf(!listsChildren)(
  'a job that outlives its killed owner and wakes only after the next opening leaves nothing behind',
  async () => {
    const folder = tempFolder()
    const { paths, counts } = twoFiles(folder)
    const home = join(folder, 'w')
    const orphans = await orphanJobs(home, paths)
    expect(orphans).toHaveLength(1)
    // It opens while the orphan sleeps in the middle of its work, and stays open while the orphan goes on.
    const workspace = await openWorkspace(home)
    for (const pid of orphans) signalTo(pid, 'SIGCONT')
    await expect.poll(() => orphans.filter(isRunning), { timeout: 20_000 }).toEqual([])
    expect(readdirSync(join(home, 'extracts'))).toEqual(workspace.catalogue.files())
    expect(readdirSync(join(home, 'temp'))).toEqual([])
    expect(counts).toContain(workspace.catalogue.datasetNamed('D')?.rows)
  },
)

test.skipIf(!listsChildren)(
  'a job that reads a view without end hears that its owner was killed',
  async () => {
    const folder = tempFolder()
    const path = join(folder, 'endless.db')
    const database = new Database(path)
    database.exec(
      'create view v as with recursive c(x) as (select 1 union all select x + 1 from c) select x from c',
    )
    database.close()
    const { paths } = twoFiles(folder)
    const orphans = await orphanJobs(join(folder, 'w'), [paths[0] ?? '', path])
    expect(orphans).toHaveLength(1)
    for (const pid of orphans) signalTo(pid, 'SIGCONT')
    await expect.poll(() => orphans.filter(isRunning), { timeout: 20_000 }).toEqual([])
  },
)
