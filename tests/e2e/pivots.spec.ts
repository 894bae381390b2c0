import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { Locator, Page } from '@playwright/test'
import type { MessageKey } from '../../shared/text/messages.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { zh } from './driver/designer.ts'
import { saveFile } from './driver/file-dialog.ts'
import { salesRows } from './driver/sales-rows.ts'
import { stillStanding } from './driver/still-standing.ts'
import { chooseInPill } from './driver/pill-menu.ts'
import { designSales } from './driver/design-from.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'pivots' } })
test.describe.configure({ mode: 'serial' })

const rows = salesRows(600, 77)
let page: Page
let designer: Designer

test.beforeAll(async ({ app }) => {
  page = app.page
  designer = await designSales(app, rows)
})

const crosstab = (): Locator => designer.board.locator('[data-kind="crosstab"]')

const choose = (pill: Locator, group: MessageKey, entry: string): Promise<void> =>
  chooseInPill(page, pill, group, entry)

type Sale = (typeof rows)[number]
const cents = (keep: (row: Sale) => boolean): number =>
  rows.filter(keep).reduce((sum, row) => sum + row.cents, 0)
const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)}%`

/** The shops of a channel by their sales, largest first. */
function ranked(channel: string): { shop: string; cents: number }[] {
  const shops = [...new Set(rows.filter((row) => row.channel === channel).map(({ shop }) => shop))]
  return shops
    .map((shop) => ({ shop, cents: cents((row) => row.shop === shop && row.channel === channel) }))
    .sort((a, b) => b.cents - a.cents)
}

const measure = (): Locator => designer.shelf('shelf.values').getByRole('button').first()

/** Room for all lines and columns. */
async function enlarge(block: Locator): Promise<void> {
  await block.evaluate((element) => (element as HTMLElement).focus())
  for (let n = 0; n < 9; n++) await page.keyboard.press('Shift+ArrowRight')
  for (let n = 0; n < 11; n++) await page.keyboard.press('Shift+ArrowDown')
}

test('a share of the parent row and Others are chosen from the menus of the pills', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('渠道', 'shelf.rows')
  await designer.place('门店', 'shelf.rows')
  await designer.place('日期', 'shelf.columns')
  await designer.place('金额', 'shelf.values')
  await choose(
    designer.shelf('shelf.columns').getByRole('button').first(),
    'pill.grain',
    zh('grain.year'),
  )
  for (const axis of ['rows', 'columns'] as const) {
    await page.getByLabel(zh(`crosstab.totals.of.${axis}`)).click()
    await page.getByTitle(zh('crosstab.totals.all'), { exact: true }).last().click()
  }
  const shop = designer.shelf('shelf.rows').getByRole('button').nth(1)
  const caption = '金额（求和）'
  await choose(shop, 'pill.top', zh('pill.top.highest', { count: 3, measure: caption }))
  await choose(shop, 'pill.top', zh('pill.top.others'))
  await choose(measure(), 'pill.show', zh('show.percent.parentRow'))
  for (const channel of ['外卖', '小程序']) {
    const [first, second, third, ...others] = ranked(channel)
    const whole = cents((row) => row.channel === channel)
    const rest = others.reduce((sum, one) => sum + one.cents, 0)
    const shares = [first, second, third].map((one) => share(one?.cents ?? 0, whole))
    const read = async (): Promise<(string | undefined)[][]> =>
      (await designer.lines(crosstab())).map((line) => [line.at(-4), line.at(-1)])
    await expect.poll(read).toContainEqual([zh('value.others'), share(rest, whole)])
    const shown = (await read()).map(([, value]) => value)
    for (const one of shares) expect(shown).toContain(one)
  }
  await enlarge(crosstab())
  await shoot(page, 'pivot-light-zh')
})

test('a click on Others filters linked blocks by what it is not, and its members are listed', async () => {
  await designer.insert('action.insert.metric')
  await designer.place('金额', 'shelf.values')
  const metric = designer.board.locator('[data-kind="metric"]')
  const lines = await designer.lines(crosstab())
  const line = lines.findIndex((one) => one.includes(zh('value.others')))
  const channel = String(lines[0]?.[0])
  const others = ranked(channel).slice(3)
  const sum = others.reduce((total, one) => total + one.cents, 0) / 100
  const cell = designer.cell(crosstab(), line, 2)
  await cell.click()
  await expect(metric).toContainText(sum.toLocaleString('zh-CN', { minimumFractionDigits: 2 }))
  await cell.click()
  await cell.click({ button: 'right' })
  await page.getByText(zh('block.others'), { exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(zh('others.count', { count: others.length }))
  for (const { shop } of others) await expect(dialog.getByText(shop, { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a number is proved from its base rows', async () => {
  const before = await designer.lines(crosstab())
  expect(before.length).toBeGreaterThan(4)
  await designer.cell(crosstab(), 0, 0).click({ button: 'right' })
  await page.getByText(zh('block.prove'), { exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(zh('prove.agrees'))).toBeVisible()
  await expect(dialog).toContainText('销售流水.xlsx')
  await shoot(page, 'prove-light-zh')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('rows are sorted by the column that was pointed at, in one step of undo', async () => {
  const before = await designer.lines(crosstab())
  await designer.cell(crosstab(), 0, 1).click({ button: 'right' })
  await page.getByText(zh('block.sortDown'), { exact: true }).click()
  await expect.poll(() => designer.lines(crosstab())).not.toEqual(before)
  await command(page, 'action.edit.undo')
  await expect.poll(() => designer.lines(crosstab())).toEqual(before)
})

test('measures stand on rows where the designer puts them', async () => {
  await crosstab().click({ position: { x: 40, y: 10 } })
  await designer.place('数量', 'shelf.values')
  await page.getByLabel(zh('crosstab.measuresOn'), { exact: true }).click()
  await page
    .getByTitle(zh('crosstab.measures.rows.after', { field: '渠道' }), { exact: true })
    .last()
    .click()
  await expect
    .poll(async () =>
      (await designer.lines(crosstab()))[0]?.some((one) => one.startsWith('金额（求和）')),
    )
    .toBe(true)
  await page.getByLabel(zh('crosstab.tint'), { exact: true }).click()
  await page
    .getByTitle(/^金额（求和）/)
    .last()
    .click()
  await shoot(page, 'measures-on-rows')
})

/** Exports the whole report through the dialog and says where the file is. */
async function exported(home: string, format: RegExp | null, name: string): Promise<string> {
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

test('workbook and PDF have the same shares, Others, and the measures where they stand', async ({
  app,
}) => {
  const [first = '门店'] = [...new Set(rows.map(({ channel }) => channel))].toSorted(
    new Intl.Collator('zh-CN').compare,
  )
  const rest = ranked(first).slice(3)
  const part = rest.reduce((sum, one) => sum + one.cents, 0)
  const whole = cents((row) => row.channel === first)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(await exported(app.home, null, '透视.xlsx'))
  const sheet = workbook.worksheets.find(({ name }) => name.startsWith('金额（求和） · 占上级行'))
  const lines = Array.from(sheet?.getSheetValues() ?? [], (line) =>
    Array.isArray(line) ? line.slice(1) : [],
  )
  const others = lines.find((line) => line.includes(zh('value.others')))
  expect(others?.[0]).toBe(first)
  expect(others?.[1]).toBe(`金额（求和） · ${zh('show.percent.parentRow')}`)
  expect(others?.at(-1)).toBeCloseTo(part / whole, 12)
  const pdf = await exported(app.home, /PDF/, '透视.pdf')
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
  for (const words of [zh('value.others'), zh('crosstab.measures'), share(part, whole)])
    expect(text).toContain(words)
})

test('the dialog of a measure has what a menu has no room for, in one step of undo', async () => {
  const quantity = designer.shelf('shelf.values').getByRole('button').nth(1)
  const before = await quantity.textContent()
  await choose(
    quantity,
    'pill.aggregate',
    zh('pill.aggregate.more', { aggregate: zh('aggregate.weightedAverage') }),
  )
  const dialog = page.getByRole('dialog', { name: zh('measure.title') })
  const pick = async (label: MessageKey, option: string): Promise<void> => {
    await dialog.getByLabel(zh(label), { exact: true }).press('ArrowDown')
    await stillStanding(page)
    await page.locator('.ant-select-item:visible').getByText(option, { exact: true }).click()
  }
  await pick('pill.aggregate', zh('aggregate.weightedAverage'))
  await expect(dialog.getByRole('button', { name: /^确\s?定$/ })).toBeDisabled()
  await pick('measure.weight', '金额')
  await pick('pill.show', zh('show.runningTotal'))
  await shoot(page, 'measure-dialog')
  await dialog.getByRole('button', { name: /^确\s?定$/ }).click()
  await expect(quantity).toContainText(
    zh('pill.caption.weighted', { field: '数量', weight: '金额' }),
  )
  await expect(quantity).toContainText(zh('show.runningTotal'))
  await command(page, 'action.edit.undo')
  await expect(quantity).toHaveText(before ?? '')
})

test('reads as well in the dark and in English', async () => {
  await command(page, 'action.view.english')
  await command(page, 'action.view.dark')
  await expect(page.getByText('Others').first()).toBeVisible()
  await shoot(page, 'pivot-dark-en')
})
