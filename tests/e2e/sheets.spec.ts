import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import type { Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { zh } from './driver/designer.ts'
import { pickFiles } from './driver/file-dialog.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'sheets' } })
test.describe.configure({ mode: 'serial' })

const months = ['一月', '二月', '三月', '一季度', '四月', '五月', '六月', '二季度', '合计']

/** As back offices send them: a cover, notes, quarters between months, merged regions, totals, marked numbers. */
async function writeReport(path: string): Promise<void> {
  const book = new exceljs.Workbook()
  book.addWorksheet('封面').addRow(['2025年上半年门店经营月报'])
  const plan = book.addWorksheet('月度销售')
  plan.addRow(['门店', ...months])
  plan.addRow(['人民路', 1, 2, 3, 6, 4, 5, 6, 15, 21])
  plan.addRow(['中山路', 2, 2, 2, 6, 3, 3, 3, 9, 15])
  const lines = book.addWorksheet('订单')
  lines.addRow(['区域', '订单号', '账期', '客数', '金额'])
  lines.addRow(['华东', '`0012', '2025-01', 3, 10])
  lines.addRow([null, '`0013', '2025-02', '未开门', 20])
  lines.addRow(['小计', null, null, 3, 30])
  lines.addRow(['华南', '0014', '2025-03', 2, 5])
  lines.addRow(['合计', null, null, 5, 35])
  lines.addRow(['制表人：张三'])
  lines.mergeCells('A2:A3')
  await book.xlsx.writeFile(path)
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: zh('import.title') })

test('the preview says what a sheet holds besides its data, and everything can be had otherwise', async ({
  app,
}) => {
  const { page, home } = app
  await page.setViewportSize({ width: 1440, height: 900 })
  await writeReport(join(home, 'Documents', '月报.xlsx'))
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await pickFiles(page, ['Documents'], ['月报.xlsx'])
  const dialog = dialogOf(page)

  await expect(dialog.getByText('以下工作表只有文字、没有表格，不会导入，除非勾选：“封面”（2025年上半年门店经营月报）')).toBeVisible() // prettier-ignore
  await expect(dialog.getByRole('checkbox', { name: '导入“封面”' })).not.toBeChecked()

  await dialog.getByRole('button', { name: /^月度销售/ }).click()
  await dialog.getByLabel('把 6 个时间列（一月 … 六月）转成行').click()
  const sums = dialog.getByLabel('略过小计、合计列（一季度、二季度、合计），否则会在每个期间重复')
  await expect(sums).toBeChecked()
  const heads = dialog.getByRole('columnheader')
  await expect(heads).toHaveCount(3)
  await shoot(page, 'sheets-months-zh')
  await sums.click()
  await expect(heads).toHaveCount(6)
  await sums.click()
  await expect(heads).toHaveCount(3)

  await dialog.getByRole('button', { name: /^订单/ }).click()
  const notes = dialog.getByRole('region', { name: zh('import.seen') })
  await expect(notes).toContainText('将略过 3 行合计或表尾说明')
  await expect(notes).toContainText('小计 (4)、合计 (6)、制表人：张三 (7)')
  await expect(notes).toContainText('“客数”按文本保存：除 1 种值（未开门）外都是整数。')
  await expect(notes).toContainText('“账期”里都是月份')
  await expect(notes).toContainText('“区域”有 1 处合并单元格跨多行（A2:A3）')
  await expect(notes).toContainText('“订单号”有 2 个值带有制表符、反引号或单引号')
  const grid = dialog.getByRole('region', { name: zh('import.example') })
  await expect(grid.getByRole('row', { name: '第 4 行是合计，不导入' })).toContainText('小计')
  await expect(grid.getByRole('row')).toHaveCount(7)
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await shoot(page, 'sheets-preview-zh')

  await dialog.getByLabel('略过合计行和表尾说明').click()
  await expect(notes).not.toContainText('将略过')
  await expect(grid.getByRole('row', { name: /不导入/ })).toHaveCount(0)
  await dialog.getByLabel('略过合计行和表尾说明').click()
  await notes.getByRole('button', { name: '去掉这些标记' }).click()
  await expect(grid).not.toContainText('`0012')
  await expect(grid).toContainText('0012')
  await notes.getByRole('button', { name: '在其余各行重复该值' }).click()
  await expect(grid.getByRole('row', { name: /0013/ })).toContainText('华东')
  await notes.getByRole('button', { name: '按整数读取，其余置空' }).click()
  await expect(dialog.getByLabel('“客数”的类型')).toHaveValue('integer')
  const blank = grid.getByRole('cell', { name: '未开门 将置空：无法按整数读取' })
  await expect(blank.getByRole('deletion')).toHaveText('未开门')
  await expect(grid.getByRole('deletion')).toHaveCount(1 + 3 * 5)
  await shoot(page, 'sheets-blanked-zh')

  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('数据已导入', { timeout: 60_000 })
  const sales = dialog.getByRole('region', { name: '月度销售' })
  await expect(sales).toContainText('3 个小计、合计列已略过')
  await expect(sales).toContainText('数据集行数12')
  const orders = dialog.getByRole('region', { name: '订单' })
  await expect(orders).toContainText('“账期”里都是月份，按每月第一天读作日期')
  await expect(orders).toContainText(
    '“订单号”的文本标记（制表符、反引号、单引号）已去掉，涉及 2 个值',
  )
  await orders.getByRole('button', { name: '改按文本保存' }).click()
  await expect(orders).not.toContainText('里都是月份', { timeout: 60_000 })
  await expect(dialog.getByRole('region', { name: '封面' })).toHaveCount(0)
})

test('a row that looks like a total and does not add up is told, and goes with one click', async ({
  app,
}) => {
  const { page, home } = app
  await page.setViewportSize({ width: 1440, height: 900 })
  writeFileSync(
    join(home, 'Documents', '手填.csv'),
    '区域,门店,金额\n上海,徐汇,100\n上海,浦东,200\n小计,,150\n江苏,南京,50\n合计,,350\n平均,,116.67\n',
  )
  await expect(async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1000 })
  }).toPass()
  await command(page, 'action.data.import')
  await pickFiles(page, ['Documents'], ['手填.csv'])
  const dialog = dialogOf(page)
  const notes = dialog.getByRole('region', { name: zh('import.seen') })
  await expect(notes).toContainText(
    '有 1 行看起来像合计，但数字对不上，已作为数据保留：小计 (4)。如确为合计，会重复计算。',
  )
  await expect(notes).toContainText('合计 (6)、平均 (7)')
  const grid = dialog.getByRole('region', { name: zh('import.example') })
  await expect(grid.getByRole('row', { name: '第 7 行由其他行算出（平均、占比、其中项等），不导入' })).toBeVisible() // prettier-ignore
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await shoot(page, 'sheets-likely-zh')
  await notes.getByRole('button', { name: '一并略过' }).click()
  await expect(notes).toContainText('小计 (4)、合计 (6)、平均 (7)')
  await expect(notes).not.toContainText('看起来像合计')
  await dialog.getByLabel('数字对不上的合计行也略过（只看字样）').click()
  await expect(notes).toContainText('看起来像合计')
  await notes.getByRole('button', { name: '一并略过' }).click()
  await expect(grid.getByRole('row', { name: '第 4 行是合计，不导入' })).toBeVisible()
  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('数据已导入', { timeout: 60_000 })
  await expect(dialog.getByRole('region', { name: '手填' })).toContainText('数据集行数3')
})

test('shelves stay texts and commas thousands until one click says otherwise', async ({ app }) => {
  const { page, home } = app
  await page.setViewportSize({ width: 1440, height: 900 })
  writeFileSync(
    join(home, 'Documents', '货架.csv'),
    '货架,净重\n1.1,"1,250"\n1.2,"2,375"\n1.10,"3,500"\n',
  )
  await expect(async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1000 })
  }).toPass()
  await command(page, 'action.data.import')
  await pickFiles(page, ['Documents'], ['货架.csv'])
  const dialog = dialogOf(page)
  const notes = dialog.getByRole('region', { name: zh('import.seen') })
  await expect(notes).toContainText('“货架”按文本保存：1.1、1.2、1.10 看起来是货架、版本之类的编号')
  await expect(notes).toContainText('看不出“净重”里的逗号是千分位还是小数点（1,250、2,375、3,500）')
  await shoot(page, 'sheets-commas-zh')
  await notes.getByRole('button', { name: zh('warning.commaMark') }).click()
  await expect(notes).not.toContainText('看不出“净重”')
  const type = dialog.getByLabel('“净重”的类型')
  await expect(type).toHaveValue('decimal')
  await type.selectOption('integer')
  await expect(notes).toContainText('看不出“净重”')
  await notes.getByRole('button', { name: zh('warning.commaMark') }).click()
  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('数据已导入', { timeout: 60_000 })
  const read = dialog.getByRole('region', { name: '货架' })
  await expect(read).not.toContainText('看不出“净重”')
  await read.getByRole('button', { name: zh('warning.asNumbers') }).click()
  await expect(read).not.toContainText('按文本保存', { timeout: 60_000 })
})

test('months kept as text are kept so for the next file, in English and dark as well', async ({
  app,
}) => {
  const { page } = app
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1000 })
  }).toPass()
  await page.getByRole('radio', { name: 'English' }).click()
  await page.getByRole('radio', { name: 'Dark' }).click()
  await command(page, 'action.data.import')
  await pickFiles(page, ['Documents'], ['月报.xlsx'])
  const dialog = page.getByRole('dialog', { name: 'Open my data' })
  await dialog.getByRole('button', { name: /^订单/ }).click()
  await expect(dialog.getByLabel('Type of 账期')).toHaveValue('text')
  await dialog.getByLabel('Type of 账期').selectOption('date')
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await shoot(page, 'sheets-preview-en')
})
