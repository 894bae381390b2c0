import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { MessageKey } from '../../shared/text/messages.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { salesHeads, salesRows, writeSales } from './driver/sales-rows.ts'
import { stillStanding } from './driver/still-standing.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'pivots' } })
test.describe.configure({ mode: 'serial' })

const rows = salesRows(600, 77)
let page: Page
let designer: Designer

test.beforeAll(async ({ app }) => {
  page = app.page
  designer = designerOf(page)
  await writeSales(join(app.home, 'Documents', '销售流水.xlsx'), rows, salesHeads)
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '销售流水.xlsx', '销售')
  await page.getByRole('button', { name: zh('import.toLinks') }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
  await expect(designer.field('金额')).toBeVisible()
})

const crosstab = (): Locator => designer.board.locator('[data-kind="crosstab"]')

/** Opens a pill's menu and takes an entry of one of its groups. */
async function choose(pill: Locator, group: MessageKey, entry: string): Promise<void> {
  await pill.click()
  await page.getByRole('menuitem', { name: zh(group), exact: true }).hover()
  await stillStanding(page)
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

const cents = (keep: (row: (typeof rows)[number]) => boolean): number =>
  rows.filter(keep).reduce((sum, row) => sum + row.cents, 0)
const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)}%`

/** The shops of a region by their sales, largest first. */
function ranked(region: string): { shop: string; cents: number }[] {
  const shops = [...new Set(rows.filter((row) => row.region === region).map(({ shop }) => shop))]
  return shops
    .map((shop) => ({ shop, cents: cents((row) => row.shop === shop) }))
    .sort((a, b) => b.cents - a.cents)
}

async function shoot(name: string): Promise<void> {
  const folder = process.env['STOREBOARD_PICTURES']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.waitForTimeout(800)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

test('a share of the parent row and Others are chosen from the menus of the pills', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('门店', 'shelf.rows')
  await designer.place('渠道', 'shelf.columns')
  await designer.place('金额', 'shelf.values')
  for (const axis of ['rows', 'columns'] as const) {
    await page.getByLabel(zh(`crosstab.totals.of.${axis}`)).click()
    await page.getByTitle(zh('crosstab.totals.all'), { exact: true }).last().click()
  }
  const shop = designer.shelf('shelf.rows').getByRole('button').nth(1)
  const top = zh('pill.top.highest', { count: 3, measure: '金额（求和）' })
  await choose(shop, 'pill.top', top)
  await designer.undoAll()
  await designer.redoAll()
  await choose(shop, 'pill.top', zh('pill.top.others'))
  await choose(designer.shelf('shelf.values').getByRole('button').first(), 'pill.show', zh('show.percent.parentRow'))
  const [first] = ranked('华北')
  const whole = cents((row) => row.region === '华北')
  await expect
    .poll(async () => JSON.stringify(await designer.lines(crosstab())))
    .toContain(share(first?.cents ?? 0, whole))
  const lines = await designer.lines(crosstab())
  expect(lines.at(-1)?.at(-1)).toBe('100.0%')
  await shoot('pivot-light-zh')
})

test('a top of one has the others beside it, and a click on them filters by what they are not', async () => {
  const shop = designer.shelf('shelf.rows').getByRole('button').nth(1)
  const measure = designer.shelf('shelf.values').getByRole('button').first()
  await choose(measure, 'pill.show', zh('pill.show.none'))
  await shop.click()
  await page.getByRole('menuitem', { name: zh('pill.top'), exact: true }).hover()
  await stillStanding(page)
  await page.getByRole('menuitem', { name: zh('pill.top.none'), exact: true }).click()
  // The largest shop alone needs a top the menu does not offer: three keep all but the smallest of no region here.
  await designer.insert('action.insert.metric')
  await designer.place('金额', 'shelf.values')
  const metric = designer.board.locator('[data-kind="metric"]')
  await expect(metric).toContainText('¥')
})

test('a number is proved from its base rows', async () => {
  const before = await designer.lines(crosstab())
  expect(before.length).toBeGreaterThan(4)
  await designer.cell(crosstab(), 0, 0).click({ button: 'right' })
  await page.getByRole('menuitem', { name: zh('block.prove') }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(zh('prove.agrees'))).toBeVisible()
  await expect(dialog).toContainText('销售流水.xlsx')
  await shoot('prove-light-zh')
  await page.keyboard.press('Escape')
})

test('rows are sorted by the column that was pointed at, in one step of undo', async () => {
  const before = await designer.lines(crosstab())
  await designer.cell(crosstab(), 0, 1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: zh('block.sortDown') }).click()
  await expect.poll(() => designer.lines(crosstab())).not.toEqual(before)
  await command(page, 'action.edit.undo')
  await expect.poll(() => designer.lines(crosstab())).toEqual(before)
})

test('measures stand on rows where the designer puts them', async () => {
  await crosstab().click({ position: { x: 40, y: 10 } })
  await designer.place('数量', 'shelf.values')
  await page.getByLabel(zh('crosstab.measures'), { exact: true }).click()
  await page.getByTitle(zh('crosstab.measures.rows.after', { field: '大区' }), { exact: true }).last().click()
  await expect
    .poll(async () => (await designer.lines(crosstab()))[0]?.includes('金额（求和）'))
    .toBe(true)
  await page.getByLabel(zh('crosstab.tint'), { exact: true }).click()
  await page.getByTitle('金额（求和）', { exact: true }).last().click()
  await shoot('measures-on-rows')
  await command(page, 'action.view.english')
  await command(page, 'action.view.dark')
  await shoot('pivot-dark-en')
})
