import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLockedDuckDb } from '../../electron/engine/runner/duckdb/locked-duckdb.ts'
import type { BuiltField } from '../support/build-extract.ts'
import { buildExtract } from '../support/build-extract.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fields: readonly BuiltField[] = [
  { name: '门店', type: 'text', role: 'dimension' },
  { name: 'note', type: 'text', role: 'dimension', coded: false },
  { name: 'qty', type: 'integer', role: 'measure' },
  { name: 'big', type: 'integer', role: 'measure', wide: true },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'huge', type: 'decimal', role: 'measure', scale: 2, wide: true },
  { name: 'rate', type: 'double', role: 'measure' },
  { name: 'day', type: 'date', role: 'dimension' },
  { name: 'at', type: 'timestamp', role: 'dimension' },
  { name: 'member', type: 'boolean', role: 'dimension' },
]

async function rowsOf(path: string, folder: string, sql: string): Promise<unknown[][]> {
  const database = await openLockedDuckDb({
    extracts: [{ alias: 'a', path }],
    memoryLimitMb: 256,
    tempFolder: folder,
    threads: 1,
  })
  const connection = await database.connect()
  const rows = await (await connection.select(sql)).getRowsJson()
  connection.close()
  database.close()
  return rows
}

test('every type is stored exactly, blanks as NULL, dates with their parts', async () => {
  const folder = tempFolder()
  const path = join(folder, 'all types.duckdb')
  await buildExtract(path, fields, [
    [
      "O'Hara 上海", 'a "b"', -3, 9_007_199_254_740_991, '-12.30', '12345678901234567890.12',
      0.1, '2024-12-30', '2024-02-29T23:59:59', true,
    ],
    [null, null, null, null, null, null, null, null, null, null],
    ["O'Hara 上海", '', 2_147_483_647, -4_294_967_297, '90071992547409.91', '-0.05', -1e300, '0001-01-01', '9999-12-31T00:00:00', false],
  ]) // prettier-ignore
  const [first, blank, last] = await rowsOf(
    path,
    folder,
    'select * exclude (source_id, source_row) from a.rows order by row_id',
  )
  expect(first).toEqual([
    0, 0, 'a "b"', -3, '9007199254740991', '-12.30', '12345678901234567890.12', 0.1,
    '2024-12-30', 2024, 8099, 24_299, 2870, 20_087,
    '2024-02-29 23:59:59', 2024, 8096, 24_289, 2826, 19_782, true,
  ]) // prettier-ignore
  expect(blank).toEqual([1, ...Array<null>(20).fill(null)])
  expect(last).toEqual([
    2, 0, '', 2_147_483_647, '-4294967297', '90071992547409.91', '-0.05', -1e300,
    '0001-01-01', 1, 4, 12, -102_737, -719_162,
    '9999-12-31 00:00:00', 9999, 39_999, 119_999, 418_985, 2_932_896, false,
  ]) // prettier-ignore
})

test('texts of every length and script are stored as given, chunk after chunk, between blanks', async () => {
  const folder = tempFolder()
  const path = join(folder, 'texts.duckdb')
  const kinds = [
    (i: number) => 'R'.repeat(i % 40),
    (i: number) => `M${i}`.padEnd(12, '.'),
    (i: number) => `M${i}`.padEnd(13, '.'),
    (i: number) => `商品${i}`,
    (i: number) => `${i}\u0001\u007f é`,
    () => '👍🏽',
    () => '',
    () => null,
  ]
  const texts = Array.from({ length: 5000 }, (_, i) => kinds[(i * 7 + (i >> 4)) % 8]?.(i) ?? null)
  const field = { name: 'text', type: 'text', role: 'dimension' } as const
  await buildExtract(
    path,
    [{ ...field, coded: false }, field],
    texts.map((text) => [text, text]),
  )
  const stored = await rowsOf(
    path,
    folder,
    'select c0, value from a.rows left join a.dict_c1 on code = c1 order by row_id',
  )
  expect(stored).toEqual(texts.map((text) => [text, text]))
  const found = await rowsOf(path, folder, "select count(*) from a.rows where c0 like 'RRRR%'")
  expect(found).toEqual([[String(texts.filter((text) => text?.startsWith('RRRR')).length)]])
})

test('dictionaries, fields, sources and info describe the rows', async () => {
  const folder = tempFolder()
  const path = join(folder, 'x.duckdb')
  await buildExtract(
    path,
    [
      { name: 'shop', type: 'text', role: 'dimension' },
      { name: 'n', type: 'integer', role: 'measure' },
    ],
    [
      ['b', 1],
      ['a', 5],
      ['b', null],
    ],
  )
  expect(await rowsOf(path, folder, 'select code, value from a.dict_c0 order by 1')).toEqual([
    [0, 'b'],
    [1, 'a'],
  ])
  expect(
    await rowsOf(
      path,
      folder,
      'select i, name, type, coded, distinct_count, blanks, min, max from a.fields order by i',
    ),
  ).toEqual([
    [0, 'shop', 'text', true, '2', '0', null, null],
    [1, 'n', 'integer', false, '2', '1', '1', '5'],
  ])
  expect(await rowsOf(path, folder, "select value from a.info where key = 'rows'")).toEqual([['3']])
  expect(await rowsOf(path, folder, 'select name, rows from a.sources')).toEqual([['test.csv', 3]])
})

test('blanks never leak from one chunk of rows into the next', async () => {
  const folder = tempFolder()
  const path = join(folder, 'long.duckdb')
  const rows = Array.from({ length: 5000 }, (_, i) => [i < 2048 ? null : i, i % 2 ? null : 'x'])
  await buildExtract(
    path,
    [
      { name: 'n', type: 'integer', role: 'measure' },
      { name: 't', type: 'text', role: 'dimension', coded: false },
    ],
    rows,
  )
  expect(
    await rowsOf(path, folder, 'select count(*), count(c0), sum(c0), count(c1) from a.rows'),
  ).toEqual([['5000', '2952', String((2048 + 4999) * (2952 / 2)), '2500']])
})
