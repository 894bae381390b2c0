import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askExtract, importParts, partOf } from '../support/import-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

const csvIn = (folder: string, name: string, rows: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

const values = (target: string, folder: string, sql: string) =>
  askExtract(target, folder, `select ${sql} from a.rows order by row_id`)

test('a column of months is dated, can be kept as text, and goes on with the next file', async () => {
  const folder = tempFolder()
  const first = csvIn(folder, '一季度.csv', ['门店,账期,目标', '店1,202501,10', '店2,,20', '店1,202503,30']) // prettier-ignore
  const read = await importParts(folder, [partOf(first)])
  expect(read.fields[1]).toMatchObject({ type: 'date', role: 'dimension', max: '2025-03-01' })
  expect(read.warnings).toEqual([{ code: 'monthsAsDays', column: '账期' }])
  expect(await values(read.target, folder, 'c1::varchar')).toEqual([
    ['2025-01-01'],
    [null],
    ['2025-03-01'],
  ])
  const next = csvIn(folder, '四月.csv', ['门店,账期,目标', '店1,202504,40'])
  const both = await importParts(folder, [partOf(next)], {
    base: { path: read.target, percents: [] },
  })
  expect(await values(both.target, folder, 'c1::varchar')).toEqual([
    ['2025-01-01'],
    [null],
    ['2025-03-01'],
    ['2025-04-01'],
  ])
  const kept = await importParts(folder, [partOf(first)], {
    overrides: [{ column: '账期', type: 'text' }],
  })
  expect(kept.fields[1]).toMatchObject({ type: 'text' })
  expect(kept.warnings).toEqual([])
})

test('months among days become dates where that is chosen, none of them lost', async () => {
  const folder = tempFolder()
  const path = csvIn(folder, '混合.csv', ['日期,金额', '2025-01-15,1', '2025年2月,2', '2025/03,3', '待定,4']) // prettier-ignore
  const read = await importParts(folder, [partOf(path)], {
    overrides: [{ column: '日期', type: 'date' }],
  })
  expect(await values(read.target, folder, 'c0::varchar')).toEqual([
    ['2025-01-15'],
    ['2025-02-01'],
    ['2025-03-01'],
    [null],
  ])
  expect(read.warnings).toEqual([
    { code: 'lostValues', column: '日期', count: 1, examples: ['待定'] },
  ])
})

test('relative days count from the days of a file, not from the months beside them', async () => {
  const folder = tempFolder()
  const path = csvIn(folder, '销售.csv', ['月份,销售日期,金额', '2025-01,2025-01-15,1'])
  expect((await importParts(folder, [partOf(path)])).lastDay).toBe('2025-01-15')
})

const firstThree = (number: (n: number) => number) =>
  [`⇥00${number(0)}`, `\`00${number(1)}`, `'00${number(2)}`] // prettier-ignore

test.each([
  ['coded', (n: number) => n % 3],
  ['plain', (n: number) => Math.floor(n / 2)],
])(
  'marks of text stay until they are told to go: %s texts',
  async (_, number) => {
    const folder = tempFolder()
    const marks = ['\t', '`', "'", '']
    const rows = Array.from({ length: 200_000 }, (_, n) => `${marks[n % 4]}00${number(n)},${n}`)
    const path = csvIn(folder, '订单.csv', ['订单号,金额', ...rows])
    const plain = await importParts(folder, [partOf(path)])
    const told = plain.warnings.find(({ code }) => code === 'textMarks')
    expect(told).toMatchObject({ column: '订单号', examples: firstThree(number) })
    const cut = await importParts(folder, [partOf(path)], {
      overrides: [{ column: '订单号', trimMarks: true }],
    })
    expect(cut.warnings).toMatchObject([{ code: 'trimmedMarks', count: told?.count }])
    expect(cut.fields[0]).toMatchObject({ type: 'text', role: 'identifier' })
    // Numbers that differed by their marks alone are one.
    const [[different] = []] = await askExtract(
      cut.target,
      folder,
      'select count(distinct c0)::integer from a.rows',
    )
    expect(different).toBe(new Set(rows.map((_row, n) => number(n))).size)
  },
  120_000,
)
