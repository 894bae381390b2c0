import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { zh } from './driver/designer.ts'
import type { SaleRow } from './driver/sales-rows.ts'
import { centsOf, matching, money, salesRows } from './driver/sales-rows.ts'
import { designSales } from './driver/design-from.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'formulas' } })
test.describe.configure({ mode: 'serial' })

const rows = salesRows(400, 31)
let page: Page
let designer: Designer

test.beforeAll(async ({ app }) => {
  page = app.page
  designer = await designSales(app, rows)
})

/** Sales for each different customer, found without the product. */
const perCustomer = (some: readonly SaleRow[]): string =>
  money(Math.round(centsOf(some) / new Set(some.map(({ member }) => member)).size))

const mistake = zh('calculated.at', { place: 13, said: '' })
const dialog = (): Locator => page.getByRole('dialog')
const editor = (): Locator => dialog().locator('.formula-editor textarea')

test('a ratio is written with its mistake shown at its place, previewed, and right at every level', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  await page.getByRole('button', { name: zh('calculated.newIn', { dataset: '销售' }) }).click()
  await dialog().getByLabel(zh('calculated.name')).fill('客单价')
  await editor().fill('SUM([金额]) / [会员号]')
  await expect(dialog().locator('.formula-said')).toContainText(mistake)
  await shoot(page, 'formula-error-light-zh')
  await expect.poll(() => seriousFindings(page, '.formula-dialog')).toEqual([])
  await editor().fill('SUM([金额]) / DISTINCTCOUNT([会员号])')
  await expect(dialog().getByText(zh('calculated.kind.aggregate'), { exact: true })).toBeVisible()
  const preview = dialog().getByRole('table', { name: zh('calculated.preview.levels') })
  await expect(preview.locator('[data-level="total"]')).toContainText(perCustomer(rows))
  await shoot(page, 'formula-preview-light-zh')
  await dialog()
    .getByRole('button', { name: zh('calculated.save') })
    .click()
  await expect(dialog()).toHaveCount(0)

  await designer.place('客单价', 'shelf.values')
  const block = designer.board.locator('[data-kind="crosstab"]')
  const east = perCustomer(matching(rows, { region: '华东' }))
  await expect
    .poll(async () => (await designer.lines(block)).map(([head, , ratio]) => [head, ratio]))
    .toContainEqual(['华东', east])
  const last = (await designer.lines(block)).at(-1)
  expect(last?.at(-1)).toBe(perCustomer(rows))

  // A formula over the cells of that measure stands beside it.
  await designer.shelf('shelf.values').getByRole('button').nth(1).click()
  await page.getByRole('menuitem', { name: zh('calculated.overCells') }).click()
  await expect(editor()).toHaveValue('[客单价]')
  await dialog().getByLabel(zh('calculated.name')).fill('占总计')
  await editor().fill('[客单价] / GRANDTOTAL([客单价])')
  await dialog().getByLabel(zh('calculated.format')).click()
  await page.getByTitle('12.3%', { exact: true }).click()
  await expect(preview.locator('[data-level="total"]')).toContainText('100.0%')
  await shoot(page, 'formula-cells-light-zh')
  await dialog()
    .getByRole('button', { name: zh('calculated.save') })
    .click()
  await expect.poll(async () => (await designer.lines(block)).at(-1)?.at(-1)).toBe('100.0%')
})

test('a formula over aggregates names a measure of its block by what it is called there, and not one of cells', async () => {
  const block = designer.board.locator('[data-kind="crosstab"]')
  await page.getByRole('button', { name: zh('calculated.newIn', { dataset: '销售' }) }).click()
  await dialog().getByLabel(zh('calculated.name')).fill('每单一半')
  await editor().fill('[占总计] * 2')
  await expect(dialog().locator('.formula-said')).toContainText(zh('calculated.over.cells'))
  await shoot(page, 'formula-names-cells-light-zh')
  await editor().fill('[金额（求和）] / COUNTROWS() / 2')
  await expect(dialog().getByText(zh('calculated.kind.aggregate'), { exact: true })).toBeVisible()
  const preview = dialog().getByRole('table', { name: zh('calculated.preview.levels') })
  const half = money(Math.round(centsOf(rows) / rows.length / 2))
  await expect(preview.locator('[data-level="total"]')).toContainText(half)
  await shoot(page, 'formula-names-measure-light-zh')
  await dialog()
    .getByRole('button', { name: zh('calculated.save') })
    .click()
  await expect(dialog()).toHaveCount(0)
  await designer.place('每单一半', 'shelf.values')
  await expect.poll(async () => (await designer.lines(block)).at(-1)?.at(-1)).toBe(half)
  await designer.press('action.edit.undo')
})

test('a parameter is made, named in a formula, and changed by keys on the page', async () => {
  await command(page, 'action.insert.parameter')
  await dialog().getByLabel(zh('parameter.name')).fill('折扣')
  await dialog()
    .getByRole('button', { name: zh('parameter.save') })
    .click()
  const slider = designer.board.getByRole('slider', { name: '折扣' })
  await expect(slider).toBeVisible()

  await page.getByRole('button', { name: zh('calculated.newIn', { dataset: '销售' }) }).click()
  await dialog().getByLabel(zh('calculated.name')).fill('折后')
  await editor().fill('SUM([金额]) * (100 - @折扣) / 100')
  await dialog()
    .getByRole('button', { name: zh('calculated.save') })
    .click()
  await designer.insert('action.insert.metric')
  await designer.place('折后', 'shelf.values')
  const card = designer.board.locator('[data-kind="metric"]')
  await expect(card).toContainText(money(centsOf(rows)))

  await slider.focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight')
  await expect(card).toContainText(money(Math.round(centsOf(rows) * 0.97)))
  await designer.press('action.edit.undo')
  await expect(card).toContainText(money(centsOf(rows)))
  await shoot(page, 'parameter-light-zh')

  // Who uses it is said before it goes, and undo brings it back everywhere.
  const list = page.getByRole('list', { name: zh('calculated.group') })
  await list.getByRole('button', { name: zh('calculated.menu', { field: '折后' }) }).click()
  await page.getByRole('menuitem', { name: zh('calculated.delete') }).click()
  await expect(dialog()).toContainText(zh('calculated.delete.used', { places: '折后' }))
  await dialog()
    .getByRole('button', { name: zh('calculated.delete.confirm') })
    .click()
  await expect(card).not.toContainText(money(centsOf(rows)))
  await designer.press('action.edit.undo')
  await expect(card).toContainText(money(centsOf(rows)))
  await takePictures()
})

/** Not for what they show: the same screens in the dark and in English, to be looked at. */
async function takePictures(): Promise<void> {
  if (process.env['STOREBOARD_PICTURES'] === undefined) return
  await command(page, 'action.view.english')
  await command(page, 'action.view.dark')
  await command(page, 'action.insert.parameter')
  await shoot(page, 'parameters-dark-en')
  await dialog().getByRole('button', { name: 'New parameter' }).click()
  await shoot(page, 'parameter-form-dark-en')
  await page.keyboard.press('Escape')
  await command(page, 'action.insert.calculated')
  await dialog().getByLabel('Name').fill('per piece')
  await editor().fill('[金额] / [数量]')
  await expect(dialog().getByRole('table').first()).toBeVisible()
  await shoot(page, 'formula-row-dark-en')
  expect(await seriousFindings(page, '.formula-dialog')).toEqual([])
  await editor().fill('IF([金额] > 100, "big", "small")')
  await expect(dialog().getByText('Values and their rows')).toBeVisible()
  await shoot(page, 'formula-text-dark-en')
  await editor().fill('SU')
  await editor().press('Control+ ')
  await shoot(page, 'formula-completion-dark-en')
}
