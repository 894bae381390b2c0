import type { FieldType } from '../../shared/data/field.ts'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import exceljs from 'exceljs'
import { expect, test } from 'vitest'
import { inspectFiles } from '../../electron/engine/runner/import/inspect-files.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'
import { askExtract, importParts, partOf } from '../support/import-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

type Rows = readonly (readonly (string | number | null)[])[]

/** A workbook as a shop's back office sends it: titles, merged heads, months in columns, totals, two tables a sheet. */
async function officeBook(folder: string): Promise<string> {
  const book = new exceljs.Workbook()
  const add = (name: string, rows: Rows) => {
    const sheet = book.addWorksheet(name)
    for (const row of rows) sheet.addRow([...row])
    return sheet
  }
  add('月度', [
    ['门店月度销售（元）'],
    [],
    ['区域', '门店', '2024年1月', '2024年2月', '2024年3月', '合计'],
    ['华东', '人民路', 10.5, 20, 30, 60.5],
    ['华东', '中山路', 1, null, 3, 4],
    ['合计', null, 11.5, 20, 33, 64.5],
  ])
  add('汇总', [
    ['门店销售'],
    ['门店', '金额'],
    ['人民路', 10],
    ['中山路', 20],
    ['合计', 30],
    [],
    ['会员统计'],
    ['等级', '人数'],
    ['金卡', 12],
  ])
  const two = add('双层', [
    ['门店', '2024年', null, '2025年', null],
    [null, '销售额', '客数', '销售额', '客数'],
    ['人民路', 100.5, 10, 90, 9],
  ])
  two.mergeCells('A1:A2')
  two.mergeCells('B1:C1')
  two.mergeCells('D1:E1')
  const rates = add('占比', [
    ['渠道', '占比'],
    ['门店', 0.725],
    ['小程序', 0.275],
  ])
  rates.getColumn(2).numFmt = '0.0%'
  const path = join(folder, '月报.xlsx')
  await book.xlsx.writeFile(path)
  return path
}

async function look(path: string, parts?: readonly { part?: string; layout: SheetLayout }[]) {
  const file = { id: 'f', path, name: basename(path), ...(parts ? { parts } : {}) }
  const order = { files: [file], tempFolder: tempFolder(), done: [] }
  return (await inspectFiles(order, () => undefined)).parts
}

const known = (name: string, type: FieldType) => {
  return { name, type, coded: false, role: type === 'text' ? 'dimension' : 'measure' } as const
}

test('looking into a workbook says how each table is understood', async () => {
  const path = await officeBook(tempFolder())
  const found = await look(path)
  expect(
    found.map(({ part, title, layout, periods, columns }) => ({
      ...{ part, title, layout, periods },
      columns: columns.map(({ name }) => name),
    })),
  ).toEqual([
    {
      ...{ part: '月度', title: undefined, layout: { headerRow: 3, headerRows: 1 } },
      periods: ['2024年1月', '2024年2月', '2024年3月'],
      columns: ['区域', '门店', '2024年1月', '2024年2月', '2024年3月', '合计'],
    },
    {
      ...{ part: '汇总', title: '门店销售', periods: undefined, columns: ['门店', '金额'] },
      layout: {
        ...{ headerRow: 2, headerRows: 1 },
        range: { fromRow: 1, toRow: 5, fromColumn: 1, toColumn: 2 },
      },
    },
    {
      ...{ part: '汇总', title: '会员统计', periods: undefined, columns: ['等级', '人数'] },
      layout: {
        ...{ headerRow: 8, headerRows: 1 },
        range: { fromRow: 7, fromColumn: 1, toColumn: 2 },
      },
    },
    {
      ...{ part: '双层', title: undefined, layout: { headerRow: 1, headerRows: 2 } },
      periods: undefined,
      columns: ['门店', '2024年 销售额', '2024年 客数', '2025年 销售额', '2025年 客数'],
    },
    {
      ...{ part: '占比', title: undefined, layout: { headerRow: 1, headerRows: 1 } },
      ...{ periods: undefined, columns: ['渠道', '占比'] },
    },
  ])
  expect(found[0]?.sample).toHaveLength(2)
  expect(found[4]?.columns[1]).toMatchObject({ type: 'decimal', scale: 3, sign: '%' })
})

test('a total that was left out names its file and sheet where there are several', async () => {
  const folder = tempFolder()
  const month = async (name: string, sales: number) => {
    const book = new exceljs.Workbook()
    const sheet = book.addWorksheet('销售')
    for (const row of [
      ['门店', '金额'],
      ['人民路', sales],
      ['中山路', 1],
      ['合计', sales + 1],
    ])
      sheet.addRow(row)
    await book.xlsx.writeFile(join(folder, name))
    return partOf(join(folder, name), { part: '销售' })
  }
  const parts = [await month('一月.xlsx', 10), await month('二月.xlsx', 20)]
  const examples = ({ warnings }: Awaited<ReturnType<typeof importParts>>) =>
    warnings.flatMap((one) => (one.code === 'leftOutRows' ? (one.examples ?? []) : []))
  const both = await importParts(folder, parts)
  expect(examples(both)).toEqual(['一月.xlsx · 销售 · 合计 (4)', '二月.xlsx · 销售 · 合计 (4)'])
  const grown = await importParts(folder, [await month('三月.xlsx', 30)], {
    base: { path: both.target, percents: [] },
  })
  expect(examples(grown)).toEqual(['三月.xlsx · 销售 · 合计 (4)'])
})

test('a table of a sheet is imported alone, without its total', async () => {
  const folder = tempFolder()
  const path = await officeBook(folder)
  const [, stores, tiers] = await look(path)
  const first = await importParts(folder, [
    partOf(path, { part: '汇总', layout: stores?.layout ?? {} }),
  ])
  expect(first.warnings).toEqual([{ code: 'leftOutRows', count: 1, examples: ['合计 (5)'] }])
  expect(await askExtract(first.target, folder, 'select source_row, c1 from a.rows')).toEqual([
    [3, 10],
    [4, 20],
  ])
  const second = await importParts(folder, [
    partOf(path, { part: '汇总', layout: tiers?.layout ?? {} }),
  ])
  expect(await askExtract(second.target, folder, 'select source_row, c1 from a.rows')).toEqual([
    [9, 12],
  ])
})

/** More rows than a chunk holds, below a first row that may be their total. */
function longList(folder: string, first: readonly (string | number)[]): string {
  const path = join(folder, '长表.csv')
  const rows = Array.from({ length: 9000 }, (_, n) => `上海,店${n % 7},${10 + (n % 5)}`)
  writeFileSync(path, ['区域,门店,金额', first.join(','), ...rows].join('\n'))
  return path
}

test('a total above more rows than are held at once is left out', async () => {
  const folder = tempFolder()
  const sum = Array.from({ length: 9000 }, (_, n) => 10 + (n % 5)).reduce(
    (all, one) => all + one,
    0,
  )
  const done = await importParts(folder, [partOf(longList(folder, ['合计', '', sum]))])
  expect(done.rows).toBe(9000)
  expect(done.warnings).toEqual([{ code: 'leftOutRows', count: 1, examples: ['合计 (2)'] }])
  const [found] = await askExtract(
    done.target,
    folder,
    'select sum(c2), min(source_row) from a.rows',
  )
  expect(found?.map(Number)).toEqual([sum, 3])
})

test('a first row called total that is none stays with all others, and is told', async () => {
  const folder = tempFolder()
  const done = await importParts(folder, [partOf(longList(folder, ['合计', '合计店', 14]))])
  expect(done.rows).toBe(9001)
  expect(done.warnings).toEqual([{ code: 'likelyTotals', count: 1, examples: ['合计 (2)'] }])
})

test('rows that look like totals are told before and after an import, and go by their word where asked', async () => {
  const folder = tempFolder()
  const path = join(folder, '手填.csv')
  writeFileSync(path, '区域,门店,金额\n上海,徐汇,100\n上海,浦东,200\n小计,,150\n江苏,南京,50\n')
  const told = { code: 'likelyTotals', count: 1, examples: ['小计 (4)'] }
  const [seen] = await look(path)
  expect(seen?.remarks).toEqual([told])
  const kept = await importParts(folder, [partOf(path)])
  expect(kept).toMatchObject({ rows: 4, warnings: [told] })
  const layout = { totalsByWord: true }
  const [again] = await look(path, [{ layout }])
  expect(again?.remarks ?? []).toEqual([])
  const out = await importParts(folder, [partOf(path, { layout })])
  expect(out).toMatchObject({ rows: 3, warnings: [{ code: 'leftOutRows', count: 1 }] })
})

test('a total that is wanted stays', async () => {
  const folder = tempFolder()
  const path = await officeBook(folder)
  const layout = { keepTotals: true, headerRow: 3 }
  const kept = await importParts(folder, [partOf(path, { part: '月度', layout })])
  expect(kept.rows).toBe(3)
  expect(kept.warnings).toEqual([])
})

test('months in columns become rows with a date, blanks left out', async () => {
  const folder = tempFolder()
  const path = await officeBook(folder)
  const unpivot = {
    ...{ columns: ['2024年1月', '2024年2月', '2024年3月'] },
    ...{ name: '期间', value: '数值' },
  }
  const [shown] = await look(path, [{ part: '月度', layout: { unpivot } }])
  expect(shown?.columns.map(({ name, type }) => [name, type])).toEqual([
    ['区域', 'text'],
    ['门店', 'text'],
    ['期间', 'date'],
    ['数值', 'decimal'],
  ])
  const turned = await importParts(folder, [partOf(path, { part: '月度', layout: { unpivot } })])
  expect(turned).toMatchObject({ rows: 5, lastDay: '2024-03-01' })
  expect(turned.warnings).toContainEqual({ code: 'leftOutColumn', column: '合计' })
  expect(
    await askExtract(
      turned.target,
      folder,
      'select source_row, c2::varchar, c3::varchar from a.rows order by row_id',
    ),
  ).toEqual([
    [4, '2024-01-01', '10.5'],
    [4, '2024-02-01', '20.0'],
    [4, '2024-03-01', '30.0'],
    [5, '2024-01-01', '1.0'],
    [5, '2024-03-01', '3.0'],
  ])
})

test('shares stay shares when more of them are appended', async () => {
  const folder = tempFolder()
  const path = await officeBook(folder)
  const first = await importParts(folder, [partOf(path, { part: '占比' })])
  expect(first.fields[1]).toMatchObject({ type: 'decimal', scale: 3, sign: '%' })
  const more = join(folder, 'more.csv')
  writeFileSync(more, '渠道,占比\n直播,12.5%\n')
  const both = await importParts(folder, [partOf(more)], {
    base: { path: first.target, percents: ['占比'] },
  })
  expect(both.fields[1]).toMatchObject({ type: 'decimal', scale: 3, sign: '%' })
  expect(await askExtract(both.target, folder, 'select c1::varchar from a.rows')).toEqual([
    ['0.725'],
    ['0.275'],
    ['0.125'],
  ])
})

test('looking into a sheet tells which shown rows its merged cells reach over, heads apart', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('明细')
  const heads = ['区域', '门店', '日期']
  const rows = Array.from({ length: 40 }, (_, n) => [
    n === 0 ? '华东' : null,
    `${n}店`,
    `3月${n}日`,
  ])
  for (const row of [heads, [], ...rows]) sheet.addRow(row)
  sheet.mergeCells('A1:A2')
  sheet.mergeCells('A3:A5')
  sheet.mergeCells('C30:C32')
  const path = join(tempFolder(), '合并.xlsx')
  await book.xlsx.writeFile(path)
  const [part] = await look(path)
  expect(part?.columns.map(({ name }) => name)).toEqual(heads)
  expect(part?.merged).toEqual([
    { column: 0, rows: [{ from: 0, to: 2 }] },
    { column: 2, rows: [] },
  ])
  expect(part?.mergedUnseen).toBeUndefined()
  expect(part?.sample.slice(0, 4).map(([region]) => region)).toEqual(['华东', null, null, null])
})

test('a sheet longer than what is looked at says that its merged cells are found when it is read', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('明细')
  for (let n = 0; n < 2100; n++) sheet.addRow(n === 0 ? ['区域', '门店'] : ['华东', `${n}店`])
  sheet.mergeCells('A2:A5')
  const path = join(tempFolder(), '长表.xlsx')
  await book.xlsx.writeFile(path)
  const [part] = await look(path)
  expect(part).toMatchObject({ mergedUnseen: true })
  expect(part?.merged).toBeUndefined()
})

test('looking into a sheet tells the rows that will be left out, where they stand and what is odd', async () => {
  const folder = tempFolder()
  const path = join(folder, '店报.xlsx')
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('店报')
  for (const row of [
    ['区域', '门店', '金额', '客数'],
    ['华东', '人民路', 10, 3],
    ['华东', '中山路', 20, '未开门'],
    ['小计', null, 30, 3],
    ['华南', '天河路', 5, 2],
    ['合计', null, 35, 5],
    ['制表人：张三', null, null, null],
  ])
    sheet.addRow(row)
  await book.xlsx.writeFile(path)
  const [found] = await look(path)
  expect(found?.looked).toEqual({ rows: 6, all: true })
  expect(found?.sample).toHaveLength(3)
  expect(found?.leftOut).toEqual({
    count: 3,
    rows: [
      { row: 4, before: 2, reason: 'total', label: '小计', cells: ['小计', null, '30', '3'] },
      { row: 6, before: 3, reason: 'total', label: '合计', cells: ['合计', null, '35', '5'] },
      { ...{ row: 7, before: 3, reason: 'footer', label: '制表人：张三' }, cells: ['制表人：张三', null, null, null] },
    ],
  }) // prettier-ignore
  expect(found?.remarks).toEqual([
    { code: 'mixedColumn', column: '客数', wouldBe: 'integer', count: 1, examples: ['未开门'] },
  ])
  const [kept] = await look(path, [{ part: '店报', layout: { keepTotals: true } }])
  expect(kept?.leftOut).toBeUndefined()
  expect(kept?.sample).toHaveLength(6)
})

test('looking into a long text file says that only its first rows were looked at', async () => {
  const path = join(tempFolder(), '月报.xlsx')
  writeFileSync(path, ['门店,金额', ...Array.from({ length: 5000 }, (_, n) => `店${n},${n}`)].join('\n')) // prettier-ignore
  const [found] = await look(path)
  expect(found?.looked).toEqual({ rows: 1999, all: false })
})

test('what a file proves of its commas holds for all its columns, and numbers taken over stay what they are', async () => {
  const folder = tempFolder()
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(folder, name)
    writeFileSync(path, `Artikel;Preis;Gewicht;Menge\n${lines.join('\n')}\n`)
    return path
  }
  const first = write('m1.csv', ['A;12,50;0,125;1.250', 'B;3,75;1,250;900'])
  const second = write('m2.csv', ['C;1.212,50;2,125;2.250', 'D;4,75;3,250;800'])
  const sums = `select sum(c1)::varchar, sum(c2)::varchar, sum(c3)::varchar from a.rows`
  const one = await importParts(folder, [partOf(first)])
  expect(one.fields.map(({ type }) => type)).toEqual(['text', 'decimal', 'decimal', 'integer'])
  expect(one.warnings).toEqual([{ code: 'commaFile', column: 'Menge', examples: ['1.250'] }])
  expect(await askExtract(one.target, folder, sums)).toEqual([['16.25', '1.375', '2150']])
  const before = [known('Artikel', 'text'), known('Preis', 'decimal'), known('Gewicht', 'decimal'), known('Menge', 'integer')] // prettier-ignore
  const base = { path: one.target, percents: [] }
  const both = await importParts(folder, [partOf(second)], { base, before })
  expect(both.fields.map(({ type }) => type)).toEqual(['text', 'decimal', 'decimal', 'integer'])
  expect(await askExtract(both.target, folder, sums)).toEqual([['1233.50', '6.750', '5200']])
  const overrides = [{ column: 'Menge', decimalMark: 'point' as const }]
  const said = await importParts(folder, [partOf(first)], { overrides })
  expect(said.fields[3]).toMatchObject({ type: 'decimal', scale: 3 })
})

test('the proposals of the preview are those of the import', async () => {
  const folder = tempFolder()
  const path = join(folder, 'points.csv')
  const lines = Array.from({ length: 40 }, (_, i) => `M${String(i).padStart(4, '0')},${i * 35},${['双11', '会员日', '满减'][i % 3] ?? ''}`) // prettier-ignore
  writeFileSync(path, `会员号,赠分,来源\n${lines.join('\n')}\n`)
  const meanings = (columns: readonly { meaning?: unknown }[]) =>
    columns.map(({ meaning }) => meaning ?? null)
  const [part] = await look(path)
  const read = await importParts(folder, [partOf(path)])
  expect(meanings(read.fields)).toEqual(['customer', 'points', 'campaign'])
  expect(meanings(part?.columns ?? [])).toEqual(meanings(read.fields))
})

test('a nameless column keeps the name it had when its dataset was made', async () => {
  const folder = tempFolder()
  const path = join(folder, 'zh.csv')
  writeFileSync(path, '门店,,金额\n甲,x,1\n乙,y,2\n')
  const fresh = await importParts(folder, [partOf(path)])
  expect(fresh.fields.map(({ name }) => name)).toEqual(['门店', '列2', '金额'])
  const before = [known('门店', 'text'), known('Column 2', 'text'), known('金额', 'integer')]
  const overrides = [{ column: '列2', role: 'identifier' as const }]
  const again = await importParts(folder, [partOf(path)], { before, overrides })
  expect(again.fields.map(({ name }) => name)).toEqual(['门店', 'Column 2', '金额'])
  expect(again.fields[1]?.role).toBe('identifier')
})

test('numbers of a dataset stay numbers when a later file writes zeros at their end', async () => {
  const folder = tempFolder()
  const path = join(folder, 'v.csv')
  writeFileSync(path, '项,值\na,1.1\nb,1.10\nc,2.5\n')
  const fresh = await importParts(folder, [partOf(path)])
  expect(fresh.fields[1]?.type).toBe('text')
  const before = [known('项', 'text'), known('值', 'decimal')]
  expect((await importParts(folder, [partOf(path)], { before })).fields[1]?.type).toBe('decimal')
})
