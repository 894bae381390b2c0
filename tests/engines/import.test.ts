import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import exceljs from 'exceljs'
import { expect, test } from 'vitest'
import { askExtract, importParts, partOf } from '../support/import-files.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

function file(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

test('types, roles, counts and rejected rows of a text file', async () => {
  const folder = tempFolder()
  const path = file(
    folder,
    '销售.csv',
    '小票号,日期,门店,数量,金额\n001,2024-03-05,上海,2,12.50\n002,2024-03-06,,1,3.00\nbad\n003,2024-03-06,上海,,7\n',
  )
  const done = await importParts(folder, [partOf(path)])
  expect(done.fields.map(({ name, type, role, scale }) => [name, type, role, scale])).toEqual([
    ['小票号', 'text', 'identifier', 0],
    ['日期', 'date', 'dimension', 0],
    ['门店', 'text', 'dimension', 0],
    ['数量', 'integer', 'measure', 0],
    ['金额', 'decimal', 'measure', 2],
  ])
  expect(done).toMatchObject({ rows: 3, rejectedCount: 1, lastDay: '2024-03-06' })
  expect(done.rejected).toEqual([{ source: '销售.csv', row: 4, reason: 'fieldCount', raw: 'bad' }])
  const [[kept]] = (await askExtract(done.target, folder, "select value from a.info where key = 'rejected'")) as [[string]] // prettier-ignore
  expect(JSON.parse(kept)).toEqual(done.rejected)
  expect(
    await askExtract(
      done.target,
      folder,
      'select row_id, source_row, c1, d.value, c3, c4 from a.rows left join a.dict_c2 d on d.code = c2 order by row_id',
    ),
  ).toEqual([
    [0, 2, '2024-03-05', '上海', 2, '12.50'],
    [1, 3, '2024-03-06', null, 1, '3.00'],
    [2, 5, '2024-03-06', '上海', null, '7.00'],
  ])
  expect(readdirSync(folder).filter((name) => name.startsWith('spool'))).toEqual([])
})

async function workbook(
  folder: string,
  name: string,
  sheets: Record<string, unknown[][]>,
): Promise<string> {
  const book = new exceljs.Workbook()
  for (const [title, rows] of Object.entries(sheets)) book.addWorksheet(title).addRows(rows)
  const path = join(folder, name)
  await book.xlsx.writeFile(path)
  return path
}

test('files and sheets of one shape become one dataset, source and row kept, columns matched by name', async () => {
  const folder = tempFolder()
  const book = await workbook(folder, 'a.xlsx', {
    一月: [['Report'], [], ['shop', 'qty'], ['A', 1], ['B', 2]],
    二月: [
      ['qty', 'shop'],
      [3, 'A'],
    ],
  })
  const csv = file(folder, 'b.csv', 'SHOP,qty\nC,4.5\n')
  const done = await importParts(folder, [
    partOf(book, { part: '一月' }),
    partOf(book, { part: '二月' }),
    partOf(csv),
  ])
  expect(done.sources.map(({ name, part, rows }) => [name, part, rows])).toEqual([
    ['a.xlsx', '一月', 2],
    ['a.xlsx', '二月', 1],
    ['b.csv', null, 1],
  ])
  expect(
    await askExtract(
      done.target,
      folder,
      'select source_id, source_row, value, c1 from a.rows join a.dict_c0 on code = c0 order by row_id',
    ),
  ).toEqual([
    [0, 4, 'A', '1.0'],
    [0, 5, 'B', '2.0'],
    [1, 2, 'A', '3.0'],
    [2, 2, 'C', '4.5'],
  ])
})

test('another shape, the same file twice and an empty file are refused', async () => {
  const folder = tempFolder()
  const a = file(folder, 'a.csv', 'x,y\n1,2\n')
  const copy = file(folder, 'copy.csv', 'x,y\n1,2\n')
  const other = file(folder, 'b.csv', 'x,z\n1,2\n')
  const empty = file(folder, 'c.csv', '')
  expect(await refusalOf(importParts(folder, [partOf(a), partOf(other)]))).toBe('dataset/shapeMismatch') // prettier-ignore
  expect(await refusalOf(importParts(folder, [partOf(a), partOf(copy)]))).toBe('dataset/sameFile')
  expect(await refusalOf(importParts(folder, [partOf(a), partOf(a)]))).toBe('dataset/sameFile')
  expect(await refusalOf(importParts(folder, [partOf(empty)]))).toBe('dataset/empty noBytes')
})

test('appending keeps the earlier rows and decides types over all of them', async () => {
  const folder = tempFolder()
  const first = await importParts(folder, [
    partOf(file(folder, 'a.csv', 'd,n,m,t,b,no\n2024-03-05,1,2.50,x,true,007\n,,,,,\n2024-03-06 08:30:00,2,3.00,y,false,008\n')), // prettier-ignore
  ])
  const second = await importParts(
    folder,
    [partOf(file(folder, 'b.csv', 'd,n,m,t,b,no\n2024-03-07,3,4.125,z,true,009\n'))],
    { base: { path: first.target, percents: [] } },
  )
  expect(second.sources.map(({ name, rows }) => [name, rows])).toEqual([
    ['a.csv', 2],
    ['b.csv', 1],
  ])
  expect(
    await askExtract(second.target, folder, 'select source_id, source_row, c0, c1, c2, value, c4 from a.rows join a.dict_c3 on code = c3 order by row_id'), // prettier-ignore
  ).toEqual([
    [0, 2, '2024-03-05 00:00:00', 1, '2.500', 'x', true],
    [0, 4, '2024-03-06 08:30:00', 2, '3.000', 'y', false],
    [1, 2, '2024-03-07 00:00:00', 3, '4.125', 'z', true],
  ])
  const again = importParts(folder, [partOf(join(folder, 'b.csv'))], {
    base: { path: first.target, percents: [] },
    knownHashes: [second.sources[1]?.hash ?? ''],
  })
  expect(await refusalOf(again)).toBe('dataset/sameFile')
})

test('a chosen type is kept, and what it cannot hold is counted', async () => {
  const folder = tempFolder()
  const path = file(folder, 'a.csv', 'code,amount\n1,5\n2,n/a\n3,7\n')
  const done = await importParts(folder, [partOf(path)], {
    overrides: [
      { column: 'code', type: 'integer' },
      { column: 'amount', type: 'decimal' },
    ],
  })
  expect(done.fields.map(({ type, role }) => [type, role])).toEqual([
    ['integer', 'measure'],
    ['decimal', 'measure'],
  ])
  expect(done.warnings).toEqual([
    { code: 'lostValues', column: 'amount', count: 1, examples: ['n/a'] },
  ])
  expect(await askExtract(done.target, folder, 'select c0, c1 from a.rows order by 1')).toEqual([
    [1, '5.00'],
    [2, null],
    [3, '7.00'],
  ])
})

const takenAsDate = async (days: readonly string[], dateOrder?: 'dayFirst' | 'monthFirst') => {
  const folder = tempFolder()
  const path = file(folder, 'a.csv', `d\n${days.join('\n')}\n`)
  const override = { column: 'd', type: 'date', ...(dateOrder ? { dateOrder } : {}) } as const
  const done = await importParts(folder, [partOf(path)], { overrides: [override] })
  const sql = 'select c0::varchar from a.rows order by row_id'
  return { warnings: done.warnings, read: (await askExtract(done.target, folder, sql)).flat() }
}

test('a column taken as date follows the order its own dates prove, and guesses none where nothing does', async () => {
  const todo = { code: 'lostValues', column: 'd', count: 1, examples: ['todo'] }
  expect(await takenAsDate(['3/9/2024', '25/9/2024', 'todo'])).toEqual({
    warnings: [todo],
    read: ['2024-09-03', '2024-09-25', null],
  })
  expect(await takenAsDate(['3/9/2024', '9/25/2024', 'todo'])).toEqual({
    warnings: [todo],
    read: ['2024-03-09', '2024-09-25', null],
  })
  const undecided = ['2024-03-05', '3/9/2024', 'todo', '4/4/2024', '3/9/2024']
  expect(await takenAsDate(undecided)).toEqual({
    warnings: [todo, { code: 'openDateOrder', column: 'd', count: 2, examples: ['3/9/2024'] }],
    read: ['2024-03-05', null, null, '2024-04-04', null],
  })
  // Either click settles it.
  expect((await takenAsDate(undecided, 'dayFirst')).read[1]).toBe('2024-09-03')
  expect((await takenAsDate(undecided, 'monthFirst')).read[1]).toBe('2024-03-09')
  expect((await takenAsDate(['3/9/2024', '31/12/2023', '12/31/2023'])).read).toEqual([
    ...[null, '2023-12-31', '2023-12-31'],
  ])
})

test('a SQLite table is read from a copy with its newest rows, views too', async () => {
  const folder = tempFolder()
  const path = join(folder, 'shops.db')
  const writer = new Database(path)
  writer.pragma('journal_mode = wal')
  writer.exec(`create table shops (code text, opened text, area real, big integer, note blob);
    insert into shops values ('S01', '2020-01-31', 120.5, 9007199254740993, x'00'), ('S02', null, 80, 1, null);
    create view large as select code, area from shops where area > 100;`)
  const done = await importParts(folder, [partOf(path, { part: 'shops' })])
  expect(await askExtract(done.target, folder, 'select c1, c2, d.value from a.rows join a.dict_c3 d on d.code = c3 order by row_id')).toEqual([
    ['2020-01-31', '120.5', '9007199254740993'],
    [null, '80.0', '1'],
  ]) // prettier-ignore
  expect(done.warnings).toContainEqual({ code: 'cellError', column: 'note', count: 1 })
  const view = await importParts(folder, [partOf(path, { part: 'large' })])
  expect(view.rows).toBe(1)
  expect(await refusalOf(importParts(folder, [partOf(path, { part: 'sqlite_schema' })]))).toBe(
    'dataset/unreadable part missing',
  )
  writer.close()
})

test.each([
  ['a.xlsx', 'not a workbook', 'dataset/unreadable not a zip file'],
  ['a.db', 'not a database', 'dataset/unreadable SQLITE_NOTADB'],
  ['a.csv', 'a\0\0b,\0\0c', 'dataset/unreadable zero bytes in a text file'],
])('%s that is %s is refused with the reason', async (name, content, expected) => {
  const folder = tempFolder()
  const path = file(folder, name, content.repeat(60))
  expect(await refusalOf(importParts(folder, [partOf(path)]))).toBe(expected)
})

test('many rows with many different texts keep them uncoded and whole', async () => {
  const folder = tempFolder()
  const count = 120_000
  const lines = Array.from(
    { length: count },
    (_, i) => `SO-${i},${i % 12},${(i / 100).toFixed(2)}\n`,
  )
  const path = file(folder, 'big.csv', `order,shop,amount\n${lines.join('')}`)
  const done = await importParts(folder, [partOf(path)])
  expect(done.fields.map((field) => field.coded)).toEqual([false, false, false])
  expect(
    await askExtract(
      done.target,
      folder,
      'select count(*), count(distinct c0), sum(c2) from a.rows',
    ),
  ).toEqual([[String(count), String(count), ((count * (count - 1)) / 200).toFixed(2)]])
})

test('a file of names alone comes in with its columns and says that there are no rows', async () => {
  const folder = tempFolder()
  const done = await importParts(folder, [partOf(file(folder, 'empty.csv', '门店,金额\n'))])
  expect(done.fields.map(({ name }) => name)).toEqual(['门店', '金额'])
  expect([done.rows, done.warnings]).toEqual([0, [{ code: 'noRows' }]])
})
