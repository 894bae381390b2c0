import { join } from 'node:path'
import exceljs from 'exceljs'
import { expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

test('passes over sheets that hold text alone, and says so where one is asked for', async () => {
  const folder = tempFolder()
  const run = (args: readonly string[]) => runCli(join(folder, 'settings'), args)
  const book = new exceljs.Workbook()
  book.addWorksheet('封面').addRow(['2025年门店销售月报'])
  book.addWorksheet('销售').addRows([['shop', 'amount'], ['S01', 1.5]]) // prettier-ignore
  const notes = ['金额含税，单位为元。', '退货记为负数。', '数据截至2025年3月。']
  book.addWorksheet('填表说明').addRows(notes.map((line) => [line]))
  const xlsx = join(folder, '2025.xlsx')
  await book.xlsx.writeFile(xlsx)
  const inSpace = ['--workspace', join(folder, 'space'), '--locale', 'zh-CN']
  const plain = await run(['import', xlsx, ...inSpace])
  expect(plain.json()).toMatchObject({ datasets: [{ name: '销售', rows: 1 }] })
  expect(plain.errors).toContain(
    '2025.xlsx：以下工作表只有文字、没有表格，未导入：“封面”（2025年门店销售月报）、“填表说明”（金额含税，单位为元。）',
  )
  const cover = await run(['import', xlsx, '--sheet', '封面', ...inSpace])
  expect([cover.code, cover.failure()]).toMatchObject([
    4,
    {
      code: 'dataset/empty',
      message:
        '工作表“封面”里只有一段文字（“2025年门店销售月报”），没有可以导入的表格。请选择有列名和数据行的工作表。',
    },
  ])
  const asked = await run(['import', xlsx, '--sheet', '填表说明', ...inSpace])
  expect(asked.json()).toMatchObject({ datasets: [{ name: '填表说明' }] })
}, 180_000)
