/** Exports of a real host with one of its processes killed under them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { ExportFormat } from '../../shared/export-words.ts'
import type { ChildOf } from './child-processes.ts'
import { childrenOf, signalTo } from './child-processes.ts'
import {
  exportReport,
  exportSource,
  exportTo,
  faultOfExport,
  importSource,
} from './killed-exports.ts'
import { randomMoments } from './random-moments.ts'
import { startRealHost, tempOf, unfinished, valueOf } from './real-host.ts'
import { tempFolder } from './temp-folder.ts'

/** A host with data in it, and one export at a time to be disturbed. */
async function exporting() {
  const home = tempFolder()
  const documents = join(home, 'Documents')
  const source = exportSource(home)
  const targets = ['xlsx', 'csv', 'pdf'].map((end) => join(documents, `out.${end}`))
  const host = await startRealHost(home, [source, ...targets])
  const dataset = await importSource(host, source)
  const report = exportReport(dataset)
  const run = (format: ExportFormat) =>
    host.engine['export.run'](exportTo(host, format, report, dataset))
  return { home, documents, host, run }
}

type Exporting = Awaited<ReturnType<typeof exporting>>

/** Kills one process of the kind `afterMs` after it was first seen; false when the export ended before. */
async function killOne(
  pid: number,
  kind: (child: ChildOf) => boolean,
  afterMs: number,
  ended: () => boolean,
): Promise<boolean> {
  // A query process stays between exports: the moment then counts from the beginning of this one.
  while (!ended()) {
    if (childrenOf(pid).some(kind)) {
      await wait(afterMs)
      const [victim] = childrenOf(pid).filter(kind).toReversed()
      if (victim === undefined || ended()) return false
      signalTo(victim.pid, 'SIGKILL')
      return true
    }
    await wait(5)
  }
  return false
}

/** One export with a process killed under it. Returns what it was answered: `done`, or the error's code. */
async function disturbed(
  { host, run, documents }: Exporting,
  format: ExportFormat,
  kind: (child: ChildOf) => boolean,
  afterMs: number,
): Promise<{ readonly killed: boolean; readonly answer: string }> {
  let over = false
  const answering = run(format).finally(() => (over = true))
  const killed = await killOne(host.pid, kind, afterMs, () => over)
  const answer = await answering
  expect(unfinished(documents)).toEqual([])
  expect(await faultOfExport(join(documents, `out.${format}`))).toBeUndefined()
  if (answer.ok) {
    // Nothing was left out of the file.
    expect(answer.value.notes).toEqual([])
    return { killed, answer: 'done' }
  }
  return { killed, answer: answer.error.code }
}

/** Twenty exports with a process killed under each; `answers` are the errors that may be told then. */
export async function disturbTwenty(
  formats: readonly ExportFormat[],
  kind: (child: ChildOf) => boolean,
  spanMs: number,
  answers: readonly string[],
): Promise<void> {
  const bench = await exporting()
  for (const format of formats) valueOf(await bench.run(format))
  let kills = 0
  const moments = randomMoments(`disturbing ${formats.join(' and ')}`, 20, spanMs)
  for (const [turn, moment] of moments.entries()) {
    const format = formats[turn % formats.length] ?? 'csv'
    const { killed, answer } = await disturbed(bench, format, kind, moment)
    if (killed) kills++
    expect(['done', ...answers]).toContain(answer)
    if (turn % 4 === 3) expect(valueOf(await bench.run(format)).notes).toEqual([])
  }
  expect(kills).toBeGreaterThan(0)
  for (const format of formats) valueOf(await bench.run(format))
  expect(unfinished(bench.documents)).toEqual([])
  // One folder each for the query process of the screen and that of exports, none of those that were killed.
  const folders = () => readdirSync(tempOf(bench.home)).filter((name) => /^storeboard-\w+-\d/.test(name)) // prettier-ignore
  await expect.poll(() => folders().length).toBeLessThanOrEqual(2)
  await bench.host.kill()
}
