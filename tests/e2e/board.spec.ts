import type { Locator, Page } from '@playwright/test'
import type { MessageKey } from '../../shared/text/messages.ts'
import { textIn } from '../../shared/text/messages.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { zh } from './driver/designer.ts'
import { centsOf, matching, money, salesRows } from './driver/sales-rows.ts'
import { designSales } from './driver/design-from.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'board' } })
test.describe.configure({ mode: 'serial' })

const rows = salesRows(600, 77)
let page: Page
let designer: Designer

test.beforeAll(async ({ app }) => {
  page = app.page
  designer = await designSales(app, rows)
})

const blocks = (): Locator => designer.board.getByRole('region')
const selected = (): Locator => designer.board.locator('[data-selected="true"]')
const chart = (): Locator => designer.block('金额（求和），按大区')
const card = (): Locator => designer.block('金额（求和）')
const tab = (name: string): Locator => page.getByRole('tab', { name, exact: true })

/** Puts the keyboard on a block as Tab does. */
async function tabTo(block: Locator): Promise<void> {
  await block.evaluate((element) => (element as HTMLElement).focus())
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(block).toBeFocused()
}

async function placeOf(block: Locator): Promise<{ x: number; y: number; width: number }> {
  return (await block.boundingBox()) ?? { x: 0, y: 0, width: 0 }
}

test('a field goes on the board and to a shelf by the keyboard alone', async () => {
  await designer.field('大区').press('Enter')
  await expect(blocks().locator('svg text').getByText('华东', { exact: true })).toBeVisible()
  await designer.field('金额').press('Enter')
  await expect(chart()).toBeVisible()
  await expect(designer.shelf('shelf.values').getByRole('button')).toHaveCount(1)
})

test('arrows move a block, with Shift they resize it, and each run of presses is one step', async () => {
  await tabTo(chart())
  const start = await placeOf(chart())
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const moved = await placeOf(chart())
  expect(moved.x).toBeGreaterThan(start.x)
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await placeOf(chart())).width).toBeGreaterThan(start.width)
  await page.keyboard.press('Control+z')
  await expect.poll(() => placeOf(chart())).toEqual(start)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(async () => (await placeOf(chart())).x).toBe(moved.x)
})

test('blocks are copied, pasted, duplicated, chosen together and deleted by keys', async () => {
  await tabTo(chart())
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect(blocks()).toHaveCount(2)
  await page.keyboard.press('Control+d')
  await expect(blocks()).toHaveCount(3)
  await expect(blocks().nth(2)).toBeInViewport()
  await tabTo(blocks().nth(0))
  await expect(selected()).toHaveCount(1)
  await page.keyboard.press('Control+Space')
  await tabTo(blocks().nth(2))
  await page.keyboard.press('Control+Space')
  await expect(selected()).toHaveCount(2)
  await page.keyboard.press('Delete')
  await expect(blocks()).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(blocks()).toHaveCount(3)
  await page.keyboard.press('Control+a')
  await expect(selected()).toHaveCount(3)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(blocks()).toHaveCount(1)
})

test('pages are added, renamed, moved and deleted, and all of it is undone', async () => {
  await page.getByRole('button', { name: zh('designer.page.add') }).click()
  await expect(page.getByRole('tab')).toHaveCount(2)
  const added = page.getByRole('tab').nth(1)
  await added.focus()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('门店')
  await page.keyboard.press('Enter')
  await expect(tab('门店')).toHaveAttribute('aria-selected', 'true')
  await tab('门店').focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByRole('tab').first()).toHaveText('门店')
  await tab('门店').click({ button: 'right' })
  await page.getByRole('menuitem', { name: zh('designer.page.remove') }).click()
  await expect(page.getByRole('tab')).toHaveCount(1)
  await expect(chart()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('tab').first()).toHaveText('门店')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('tab').nth(1)).toHaveText('门店')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('tab')).toHaveCount(1)
  await expect(chart()).toBeVisible()
})

test('a mark is reached, picked, let go and drilled into by keys', async () => {
  await chart().getByRole('heading').click()
  await page.getByRole('button', { name: zh('inspector.drill'), exact: true }).click()
  await page.getByRole('button', { name: zh('drill.new') }).click()
  const dialog = page.getByRole('dialog', { name: zh('drill.edit') })
  await dialog.getByRole('combobox', { name: zh('drill.addLevel') }).click()
  await page.locator('.ant-select-item-option').getByText('门店', { exact: true }).click()
  await dialog.getByRole('button', { name: /^(确 ?定|OK)$/ }).click()
  await expect(dialog).toBeHidden()
  await designer.insert('action.insert.metric')
  await designer.place('金额', 'shelf.values')
  await expect(card()).toContainText(money(centsOf(rows)))

  const drawing = chart().getByRole('img').first()
  await drawing.focus()
  await page.keyboard.press('ArrowRight')
  const said = chart().getByRole('status')
  const region = ((await said.textContent()) ?? '').split(' ')[0] ?? ''
  expect(await said.textContent()).toBe(`${region} ${money(centsOf(rows, { region }))}`)
  await page.keyboard.press('Space')
  await expect(card()).toContainText(money(centsOf(rows, { region })))
  const chip = designer.linkBar.getByRole('button', { name: new RegExp(`大区: ${region}`) })
  await chip.press('Enter')
  await expect(designer.linkBar).toBeHidden()
  await expect(card()).toContainText(money(centsOf(rows)))

  await drawing.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const drilled = designer.block('金额（求和），按门店')
  const steps = drilled.getByRole('navigation', { name: zh('drill.breadcrumb') })
  await expect(steps.getByRole('button', { name: region })).toBeVisible()
  for (const { shop } of matching(rows, { region }))
    await expect(drilled.locator('svg text').getByText(shop, { exact: true })).toBeVisible()
  await steps.getByRole('button', { name: zh('drill.all', { field: '大区' }) }).press('Enter')
  await expect(chart()).toBeVisible()
})

test('cells of a crosstab are walked by arrows, and the menu key lists the rows behind one', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  const crosstab = page.getByRole('table', { name: /^交叉表/ })
  await crosstab.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const said = designer.board.getByRole('status').filter({ hasText: /\d/ })
  const region = ((await said.textContent()) ?? '').split(' ')[0] ?? ''
  const mine = matching(rows, { region })
  expect(await said.textContent()).toBe(`${region} ${money(centsOf(mine))}`)
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /明细行$/ }).press('Enter')
  await expect(designer.rowsPanel.getByRole('status')).toHaveText(
    zh('rows.count', { count: mine.length }),
  )
  await designer.rowsPanel.getByRole('button', { name: zh('rows.close') }).click()
})

test('columns of a crosstab stay under their heads when a filter makes them narrower, its total in view', async () => {
  const crosstab = page.getByRole('table', { name: /^交叉表|按大区、门店、渠道/ })
  await designer.block('金额（求和），按大区').last().getByRole('heading').click()
  await designer.place('门店', 'shelf.rows')
  await designer.place('渠道', 'shelf.columns')
  const kept = crosstab.locator('.crosstab-heads .crosstab-kept')
  await expect(kept).toHaveText(zh('value.total'))
  const places = (selector: string): Promise<string[]> =>
    crosstab
      .locator(selector)
      .evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).map(({ x, width }) => `${x}+${width}`),
      )
  const heads = (): Promise<string[]> => places('.crosstab-heads > .crosstab-head')
  const firstRow = (): Promise<string[]> =>
    places('.crosstab-row[aria-rowindex="2"] > .crosstab-cell')
  const wide = await heads()
  expect(await firstRow()).toEqual(wide)
  await chart().first().getByRole('img').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(designer.linkBar).toBeVisible()
  await expect.poll(heads).not.toEqual(wide)
  expect(await firstRow()).toEqual(await heads())
  await expect(kept).toHaveText(zh('value.total'))
  await page.keyboard.press('Space')
  await expect.poll(heads).toEqual(wide)
  expect(await firstRow()).toEqual(wide)
})

test('language and theme change at run time, numbers stay', async () => {
  const words = textIn('en')
  const look = async (key: MessageKey): Promise<void> => command(page, key)
  await look('action.view.english')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('toolbar', { name: words('designer.toolbar') })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Sum of 金额', exact: true })).toContainText(
    money(centsOf(rows)),
  )
  const paper = (): Promise<string> =>
    designer.board.evaluate((board) => getComputedStyle(board).color)
  await look('action.view.dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const dark = await paper()
  await look('action.view.light')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  expect(await paper()).not.toBe(dark)
  await look('action.view.chinese')
  await expect(page.getByRole('toolbar', { name: zh('designer.toolbar') })).toBeVisible()
})

test('presenting shows the board alone, and Escape ends it', async () => {
  await page.keyboard.press('F5')
  await expect(page.getByRole('toolbar')).toBeHidden()
  await expect(page.getByRole('complementary', { name: zh('fields.title') })).toBeHidden()
  await expect(card()).toBeVisible()
  const before = await placeOf(card())
  await tabTo(card())
  await page.keyboard.press('ArrowRight')
  expect(await placeOf(card())).toEqual(before)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('toolbar', { name: zh('designer.toolbar') })).toBeVisible()
})

test('a file dropped on the window comes in like a chosen one', async () => {
  const files = await page.evaluateHandle(() => {
    const carried = new DataTransfer()
    carried.items.add(new File(['门店,目标\n上海一店,10\n广州店,20\n'], '目标.csv'))
    return carried
  })
  const body = page.locator('body')
  await body.dispatchEvent('dragenter', { dataTransfer: files })
  await expect(page.getByText(zh('import.dropAnywhere'))).toBeVisible()
  await body.dispatchEvent('dragover', { dataTransfer: files })
  await body.dispatchEvent('drop', { dataTransfer: files })
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
  await expect(dialog.getByRole('region', { name: '目标', exact: true })).toContainText('读取行数2')
})
