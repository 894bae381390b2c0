import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { designerOf, zh } from './driver/designer.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'sample' } })
test.describe.configure({ mode: 'serial' })

const file = join(import.meta.dirname, '../../resources/sample/truth.json')
// The generator's own sums, kept apart from what the product imports.
const truth = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly counts: { readonly buyingMembers: number }
  readonly total: { readonly lines: number; readonly receipts: number; readonly amountFen: number }
}
const whole = (value: number): string => new Intl.NumberFormat('zh-CN').format(value)

test('on a first start the sample comes in by itself, and may be put off', async ({ app }) => {
  const { page } = app
  await page.getByRole('radio', { name: '中文' }).click()
  const card = page.getByRole('region', { name: zh('sample.title') })
  const progress = card.getByRole('progressbar', { name: zh('sample.preparing') })
  await expect(progress).toBeVisible()
  await expect(card).toContainText(/· [\d,]+ 行/, { timeout: 60_000 })
  await card.getByRole('button', { name: zh('sample.cancel') }).click()
  await expect(progress).toBeHidden()
  await card.getByRole('button', { name: zh('sample.start') }).click()
  await expect(progress).toBeVisible()
})

test('"Store overview" opens on it with the numbers the chain was made from', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: zh('sample.open') }).click({ timeout: 110_000 })
  const designer = designerOf(page)
  const { lines, receipts, amountFen } = truth.total
  const sales = `¥${whole(Math.round(amountFen / 1e5) / 10)}万`
  await expect(designer.block('销售额')).toContainText(sales, { timeout: 60_000 })
  await expect(designer.block('订单数')).toContainText(whole(receipts))
  await expect(designer.block('消费会员数')).toContainText(whole(truth.counts.buyingMembers))
  await expect(page.getByRole('contentinfo')).toContainText(whole(lines))
})

test('its date control says from when to when there is data, and takes a range with one press', async ({
  app,
}) => {
  const { page } = app
  const dates = page.locator('.filter-control.dates').first()
  const from = dates.getByLabel(zh('filter.from'))
  await expect(from).toHaveAttribute('placeholder', '2023-01-01')
  await expect(dates.getByLabel(zh('filter.to'))).toHaveAttribute('placeholder', '2025-12-31')
  const all = await designerOf(page).block('订单数').textContent()
  await dates.getByRole('combobox', { name: zh('filter.presets') }).click()
  await page.getByTitle(zh('filter.preset.lastYear'), { exact: true }).click()
  await expect(from).toHaveValue('2024-01-01')
  await expect(dates.getByLabel(zh('filter.to'))).toHaveValue('2024-12-31')
  await expect.poll(() => designerOf(page).block('订单数').textContent()).not.toBe(all)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(from).toHaveValue('')
  await expect.poll(() => designerOf(page).block('订单数').textContent()).toBe(all)
})
