import { join } from 'node:path'
import exceljs from 'exceljs'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { pickFiles } from './driver/file-dialog.ts'
import { seriousFindings } from './driver/axe.ts'
import { designFrom } from './driver/design-from.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'refresh' } })
test.describe.configure({ mode: 'serial' })

async function writeMonth(
  path: string,
  heads: readonly string[],
  ...rows: readonly (readonly [string, string | number])[]
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
  await designFrom(page, '月报.xlsx', '月报')
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  const board = page.locator('.board')
  await expect(board).toContainText('3,300')

  await writeMonth(path, ['大区', '金额'], ['华东', 1100], ['华北', 2200], ['华南', 4400])
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  const stale = new RegExp(zh('status.stale'))
  // A block of it says the same, in the same words.
  const mark = board.getByRole('button', { name: stale })
  await expect(mark).toHaveAttribute('title', /月报\.xlsx/)
  const status = page.getByRole('contentinfo', { name: zh('status.title') })
  const bar = status.getByRole('button', { name: stale })
  expect(await mark.getAttribute('title')).toContain(await bar.textContent())
  await bar.click()
  const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
  await expect(dialog).toContainText('2 → 3', { timeout: 30_000 })
  await expect(dialog).toContainText('大区：新增 1 · 华南；消失 0')
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await expect(board).toContainText('7,700')
  await dialog.getByRole('button', { name: zh('refresh.goBack') }).click()
  await expect(dialog).toBeHidden()
  await expect(board).toContainText('3,300')

  await writeMonth(path, ['大区', '金额（元）'], ['华东', 100], ['华北', 400])
  await command(page, 'action.data.refresh')
  await expect(dialog).toContainText(zh('refresh.question'), { timeout: 30_000 })
  await expect(dialog).toContainText('金额（元）')
  // The open report was never saved, and is named all the same.
  await expect(dialog).toContainText(zh('refresh.reports').replace('{reports}', zh('app.untitled')))
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await expect(board).toContainText('3,300')
  await dialog.getByRole('button', { name: zh('refresh.answer') }).click()
  await expect(dialog).toContainText('2 → 2', { timeout: 30_000 })
  await dialog.getByRole('button', { name: zh('refresh.done') }).click()
  await expect(board).toContainText('500')

  await writeMonth(path, ['大区', '备注'], ['华东', '无'], ['华北', '补货'])
  await command(page, 'action.data.refresh')
  const which = zh('refresh.vanished').replace('{field}', '金额')
  await expect(dialog).toContainText(which, { timeout: 30_000 })
  // Nothing is like it: that it is gone has to be said.
  await expect(dialog.getByRole('button', { name: zh('refresh.answer') })).toBeDisabled()
  await expect(dialog).toContainText(zh('refresh.choose'))
  await dialog.getByRole('combobox', { name: which }).click()
  await page.getByTitle(zh('refresh.none')).click()
  await expect(dialog.getByRole('button', { name: zh('refresh.answer') })).toBeEnabled()
  await dialog.getByRole('button', { name: zh('refresh.done') }).click()
  await writeMonth(path, ['大区', '金额（元）'], ['华东', 100], ['华北', 400])
})

test('the Data page lists the versions, goes back to one, and lets one go when it is confirmed', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'action.data.show')
  const versions = page.getByRole('region', { name: zh('versions.title') })
  await expect(versions.getByRole('listitem')).toHaveCount(3)
  const current = versions.locator('li[aria-current="true"]')
  await expect(current).toContainText('2 行')
  await versions.getByRole('listitem').nth(1).getByText(zh('versions.changes')).click()
  await expect(versions.getByRole('listitem').nth(1)).toContainText('新增 1')
  const earlier = versions.getByRole('listitem').nth(1)
  await earlier.getByRole('button', { name: zh('versions.goTo') }).click()
  await expect(current).toContainText('3 行')
  expect(await seriousFindings(page, '.data-page')).toEqual([])
  await versions
    .getByRole('listitem')
    .nth(2)
    .getByRole('button', { name: zh('versions.drop', { number: 1 }) })
    .click()
  await page.getByRole('button', { name: zh('versions.dropNow'), exact: true }).click()
  await expect(versions.getByRole('listitem')).toHaveCount(2)
})

test('one odd amount of a new month is proposed to be left blank; every sum goes on', async ({
  app,
}) => {
  const { page, home } = app
  const path = join(home, 'Documents', '月报.xlsx')
  const rows = (last: string | number): (readonly [string, string | number])[] => [
    ...Array.from({ length: 11 }, (_, i) => [`店${i + 1}`, 100 + i] as const),
    ['店12', last],
  ]
  await writeMonth(path, ['大区', '金额'], ...rows(500))
  await command(page, 'action.data.refresh')
  const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
  await expect(dialog).toContainText(/→ 12/, { timeout: 30_000 })
  await dialog.getByRole('button', { name: zh('refresh.done') }).click()
  await writeMonth(path, ['大区', '金额'], ...rows('待定'))
  await command(page, 'action.data.refresh')
  await expect(dialog).toContainText('月报.xlsx：12 个值中有 1 个（待定）', { timeout: 30_000 })
  await expect(dialog.getByRole('radio').first()).toBeChecked()
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await dialog.getByRole('button', { name: zh('refresh.answer') }).click()
  await expect(dialog).toContainText('12 → 12', { timeout: 30_000 })
  await expect(dialog).toContainText('1 个值不合所选类型')
  await dialog.getByRole('button', { name: zh('refresh.done') }).click()
})

test('a file left with its heads alone may be exported again, and is read again then', async ({
  app,
}) => {
  const { page, home } = app
  const path = join(home, 'Documents', '月报.xlsx')
  await writeMonth(path, ['大区', '金额'])
  await command(page, 'action.data.refresh')
  const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
  await expect(dialog).toContainText('月报.xlsx 之前有数据行', { timeout: 30_000 })
  await expect(dialog.getByRole('button', { name: zh('refresh.takeEmpty') })).toBeVisible()
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await writeMonth(path, ['大区', '金额'], ['华东', 1100], ['华北', 2200])
  await dialog.getByRole('button', { name: zh('refresh.again') }).click()
  await expect(dialog).toContainText('12 → 2', { timeout: 30_000 })
  await dialog.getByRole('button', { name: zh('refresh.done') }).click()
})

test('a month that repeats days of the one before is a question, and its repeated rows stay out', async ({
  app,
}) => {
  const { page, home } = app
  const lines = (from: number, to: number): (readonly [string, string | number])[] =>
    Array.from({ length: to - from + 1 }, (_, i) => [`R${1000 + from + i}`, from + i] as const)
  const write = async (name: string, rows: readonly (readonly [string, string | number])[]) => {
    const workbook = new exceljs.Workbook()
    const sheet = workbook.addWorksheet('流水')
    sheet.addRow(['小票号', '日期', '金额'])
    for (const [receipt, day] of rows) {
      sheet.addRow([receipt, `2025-03-${String(day).padStart(2, '0')}`, day])
    }
    await workbook.xlsx.writeFile(join(home, 'Documents', name))
  }
  await write('上旬.xlsx', lines(1, 12))
  await write('下旬.xlsx', lines(11, 20))
  await command(page, 'action.data.import')
  await pickFiles(page, ['Documents'], ['上旬.xlsx', '下旬.xlsx'])
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('2 行')
  await alert.getByRole('button', { name: zh('import.overlap.skip') }).click()
  await expect(dialog).toContainText('在较早文件中已有、因此略过的行：2')
  await expect(dialog).toContainText('读取行数22')
  await expect(dialog).toContainText('数据集行数20')
})

test('a corrected file is a question before it counts twice, and takes the place of the other', async ({
  app,
}) => {
  const { page, home } = app
  const write = async (name: string, more: number) => {
    const workbook = new exceljs.Workbook()
    const sheet = workbook.addWorksheet('流水')
    sheet.addRow(['小票号', '日期', '金额'])
    for (let day = 1; day <= 12; day++) {
      sheet.addRow([`Q${1000 + day}`, `2025-04-${String(day).padStart(2, '0')}`, day + more])
    }
    await workbook.xlsx.writeFile(join(home, 'Documents', name))
  }
  await write('四月.xlsx', 0)
  await write('四月修正.xlsx', 1)
  await command(page, 'action.data.import')
  await pickFiles(page, ['Documents'], ['四月.xlsx', '四月修正.xlsx'])
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('有 12 张已在“四月.xlsx · 流水”中，但数字不同')
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await alert.getByRole('button', { name: zh('import.overlap.replace') }).click()
  await expect(dialog).toContainText('已由较晚文件替换的行：12')
  await expect(dialog).toContainText('数据集行数12')
})
