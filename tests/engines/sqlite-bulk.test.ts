/** Tables are read in runs the database writes, views row by row: both must give the same cells. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellKind } from '../../electron/engine/sources/cell-kinds.ts'
import { bulkRows } from '../../electron/engine/runner/sqlite/bulk-rows.ts'
import { SqliteCopy } from '../../electron/engine/runner/sqlite/sqlite-source.ts'
import { readSource } from '../support/read-source.ts'
import { importParts, partOf } from '../support/import-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

type Fill = (database: Database.Database) => void

async function readAll(fill: Fill, names: readonly string[]) {
  const folder = tempFolder()
  const path = join(folder, 'till.db')
  const database = new Database(path)
  fill(database)
  database.close()
  const copy = await SqliteCopy.open(path, folder)
  try {
    const read = []
    for (const name of names) {
      const { rows, kinds, notes } = await readSource(
        copy.reader(name) ?? expect.fail(`no ${name}`),
      )
      read.push({ rows, kinds, nonFinite: notes.nonFinite })
    }
    return read
  } finally {
    await copy.close()
  }
}

const value = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\u3000',
    '"',
    '\\',
    'a"b\\c',
    '\n',
    'a\u0000b',
    '00123',
    '12.50',
    '2024-03-05',
    '2024-03-05 10:00:00',
    '=1',
  ),
  fc.double({ noNaN: true }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer(),
)
const anything = fc.oneof(
  { weight: 30, arbitrary: value },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)) },
)

/** JSON has its own reading of BLOBs that are JSON in binary, so tables have none in this one. */
test.each([
  ['plain cells', value, 4],
  ['cells of any kind, BLOBs too', anything, 2],
])('a table reads as a view of it does: %s', async (_what, cell, columns) => {
  const line = fc.array(cell, { minLength: columns, maxLength: columns })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
      const types = ['text', 'numeric', 'real', 'integer'].slice(0, columns)
      const names = ['id', 'line', 'rowid', '"quoted"'].slice(0, columns)
      const [table, view] = await readAll(
        (database) => {
          const list = names.map((name, at) => `"${name.replaceAll('"', '""')}" ${types[at] ?? ''}`)
          database.exec(
            `create table t (${list.join(', ')}); create view v as select * from t order by _rowid_`,
          )
          const insert = database.prepare(
            `insert into t values (${names.map(() => '?').join(', ')})`,
          )
          for (const one of lines) insert.run(...one)
        },
        ['t', 'v'],
      )
      if (cell === value) expect(table).toEqual(view)
      else expect(besideBlobs(table, view)).toEqual(besideBlobs(view, view))
    }),
    { numRuns: 150 },
  )
})

type Read = Awaited<ReturnType<typeof readAll>>[number] | undefined

/** What a BLOB that is JSON in binary reads as is another test's matter. */
function besideBlobs(read: Read, plain: Read) {
  return read?.rows.map((row, at) =>
    row.map((text, column) => (plain?.kinds[at]?.[column] === cellKind.error ? null : text)),
  )
}

test('thousands of rows with gaps between their ids come in their order, to a BLOB and beyond it', async () => {
  const [table, view] = await readAll(
    (database) => {
      database.exec(
        'create table t (id integer primary key, name text); create view v as select * from t order by id; begin',
      )
      const insert = database.prepare('insert into t values (?, ?)')
      for (let row = 0; row < 5000; row++)
        insert.run((row - 2500) * 7, row === 3333 ? Buffer.from([0xff, 0xfe]) : `name ${row}`)
      database.exec('commit')
    },
    ['t', 'v'],
  )
  expect(table).toEqual(view)
  expect(table?.rows).toHaveLength(5000)
  expect(table?.kinds[3333]).toEqual([cellKind.scaled, cellKind.error])
})

test('tables without row ids, without types or without rows are read all the same', async () => {
  const [keyed, untyped, empty, ids] = await readAll(
    (database) => {
      database.exec(`create table keyed (k text primary key, n integer) without rowid; insert into keyed values ('b', 2), ('a', 1);
        create table untyped (a, b); insert into untyped values ('x', 1.5), (null, x'00');
        create table empty (a text); create table ids (rowid text, oid text, _rowid_ text); insert into ids values ('1', '2', '3')`)
    },
    ['keyed', 'untyped', 'empty', 'ids'],
  )
  expect(keyed?.rows).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(untyped?.kinds[1]).toEqual([cellKind.blank, cellKind.error])
  expect(empty?.rows).toEqual([])
  expect(ids?.rows).toEqual([['1', '2', '3']])
})

test('a database in another encoding reads as its view does', async () => {
  const [table, view] = await readAll(
    (database) => {
      database.pragma("encoding = 'UTF-16le'")
      database.exec(`create table t (a text, b integer); create view v as select * from t order by _rowid_;
        insert into t values ('好', 1), ('say "x"', 2)`)
    },
    ['t', 'v'],
  )
  expect(table).toEqual(view)
  expect(table?.rows).toEqual([
    ['好', '1'],
    ['say "x"', '2'],
  ])
})

test('a table of more columns than a call takes is read all the same', async () => {
  const [wide] = await readAll(
    (database) => {
      const columns = Array.from({ length: 1200 }, (_, at) => `c${at} integer`)
      database.exec(`create table wide (${columns.join(', ')})`)
      database.exec('insert into wide (c0, c1199) values (1, 2), (3, 4)')
    },
    ['wide'],
  )
  expect(wide?.rows.map((row) => [row[0], row[1199]])).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

async function besideBytes(bytes: readonly number[]) {
  const [table] = await readAll(
    (database) => {
      database.exec('create table t (a text, b numeric)')
      const insert = database.prepare('insert into t values (?, ?)')
      insert.run('x', 1)
      insert.run('y', Buffer.from(bytes))
      insert.run('endless', Infinity)
      insert.run('z', 3)
    },
    ['t'],
  )
  return table
}

const bytesOf = (text: string): number[] => [...Buffer.from(text)]

test.each([
  ['a number that is none', [0x53, 0x00, 0x00, 0x00, 0x5b, 0x00]],
  ['two cells', [0x33, ...bytesOf('1,2')]],
  ['a row more', [0x83, ...bytesOf('1],\n[2,3')]],
  ['a text that does not end', [0x13, 0x22]],
  ['a text with a wrong escape', [0x48, ...bytesOf('\\uzz')]],
  ['nothing at all', [0x03]],
  ['truth', [0x01]],
])(
  'a BLOB that the database writes as %s is a BLOB, and the rows around it stay',
  async (_what, bytes) => {
    const table = await besideBytes(bytes)
    expect(table?.rows.map(([name]) => name)).toEqual(['x', 'y', 'endless', 'z'])
    expect(table?.kinds[1]?.[1]).toBe(cellKind.error)
    expect(table?.rows[3]).toEqual(['z', '3'])
    expect(table?.nonFinite).toBe(1)
  },
)

test('binary JSON of a number is that number', async () => {
  expect((await besideBytes([0x13, 0x35]))?.rows[1]).toEqual(['y', '5'])
})

test('bytes forged to stand for a whole line more are no reading of the file', async () => {
  const reading = besideBytes([0x73, ...bytesOf('1]\n[2,3')])
  await expect(reading).rejects.toMatchObject({ appError: { code: 'dataset/unreadable' } })
})

test('bits that were exported as BLOBs of one byte are all seen as BLOBs', async () => {
  const [flags] = await readAll(
    (database) => {
      database.exec(
        `create table flags (id integer, open bit(1)); insert into flags values (1, x'00'), (2, x'01')`,
      )
    },
    ['flags'],
  )
  expect(flags?.kinds.map((row) => row[1])).toEqual([cellKind.error, cellKind.error])
})

test('BLOBs of one byte in columns of texts and numbers are remarked where they cannot be told from blanks', async () => {
  const folder = tempFolder()
  const path = join(folder, 'bytes.sqlite')
  const database = new Database(path)
  database.exec('create table t (id integer, note text, n integer, plain text)')
  const insert = database.prepare('insert into t values (?, ?, ?, ?)')
  for (let row = 0; row < 300; row++) insert.run(row, row % 2 ? '' : 'a', null, 'x')
  for (const byte of [0x00, 0x07, 0x0a]) insert.run(1, Buffer.from([byte]), 7, null)
  insert.run(2, 'b', Buffer.from([0x00]), 'y')
  database.close()
  const { warnings } = await importParts(folder, [partOf(path, { part: 't' })])
  expect(warnings.filter(({ code }) => code === 'cellError')).toEqual([
    { code: 'cellError', column: 'note', count: 3 },
    { code: 'cellError', column: 'n', count: 1 },
  ])
})

test('runs of lines stay small where rows are long, also behind short ones', () => {
  const database = new Database(':memory:')
  database.exec('create table t (id integer primary key, note text); begin')
  const insert = database.prepare('insert into t (note) values (?)')
  const long = 'x'.repeat(200_000)
  for (let row = 0; row < 600; row++) insert.run(row < 100 ? 'short' : long)
  database.exec('commit')
  const table = { name: 't', view: false, columns: ['id', 'note'], typed: true }
  const sizes = [...bulkRows(database, table)].map(({ lines }) => lines.length)
  database.close()
  expect(sizes.reduce((all, size) => all + size, 0)).toBeGreaterThan(100_000_000)
  expect(Math.max(...sizes)).toBeLessThan(32_000_000)
})

test('a text that is no UTF-8 is shown with replacement characters and does not spoil its neighbours', async () => {
  const [table, view] = await readAll(
    (database) => {
      database.exec(`create table t (a text, b text); create view v as select * from t order by _rowid_;
        insert into t values (cast(x'636166e9' as text), '好'), ('fine', 'x')`)
    },
    ['t', 'v'],
  )
  expect(table).toEqual(view)
  expect(table?.rows[0]).toEqual(['caf\ufffd', '好'])
})

test('a search index and the tables it keeps its matters in are none of the tables of a shop', async () => {
  const folder = tempFolder()
  const path = join(folder, 'shop.db')
  const database = new Database(path)
  database.exec(`create table 会员 (号 text, 名 text); insert into 会员 values ('001', '王芳');
    create virtual table 查找 using fts5 (名); insert into 查找 values ('王芳');
    create table 查找_备份 (号 text)`)
  database.close()
  const copy = await SqliteCopy.open(path, folder)
  expect(copy.tables().map(({ name }) => name)).toEqual(['会员', '查找_备份'])
  await copy.close()
})
