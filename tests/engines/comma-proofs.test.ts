/** What the columns of a file prove of the marks of its numbers. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askExtract, importParts, partOf } from '../support/import-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

async function sums(lines: readonly string[]): Promise<unknown> {
  const folder = tempFolder()
  const path = join(folder, 'file.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  const { target } = await importParts(folder, [partOf(path)])
  const [row] = await askExtract(target, folder, 'select sum(c2)::varchar, sum(c3)::varchar from a.rows') // prettier-ignore
  return row
}

test('an amount with its currency proves a point as well as a bare one', async () => {
  const lines = ['店名;单价;比例;规格', 'S0;¥12.50;0,5;1.250', 'S1;¥8.90;0,25;2.125', 'S2;¥1,234.50;0,75;3.500'] // prettier-ignore
  expect(await sums(lines)).toEqual(['1.50', '6.875'])
})

test('lists of two sizes prove no decimal comma, prices do', async () => {
  const file = (...cells: string[]): string[] => [
    '店名,尺寸,规格重,件数',
    ...cells.map((cell, row) => `S${String(row)},${cell},${String(row + 1)}.250,"2.${String(row)}50"`),
  ] // prettier-ignore
  expect(await sums(file('"1,5"', '"2,3"', '"3,4"'))).toEqual(['6.750', '6.450'])
  expect(await sums(file('"1,50"', '"2,30"', '"3,45"'))).toEqual(['6750', '6450'])
})
