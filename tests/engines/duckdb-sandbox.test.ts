import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LockedConnection } from '../../electron/engine/runner/duckdb/locked-duckdb.ts'
import {
  RefusedStatement,
  openLockedDuckDb,
} from '../../electron/engine/runner/duckdb/locked-duckdb.ts'
import { buildExtract } from '../support/build-extract.ts'
import { tempFolder } from '../support/temp-folder.ts'

async function sandbox<T>(
  work: (connection: LockedConnection, folder: string) => Promise<T>,
  memoryLimitMb = 256,
): Promise<T> {
  const folder = tempFolder()
  const path = join(folder, 'a.duckdb')
  const rows = Array.from({ length: 1000 }, (_, i) => [i])
  await buildExtract(path, [{ name: 'n', type: 'integer', role: 'measure' }], rows)
  writeFileSync(join(folder, 'secret.csv'), 'a,b\n1,2\n')
  const database = await openLockedDuckDb({
    extracts: [{ alias: 'a', path }],
    memoryLimitMb,
    tempFolder: folder,
    threads: 2,
  })
  const connection = await database.connect()
  try {
    return await work(connection, folder)
  } finally {
    connection.close()
    database.close()
  }
}

test('a SELECT with parameters works after the doors are shut', async () => {
  const rows = await sandbox(async (connection) =>
    (await connection.select('select count(*) from a.rows where c0 < $1', [10])).getRowsJson(),
  )
  expect(rows).toEqual([['10']])
})

const otherStatements = [
  "copy a.rows to 'FOLDER/out.csv'",
  "copy (select 1) to 'FOLDER/a.duckdb'",
  "attach 'FOLDER/b.duckdb' as b",
  'detach a',
  "export database 'FOLDER/dump'",
  'install excel',
  'load excel',
  "set memory_limit='1TB'",
  "set temp_directory='/'",
  'reset memory_limit',
  "pragma memory_limit='1TB'",
  'create table t (a int)',
  'create temp table t as select 1',
  'create or replace macro f() as 1',
  'insert into a.rows (row_id) values (1)',
  'delete from a.rows',
  'update a.rows set c0 = 1',
  'drop table a.rows',
  'vacuum',
  'checkpoint',
  'explain analyze select 1',
  'call duckdb_settings()',
  'begin transaction',
  'use a',
  'prepare p as select 1',
  "create secret s (type s3, key_id 'x', secret 'y')",
]

test.each(otherStatements)('a statement other than SELECT is refused: %s', async (statement) => {
  await sandbox(async (connection, folder) => {
    const before = readdirSync(folder).toSorted()
    await expect(connection.select(statement.replace('FOLDER', folder))).rejects.toThrow()
    expect(readdirSync(folder).toSorted()).toEqual(before)
  })
})

test.each(['select 1; drop table a.rows', 'select 1; select 2', '', '-- nothing'])(
  'anything but one statement is refused: %j',
  async (sql) => {
    await sandbox(async (connection) => {
      await expect(connection.select(sql)).rejects.toThrow()
    })
  },
)

const readers = [
  "select * from read_csv('FOLDER/secret.csv')",
  "select * from 'FOLDER/secret.csv'",
  "from 'FOLDER/secret.csv'",
  "select * from read_text('/etc/hostname')",
  "select * from read_blob('FOLDER/secret.csv')",
  "select * from read_json('FOLDER/secret.csv')",
  "select * from read_parquet('FOLDER/secret.csv')",
  "select * from parquet_metadata('FOLDER/secret.csv')",
  "select * from sniff_csv('FOLDER/secret.csv')",
  "select * from glob('FOLDER/*')",
  "select * from read_csv('https://example.com/a.csv')",
  "select * from read_duckdb('FOLDER/a.duckdb')",
  "select * from query('copy a.rows to ''FOLDER/out.csv''')",
  "select * from query_table('FOLDER/secret.csv')",
  "select getenv('HOME')",
]

test.each(readers)('a SELECT reaches no file, network or environment: %s', async (statement) => {
  await sandbox(async (connection, folder) => {
    await expect(connection.select(statement.replaceAll('FOLDER', folder))).rejects.toThrow()
    expect(existsSync(join(folder, 'out.csv'))).toBe(false)
  })
})

test('an attached extract is not changed by having been opened and asked', async () => {
  await sandbox(async (connection, folder) => {
    const path = join(folder, 'a.duckdb')
    const before = readFileSync(path)
    await connection.select('select sum(c0) from a.rows')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}.wal`)).toBe(false)
    expect(statSync(path).size).toBe(before.length)
  })
})

test('a large sort spills to the temporary folder and still answers', async () => {
  const rows = await sandbox(
    async (connection) =>
      (
        await connection.select(
          'select count(*) from (select hash(i)::varchar || i::varchar as t from range(2000000) r(i) order by t)',
        )
      ).getRowsJson(),
    128,
  )
  expect(rows).toEqual([['2000000']])
})

test('an interrupted question rejects and the connection answers the next', async () => {
  await sandbox(async (connection) => {
    const endless = connection.select(
      'select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 7',
    )
    setTimeout(() => connection.interrupt(), 50)
    await expect(endless).rejects.toThrow(/interrupt/i)
    expect(await (await connection.select('select 1')).getRowsJson()).toEqual([[1]])
  })
})

test('an alias that could end the attach statement is refused', async () => {
  await expect(
    openLockedDuckDb({
      extracts: [{ alias: 'a; drop', path: '/nowhere' }],
      memoryLimitMb: 64,
      tempFolder: tempFolder(),
      threads: 1,
    }),
  ).rejects.toThrow(RefusedStatement)
})
