import { join } from 'node:path'
import exceljs from 'exceljs'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { seriousFaults } from './driver/serious-faults.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'refresh' } })

async function writeMonth(
  path: string,
  heads: readonly string[],
  ...rows: readonly (readonly [string, number])[]
): Promise<void> {
  const workbook = new exceljs.Workbook()
  const sheet = workbook.addWorksheet('月报')
  sheet.addRow([...heads])
  for (const row of rows) sheet.addRow([...row])
  await workbook.xlsx.writeFile(path)
}

test('next month with one command: new numbers, back to the old ones, and a renamed column', async ({
  app,
}) => {
  const { page, home } = app
  const designer = designerOf(page)
  const path = join(home, 'Documents', '月报.xlsx')
  await writeMonth(path, ['大区', '金额'], ['华东', 1100], ['华北', 2200])
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '月报.xlsx', '月报')
  await page.getByRole('button', { name: zh('import.toLinks') }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  const board = page.locator('.board')
  await expect(board).toContainText('3,300')

  await writeMonth(path, ['大区', '金额'], ['华东', 1100], ['华北', 2200], ['华南', 4400])
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await page.getByRole('button', { name: new RegExp(zh('status.stale')) }).click()
  const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
  await expect(dialog).toContainText('2 → 3', { timeout: 30_000 })
  await expect(dialog).toContainText('大区：新增 1 · 华南；消失 0')
  expect(await seriousFaults(page, '.ant-modal')).toEqual([])
  await expect(board).toContainText('7,700')
  await dialog.getByRole('button', { name: zh('refresh.goBack') }).click()
  await expect(dialog).toBeHidden()
  await expect(board).toContainText('3,300')

  await writeMonth(path, ['大区', '金额（元）'], ['华东', 100], ['华北', 400])
  await command(page, 'action.data.refresh')
  await expect(dialog).toContainText(zh('refresh.question'), { timeout: 30_000 })
  await expect(dialog).toContainText('金额（元）')
  expect(await seriousFaults(page, '.ant-modal')).toEqual([])
  await expect(board).toContainText('3,300')
  await dialog.getByRole('button', { name: zh('refresh.answer') }).click()
  await expect(dialog).toContainText('2 → 2', { timeout: 30_000 })
  await dialog.getByRole('button', { name: zh('refresh.done') }).click()
  await expect(board).toContainText('500')
})
