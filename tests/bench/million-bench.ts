/**
 * Millions of rows × 14 columns from a workbook, a text file and a SQLite table to a queryable extract, beside peers and
 * floors, and a recipe over such an extract. `node tests/bench/million-bench.ts [xlsxRows] [csvRows] [sqliteRows] [recipeRows] [rounds]`. Each contender runs in a process of
 * its own, in turn; answers are compared before times. Prints one JSON object.
 */
import { spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import type * as Sheets from '@e965/xlsx'
import Database from 'better-sqlite3'
import { processFlags } from '../../electron/engine/host.ts'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { readZipDirectory } from '../../electron/engine/sources/zip/zip-directory.ts'
import { readEntry } from '../../electron/engine/sources/zip/zip-entry.ts'
import { partOf } from '../support/import-files.ts'
import type { Run } from './built-import.ts'
import { builtImport, median } from './built-import.ts'
import { builtRecipe } from './built-recipe.ts'
import { typedColumns } from './typed-columns.ts'
import { lineColumns, makeWorkbook, rowsOf } from './shop-lines.ts'

type Contender = (path: string) => Promise<Pick<Run, 'rows' | 'total'> & Partial<Run>>

const written = (cell: unknown, kind: string): string =>
  kind === 'timestamp' ? new Date(Number(cell)).toISOString().slice(0, 19).replace('T', ' ') : String(cell) // prettier-ignore

function* textRows(rows: number): Generator<string[]> {
  for (const row of rowsOf(rows))
    yield row.map((cell, at) => written(cell, lineColumns[at]?.kind ?? 'text'))
}

async function makeText(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(`${lineColumns.map(({ title }) => title).join(',')}\n`)
  for (const row of textRows(rows)) if (!file.write(`${row.join(',')}\n`)) await once(file, 'drain')
  file.end()
  await finished(file)
}

function makeTable(path: string, rows: number): Promise<void> {
  const database = new Database(path)
  const types = { text: 'text', timestamp: 'text', number: 'integer', decimal: 'real' }
  const columns = lineColumns.map(({ title, kind }) => `"${title}" ${types[kind as keyof typeof types]}`) // prettier-ignore
  database.exec(`pragma journal_mode = off; create table 明细 (${columns.join(', ')}); begin`)
  const insert = database.prepare(
    `insert into 明细 values (${lineColumns.map(() => '?').join(', ')})`,
  )
  for (const row of textRows(rows)) {
    insert.run(row.map((cell, at) => ((lineColumns[at]?.kind ?? 'text') in { number: 1, decimal: 1 } ? Number(cell) : cell))) // prettier-ignore
  }
  database.exec('commit')
  database.close()
  return Promise.resolve()
}

const cents = (value: unknown): number => Math.round(Number(value) * 100)
const ours: Contender = (path) => builtImport(partOf(path), 'c13')

const xlsx: Readonly<Record<string, Contender>> = {
  storeboard: ours,
  columns: typedColumns,
  exceljs: async (path) => {
    const { default: exceljs } = await import('exceljs')
    const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
      sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', entries: 'emit', hyperlinks: 'ignore',
    }) // prettier-ignore
    let rows = -1
    let sum = 0
    for await (const sheet of reader) {
      for await (const row of sheet) if (rows++ >= 0) sum += cents(row.getCell(14).value)
    }
    return { rows, total: (sum / 100).toFixed(2) }
  },
  sheetjs: async (path) => {
    // The package's own types stand behind the name.
    const sheets = createRequire(import.meta.url)('@e965/xlsx') as typeof Sheets
    const book = sheets.read(await readFile(path), {
      dense: true,
      cellText: false,
      cellHTML: false,
    })
    const [name = ''] = book.SheetNames
    // Dense sheets hold their rows here; the library's types say `any`.
    const rows: Sheets.CellObject[][] = book.Sheets[name]?.['!data'] ?? []
    const sum = rows.slice(1).reduce((all, row) => all + cents(row[13]?.v), 0)
    return { rows: rows.length - 1, total: (sum / 100).toFixed(2) }
  },
  hucre: async (path) => {
    const { streamXlsxRows } = await import('hucre/xlsx')
    let rows = -1
    let sum = 0
    for await (const { values } of streamXlsxRows(await readFile(path))) {
      if (rows++ >= 0) sum += cents(values[13])
    }
    return { rows, total: (sum / 100).toFixed(2) }
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

const csv: Readonly<Record<string, Contender>> = {
  storeboard: ours,
  duckdb: async (path) => {
    const folder = mkdtempSync(join(tmpdir(), 'import-bench-'))
    const options = { threads: '2', memory_limit: '1024MB' }
    const instance = await DuckDBInstance.create(join(folder, 'table.duckdb'), options)
    const connection = await instance.connect()
    const start = performance.now()
    await connection.run(`create table t as select * from read_csv('${path}'); checkpoint`)
    const ms = performance.now() - start
    const result = await connection.runAndReadAll('select count(*)::integer, sum("金额")::decimal(18, 2)::varchar from t') // prettier-ignore
    const [[rows, total] = []] = result.getRowsJson()
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true })
    return { rows: Number(rows), total: String(Number(total)), ms }
  },
}

const sqlite: Readonly<Record<string, Contender>> = {
  storeboard: ours,
  iterate: (path) => {
    const database = new Database(path, { readonly: true })
    let rows = 0
    let sum = 0
    for (const row of database.prepare<[], unknown[]>('select * from 明细').raw().iterate()) {
      rows++
      sum += cents(row[13])
    }
    database.close()
    return Promise.resolve({ rows, total: (sum / 100).toFixed(2) })
  },
}

/** The same extract each time; only the recipe, written as a second extract, is measured. */
const recipe: Readonly<Record<string, Contender>> = { storeboard: builtRecipe }

const kinds = {
  xlsx: { contenders: xlsx, make: makeWorkbook, end: 'xlsx' },
  csv: { contenders: csv, make: makeText, end: 'csv' },
  sqlite: { contenders: sqlite, make: makeTable, end: 'sqlite' },
  recipe: { contenders: recipe, make: makeText, end: 'csv' },
} as const
type Kind = keyof typeof kinds

async function runOne(kind: Kind, name: string, path: string): Promise<Run> {
  const work = kinds[kind].contenders[name]
  if (work === undefined) throw new Error(`no contender ${name}`)
  const start = performance.now()
  const done = await work(path)
  const ms = performance.now() - start
  return { ms, peakMb: process.resourceUsage().maxRSS / 1024, ...done }
}

/** Null where a contender does not get through: readers that hold everything may need more memory than there is. */
function runApart(kind: Kind, name: string, path: string): Run | null {
  // Ours as an import runs, the others with all the memory they want.
  const flags = name === 'columns' ? processFlags.job : ['--max-old-space-size=8192']
  const args = [...flags, import.meta.filename, '--only', kind, name, path]
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 900_000 })
  if (child.status !== 0) {
    if (name === 'storeboard') throw new Error(child.stderr)
    return null
  }
  // Printed by this very file in the other process.
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Run
}

function compare(kind: Kind, path: string, rounds: number): unknown {
  const names = Object.keys(kinds[kind].contenders)
  const runs = new Map<string, Run[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const run = runApart(kind, name, path)
      if (run) runs.get(name)?.push(run)
    }
  }
  const [mine] = runs.get('storeboard') ?? []
  for (const [name, [other]] of runs) {
    if (other === undefined || other.rows < 0) continue
    if (other.rows !== mine?.rows || Number(other.total) !== Number(mine.total))
      throw new Error(`${kind}: ${name} differs: ${JSON.stringify([mine, other])}`)
  }
  const measured = [...runs].filter(([, all]) => all.length > 0)
  return {
    ...{ kind, rows: mine?.rows, bytes: statSync(path).size },
    ms: Object.fromEntries(measured.map(([name, all]) => [name, Math.round(median(all.map(({ ms }) => ms)))])),
    peakMb: Object.fromEntries(measured.map(([name, all]) => [name, Math.round(Math.max(...all.map(({ peakMb }) => peakMb)))])),
    failed: names.filter((name) => runs.get(name)?.length === 0),
  } // prettier-ignore
}

if (process.argv[2] === '--only') {
  const [, , , kind, name = '', path = ''] = process.argv
  // Called by this very file.
  console.log(JSON.stringify(await runOne(kind as Kind, name, path)))
} else {
  const [, , xlsxRows = '1000000', csvRows = '5000000', sqliteRows = '1000000', recipeRows = '1000000', rounds = '3'] = process.argv // prettier-ignore
  const folder = join(tmpdir(), 'storeboard-bench')
  mkdirSync(folder, { recursive: true })
  const reports: unknown[] = []
  for (const [kind, rows] of Object.entries({
    xlsx: xlsxRows,
    csv: csvRows,
    sqlite: sqliteRows,
    recipe: recipeRows,
  })) {
    // prettier-ignore
    // Its keys are those of `kinds`.
    const { make, end } = kinds[kind as Kind]
    const path = join(folder, `shop-lines-${rows}.${end}`)
    if (!existsSync(path)) await make(path, Number(rows))
    reports.push(compare(kind as Kind, path, Number(rounds)))
  }
  console.log(JSON.stringify(reports, null, 2))
}
