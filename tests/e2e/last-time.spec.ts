import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { command } from './driver/commands.ts'
import { zh } from './driver/designer.ts'
import { pickFiles } from './driver/file-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'last-time' } })
test.describe.configure({ mode: 'serial' })

const month = (shop: string): string => `门店,单号,手机,金额\n${shop},1001,13812345678,12.50\n`
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: zh('import.title') })
const typeOf = (page: Page, column: string): Locator =>
  dialogOf(page).getByLabel(zh('import.type', { column }))
const tagsOf = (page: Page, column: string): Locator =>
  dialogOf(page).getByRole('button', { name: zh('import.tags', { column }) })

async function open(page: Page, home: string, name: string, shop: string): Promise<void> {
  await writeFile(join(home, 'Documents', name), month(shop))
  await command(page, 'action.data.import')
  await pickFiles(page, ['Documents'], [name])
  await expect(dialogOf(page).getByLabel(zh('import.name'))).toBeVisible()
}

test('what a column stands for is proposed and chosen in the preview, as is its type', async ({
  app,
}) => {
  const { page, home } = app
  await page.getByRole('radio', { name: '中文' }).click()
  await open(page, home, '一月.csv', '人民路')
  await expect(dialogOf(page).getByRole('note')).toHaveCount(0)
  await expect(tagsOf(page, '手机')).toContainText(zh('personal.phone'))
  await dialogOf(page).getByLabel(zh('import.name')).fill('销售')
  await typeOf(page, '单号').selectOption('integer')
  await tagsOf(page, '门店').click()
  await page.getByRole('menuitem', { name: zh('tags.meaning') }).hover()
  await page.getByRole('menuitem', { name: zh('meaning.channel') }).click()
  await expect(tagsOf(page, '门店')).toContainText(zh('meaning.channel'))
  await dialogOf(page)
    .getByRole('button', { name: zh('import.run'), exact: true })
    .click()
  await expect(dialogOf(page).getByRole('status')).toContainText(zh('import.done'))
  await page.keyboard.press('Escape')
})

test('the next file of the same columns is read as last time, says so, and can be read as found', async ({
  app,
}) => {
  const { page, home } = app
  await open(page, home, '二月.csv', '中山路')
  const dialog = dialogOf(page)
  await expect(dialog.getByRole('note')).toContainText(zh('lastTime.columns', { count: 2 }))
  await expect(dialog.getByLabel(zh('import.name'))).toHaveValue('销售')
  await expect(typeOf(page, '单号')).toHaveValue('integer')
  await expect(tagsOf(page, '门店')).toContainText(zh('meaning.channel'))
  await dialog.getByRole('button', { name: zh('lastTime.leave') }).click()
  await expect(dialog.getByLabel(zh('import.name'))).toHaveValue('二月')
  await expect(typeOf(page, '单号')).toHaveValue('text')
  await dialog.getByRole('button', { name: zh('lastTime.take') }).click()
  await expect(typeOf(page, '单号')).toHaveValue('integer')
  await dialog.getByRole('button', { name: zh('import.append') }).click()
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'))
})
