import { chmodSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { AppErrorException } from '../../shared/errors.ts'
import { ProcessRunner } from '../../electron/engine/runner/process-runner.ts'
import { SqliteCopy } from '../../electron/engine/runner/sqlite/sqlite-source.ts'
import { startProcess } from '../support/job-process.ts'
import { crashedFile, makeFile, traces } from '../support/live-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

function bench(timeoutMs = 30_000) {
  const folder = tempFolder()
  const copies = tempFolder()
  let started = 0
  const runner = new ProcessRunner({
    startProcess: () => {
      started++
      return startProcess('query')
    },
    current: () => [],
    memoryLimitMb: 256,
    threads: 1,
    tempFolder: copies,
    timeoutMs,
    graceMs: 500,
  })
  onTestFinished(() => runner.close())
  const ask = async (path: string, text: string, signal = new AbortController().signal) => {
    try {
      const answer = await runner.run({ kind: 'live', path }, { text, values: [] }, signal)
      return [...answer.columns.values()].map(({ values }) => [...values])
    } catch (error) {
      if (error instanceof AppErrorException) return error.appError.code
      throw error
    }
  }
  return { folder, copies, ask, runner, started: () => started }
}

const sales =
  'create table sales (shop text, amount real); insert into sales values (1, 2.5), (2, 4)'
const sum = 'select sum("t0"."amount") as "v" from "sales" as "t0"'
const endless =
  'create view v as with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) as n from c'

it('ends a view without end at the time-out and answers the next question', async () => {
  const { folder, ask, started } = bench(3000)
  const path = makeFile(join(folder, 'a.db'), `${sales}; ${endless}`)
  expect(await ask(path, sum)).toEqual([[6.5]])
  expect(await ask(path, 'select "t0"."n" from "v" as "t0"')).toBe('query/timedOut')
  expect(await ask(path, sum)).toEqual([[6.5]])
  expect(started()).toBe(2)
})

it('lets only the withdrawn question fail; the others are answered by the next process', async () => {
  const { folder, ask, started } = bench()
  const path = makeFile(join(folder, 'a.db'), `${sales}; ${endless}`)
  const abort = new AbortController()
  const waiting = new AbortController()
  const hostile = ask(path, 'select "t0"."n" from "v" as "t0"', abort.signal)
  const siblings = [ask(path, sum), ask(path, sum)]
  const left = ask(path, sum, waiting.signal)
  waiting.abort()
  expect(await left).toBe('query/cancelled')
  setTimeout(() => abort.abort(), 500)
  expect(await hostile).toBe('query/cancelled')
  expect(await Promise.all(siblings)).toEqual([[[6.5]], [[6.5]]])
  expect(started()).toBe(2)
})

it('trusts nothing the schema says', async () => {
  const { folder, ask } = bench()
  const path = makeFile(
    join(folder, 'a.db'),
    `${sales};
     create view loads as select load_extension('x') as n;
     create view folds as select sb_fold('A') as n;
     create view peeks as select name as n from pragma_database_list;
     create table computed (a text, n text generated always as (upper(a)) virtual);
     insert into computed values ('a')`,
  )
  expect(await ask(path, 'select "t0"."n" from "loads" as "t0"')).toBe('query/failed')
  expect(await ask(path, 'select "t0"."n" from "folds" as "t0"')).toBe('query/failed')
  expect(await ask(path, "select load_extension('x')")).toBe('query/failed')
  expect(await ask(path, 'explain select 1')).toBe('query/failed')
  expect(await ask(path, 'select "t0"."n" from "computed" as "t0"')).toEqual([['A']])
  expect(await ask(path, sum)).toEqual([[6.5]])
})

it('asks tables and columns of any name', async () => {
  const { folder, ask } = bench()
  const name = `a"; drop table x; -- '名称' 🛒`
  const quoted = `"${name.replaceAll('"', '""')}"`
  const path = makeFile(
    join(folder, "o'clock; 店.db"),
    `create table ${quoted} (${quoted} text); insert into ${quoted} values ('yes')`,
  )
  expect(await ask(path, `select "t0".${quoted} from ${quoted} as "t0"`)).toEqual([['yes']])
})

it('says what is wrong with a file that is broken, gone or none', async () => {
  const { folder, ask } = bench()
  const broken = makeFile(join(folder, 'broken.db'), `${sales}; pragma user_version = 1`)
  expect(await ask(broken, sum)).toEqual([[6.5]])
  writeFileSync(broken, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(9000, 0xab)]))
  expect(await ask(broken, sum)).toBe('dataset/unreadable')
  writeFileSync(join(folder, 'text.db'), 'date,amount\n'.repeat(100))
  expect(await ask(join(folder, 'text.db'), sum)).toBe('dataset/unreadable')
  rmSync(broken)
  expect(await ask(broken, sum)).toBe('file/notFound')
})

it('answers from the file that stands under the name now', async () => {
  const { folder, ask, started } = bench()
  const path = makeFile(join(folder, 'a.db'), sales)
  expect(await ask(path, sum)).toEqual([[6.5]])
  makeFile(
    join(folder, 'b.db'),
    'create table sales (shop text, amount real); insert into sales values (1, 8)',
  )
  renameSync(join(folder, 'b.db'), path)
  expect(await ask(path, sum)).toEqual([[8]])
  const writer = new Database(path)
  writer.exec('insert into sales values (2, 1)')
  writer.close()
  expect(await ask(path, sum)).toEqual([[9]])
  expect(started()).toBe(1)
})

it.each(['delete', 'wal'])('leaves no trace beside a file in %s mode', async (mode) => {
  const { folder, copies, ask, runner } = bench()
  const path = makeFile(join(folder, 'a.db'), `pragma journal_mode = ${mode}; ${sales}`)
  const before = traces(folder)
  expect(await ask(path, sum)).toEqual([[6.5]])
  expect(traces(folder)).toEqual(before)
  chmodSync(folder, 0o555)
  onTestFinished(() => chmodSync(folder, 0o755))
  expect(await ask(path, sum)).toEqual([[6.5]])
  expect(traces(folder)).toEqual(before)
  runner.close()
  expect(readdirSync(copies)).toEqual([])
})

it('reads the newest rows of a file in WAL mode while its writer is at work, and touches nothing', async () => {
  const { folder, ask } = bench()
  const path = makeFile(join(folder, 'a.db'), `pragma journal_mode = wal; ${sales}`)
  const writer = new Database(path)
  onTestFinished(() => void writer.close())
  writer.exec('insert into sales values (3, 10)')
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
  const before = traces(folder)
  expect(await ask(path, sum)).toEqual([[16.5]])
  expect(traces(folder)).toEqual(before)
  writer.exec('insert into sales values (4, 1)')
  expect(await ask(path, sum)).toEqual([[17.5]])
})

const many = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)`
const filled = `create table sales (shop text, amount real, more text);
  insert into sales ${many} select i, 1, hex(zeroblob(200)) from n`
const half = 'update sales set amount = 100, more = hex(zeroblob(201))'

it('never reads what a crashed writer had half written, live or on import', async () => {
  const { folder, ask } = bench()
  const path = crashedFile(join(folder, 'a.db'), filled, half)
  rmSync(`${path}.writing`)
  const before = traces(folder)
  expect(await ask(path, sum)).toEqual([[3000]])
  expect(traces(folder)).toEqual(before)
  const temp = join(folder, '..', `copy-${process.pid}-${Math.trunc(performance.now())}`)
  mkdirSync(temp)
  onTestFinished(() => rmSync(temp, { recursive: true }))
  const copy = await SqliteCopy.open(path, temp)
  const rows = copy.reader('sales')?.countRows?.()
  await copy.close()
  expect(rows).toBe(3000)
  expect(traces(folder)).toEqual(before)
  expect(readdirSync(temp)).toEqual([])
})

it('refuses to import a file that never holds still while it is copied', async () => {
  const { folder } = bench()
  const path = makeFile(join(folder, 'a.db'), filled)
  const writer = new Database(path)
  onTestFinished(() => void writer.close())
  let round = 0
  const timer = setInterval(() => {
    // Grows, so that the change shows whatever the clock of the file system is worth.
    writer.exec(`insert into sales select shop, ${round++}, more from sales limit 100`)
  }, 0)
  onTestFinished(() => clearInterval(timer))
  await expect(SqliteCopy.open(path, folder)).rejects.toMatchObject({
    appError: { code: 'dataset/locked' },
  })
  clearInterval(timer)
  const copy = await SqliteCopy.open(path, folder)
  await copy.close()
})
