import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import ExcelJS from 'exceljs'
import type { Designer } from './driver/designer.ts'
import { designerOf, zh } from './driver/designer.ts'
import { pickFiles, saveFile } from './driver/file-dialog.ts'
import type { Match } from './driver/sales-rows.ts'
import { centsOf, matching, money, salesHeads, salesRows, writeSales } from './driver/sales-rows.ts'
import { designFrom } from './driver/design-from.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'story' } })

const rows = salesRows(3600, 20_240_101)
const regions = ['华东', '华南', '华北', '西南']
const channels = ['门店', '小程序', '外卖']

test.describe.configure({ mode: 'serial' })

let designer: Designer

test.beforeAll(async ({ app }) => {
  await writeSales(join(app.home, 'Documents', '销售流水.xlsx'), rows, salesHeads)
  designer = designerOf(app.page)
})

test('an own workbook comes in through the dialog and opens the designer', async ({ app }) => {
  const { page } = app
  await designFrom(page, '销售流水.xlsx', '销售')
  await expect(designer.field('金额')).toBeVisible()
})

const chart = () => designer.block('金额（求和），按大区')
const crosstab = () => designer.block('金额（求和），按大区、门店、渠道')

/** The lines a crosstab of region and shop by channel has to show, from the rows themselves. */
function expectedLines(within: Match = {}): string[][] {
  const mine = matching(rows, within)
  const collator = new Intl.Collator('zh-CN')
  const shown = within.channel === undefined ? channels : [within.channel]
  const cells = (match: Match): string[] =>
    [...shown.toSorted(collator.compare).map((channel) => ({ ...match, channel })), match].map(
      (cell) => (matching(mine, cell).length === 0 ? '' : money(centsOf(mine, cell))),
    )
  const inRegions = [...new Set(mine.map(({ region }) => region))].toSorted(collator.compare)
  const lines = inRegions.flatMap((region) => {
    const shops = [...new Set(matching(mine, { region }).map(({ shop }) => shop))]
    const shopLines = shops
      .toSorted(collator.compare)
      .map((shop, index) => [index === 0 ? region : '', shop, ...cells({ region, shop })])
    return [...shopLines, ['', zh('value.total'), ...cells({ region })]]
  })
  return [...lines, [zh('value.total'), ...cells({})]]
}

async function expectCrosstab(within: Match = {}): Promise<void> {
  await expect.poll(() => designer.lines(crosstab())).toEqual(expectedLines(within))
}

async function expectColumn(region: string, within: Match = {}): Promise<void> {
  const sum = money(centsOf(rows, { ...within, region }))
  await expect
    .poll(() => designer.tooltip(chart(), region))
    .toEqual([region, `金额（求和）: ${sum}`])
}

test('dragged fields build a column chart, a crosstab and a filter', async () => {
  await designer.drag(designer.field('大区'), designer.board, { x: 260, y: 60 })
  await designer.drag(designer.field('金额'), designer.shelf('shelf.values'))
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('门店', 'shelf.rows')
  await designer.place('渠道', 'shelf.columns')
  await designer.place('金额', 'shelf.values')
  await designer.press('kind.filter')
  await designer.place('渠道', 'shelf.field')
  for (const region of regions) await expectColumn(region)
})

test('a block is made larger by its handle, and its numbers are the sums of the rows', async ({
  app,
}) => {
  const { mouse } = app.page
  await crosstab().getByRole('heading').click()
  const handle = await crosstab().locator('[data-edge="se"]').boundingBox()
  const { x = 0, y = 0 } = handle ?? {}
  await mouse.move(x + 4, y + 4)
  await mouse.down()
  await mouse.move(x + 150, y + 220, { steps: 6 })
  await mouse.up()
  await expectCrosstab()
})

test('a filter control narrows what the other blocks show', async () => {
  const filter = designer.block('渠道')
  await filter.getByRole('checkbox', { name: '小程序' }).click()
  await expectCrosstab({ channel: '小程序' })
  await expectColumn('华南', { channel: '小程序' })
  await filter.getByRole('checkbox', { name: zh('filter.all') }).click()
  await expectCrosstab()
})

test('a drill path leads down into a mark, and up again by its steps', async ({ app }) => {
  const { page } = app
  await chart().getByRole('heading').click()
  await page.getByRole('button', { name: zh('inspector.drill'), exact: true }).click()
  await page.getByRole('button', { name: zh('drill.new') }).click()
  const dialog = page.getByRole('dialog', { name: zh('drill.edit') })
  await dialog.getByRole('combobox', { name: zh('drill.addLevel') }).click()
  await page.locator('.ant-select-item-option').getByText('门店', { exact: true }).click()
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await dialog.getByRole('button', { name: /^(确 ?定|OK)$/ }).click()
  await expect(dialog).toBeHidden()
  const { x, y } = await designer.column(chart(), '华北')
  await page.mouse.dblclick(x, y)
  const drilled = designer.block('金额（求和），按门店')
  const steps = drilled.getByRole('navigation', { name: zh('drill.breadcrumb') })
  await expect(steps.getByRole('button', { name: '华北' })).toBeVisible()
  for (const shop of ['北京店', '天津店', '青岛店']) {
    const sum = money(centsOf(rows, { shop }))
    await expect.poll(() => designer.tooltip(drilled, shop)).toEqual([shop, `金额（求和）: ${sum}`])
  }
  await steps.getByRole('button', { name: zh('drill.all', { field: '大区' }) }).click()
  await expectColumn('西南')
  await expectCrosstab()
})

test('a click on a mark filters the linked blocks until its chip is let go', async ({ app }) => {
  const { x, y } = await designer.column(chart(), '华东')
  await app.page.mouse.click(x, y)
  const chip = designer.linkBar.getByRole('button', { name: /大区: 华东/ })
  await expect(chip).toBeVisible()
  await expectCrosstab({ region: '华东' })
  await chip.click()
  await expect(designer.linkBar).toBeHidden()
  await expectCrosstab()
})

test('"show rows" on a subtotal lists exactly its rows, with their number and sum', async ({
  app,
}) => {
  const lines = expectedLines()
  const subtotal = lines.findIndex(([, shop]) => shop === zh('value.total'))
  const region = lines[0]?.[0] ?? ''
  await designer.cell(crosstab(), subtotal, 0).click({ button: 'right' })
  await app.page.getByRole('menuitem', { name: /明细行$/ }).click()
  const channel = channels.toSorted(new Intl.Collator('zh-CN').compare)[0] ?? ''
  const mine = matching(rows, { region, channel })
  const panel = designer.rowsPanel
  await expect(panel.getByRole('status')).toHaveText(zh('rows.count', { count: mine.length }))
  await expect(panel).toContainText(money(centsOf(mine)))
  await expect(panel.getByRole('table')).toHaveAttribute('aria-rowcount', String(mine.length + 1))
  await expect(panel.getByRole('row').nth(2)).toContainText('销售流水.xlsx')
  await panel.getByRole('button', { name: zh('rows.close') }).click()
  await expect(panel).toBeHidden()
})

test('a detail table holds every row, and a click on a head sorts it', async () => {
  await designer.insert('action.insert.table')
  await designer.place('门店', 'shelf.columns')
  await designer.place('金额', 'shelf.columns')
  const table = designer.board.getByRole('table', { name: zh('kind.table') })
  await expect(table).toHaveAttribute('aria-rowcount', String(rows.length + 1))
  const cents = rows.map((row) => row.cents).toSorted((a, b) => a - b)
  await table.getByRole('button', { name: '金额' }).click()
  await expect(table.locator('[aria-rowindex="2"] td').nth(1)).toHaveText(money(cents[0] ?? 0))
  await table.locator('xpath=..').evaluate((place) => place.scrollTo(0, place.scrollHeight))
  const last = table.locator(`[aria-rowindex="${rows.length + 1}"] td`).nth(1)
  await expect(last).toHaveText(money(cents.at(-1) ?? 0))
})

test('what is filtered while presenting is the reader’s own and ends with it', async ({ app }) => {
  const { page } = app
  await designer.press('action.view.present')
  await designer.block('渠道').getByRole('checkbox', { name: '外卖' }).click()
  await expectCrosstab({ channel: '外卖' })
  await page.getByRole('button', { name: zh('designer.stopPresenting') }).click()
  await expectCrosstab()
  await expect(
    designer.block('渠道').getByRole('checkbox', { name: zh('filter.all') }),
  ).toBeChecked()
})

test('everything is undone to the empty board and done again', async ({ app }) => {
  const { page } = app
  const steps = await designer.undoAll()
  await expect(designer.board.getByText(zh('board.empty.title'))).toBeVisible()
  await expect(designer.board.getByRole('region')).toHaveCount(0)
  await expect(page.getByText(zh('designer.new'), { exact: true })).toBeVisible()
  await expect(page).toHaveTitle(`${zh('app.untitled')} — Storeboard`)
  expect(await designer.redoAll()).toBe(steps)
  for (const region of regions) await expectColumn(region)
  await expectCrosstab()
})

test('a saved report is there after a reload, with the same numbers', async ({ app }) => {
  const { page } = app
  await designer.press('action.report.save')
  await saveFile(page, ['Documents'], '销售看板')
  await expect(page.getByText(zh('designer.saved'), { exact: true })).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: zh('start.open') }).click()
  await pickFiles(page, ['Documents'], ['销售看板.storeboard'])
  for (const region of regions) await expectColumn(region)
  await expectCrosstab()
  await expect(designer.block('渠道').getByRole('checkbox', { name: '外卖' })).toBeVisible()
})

/** Exports the whole report in a format through the dialog and says where the file is. */
async function exportReport(
  app: { page: Page; home: string },
  format: RegExp | null,
  name: string,
): Promise<string> {
  const { page, home } = app
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: zh('export.title') })
  if (format) await dialog.getByRole('radio', { name: format }).click()
  await dialog.getByRole('button', { name: '导出…' }).click()
  await saveFile(page, ['Documents'], name)
  await expect(dialog.getByRole('status')).toContainText(`已导出到 ${name}`, { timeout: 60_000 })
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return join(home, 'Documents', name)
}

test('the workbook holds the numbers of the rows, cell by cell', async ({ app }) => {
  const path = await exportReport(app, null, '销售看板.xlsx')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  const sheet = workbook.worksheets.find(({ name }) =>
    name.startsWith('金额（求和），按大区、门店'),
  )
  const lines = Array.from(sheet?.getSheetValues() ?? [], (line) =>
    Array.isArray(line) ? line.slice(1) : [],
  )
  const found = new Map(lines.map((line: unknown[]) => [line.slice(0, 2).join('/'), line.slice(2)]))
  const inOrder = channels.toSorted(new Intl.Collator('zh-CN').compare)
  const expected = (match: Match) =>
    [...inOrder.map((channel) => ({ ...match, channel })), match].map(
      (cell) => centsOf(rows, cell) / 100,
    )
  for (const region of regions) {
    expect(found.get(`${region}/${zh('value.total')}`)).toEqual(expected({ region }))
    for (const { shop } of matching(rows, { region })) {
      expect(found.get(`${region}/${shop}`)).toEqual(expected({ region, shop }))
    }
  }
  expect(found.get(`${zh('value.total')}/${zh('value.total')}`)).toEqual(expected({}))
})

test('the PDF prints the same numbers as text', async ({ app }) => {
  const path = await exportReport(app, /PDF/, '销售看板.pdf')
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
  for (const region of regions) expect(text).toContain(money(centsOf(rows, { region })))
  expect(text).toContain(money(centsOf(rows)))
  expect(text).toContain('华东')
})
