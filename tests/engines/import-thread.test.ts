/** A large file's extract is written by a second thread while the first reads: it must be the one that a single thread makes. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { ImportJobOrder } from '../../electron/engine/runner/import/import-order.ts'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import type { Imported } from '../support/import-files.ts'
import { askExtract, importParts, partOf } from '../support/import-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

const writeThread = join(import.meta.dirname, '../../electron/engine/runner/import/write-thread.ts')
const tableThread = join(import.meta.dirname, '../../electron/engine/runner/sqlite/table-thread.ts')
const rows = 140_000

type Line = (row: number) => string

function fileOf(folder: string, name: string, head: string, line: Line, count = rows): string {
  const path = join(folder, name)
  writeFileSync(path, [head, ...Array.from({ length: count }, (_, row) => line(row))].join('\n'))
  return path
}

/** What the extract says: its fields, all its cells with their places, its dictionaries. */
async function contentOf({ target, fields, warnings, ...rest }: Imported, folder: string) {
  const ask = async (sql: string) => (await askExtract(target, folder, sql))[0]?.[0]
  const cells = await ask('select sum(hash(r)::hugeint)::varchar from a.rows r')
  const coded = fields.flatMap(({ coded: is }, at) => (is ? [at] : []))
  const dictionaries = await Promise.all(
    coded.map((at) => ask(`select sum(hash(d)::hugeint)::varchar from a.dict_c${at} d`)),
  )
  return { fields, warnings, rows: rest.rows, lastDay: rest.lastDay, cells, dictionaries }
}

async function bothWays(
  paths: readonly string[],
  folder: string,
  more: Partial<ImportJobOrder> = {},
) {
  const parts = paths.map((path) => partOf(path))
  const alone = await contentOf(await importParts(folder, parts, more), folder)
  const beside = await contentOf(await importParts(folder, parts, more, { writeThread }), folder)
  return { alone, beside }
}

const day = (row: number): string => `2025-0${1 + (row % 9)}-1${row % 10}`

test('a file whose types hold from its first row on', async () => {
  const folder = tempFolder()
  const line: Line = (row) =>
    `R${row},${day(row)},门店${row % 40},${row % 7 === 0 ? '' : `M${row % 50_000}`},${row % 9},${(row % 9999) / 100}`
  const { alone, beside } = await bothWays(
    [fileOf(folder, 'a.csv', '小票,日期,门店,会员,件数,金额', line)],
    folder,
  )
  expect(beside).toEqual(alone)
  expect(beside.rows).toBe(rows)
  expect(beside.fields.map(({ coded }) => coded)).toEqual([false, false, true, true, false, false])
})

test.each<[string, Line, string]>([
  ['becomes text in its last row', (row) => (row === rows - 1 ? 'none' : String(row)), 'text'],
  [
    'gets decimals after half of its rows',
    (row) => (row > rows / 2 ? `${row}.25` : String(row)),
    'decimal',
  ],
  ['is blank for most of its rows', (row) => (row > rows - 9 ? '7.5' : ''), 'decimal'],
  ['outgrows 32 bits late', (row) => (row > rows - 9 ? '9000000000' : String(row)), 'integer'],
  ['turns out to repeat few texts', (row) => (row < 30_000 ? `only ${row}` : 'again'), 'text'],
])('a column that %s is stored as one thread would', async (_what, cell, type) => {
  const folder = tempFolder()
  const { alone, beside } = await bothWays(
    [fileOf(folder, 'a.csv', 'shop,value', (row) => `S${row % 30},${cell(row)}`)],
    folder,
  )
  expect(beside).toEqual(alone)
  expect(beside.fields[1]?.type).toBe(type)
})

test('a file that seemed to hold many more rows than it does', async () => {
  const folder = tempFolder()
  const line: Line = (row) => `${row},${row < 20_000 ? '' : `note ${row} ${'x'.repeat(200)}`}`
  const { alone, beside } = await bothWays(
    [fileOf(folder, 'a.csv', 'n,note', line, 45_000)],
    folder,
  )
  expect(beside).toEqual(alone)
  expect(beside.rows).toBe(45_000)
})

test('rows a second file repeats are left out in either way', async () => {
  const folder = tempFolder()
  const line: Line = (row) => `R${String(row).padStart(7, '0')},${day(row)},${row % 100}.5`
  const first = fileOf(folder, 'a.csv', 'receipt no,day,amount', line)
  const second = fileOf(
    folder,
    'b.csv',
    'receipt no,day,amount',
    (row) => line(row + rows - 500),
    1000,
  )
  const { alone, beside } = await bothWays([first, second], folder, { overlap: 'skip' })
  expect(beside).toEqual(alone)
  expect(beside.rows).toBe(rows + 500)
})

test('a file that cannot be written ends the import with its reason and does not hang', async () => {
  const folder = tempFolder()
  const path = fileOf(folder, 'a.csv', 'a,b', (row) => `${row},x`)
  mkdirSync(join(folder, 'taken'))
  const order = { target: join(folder, 'taken') }
  await expect(importParts(folder, [partOf(path)], order, { writeThread })).rejects.toThrow()
  const missing = { writeThread: join(folder, 'missing.js') }
  await expect(importParts(folder, [partOf(path)], {}, missing)).rejects.toThrow()
})

test('an import that is refused while its extract is being written says why, and its process lives on', async () => {
  const folder = tempFolder()
  const line: Line = (row) => `${row},text ${row} of more than twelve bytes`
  const path = fileOf(folder, 'a.csv', 'a,b', line)
  for (const most of [40_000, 80_000, 120_000]) {
    const limits = { ...sourceLimits, rows: most }
    const refused = importParts(folder, [partOf(path)], {}, { writeThread, limits })
    await expect(refused).rejects.toMatchObject({
      appError: { code: 'dataset/overLimit', details: { reason: 'rows' } },
    })
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('spool'))).toEqual([])
})

/** A table of more bytes than a thread of its own is worth; `blobs` puts BLOBs where text was promised, from its middle on. */
function tableOf(folder: string, blobs: boolean): string {
  const path = join(folder, 'a.sqlite')
  const database = new Database(path)
  database.exec('create table lines (receipt text, day text, shop text, amount real, note text)')
  const insert = database.prepare('insert into lines values (?, ?, ?, ?, ?)')
  database.transaction(() => {
    for (let row = 0; row < 70_000; row++) {
      const note = blobs && row > 50_000 && row % 5000 === 0 ? Buffer.from([1, 2, 3]) : `"${row}" 备注\n${'x'.repeat(170)}` // prettier-ignore
      insert.run(`R${row}`, day(row), `门店${row % 40}`, row / 4, row % 3 === 0 ? null : note)
    }
  })()
  database.close()
  return path
}

test.each([false, true])(
  'a database asked by a thread of its own, BLOBs late: %s',
  async (blobs) => {
    const folder = tempFolder()
    const parts = [{ ...partOf(tableOf(folder, blobs)), part: 'lines' }]
    const alone = await contentOf(await importParts(folder, parts), folder)
    const beside = await contentOf(
      await importParts(folder, parts, {}, { writeThread, tableThread }),
      folder,
    )
    expect(beside).toEqual(alone)
    expect(beside.rows).toBe(70_000)
  },
)

test('a database whose reading is refused or whose thread is missing ends with its reason', async () => {
  const folder = tempFolder()
  const parts = [{ ...partOf(tableOf(folder, false)), part: 'lines' }]
  const limits = { ...sourceLimits, rows: 30_000 }
  await expect(importParts(folder, parts, {}, { tableThread, limits })).rejects.toMatchObject({
    appError: { code: 'dataset/overLimit', details: { reason: 'rows' } },
  })
  const missing = { tableThread: join(folder, 'missing.js') }
  await expect(importParts(folder, parts, {}, missing)).rejects.toThrow()
})
