import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { staleDatasets } from '../../electron/engine/workspace/refresh/source-states.ts'
import { askFor, importInto } from '../support/open-workspace.ts'
import { bookOf, sheetOf } from '../support/sheet-book.ts'
import type { RefreshBench } from '../support/refresh-bench.ts'
import { refreshBench } from '../support/refresh-bench.ts'

const head = '单号,门店,金额\n'

/** A folder with January; what follows comes later. */
async function growing() {
  const bench = await refreshBench()
  const jan = bench.file('2025-01.csv', `${head}A1,徐汇,10\nA2,静安,20\n`)
  const { dataset } = await importInto(bench.workspace, 'D', [jan], { growing: true })
  return { ...bench, id: dataset.id }
}

const amountOf = async ({ workspace, cells }: RefreshBench): Promise<unknown> => {
  const at = workspace.catalogue.datasetNamed('D')?.fields.findIndex(({ name }) => name === '金额')
  return (await cells(`select sum(c${at})::double from a.rows`))[0]?.[0]
}

test('a new month with other heads asks which column is which; nothing of the folder counts before', async () => {
  const bench = await growing()
  const { file, refresh, workspace, id } = bench
  file('2025-02.csv', `${head}B1,徐汇,30\n`)
  file('2025-03.csv', '单号,门店,实收金额\nC1,徐汇,400\n')
  expect(await refresh(id)).toMatchObject({
    state: 'question',
    dataset: { version: 1 },
    question: {
      file: '2025-03.csv',
      waiting: [],
      vanished: [{ field: { name: '金额' }, sources: ['2025-03.csv'] }],
      proposals: [{ field: '金额', column: '实收金额' }],
    },
  })
  expect(workspace.catalogue.dataset(id)).toMatchObject({ version: 1, rows: 2 })
  expect(await refresh(id, { renames: { 金额: '实收金额' } })).toMatchObject({
    ...{ state: 'refreshed', added: ['2025-02.csv', '2025-03.csv'] },
    dataset: { rows: 4 },
  })
  expect(await amountOf(bench)).toBe(460)
  file('2025-04.csv', '单号,门店,实收金额\nD1,徐汇,1000\n')
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', added: ['2025-04.csv'] })
  expect(await amountOf(bench)).toBe(1460)
})

test('several such files are asked about one by one, each by its own columns, and come in together', async () => {
  const bench = await growing()
  const { file, refresh, id } = bench
  file('2025-02.csv', '单号,门店,实收\nB1,徐汇,30\n')
  file('2025-03.csv', '单号,门店,金额（元）\nC1,徐汇,400\n')
  expect(await refresh(id)).toMatchObject({
    question: { file: '2025-02.csv', waiting: ['2025-03.csv'], added: [{ name: '实收' }] },
  })
  const first = { renames: { 金额: ['实收'] }, acceptLoss: true, acceptedFiles: ['2025-02.csv'] }
  expect(await refresh(id, first)).toMatchObject({
    state: 'question',
    question: { file: '2025-03.csv', waiting: [], added: [{ name: '金额（元）' }] },
  })
  const both = { ...first, renames: { 金额: ['实收', '金额（元）'] } }
  expect(await refresh(id, both)).toMatchObject({ state: 'refreshed', dataset: { rows: 4 } })
  expect(await amountOf(bench)).toBe(460)
})

test('a file left out is told as such and asked about no more, until it changes or is wanted again', async () => {
  const bench = await growing()
  const { file, refresh, workspace, id } = bench
  file('门店.csv', '编码,名称\n1,徐汇店\n')
  expect(await refresh(id)).toMatchObject({
    state: 'question',
    question: { file: '门店.csv', vanished: [{}, {}, {}] },
  })
  const out = { state: 'unchanged', folder: { leftOut: [], decided: ['门店.csv'] } }
  expect(await refresh(id, { leaveOut: ['门店.csv'] })).toMatchObject(out)
  expect(await refresh(id)).toMatchObject(out)
  expect((await staleDatasets(workspace.catalogue.datasets())).stale).toEqual([])
  file('2025-02.csv', `${head}B1,徐汇,30\n`)
  expect(await refresh(id)).toMatchObject({
    ...{ state: 'refreshed', added: ['2025-02.csv'] },
    folder: { decided: ['门店.csv'] },
  })
  expect(await refresh(id, { takeIn: ['门店.csv'] })).toMatchObject({ state: 'question' })
  await refresh(id, { leaveOut: ['门店.csv'] })
  file('门店.csv', `${head}Z1,徐汇,7000\n`)
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', added: ['门店.csv'] })
  expect(await amountOf(bench)).toBe(7060)
})

test('a file without any column of the data is never taken, whatever is accepted', async () => {
  const { file, refresh, id } = await growing()
  file('other.csv', 'a,b\n1,2\n')
  expect(await refresh(id, { acceptLoss: true })).toMatchObject({
    state: 'unchanged',
    folder: { leftOut: [{ name: 'other.csv', error: { code: 'dataset/shapeMismatch' } }] },
  })
})

test('a new file with a column more brings it in, and later ones may lack it', async () => {
  const bench = await growing()
  const { file, refresh, workspace, id } = bench
  file('2025-02.csv', '单号,门店,金额,备注\nB1,徐汇,30,x\n')
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', added: ['2025-02.csv'] })
  const names = workspace.catalogue.dataset(id)?.fields.map(({ name }) => name)
  expect(names).toEqual(['单号', '门店', '金额', '备注'])
  file('2025-03.csv', `${head}C1,徐汇,400\n`)
  expect(await refresh(id)).toMatchObject({ state: 'refreshed', added: ['2025-03.csv'] })
  expect(await amountOf(bench)).toBe(460)
})

test('a new month with a short or blank line brings all its other rows', async () => {
  const bench = await growing()
  const { file, refresh, id } = bench
  const rows = Array.from({ length: 300 }, (_, i) => `B${i},徐汇,1`)
  rows[20] = 'B20,徐汇'
  rows[40] = ''
  file('2025-02.csv', `${head}${rows.join('\n')}\n`)
  expect(await refresh(id)).toMatchObject({
    state: 'refreshed',
    dataset: { rows: 300, rejected: 1 },
  })
  expect(await amountOf(bench)).toBe(30 + 298)
})

const month = (amount: number): string => sheetOf(['门店', '金额'], [['徐汇', amount], ['静安', amount]]) // prettier-ignore

/** A workbook of the named sheets, some or all of which were taken. */
async function book(sheets: Readonly<Record<string, string>>, taken: readonly string[]) {
  const bench = await refreshBench()
  const path = join(bench.folder, '年账.xlsx')
  const write = (all: Readonly<Record<string, string>>) => writeFileSync(path, bookOf(all))
  write(sheets)
  const ask = askFor('D', [path])
  const parts = taken.flatMap((part) => ask.parts.map((one) => ({ ...one, part })))
  const [made] = await importDatasets(bench.workspace, [{ ...ask, parts }])
  return { ...bench, path, write, id: made!.dataset.id }
}

test('a workbook whose every sheet was taken brings the sheet of the new month', async () => {
  const bench = await book({ '1月': month(1), '2月': month(10) }, ['1月', '2月'])
  bench.write({ '1月': month(1), '2月': month(10), '3月': month(100) })
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 6 } })
  expect(await amountOf(bench)).toBe(222)
  bench.write({ '1月': month(1), '2月': month(10), '3月': month(100), '4月': month(1000) })
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 8 } })
  expect(await amountOf(bench)).toBe(2222)
})

test('a new sheet is named where some of its kind were not taken, or where its columns differ', async () => {
  const some = await book({ '1月': month(1), '2月': month(10) }, ['1月'])
  some.write({ '1月': month(2), '2月': month(10), '3月': month(100) })
  expect(await some.refresh(some.id)).toMatchObject({
    ...{ state: 'refreshed', dataset: { rows: 2 } },
    folder: { sheets: ['年账.xlsx · 3月'] },
  })
  const all = await book({ '1月': month(1) }, ['1月'])
  const other = sheetOf(['门店', '店长'], [['徐汇', '王']])
  all.write({ '1月': month(1), 说明: other })
  expect(await all.refresh(all.id)).toMatchObject({
    ...{ state: 'refreshed', dataset: { rows: 2 } },
    folder: { sheets: ['年账.xlsx · 说明'] },
  })
})

test('a workbook that lost a sheet keeps what was read of it, says so, and takes the sheet when it is back', async () => {
  const bench = await book({ '1月': month(1), '2月': month(10) }, ['1月', '2月'])
  bench.write({ '2月': month(20) })
  expect(await bench.refresh(bench.id)).toMatchObject({
    ...{ state: 'refreshed', dataset: { rows: 4 }, folder: { gone: ['年账.xlsx · 1月'] } },
  })
  expect(await amountOf(bench)).toBe(42)
  expect((await staleDatasets(bench.workspace.catalogue.datasets())).stale).toEqual([])
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'unchanged' })
  bench.write({ '1月': month(300), '2月': month(20) })
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 4 } })
  expect(await amountOf(bench)).toBe(640)
})

test.each([
  ['all', { 一月: month(1), 二月: month(10) }, 22, ['年账.xlsx · 1月 → 一月', '年账.xlsx · 2月 → 二月']],
  ['one, beside a new one,', { 一月: month(1), '2月': month(10), '3月': month(100) }, 222, ['年账.xlsx · 1月 → 一月']],
] as const)('of a workbook %s sheets may be renamed at once: each counts once', async (_name, sheets, sum, renamed) => {
  const bench = await book({ '1月': month(1), '2月': month(10) }, ['1月', '2月'])
  bench.write(sheets)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', folder: { renamed } })
  expect(await amountOf(bench)).toBe(sum)
}) // prettier-ignore

test('where more sheets are gone than are new, nobody guesses which were renamed', async () => {
  const bench = await book({ '1月': month(1), '2月': month(10) }, ['1月', '2月'])
  bench.write({ 全年: month(500) })
  expect(await bench.refresh(bench.id)).toMatchObject({
    state: 'failed',
    error: { details: { reason: 'sheetsGone', gone: '1月, 2月', fresh: '全年', keeps: true } },
  })
  expect(await amountOf(bench)).toBe(22)
  expect(await bench.refresh(bench.id, { keepGone: true })).toMatchObject({ state: 'refreshed' })
  expect(await amountOf(bench)).toBe(1022)
})

test('tables beside the one taken of a new file are named', async () => {
  const bench = await book({ '1月': month(1) }, ['1月'])
  rmSync(bench.path)
  const path = join(bench.folder, 'a.xlsx')
  writeFileSync(path, bookOf({ 销售: month(1) }))
  const { dataset } = await importInto(bench.workspace, 'E', [path], { growing: true })
  const other = sheetOf(['店长', '电话'], [['王', '1']])
  writeFileSync(join(bench.folder, 'b.xlsx'), bookOf({ 销售: month(5), 店长: other }))
  expect(await bench.refresh(dataset.id)).toMatchObject({
    ...{ state: 'refreshed', added: ['b.xlsx'], dataset: { rows: 4 } },
    folder: { sheets: ['b.xlsx · 店长'] },
  })
})

test('a file of the folder that was not taken at the import stays out until it changes', async () => {
  const bench = await refreshBench()
  const jan = bench.file('2025-01.csv', `${head}A1,徐汇,10\n`)
  const plan = bench.file('预算.csv', `${head}P1,徐汇,2000\n`)
  const ask = askFor('D', [jan], { growing: true })
  const [made] = await importDatasets(bench.workspace, [{ ...ask, leaveOut: [plan] }])
  const { id } = made!.dataset
  const folder = { decided: ['预算.csv'] }
  expect(await bench.refresh(id)).toMatchObject({ state: 'unchanged', folder })
  expect(await amountOf(bench)).toBe(10)
  bench.file('预算.csv', `${head}P1,徐汇,3000\n`)
  expect(await bench.refresh(id)).toMatchObject({ state: 'refreshed', added: ['预算.csv'] })
})

test('a column that is called both ways is two fields in every file', async () => {
  const bench = await refreshBench()
  const both = (name: string, rows: string) => bench.file(name, `列3,Column 3,金额\n${rows}\n`)
  const { dataset } = await importInto(bench.workspace, 'D', [both('1.csv', 'a,x,1')], { growing: true }) // prettier-ignore
  both('2.csv', 'b,y,2')
  bench.file('3.csv', 'Column 3,金额,列3\nz,3,c\n')
  expect(await bench.refresh(dataset.id)).toMatchObject({ state: 'refreshed' })
  const fields = bench.workspace.catalogue.dataset(dataset.id)?.fields
  expect(fields?.map(({ name, blanks }) => [name, blanks])).toEqual([['列3', 0], ['Column 3', 0], ['金额', 0]]) // prettier-ignore
})

test('a wider file of another dataset of the folder is no question', async () => {
  const bench = await growing()
  const members = bench.file('会员.csv', '会员号,姓名\nM1,甲\n')
  const { dataset } = await importInto(bench.workspace, 'M', [members], { growing: true })
  bench.file('2025-02.csv', '单号,门店,金额,备注\nB1,徐汇,30,x\n')
  expect(await bench.refresh(dataset.id)).toMatchObject({ state: 'unchanged' })
  expect(await bench.refresh(bench.id)).toMatchObject({ added: ['2025-02.csv'] })
})

test('folders inside the folder are named with how many files they hold, and not read', async () => {
  const bench = await growing()
  mkdirSync(join(bench.folder, '旧'))
  writeFileSync(join(bench.folder, '旧', '2024-12.csv'), `${head}Z1,徐汇,9\n`)
  writeFileSync(join(bench.folder, '旧', '说明.docx'), 'x')
  expect(await bench.refresh(bench.id)).toMatchObject({
    ...{ state: 'unchanged', folder: { inside: [{ name: '旧', files: 1 }] } },
  })
})
