/** Files and sheets of a dataset that bear other names by now, some of them the names others had. */
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { staleDatasets } from '../../electron/engine/workspace/refresh/source-states.ts'
import { askFor, importInto } from '../support/open-workspace.ts'
import type { RefreshBench } from '../support/refresh-bench.ts'
import { refreshBench } from '../support/refresh-bench.ts'
import { bookOf, sheetOf } from '../support/sheet-book.ts'

const totalOf = async ({ workspace, cells }: RefreshBench): Promise<unknown> => {
  const at = workspace.catalogue.datasetNamed('D')?.fields.findIndex(({ name }) => name === '金额')
  return (await cells(`select sum(c${at})::double from a.rows`))[0]?.[0]
}

const month = (amount: number): string => sheetOf(['门店', '金额'], [['徐汇', amount], ['静安', amount]]) // prettier-ignore

test('a new sheet comes in although a sheet of another workbook was renamed to its name', async () => {
  const bench = await refreshBench()
  const [north, south] = ['北区.xlsx', '南区.xlsx'].map((name) => join(bench.folder, name))
  writeFileSync(north!, bookOf({ '1月': month(1) }))
  writeFileSync(south!, bookOf({ '1月': month(10) }))
  const ask = askFor('D', [north!, south!])
  const parts = ask.parts.map((one) => ({ ...one, part: '1月' }))
  const [made] = await importDatasets(bench.workspace, [{ ...ask, parts }])
  writeFileSync(north!, bookOf({ '2月': month(100) }))
  writeFileSync(south!, bookOf({ '1月': month(10), '2月': month(1000) }))
  expect(await bench.refresh(made!.dataset.id)).toMatchObject({
    ...{ state: 'refreshed', added: ['南区.xlsx'], dataset: { rows: 6 } },
  })
  expect(await totalOf(bench)).toBe(2220)
})

const head = '门店,金额\n'

/** A growing folder of files by their names, each with one shop and its amount. */
async function folder(files: Readonly<Record<string, number>>) {
  const bench = await refreshBench()
  const write = (name: string, amount: number): string =>
    bench.file(name, `${head}徐汇,${amount}\n`)
  const paths = Object.entries(files).map(([name, amount]) => write(name, amount))
  const { dataset } = await importInto(bench.workspace, 'D', paths, { growing: true })
  const at = (name: string): string => join(bench.folder, name)
  const { id } = dataset
  return {
    ...{ ...bench, write, id },
    rename: (from: string, to: string) => renameSync(at(from), at(to)),
    copy: (from: string, to: string) => copyFileSync(at(from), at(to)),
    remove: (name: string) => rmSync(at(name)),
    names: () => bench.workspace.catalogue.dataset(id)?.sources.map(({ name }) => name),
    isStale: async () =>
      (await staleDatasets(bench.workspace.catalogue.datasets())).stale.length > 0,
  }
}

test('files renamed in turn, each to the name of the next, are the same files: no question, and each counts once', async () => {
  const bench = await folder({ 'a.csv': 1, 'b.csv': 10, 'c.csv': 100 })
  bench.rename('c.csv', 'd.csv')
  bench.rename('b.csv', 'c.csv')
  bench.rename('a.csv', 'b.csv')
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'unchanged' })
  expect(bench.names()).toEqual(['b.csv', 'c.csv', 'd.csv'])
  expect(await bench.isStale()).toBe(false)
  bench.write('b.csv', 2)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', read: ['b.csv'] })
  expect(await totalOf(bench)).toBe(112)
})

test('so they are where a new file bears the first name', async () => {
  const bench = await folder({ 'a.csv': 1, 'b.csv': 10 })
  bench.rename('b.csv', 'c.csv')
  bench.rename('a.csv', 'b.csv')
  bench.write('a.csv', 1000)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', added: ['a.csv'] })
  expect(bench.names()).toEqual(['b.csv', 'c.csv', 'a.csv'])
  expect(await totalOf(bench)).toBe(1011)
})

test('a file that took the name of another keeps its rows, and so does the one whose file is gone by that', async () => {
  const bench = await folder({ 'a.csv': 1, 'b.csv': 10, 'c.csv': 100 })
  bench.rename('b.csv', 'c.csv')
  expect(await bench.refresh(bench.id)).toMatchObject({ folder: { gone: ['c.csv'] } })
  expect(await totalOf(bench)).toBe(111)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'unchanged' })
  expect(await bench.isStale()).toBe(false)
})

test('what a changed file held before, under a new name, is a question: an old copy, or the file itself renamed', async () => {
  const asked = {
    state: 'question',
    question: { file: '1月.csv', copyOf: '本月.csv', moved: true },
  }
  const rotated = await folder({ '本月.csv': 1 })
  rotated.rename('本月.csv', '1月.csv')
  rotated.write('本月.csv', 10)
  expect(await rotated.refresh(rotated.id)).toMatchObject(asked)
  expect(rotated.workspace.catalogue.dataset(rotated.id)).toMatchObject({ version: 1, rows: 1 })
  expect(await rotated.refresh(rotated.id, { renamed: ['1月.csv'] })).toMatchObject({
    ...{ state: 'refreshed', added: ['本月.csv'], dataset: { rows: 2 } },
  })
  expect(await totalOf(rotated)).toBe(11)
  expect(await rotated.isStale()).toBe(false)
  const edited = await folder({ '本月.csv': 1 })
  edited.copy('本月.csv', '1月.csv')
  edited.write('本月.csv', 10)
  expect(await edited.refresh(edited.id)).toMatchObject(asked)
  expect(await edited.refresh(edited.id, { leaveOut: ['1月.csv'] })).toMatchObject({
    ...{ state: 'refreshed', read: ['本月.csv'], added: [], dataset: { rows: 1 } },
  })
  expect(await totalOf(edited)).toBe(10)
  expect(await edited.refresh(edited.id)).toMatchObject({ state: 'unchanged' })
})

test('a copy of any file that is looked for no more is a question, not the first alone', async () => {
  const bench = await folder({ '1.csv': 1, '2.csv': 10, '3.csv': 100 })
  bench.remove('1.csv')
  bench.remove('2.csv')
  expect(await bench.refresh(bench.id, { keepGone: true })).toMatchObject({ state: 'unchanged' })
  bench.write('2 副本.csv', 10)
  const asked = { state: 'question', question: { file: '2 副本.csv', copyOf: '2.csv' } }
  expect(await bench.refresh(bench.id)).toMatchObject(asked)
  expect(await bench.refresh(bench.id, { leaveOut: ['2 副本.csv'] })).toMatchObject({
    state: 'unchanged',
  })
  expect(await totalOf(bench)).toBe(111)
})

test('a copy of a file under the ending of another kind is a question as well', async () => {
  const bench = await folder({ '1.csv': 1 })
  bench.copy('1.csv', '1.txt')
  const asked = { state: 'question', question: { file: '1.txt', copyOf: '1.csv' } }
  expect(await bench.refresh(bench.id)).toMatchObject(asked)
  expect(await bench.refresh(bench.id, { leaveOut: ['1.txt'] })).toMatchObject({
    ...{ state: 'unchanged', folder: { decided: ['1.txt'] } },
  })
})

test('a file that was only renamed is known again before what is gone is let go', async () => {
  const bench = await folder({ '1.csv': 1, '2.csv': 10 })
  bench.rename('1.csv', '一月.csv')
  bench.remove('2.csv')
  expect(await bench.refresh(bench.id, { keepGone: true })).toMatchObject({
    ...{ state: 'unchanged', folder: { gone: ['2.csv'] } },
  })
  bench.write('一月.csv', 7)
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', read: ['一月.csv'] })
  expect(await totalOf(bench)).toBe(17)
})
