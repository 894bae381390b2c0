import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ReportFiles } from '../../electron/engine/reports/report-files.ts'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { newReport } from '../../shared/report/new-report.ts'
import type { Report } from '../../shared/report/report.ts'
import { writeReport } from '../../shared/report/write-report.ts'
import { twoFiles } from '../support/kill-import.ts'
import { randomMoments } from '../support/random-moments.ts'
import type { RealHost } from '../support/real-host.ts'
import { startRealHost, tempOf, unfinished, valueOf } from '../support/real-host.ts'
import { plainCells } from '../support/query-engines.ts'
import { repeatableIds } from '../support/report-builder.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** Of engines that are gone; the running one may have its own. */
const foldersOfOthers = (home: string, pid: number): string[] =>
  readdirSync(tempOf(home)).filter(
    (name) => /^storeboard-[0-9a-f]{6}-/.test(name) && !name.includes(`-${pid}-`),
  )

async function importFile(host: RealHost, name: string): Promise<boolean> {
  const orders = [
    { name: 'D', mode: 'replace' as const, overrides: [], parts: [{ file: host.file(name).id }] },
  ]
  return (await host.engine['dataset.import']({ orders })).ok
}

/** Until the host is gone. */
async function importForEver(host: RealHost, names: readonly string[]): Promise<void> {
  for (let turn = 0; await importFile(host, names[turn % names.length] ?? ''); turn++);
}

/** The dataset as the catalogue states it, and its rows as the query process counts them. */
async function counted(host: RealHost): Promise<{ dataset: DatasetInfo; rows: number }> {
  const { datasets } = valueOf(await host.engine['workspace.openDefault']({}))
  const [dataset] = datasets
  if (dataset === undefined) throw new Error('the dataset is gone')
  const query = {
    dataset: 'D',
    rows: [],
    columns: [],
    measures: [{ aggregate: 'count' as const, as: 'n' }],
    filters: [],
  }
  const [row] = plainCells(valueOf(await host.engine['query.run']({ query })))
  return { dataset, rows: Number(row?.[0]?.[0]) }
}

test('an engine killed at twenty moments of importing opens again with a whole version, and nothing else', async () => {
  const home = tempFolder()
  const { paths, counts } = twoFiles(home)
  const names = counts.map((count) => `${count}.csv`)
  const space = join(home, 'Documents', 'Storeboard')
  let host = await startRealHost(home, paths)
  valueOf(await host.engine['workspace.openDefault']({}))
  expect(await importFile(host, names[0] ?? '')).toBe(true)
  let version = 1
  for (const moment of randomMoments('importing', 20, 1500)) {
    const importing = importForEver(host, names.toReversed())
    await wait(moment)
    await host.kill()
    await importing
    host = await startRealHost(home, paths)
    const { dataset, rows } = await counted(host)
    expect(counts).toContain(rows)
    expect(dataset.rows).toBe(rows)
    expect(dataset.version).toBeGreaterThanOrEqual(version)
    version = dataset.version
    const kept = valueOf(await host.engine['dataset.versions']({ dataset: dataset.id })).versions
    expect(readdirSync(join(space, 'extracts'))).toHaveLength(kept.length)
    expect(readdirSync(join(space, 'temp'))).toEqual([])
    await expect.poll(() => foldersOfOthers(home, host.pid)).toEqual([])
  }
  await host.kill()
})

test('an engine killed at twenty moments of saving leaves the last saved report or the next one, and its backup whole', async () => {
  const home = tempFolder()
  const documents = join(home, 'Documents')
  const path = join(home, 'Documents', 'r.storeboard')
  let host = await startRealHost(home, [])
  await host.kill()
  const blank = newReport('turn 0', 'x'.repeat(100), repeatableIds())
  writeFileSync(path, writeReport(blank, 'test'))
  let last = 0
  for (const moment of randomMoments('saving', 20, 400)) {
    host = await startRealHost(home, [path])
    const saving = saveForEver(host, blank, last)
    await wait(moment)
    await host.kill()
    const finished = await saving
    last = await turnOf(path)
    // One turn may have been put in place without being answered any more.
    expect([finished, finished + 1]).toContain(last)
    if (last > 1) expect(await turnOf(`${path}.bak`)).toBeGreaterThanOrEqual(last - 2)
  }
  host = await startRealHost(home, [path])
  const opened = valueOf(await host.engine['report.open']({ file: host.file('r.storeboard') }))
  expect(opened.report.title).toBe(`turn ${last}`)
  expect(await saveTurn(host, blank, last + 1)).toBe(true)
  expect(unfinished(documents)).toEqual([])
  await host.kill()
})

async function saveTurn(host: RealHost, report: Report, turn: number): Promise<boolean> {
  const saved = await host.engine['report.save']({
    file: host.file('r.storeboard'),
    report: { ...report, title: `turn ${turn}` },
    bindings: {},
    expectedStamp: null,
  })
  return saved.ok
}

/** Until the host is gone; resolves with the last turn it said was saved. */
async function saveForEver(host: RealHost, report: Report, from: number): Promise<number> {
  let turn = from
  while (await saveTurn(host, report, turn + 1)) turn++
  return turn
}

async function turnOf(path: string): Promise<number> {
  const { report } = valueOf(await new ReportFiles('test').read(path))
  return Number(report.title.slice('turn '.length))
}
