import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { designerOf, zh } from './driver/designer.ts'
import { designFrom } from './driver/design-from.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'crosstab' } })
test.describe.configure({ mode: 'serial' })

/** As many parcels as goods, one parcel for each: more cells than a crosstab may have, of few rows. */
const count = 1050
const regions = ['东区', '南区', '西区', '北区']
const line = (n: number): string =>
  [`P${1000 + n}`, `G${1000 + n}`, regions[n % 4], `班${100 + (n % 200)}`, n % 50].join(',')

let page: Page
let designer: Designer

test.beforeAll(async ({ app }) => {
  page = app.page
  designer = designerOf(page)
  const lines = Array.from({ length: count }, (_, n) => line(n))
  mkdirSync(join(app.home, 'Documents'), { recursive: true })
  writeFileSync(join(app.home, 'Documents', '包裹.csv'), ['包裹,货号,区域,班次,件数', ...lines].join('\n')) // prettier-ignore
  await designFrom(page, '包裹.csv', '包裹')
  await expect(designer.field('件数')).toBeVisible()
})

const crosstab = (): Locator => designer.board.locator('[data-kind="crosstab"]').last()
const table = (): Locator => crosstab().getByRole('table')

test('one that is too large says so with its size, and is made small enough by a click', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('件数', 'shelf.values')
  await designer.place('包裹', 'shelf.rows')
  await designer.place('货号', 'shelf.columns')
  const alert = crosstab().getByRole('alert')
  await expect(alert).toContainText('1,104,601')
  await shoot(page, 'crosstab-too-large-zh')
  const offers = alert.getByRole('group', { name: zh('size.offers') })
  await offers.getByRole('button', { name: zh('size.top', { field: '包裹', count: 20 }) }).click()
  // Twenty, Others, and what stands above and below them.
  await expect(table()).toHaveAttribute('aria-rowcount', /^2\d$/)
  await command(page, 'action.edit.undo')
  await expect(alert).toBeVisible()
  await offers.getByRole('button', { name: zh('size.remove', { field: '包裹' }) }).click()
  await expect(table()).toHaveAttribute('aria-colcount', /^10\d\d$/)
})

test('one of 200,000 cells has few of them in the page, and keys reach the last with its heads in view', async () => {
  await designer.place('班次', 'shelf.rows')
  await expect(table()).toHaveAttribute('aria-rowcount', /^20\d$/)
  const [rows = 0, columns = 0] = await table().evaluate((element) =>
    ['aria-rowcount', 'aria-colcount'].map((name) => Number(element.getAttribute(name))),
  )
  expect((rows - 1) * (columns - 1)).toBeGreaterThan(200_000)
  const inPage = (): Promise<number> => table().getByRole('cell').count()
  expect(await inPage()).toBeLessThan(1500)
  const corner = crosstab().locator('.crosstab-corner')
  const before = await corner.boundingBox()
  await table().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+End')
  const last = table().locator(`[role="cell"][aria-colindex="${columns}"][data-cursor="true"]`)
  await expect(last).toBeVisible()
  await expect(last.locator('..').or(last.locator('../..')).first()).toBeVisible()
  expect(await inPage()).toBeLessThan(1500)
  expect(await corner.boundingBox()).toEqual(before)
  await expect(table().getByRole('rowheader').last()).toBeInViewport()
})

test('a group is put away by its sign or by keys, and comes back with undo', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('件数', 'shelf.values')
  await designer.place('区域', 'shelf.rows')
  await designer.place('班次', 'shelf.rows')
  const heads = async (): Promise<string[]> => (await designer.lines(crosstab())).map(([head = '']) => head) // prettier-ignore
  // The sign is there once the second field is.
  const sign = crosstab().getByRole('button', { name: zh('crosstab.collapse', { member: '北区' }) })
  await expect(sign).toBeVisible()
  const open = await heads()
  await sign.click()
  const away = crosstab().getByRole('button', { name: zh('crosstab.expand', { member: '北区' }) })
  await expect(away).toHaveAttribute('aria-expanded', 'false')
  const sum = Array.from({ length: count }, (_, n) => (n % 4 === 3 ? n % 50 : 0)).reduce((a, b) => a + b) // prettier-ignore
  const shown = (await designer.lines(crosstab())).find(([head]) => head === '北区')
  expect(shown?.at(-1)).toBe(sum.toLocaleString('en'))
  await shoot(page, 'crosstab-folded-zh')
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: zh('export.title') })
  const levels = dialog.getByRole('radiogroup', { name: zh('export.levels') })
  await expect(levels.getByRole('radio', { name: zh('export.levels.shown') })).toBeChecked()
  await levels.getByText(zh('export.levels.all')).click()
  await shoot(page, 'export-levels-zh')
  await expect.poll(() => seriousFindings(page, '.export')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await command(page, 'action.edit.undo')
  await expect.poll(heads).toEqual(open)
  await table().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('-')
  await expect(crosstab().getByRole('button', { expanded: false })).toHaveCount(1)
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('+')
  await expect.poll(heads).toEqual(open)
})
