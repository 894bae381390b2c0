/** Files and sheets of a dataset that bear other names by now, some of them the names others had. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { askFor } from '../support/open-workspace.ts'
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
