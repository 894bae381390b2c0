/** Which mark parts the decimals of a dataset is remembered from month to month: a file of whole thousands cannot say. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importInto } from '../support/open-workspace.ts'
import type { RefreshBench } from '../support/refresh-bench.ts'
import { refreshBench } from '../support/refresh-bench.ts'
import { bookOf, sheetOf } from '../support/sheet-book.ts'

const sumOf = async ({ workspace, cells }: RefreshBench, field = '规格'): Promise<unknown> => {
  const at = workspace.catalogue.datasetNamed('D')?.fields.findIndex(({ name }) => name === field)
  return (await cells(`select sum(c${at})::double from a.rows`))[0]?.[0]
}
const toldOf = ({ workspace }: RefreshBench): string[] | undefined =>
  workspace.catalogue.datasetNamed('D')?.warnings.map(({ code, column = '' }) => `${code} ${column}`) // prettier-ignore

const text = (names: string, ...rows: readonly string[]): string =>
  `${[names, ...rows].join('\n')}\n`

/** January in a growing folder. */
async function january(content: string) {
  const bench = await refreshBench()
  const { dataset } = await importInto(bench.workspace, 'D', [bench.file('1.csv', content)], {
    growing: true,
  })
  return { ...bench, id: dataset.id }
}

const commas = text('店名,规格', 'A,"1,5"', 'B,"0,25"')

test('a later file of whole thousands is read with the commas of an earlier one, appended or found, and that is told', async () => {
  const bench = await january(commas)
  const feb = bench.file('2.csv', text('店名,规格', 'C,"1,250"', 'D,"2,125"'))
  await importInto(bench.workspace, 'D', [feb], { mode: 'append' })
  expect(await sumOf(bench)).toBe(5.125)
  expect(toldOf(bench)).toEqual(['commaBefore 规格'])
  bench.file('3.csv', text('店名,规格', 'E,7'))
  await bench.refresh(bench.id)
  expect([await sumOf(bench), toldOf(bench)]).toEqual([12.125, []])
  bench.file('4.csv', text('店名,规格', 'F,"3,375"'))
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', added: ['4.csv'] })
  expect([await sumOf(bench), toldOf(bench)]).toEqual([15.5, ['commaBefore 规格']])
})

test('a changed file is read as it was before', async () => {
  const bench = await january(commas)
  bench.file('1.csv', text('店名,规格', 'A,"1,250"', 'B,"0"'))
  expect(await bench.refresh(bench.id)).toMatchObject({ state: 'refreshed', read: ['1.csv'] })
  expect([await sumOf(bench), toldOf(bench)]).toEqual([1.25, ['commaBefore 规格']])
})

test('points that parted thousands in a file of decimal commas do so in the next', async () => {
  const bench = await january(text('店名;规格;单价', 'A;1.250;12,50'))
  expect(await sumOf(bench)).toBe(1250)
  bench.file('2.csv', text('店名;规格;单价', 'B;2.125;7'))
  await bench.refresh(bench.id)
  expect([await sumOf(bench), toldOf(bench)]).toEqual([3375, ['commaBefore 规格']])
})

test('what the later file itself proves goes before what is remembered', async () => {
  const bench = await january(text('店名,规格,单价', 'A,"1,5","7,25"'))
  bench.file('2.csv', text('店名,规格,单价', 'B,"1,250",12.50'))
  await bench.refresh(bench.id)
  expect([await sumOf(bench), await sumOf(bench, '单价')]).toEqual([1251.5, 19.75])
  expect(toldOf(bench)).not.toContain('commaBefore 规格')
})

test('numbers in the cells of a workbook have no marks to be taken for others', async () => {
  const bench = await january(commas)
  const sheet = sheetOf(['店名', '规格'], [['C', 2.125], ['D', 1.375]]) // prettier-ignore
  writeFileSync(join(bench.folder, '2.xlsx'), bookOf({ 二月: sheet }))
  await bench.refresh(bench.id)
  expect([await sumOf(bench), toldOf(bench)]).toEqual([5.25, []])
})

test('thousands beside decimals of which nobody knows the mark are told, whatever the name; known ones are not', async () => {
  const bench = await january(text('店名,规格', 'A,1.5', 'B,0.25'))
  bench.file('2.csv', text('店名,规格', 'C,"1,250"'))
  await bench.refresh(bench.id)
  expect([await sumOf(bench), toldOf(bench)]).toEqual([1251.75, ['openComma 规格']])
  const proven = await january(text('店名,规格', 'A,"1,001.5"', 'B,0.25'))
  proven.file('2.csv', text('店名,规格', 'C,"1,250"'))
  await proven.refresh(proven.id)
  expect([await sumOf(proven), toldOf(proven)]).toEqual([2251.75, []])
})
