import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { command } from '../e2e/driver/commands.ts'
import { designerOf, zh } from '../e2e/driver/designer.ts'
import { bringIn } from '../e2e/driver/import-dialog.ts'
import { salesHeads, salesRows, writeSales } from '../e2e/driver/sales-rows.ts'
import { expect, test } from '../e2e/driver/test.ts'

test.use({ appOptions: { spec: 'screens', viewport: { width: 1280, height: 800 } } })
test.describe.configure({ mode: 'serial' })

const drawnHere = process.platform === 'linux' && existsSync('/usr/share/fonts/opentype/noto')
test.skip(!drawnHere, 'the pictures were taken with the fonts of fonts-noto-cjk on Linux')

/** Compares the window with its picture once every block is drawn; what tells the time is covered. */
async function expectPicture(page: Page, name: string): Promise<void> {
  await page.mouse.move(2, 2)
  await expect(page.locator('[aria-busy="true"], .note')).toHaveCount(0, { timeout: 30_000 })
  // Charts move to their final shape within this time, unseen by the page's animations.
  await page.waitForTimeout(800)
  await expect(page).toHaveScreenshot(`${name}.png`, { mask: [page.getByRole('contentinfo')] })
}

test('the start page looks as it did', async ({ app }) => {
  const { page } = app
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('radio', { name: zh('start.light') }).click()
  await page.getByRole('button', { name: zh('sample.cancel') }).click()
  await expect(page.getByRole('button', { name: zh('sample.start') })).toBeVisible()
  await expectPicture(page, 'start')
})

test('a board looks as it did, light in Chinese and dark in English', async ({ app }) => {
  const { page } = app
  await writeSales(join(app.home, 'Documents', '销售流水.xlsx'), salesRows(600, 77), salesHeads)
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '销售流水.xlsx', '销售')
  await page.getByRole('button', { name: zh('import.toLinks') }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
  const designer = designerOf(page)
  await designer.field('大区').press('Enter')
  await designer.field('金额').press('Enter')
  await expect(designer.block('金额（求和），按大区').locator('svg')).toBeVisible()
  await designer.place('渠道', 'shelf.color')
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('渠道', 'shelf.columns')
  await designer.place('金额', 'shelf.values')
  await designer.insert('action.insert.metric')
  await designer.place('金额', 'shelf.values')
  await designer.press('kind.filter')
  await designer.place('渠道', 'shelf.field')
  await page.locator('.board').click({ position: { x: 4, y: 4 } })
  await expectPicture(page, 'board-light-zh')
  await command(page, 'action.view.english')
  await command(page, 'action.view.dark')
  await expectPicture(page, 'board-dark-en')
})

test('the inspector and the export dialog look as they did', async ({ app }) => {
  const { page } = app
  await command(page, 'action.view.light')
  await command(page, 'action.view.chinese')
  await designerOf(page).board.getByRole('region').first().getByRole('heading').click()
  await expectPicture(page, 'inspector')
  await page.keyboard.press('Control+e')
  await expect(page.getByRole('dialog', { name: zh('export.title') })).toBeVisible()
  await expectPicture(page, 'export')
})
