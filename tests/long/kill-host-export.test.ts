import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { ExportFormat } from '../../shared/export-words.ts'
import {
  exportReport,
  exportSource,
  exportTo,
  faultOfExport,
  importSource,
} from '../support/killed-exports.ts'
import { randomMoments } from '../support/random-moments.ts'
import type { RealHost } from '../support/real-host.ts'
import { startRealHost, unfinished, valueOf } from '../support/real-host.ts'
import { tempFolder } from '../support/temp-folder.ts'

async function startAgain(home: string, files: readonly string[]): Promise<RealHost> {
  const host = await startRealHost(home, files)
  valueOf(await host.engine['workspace.openDefault']({}))
  return host
}

test('an engine killed at twenty moments of exporting leaves the old file or the new one, and the next export clears the rest', async () => {
  const home = tempFolder()
  const documents = join(home, 'Documents')
  const formats: readonly ExportFormat[] = ['xlsx', 'csv']
  const targets = formats.map((format) => join(documents, `out.${format}`))
  const source = exportSource(home)
  const files = [source, ...targets]
  let host = await startRealHost(home, files)
  const dataset: DatasetInfo = await importSource(host, source)
  const report = exportReport(dataset)
  const exportAs = (format: ExportFormat) =>
    host.engine['export.run'](exportTo(host, format, report, dataset))
  for (const [turn, moment] of randomMoments('exporting', 20, 2000).entries()) {
    const format = formats[turn % 2] ?? 'csv'
    const exporting = exportAs(format)
    await wait(moment)
    await host.kill()
    await exporting
    expect(await faultOfExport(join(documents, `out.${format}`))).toBeUndefined()
    host = await startAgain(home, files)
    if (turn % 5 === 4) {
      valueOf(await exportAs(format))
      expect(unfinished(documents).filter((name) => name.includes(`out.${format}`))).toEqual([])
    }
  }
  for (const format of formats) valueOf(await exportAs(format))
  expect(unfinished(documents)).toEqual([])
  for (const target of targets) {
    expect(existsSync(target)).toBe(true)
    expect(await faultOfExport(target)).toBeUndefined()
  }
  await host.kill()
})
