import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'rejected' } })
test.describe.configure({ mode: 'serial' })

const lines = [
  '门店,日期,会员,金额',
  '人民路,2024-03-01,00123,12.50',
  '中山路,2024-03-01,00124,7.00',
]
const broken = ['解放路,2024-03-02,00125', '"西单,2024-03-02,00126,3.00', '南京路,2024-03-03,00127,1,300.00', '系统升级,停业'] // prettier-ignore
const source = '三月.csv'

const view = (page: Page): Locator => page.getByRole('main', { name: zh('rejected.title') })
const lineOf = (page: Page, row: number): Locator =>
  view(page).getByLabel(zh('rejected.line', { source, row }))
const tab = (page: Page, count: number): Locator =>
  page.getByRole('radio', { name: zh('rejected.show', { count }) })

test('rows that could not be read are listed on the Data page with their reasons', async ({
  app,
}) => {
  const { page, home } = app
  await writeFile(join(home, 'Documents', source), `${[...lines, ...broken].join('\n')}\n`)
  await page.getByRole('radio', { name: '中文' }).click()
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], source, '销售')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.show')
  await tab(page, 4).click()
  await expect(lineOf(page, 4)).toHaveValue(broken[0] ?? '')
  await expect(view(page).getByRole('row').nth(2)).toContainText(zh('reject.unterminatedQuote'))
  expect(await seriousFindings(page)).toEqual([])
})

test('a line and a cell are mended; those that parse join, the others stay with what was written', async ({
  app,
}) => {
  const { page } = app
  await lineOf(page, 4).fill('解放路,2024-03-02,00125,5.00')
  await lineOf(page, 5).fill('西单,2024-03-02')
  await view(page)
    .getByRole('button', { name: zh('rejected.byColumn', { source, row: 6 }) })
    .click()
  await view(page).getByLabel('金额', { exact: true }).fill('1300.00')
  await view(page)
    .getByLabel(zh('rejected.extra', { number: 1 }))
    .fill('')
  await expect(lineOf(page, 6)).toHaveValue('南京路,2024-03-03,00127,1300.00')
  await view(page)
    .getByRole('button', { name: zh('rejected.run', { count: 3 }) })
    .click()
  await expect(view(page).getByRole('status')).toContainText(zh('rejected.joined', { count: 2 }))
  await expect(view(page).getByRole('status')).toContainText(zh('rejected.still', { count: 1 }))
  await expect(lineOf(page, 5)).toHaveValue('西单,2024-03-02')
  await expect(view(page)).toContainText(zh('rejected.failed'))
  await expect(tab(page, 2)).toBeVisible()
})

test('what is no row is left out for good, and the version before brings it back', async ({
  app,
}) => {
  const { page } = app
  await view(page)
    .getByLabel(zh('rejected.pick', { source, row: 7 }))
    .check()
  await view(page)
    .getByRole('button', { name: zh('rejected.drop', { count: 1 }) })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: zh('rejected.dropNow') })
    .click()
  await expect(view(page).getByRole('status')).toContainText(zh('rejected.dropped', { count: 1 }))
  await expect(lineOf(page, 7)).toHaveCount(0)
  const versions = page.getByRole('region', { name: zh('versions.title') })
  const earlier = versions.getByRole('button', { name: zh('versions.goTo') })
  await expect(earlier).toHaveCount(2)
  await earlier.first().click()
  await expect(tab(page, 2)).toBeVisible()
  await expect(lineOf(page, 7)).toBeVisible()
  await expect(view(page).getByRole('status')).toHaveCount(0)
})
