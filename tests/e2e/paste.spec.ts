import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringInAll } from './driver/import-dialog.ts'
import { centsOf, matching, money, salesHeads, salesRows, writeSales } from './driver/sales-rows.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'paste' } })
test.describe.configure({ mode: 'serial' })

const rows = salesRows(300, 19)
let page: Page
let designer: Designer

test.beforeAll(async ({ app }) => {
  page = app.page
  designer = designerOf(page)
  const documents = join(app.home, 'Documents')
  await writeSales(join(documents, '销售流水.xlsx'), rows, salesHeads)
  await writeFile(join(documents, '门店面积.csv'), '店名,面积\n甲店,120\n乙店,80\n')
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  const dialog = await bringInAll(page, ['销售流水.xlsx', '门店面积.csv'])
  await dialog.getByRole('button', { name: zh('import.design') }).click()
  await expect(designer.field('金额')).toBeVisible()
})

const dialog = (): Locator => page.getByRole('dialog')
const blocks = (): Locator => designer.board.getByRole('region')
const crosstab = (): Locator => designer.board.locator('[data-kind="crosstab"]')

/** Another report, what was done to the one before thrown away. */
async function startAnew(): Promise<void> {
  await command(page, 'action.report.new')
  const discard = dialog().getByRole('button', { name: zh('leave.discard') })
  await discard.click()
  await expect(dialog()).toHaveCount(0)
  await expect(blocks()).toHaveCount(0)
}

const eastHalf = (): string => money(Math.round(centsOf(matching(rows, { region: '华东' })) * 0.5))

test('a block brings its dataset, its formula and its parameter into an empty report', async () => {
  await command(page, 'action.insert.parameter')
  await dialog().getByLabel(zh('parameter.name')).fill('折扣')
  await dialog()
    .getByRole('button', { name: zh('parameter.save') })
    .click()
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await page.getByRole('button', { name: zh('calculated.newIn', { dataset: '销售流水' }) }).click()
  await dialog().getByLabel(zh('calculated.name')).fill('折后')
  await dialog().locator('.formula-editor textarea').fill('SUM([金额]) * (50 - @折扣) / 100')
  await dialog()
    .getByRole('button', { name: zh('calculated.save') })
    .click()
  await designer.place('折后', 'shelf.values')
  await expect.poll(async () => (await designer.lines(crosstab())).flat()).toContain(eastHalf())
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')

  await startAnew()
  await page.keyboard.press('Control+v')
  await expect(blocks()).toHaveCount(2)
  await expect.poll(async () => (await designer.lines(crosstab())).flat()).toContain(eastHalf())
  const slider = designer.board.getByRole('slider', { name: '折扣' })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await designer.lines(crosstab())).flat()).not.toContain(eastHalf())
  await designer.press('action.edit.undo')
  await designer.press('action.edit.undo')
  await expect(blocks()).toHaveCount(0)
  await designer.press('action.edit.redo')
  await expect.poll(async () => (await designer.lines(crosstab())).flat()).toContain(eastHalf())
})

test('a report on another dataset is told which fields it lacks, and can be given the dataset', async () => {
  await startAnew()
  await designer.field('面积').press('Enter')
  await expect(blocks()).toHaveCount(1)
  await page.keyboard.press('Control+v')
  await expect(dialog()).toContainText(
    zh('paste.missing.fields', { nearest: '门店面积', dataset: '销售流水', fields: '大区、金额' }),
  )
  await shoot(page, 'paste-missing-light-zh')
  await dialog()
    .getByRole('button', { name: zh('app.cancel') })
    .click()
  await expect(blocks()).toHaveCount(1)
  await page.keyboard.press('Control+v')
  await dialog()
    .getByRole('button', { name: zh('paste.missing.add') })
    .click()
  await expect(blocks()).toHaveCount(3)
  await expect.poll(async () => (await designer.lines(crosstab())).flat()).toContain(eastHalf())
  await shoot(page, 'pasted-light-zh')
  await designer.press('action.edit.undo')
  await expect(blocks()).toHaveCount(1)
})
