/**
 * A 300,000 × 14 workbook to a queryable extract by the built job process, beside exceljs merely reading it and zlib
 * merely inflating it.
 * `node tests/bench/import-bench.ts [rows] [rounds]`. Each contender runs in a process of its own, in turn; results are
 * compared before times. Prints one JSON line of medians and ratios.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { readZipDirectory } from '../../electron/engine/sources/zip/zip-directory.ts'
import { readEntry } from '../../electron/engine/sources/zip/zip-entry.ts'
import { partOf } from '../support/import-files.ts'
import type { Run } from './built-import.ts'
import { builtImport, median } from './built-import.ts'
import { makeWorkbook } from './shop-lines.ts'

const contenders: Readonly<
  Record<string, (path: string) => Promise<Pick<Run, 'rows' | 'total'> & Partial<Run>>>
> = {
  storeboard: (path) => builtImport(partOf(path), 'c13'),
  exceljs: async (path) => {
    const { default: exceljs } = await import('exceljs')
    const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
      sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', entries: 'emit', hyperlinks: 'ignore',
    }) // prettier-ignore
    let rows = -1
    let cents = 0
    for await (const sheet of reader) {
      for await (const row of sheet) {
        if (rows++ >= 0) cents += Math.round(Number(row.getCell(14).value) * 100)
      }
    }
    return { rows, total: (cents / 100).toFixed(2) }
  },
  inflate: async (path) => {
    const file = await open(path, 'r')
    const directory = await readZipDirectory(file, sourceLimits)
    for (const entry of directory.entries.values()) {
      for await (const piece of readEntry({ path, file, directory }, entry)) piece.at(0)
    }
    await file.close()
    return { rows: -1, total: '' }
  },
}

async function runOne(name: string, path: string): Promise<Run> {
  const work = contenders[name]
  if (work === undefined) throw new Error(`no contender ${name}`)
  const start = performance.now()
  const done = await work(path)
  const ms = performance.now() - start
  return { ms, peakMb: process.resourceUsage().maxRSS / 1024, ...done }
}

function runApart(name: string, path: string): Run {
  const child = spawnSync(process.execPath, [import.meta.filename, '--only', name, path], {
    encoding: 'utf8',
  })
  if (child.status !== 0) throw new Error(child.stderr)
  // Printed by this very file in the other process.
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Run
}

function compare(path: string, rounds: number): unknown {
  const names = Object.keys(contenders)
  const runs = new Map<string, Run[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(runApart(name, path))
  }
  const [ours] = runs.get('storeboard') ?? []
  const [theirs] = runs.get('exceljs') ?? []
  if (ours?.rows !== theirs?.rows || ours?.total !== theirs?.total) {
    throw new Error(`results differ: ${JSON.stringify([ours, theirs])}`)
  }
  const ms = (name: string): number =>
    Math.round(median((runs.get(name) ?? []).map((run) => run.ms)))
  const peak = (name: string): number =>
    Math.round(Math.max(...(runs.get(name) ?? []).map((run) => run.peakMb)))
  return {
    rows: ours?.rows,
    total: ours?.total,
    ms: Object.fromEntries(names.map((name) => [name, ms(name)])),
    peakMb: Object.fromEntries(names.map((name) => [name, peak(name)])),
    fasterThanExceljs: ms('exceljs') / ms('storeboard'),
    timesInflate: ms('storeboard') / ms('inflate'),
    memoryOverExceljs: peak('storeboard') / peak('exceljs'),
  }
}

if (process.argv[2] === '--only') {
  console.log(JSON.stringify(await runOne(process.argv[3] ?? '', process.argv[4] ?? '')))
} else {
  const rows = Number(process.argv[2] ?? 300_000)
  const rounds = Number(process.argv[3] ?? 5)
  const folder = join(tmpdir(), 'storeboard-bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `lines-${rows}.xlsx`)
  if (!existsSync(path)) await makeWorkbook(path, rows)
  console.log(JSON.stringify(compare(path, rounds), null, 2))
}
