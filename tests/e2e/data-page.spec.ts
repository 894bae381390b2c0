import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expectNothingSerious } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { salesHeads, salesRows, writeSales } from './driver/sales-rows.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'data-page' } })
test.describe.configure({ mode: 'serial' })

const rowCount = 3000
const gridOf = (page: Page): Locator =>
  page.getByRole('grid', { name: zh('dataPage.grid', { dataset: '销售' }) })
const rowAt = (page: Page, row: number): Locator =>
  gridOf(page).locator(`[role="row"][aria-rowindex="${row + 1}"]`)
const profileOf = (page: Page): Locator =>
  page.getByRole('complementary', { name: zh('profile.title') })

test('the Data page says that there is no data yet, and how to get some', async ({ app }) => {
  const { page, home } = app
  await writeSales(join(home, 'Documents', '销售流水.xlsx'), salesRows(rowCount, 7), salesHeads)
  await page.getByRole('radio', { name: '中文' }).click()
  await command(page, 'action.data.show')
  await expect(page.getByRole('heading', { name: zh('dataPage.none') })).toBeVisible()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '销售流水.xlsx', '销售')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.show')
  await expect(gridOf(page)).toBeVisible()
})

test('columns are as wide as member numbers, dates and amounts ask for', async ({ app }) => {
  const cells = gridOf(app.page).getByRole('gridcell')
  await expect(cells.first()).not.toHaveText('…')
  const cut = (all: readonly Element[]): (string | null)[] =>
    all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)
  expect(await cells.count()).toBeGreaterThan(20)
  expect(await cells.evaluateAll(cut)).toEqual([])
})

test('every row is reached: by its number, by the keyboard and by scrolling', async ({ app }) => {
  const { page } = app
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', String(rowCount + 1))
  await page.getByLabel(zh('dataPage.goTo')).fill('2500')
  await page.getByLabel(zh('dataPage.goTo')).press('Enter')
  await expect(rowAt(page, 2500)).toBeInViewport()
  await gridOf(page).focus()
  await page.keyboard.press('Control+End')
  await expect(rowAt(page, rowCount)).toBeInViewport()
  await expect(rowAt(page, rowCount).getByRole('gridcell').first()).not.toHaveText('…')
  await page.keyboard.press('Control+Home')
  await expect(rowAt(page, 1)).toBeInViewport()
  await gridOf(page).evaluate((grid) => (grid.scrollTop = grid.scrollHeight))
  await expect(rowAt(page, rowCount)).toBeInViewport()
})

test('a head sorts, a value of the profile filters, and the filter is taken back', async ({
  app,
}) => {
  const { page } = app
  const sort = gridOf(page).getByRole('button', { name: zh('dataPage.sort', { field: '大区' }) })
  await sort.click()
  const head = gridOf(page).getByRole('columnheader').filter({ hasText: '大区' })
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  const top = profileOf(page).getByRole('region', { name: zh('profile.top') })
  const value = top.getByRole('button').first()
  const rows = Number(/\d+$/.exec((await value.getAttribute('title')) ?? '')?.[0])
  expect(rows).toBeGreaterThan(0)
  await value.click()
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', String(rows + 1))
  await page.getByRole('button', { name: zh('dataPage.clearFilters') }).click()
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', String(rowCount + 1))
})

test('a bar of a number’s distribution shows its rows, as many as it says', async ({ app }) => {
  const { page } = app
  await gridOf(page)
    .getByRole('button', { name: zh('dataPage.sort', { field: '金额' }) })
    .click()
  const histogram = profileOf(page).getByRole('region', { name: zh('profile.histogram') })
  const bar = histogram.getByRole('button').first()
  const rows = Number(/([\d,]+) 行$/.exec((await bar.getAttribute('aria-label')) ?? '')?.[1]?.replaceAll(',', '')) // prettier-ignore
  await bar.click()
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', String(rows + 1))
  await page.getByRole('button', { name: zh('dataPage.clearFilters') }).click()
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', String(rowCount + 1))
})

test('the page has nothing serious in either language and theme', async ({ app }) => {
  const { page } = app
  await expectNothingSerious(page)
})

test('it leads back to where one came from', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  await expect(page.getByRole('heading', { name: zh('start.headline') })).toBeVisible()
})

test('a dataset is renamed, and removed only after its reports were named and it was confirmed', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'action.data.show')
  const list = page.getByRole('navigation', { name: zh('dataPage.datasets') })
  await list.getByRole('button', { name: zh('dataPage.more', { dataset: '销售' }) }).click()
  await page.getByRole('menuitem', { name: zh('dataPage.rename') }).click()
  const name = list.getByRole('textbox', { name: zh('dataPage.newName') })
  await name.fill('门店销售')
  await name.press('Enter')
  await expect(list.getByRole('button', { name: '门店销售' }).first()).toBeVisible()
  await list.getByRole('button', { name: '门店销售' }).first().press('Delete')
  const dialog = page.getByRole('dialog', { name: zh('removeDataset.title', { name: '门店销售' }) })
  await expect(dialog).toContainText(zh('removeDataset.unused'))
  await dialog.getByRole('button', { name: zh('app.cancel') }).click()
  await expect(dialog).toBeHidden()
  await list.getByRole('button', { name: '门店销售' }).first().press('Delete')
  await dialog.getByRole('button', { name: zh('removeDataset.remove') }).click()
  await expect(page.getByRole('heading', { name: zh('dataPage.none') })).toBeVisible()
})
