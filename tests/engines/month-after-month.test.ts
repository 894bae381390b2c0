/** What a shop does month after month with the files of its datasets: renames, archives, copies and corrects them. */
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { staleDatasets } from '../../electron/engine/workspace/refresh/source-states.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { askFor, importInto } from '../support/open-workspace.ts'
import { bookOf, sheetOf } from '../support/sheet-book.ts'
import type { RefreshBench } from '../support/refresh-bench.ts'
import { refreshBench } from '../support/refresh-bench.ts'

const head = '单号,日期,门店,金额\n'

const totalOf = async ({ workspace, cells }: RefreshBench): Promise<unknown> => {
  const at = workspace.catalogue.datasetNamed('D')?.fields.findIndex(({ name }) => name === '金额')
  return (await cells(`select sum(c${at})::double from a.rows`))[0]?.[0]
}

/** January in a folder that grows, or alone. */
async function january(growing: boolean) {
  const bench = await refreshBench()
  const path = bench.file('2025-01.csv', `${head}A1,2025-01-03,徐汇,10\nA2,2025-01-04,静安,20\n`)
  const { dataset } = await importInto(bench.workspace, 'D', [path], growing ? { growing } : {})
  return { ...bench, id: dataset.id, path }
}

test('a file that was renamed in its folder is the same file: no question, and it counts once', async () => {
  const bench = await january(true)
  renameSync(bench.path, join(bench.folder, '2025-01 终稿.csv'))
  bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  expect(await bench.refresh(bench.id)).toMatchObject({
    state: 'refreshed',
    added: ['2025-02.csv'],
  })
  expect(await totalOf(bench)).toBe(430)
  const { sources } = bench.workspace.catalogue.dataset(bench.id)!
  expect(sources.map(({ name }) => name)).toEqual(['2025-01 终稿.csv', '2025-02.csv'])
  expect((await staleDatasets(bench.workspace.catalogue.datasets())).stale).toEqual([])
})

test('an exact copy of a file is a question; left out it is asked about no more, and the rest comes in', async () => {
  const bench = await january(true)
  copyFileSync(bench.path, join(bench.folder, '2025-01 副本.csv'))
  bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  const asked = { file: '2025-01 副本.csv', copyOf: '2025-01.csv', vanished: [] }
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'question', question: asked })
  expect(bench.workspace.catalogue.dataset(bench.id)).toMatchObject({ version: 1, rows: 2 })
  expect(await bench.refresh(bench.id, { leaveOut: ['2025-01 副本.csv'] })).toMatchObject({
    ...{ state: 'refreshed', added: ['2025-02.csv'] },
    folder: { decided: ['2025-01 副本.csv'] },
  })
  expect(await totalOf(bench)).toBe(430)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'unchanged' })
  expect((await staleDatasets(bench.workspace.catalogue.datasets())).stale).toEqual([])
})

test('two new files that are copies of each other are told apart in the same way', async () => {
  const bench = await january(true)
  const feb = bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  copyFileSync(feb, join(bench.folder, '2025-02 副本.csv'))
  const first = await bench.refresh(bench.id)
  expect(first).toMatchObject({ state: 'question', question: { copyOf: '2025-02 副本.csv' } })
  const copy = first.state === 'question' ? first.question.file : undefined
  expect(await bench.refresh(bench.id, { leaveOut: [copy ?? ''] })).toMatchObject({
    state: 'refreshed',
  })
  expect(await totalOf(bench)).toBe(430)
})

test('a month that was archived elsewhere stays, and the folder is not stale for ever because of it', async () => {
  const bench = await january(true)
  rmSync(bench.path)
  const { stale } = await staleDatasets(bench.workspace.catalogue.datasets())
  expect(stale).toEqual([])
  bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  expect(await bench.refresh(bench.id)).toMatchObject({
    state: 'refreshed',
    folder: { gone: ['2025-01.csv'] },
  })
  expect(await totalOf(bench)).toBe(430)
})

test('so it does without a folder, once that is said; before, the refresh stops with its name', async () => {
  const bench = await january(false)
  const feb = bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  await importInto(bench.workspace, 'D', [feb], { mode: 'append' })
  rmSync(bench.path)
  bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,500\n`)
  expect(await bench.refresh(bench.id)).toMatchObject({
    ...{
      state: 'failed',
      error: { code: 'file/notFound', details: { name: '2025-01.csv', keeps: true } },
    },
  })
  expect(await bench.refresh(bench.id, { keepGone: true })).toMatchObject({
    state: 'refreshed',
    folder: { gone: ['2025-01.csv'] },
  })
  expect(await totalOf(bench)).toBe(530)
})

test('receipts a correction no longer tells of count again as the month has them', async () => {
  const bench = await january(true)
  const fix = (lines: string) => bench.file('2025-01 更正.csv', head + lines)
  fix('A1,2025-01-03,徐汇,11\nA2,2025-01-04,静安,22\n')
  expect(await bench.refresh(bench.id, { overlap: 'replace' })).toMatchObject({
    state: 'refreshed',
  })
  expect(await totalOf(bench)).toBe(33)
  fix('A1,2025-01-03,徐汇,12\n')
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed' })
  expect(await totalOf(bench)).toBe(32)
})

test('a workbook whose one sheet is named by the month is read again under its new name', async () => {
  const bench = await refreshBench()
  const path = join(bench.folder, '月报.xlsx')
  const write = (sheet: string, amount: number): void =>
    writeFileSync(
      path,
      bookOf({
        [sheet]: sheetOf(
          ['门店', '金额'],
          [
            ['徐汇', amount],
            ['静安', 2],
          ],
        ),
      }),
    )
  write('2025-01', 1)
  const ask = askFor('D', [path])
  const parts = ask.parts.map((one) => ({ ...one, part: '2025-01' }))
  const [made] = await importDatasets(bench.workspace, [{ ...ask, parts }])
  write('2025-02', 40)
  expect(await bench.refresh(made!.dataset.id)).toMatchObject({
    state: 'refreshed',
    read: ['月报.xlsx'],
  })
  expect(await totalOf(bench)).toBe(42)
})

test('a new file of another kind comes in where its columns fit, and is no matter where they do not', async () => {
  const bench = await january(true)
  writeFileSync(
    join(bench.folder, '2025-02.xlsx'),
    bookOf({ 月: sheetOf(['单号', '日期', '门店', '金额'], [['B1', '2025-02-03', '徐汇', 400]]) }),
  )
  writeFileSync(
    join(bench.folder, '库存.xlsx'),
    bookOf({ 库存: sheetOf(['货号', '数量'], [['S1', 4]]) }),
  )
  expect(await bench.refresh(bench.id)).toMatchObject({
    state: 'refreshed',
    added: ['2025-02.xlsx'],
  })
  expect(await totalOf(bench)).toBe(430)
})

test('what a changed file loses is asked about before a new file with other columns, and on its own', async () => {
  const bench = await january(true)
  bench.file('2025-01.csv', '单号,日期,金额\nA1,2025-01-03,10\n')
  bench.file('2025-02.csv', '单号,日期,门店,实收\nB1,2025-02-03,徐汇,400\n')
  const first = await bench.refresh(bench.id)
  expect(first).toMatchObject({
    state: 'question',
    question: {
      waiting: ['2025-02.csv'],
      vanished: [{ field: { name: '门店' }, sources: ['2025-01.csv'] }],
    },
  })
  expect(first.state === 'question' && first.question.file).toBe(undefined)
  const yes = { acceptLoss: true, acceptedFiles: [] }
  expect(await bench.refresh(bench.id, yes)).toMatchObject({
    question: { file: '2025-02.csv', vanished: [{ field: { name: '金额' } }] },
  })
})

test('a folder that cannot be reached is named', async () => {
  const bench = await january(true)
  renameSync(bench.folder, `${bench.folder}-moved`)
  const done = await bench
    .refresh(bench.id)
    .finally(() => renameSync(`${bench.folder}-moved`, bench.folder))
  expect(done).toMatchObject({
    state: 'failed',
    error: { code: 'file/notFound', details: { name: basename(bench.folder) } },
  })
})

test('rows that look like totals are left out by one answer, which reads the files again', async () => {
  const bench = await refreshBench()
  const path = bench.file('手填.csv', '区域,门店,金额\n上海,徐汇,100\n上海,浦东,200\n小计,,150\n')
  const { dataset } = await importInto(bench.workspace, 'D', [path])
  expect(dataset).toMatchObject({ rows: 3, warnings: [{ code: 'likelyTotals', count: 1 }] })
  expect(await bench.refresh(dataset.id, { leaveOutLikely: true })).toMatchObject({
    ...{ state: 'refreshed', rowsBefore: 3 },
    dataset: { rows: 2, warnings: [{ code: 'leftOutRows' }] },
  })
  bench.file('手填.csv', '区域,门店,金额\n上海,徐汇,100\n上海,浦东,200\n北京,朝阳,7\n小计,,150\n')
  expect(await bench.refresh(dataset.id)).toMatchObject({
    state: 'refreshed',
    dataset: { rows: 3 },
  })
})

test('a dropped file joins a dataset without a folder, beside files that are gone, and a copy of it is a question', async () => {
  const bench = await january(false)
  rmSync(bench.path)
  const feb = bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  expect(await bench.refresh(bench.id, { add: [feb] })).toMatchObject({
    ...{ state: 'refreshed', read: [], kept: 1, added: ['2025-02.csv'], dataset: { rows: 3 } },
  })
  const copy = bench.file('2025-02 副本.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  expect(await bench.refresh(bench.id, { add: [copy] })).toMatchObject({
    ...{ state: 'question', question: { file: '2025-02 副本.csv', copyOf: '2025-02.csv' } },
  })
  expect(await totalOf(bench)).toBe(430)
})

test('two datasets that grow with one folder take each their own new files and ask about none of the other', async () => {
  const bench = await january(true)
  const members = bench.file('会员.csv', '会员号,姓名\nM1,甲\n')
  const { dataset } = await importInto(bench.workspace, 'M', [members], { growing: true })
  bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  bench.file('会员 2.csv', '会员号,姓名\nM2,乙\n')
  expect(await bench.refresh(bench.id)).toMatchObject({
    state: 'refreshed',
    added: ['2025-02.csv'],
  })
  expect(await bench.refresh(dataset.id)).toMatchObject({
    state: 'refreshed',
    added: ['会员 2.csv'],
  })
  expect((await staleDatasets(bench.workspace.catalogue.datasets())).stale).toEqual([])
})

test('a file that is left with its heads alone is a question: the old rows stay until that is accepted', async () => {
  const bench = await january(false)
  bench.file('2025-01.csv', head)
  const asked = { emptied: ['2025-01.csv'], vanished: [], retyped: [] }
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'question', question: asked })
  expect(bench.workspace.catalogue.dataset(bench.id)).toMatchObject({ version: 1, rows: 2 })
  expect(await totalOf(bench)).toBe(30)
  expect(await bench.refresh(bench.id, { acceptLoss: true })).toMatchObject({
    ...{ state: 'refreshed', rowsBefore: 2, dataset: { rows: 0 } },
  })
  // What was empty may stay so, and rows may come back.
  bench.file('2025-01.csv', `${head}C1,2025-01-03,徐汇,5\n`)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 1 } })
})

test('so it is for one file of a growing folder', async () => {
  const bench = await january(true)
  bench.file('2025-02.csv', `${head}B1,2025-02-03,徐汇,400\n`)
  await bench.refresh(bench.id)
  bench.file('2025-01.csv', head)
  expect(await bench.refresh(bench.id)).toMatchObject({
    ...{ state: 'question', question: { emptied: ['2025-01.csv'] } },
  })
  expect(await totalOf(bench)).toBe(430)
})

test('of two added files of one name the one asked about is accepted, or left out, alone', async () => {
  const bench = await january(false)
  const inFolder = (name: string, content: string): string => {
    mkdirSync(join(bench.folder, name))
    const path = join(bench.folder, name, 'sales.csv')
    writeFileSync(path, content)
    return path
  }
  const add = [
    inFolder('北', '单号,日期,门店,实收\nB1,2025-02-03,徐汇,400\n'),
    inFolder('南', '单号,日期,门店,应收\nC1,2025-02-04,静安,5000\n'),
  ]
  const [north, south] = add
  const first = { file: 'sales.csv', fileId: north, waiting: ['sales.csv'] }
  expect(await bench.refresh(bench.id, { add })).toMatchObject({ question: first })
  const taken = { acceptLoss: true, acceptedFiles: [north!], renames: { 金额: '实收' } }
  expect(await bench.refresh(bench.id, { add, ...taken })).toMatchObject({
    question: { file: 'sales.csv', fileId: south, waiting: [] },
  })
  const copy = inFolder('副', '单号,日期,门店,实收\nB1,2025-02-03,徐汇,400\n')
  expect(await bench.refresh(bench.id, { add: [north!, copy], ...taken })).toMatchObject({
    question: { file: 'sales.csv', fileId: copy, copyOf: 'sales.csv' },
  })
  expect(await bench.refresh(bench.id, { add: [north!], ...taken })).toMatchObject({
    state: 'refreshed',
  })
  expect(await totalOf(bench)).toBe(430)
})
