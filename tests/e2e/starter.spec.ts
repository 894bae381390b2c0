import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { designFrom } from './driver/design-from.ts'
import { designerOf, zh } from './driver/designer.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'starter' } })

const shops = ['一店', '二店', '三店']
const regions = ['华东', '华南', '华北']
const channels = ['门店', '小程序']
const kinds = ['饮料', '零食', '日用']

/** One flat file, as tills write it: no column is called what the overview calls it. */
const lines = Array.from({ length: 240 }, (_, n) => ({
  order: `DD${1000 + Math.floor(n / 2)}`,
  day: `2025-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 27) + 1).padStart(2, '0')} 10:30:00`,
  member: n % 5 === 0 ? '' : `K${String(n % 40).padStart(4, '0')}`,
  shop: n % 3,
  channel: channels[n % 2] ?? '',
  kind: kinds[(n * 7) % 3] ?? '',
  cents: 1000 + n * 37,
}))
const file = [
  '订单编号,下单时间,顾客卡号,店铺名称,所属大区,销售渠道,商品大类,实付金额',
  ...lines.map((one) =>
    [one.order, one.day, one.member, shops[one.shop], regions[one.shop], one.channel, one.kind, (one.cents / 100).toFixed(2)].join(','),
  ),
].join('\n') // prettier-ignore
const total = lines.reduce((sum, { cents }) => sum + cents, 0) / 100

test('the overview that comes along is laid over a file of one’s own by what its columns stand for', async ({
  app,
}) => {
  const { page, home } = app
  writeFileSync(join(home, 'Documents', '流水.csv'), `${file}\n`)
  const tile = page.getByRole('button', { name: zh('start.starter') })
  await page.getByRole('radio', { name: '中文' }).click()
  await expect(tile).toBeDisabled()
  await expect(tile).toContainText(zh('start.starterEmpty'))
  await designFrom(page, '流水.csv', '流水')
  await command(page, 'action.app.gallery')
  await shoot(page, 'gallery-starter')
  await tile.click()
  const dialog = page.getByRole('dialog', { name: zh('template.use.title', { title: '门店概览' }) })
  await expect(dialog.getByText('实付金额').first()).toBeVisible()
  await shoot(page, 'starter-mapping')
  expect(await seriousFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: zh('template.use.button') }).click()
  const designer = designerOf(page)
  await expect(designer.block('各区域销售额').locator('svg text').getByText('华东', { exact: true })).toBeVisible() // prettier-ignore
  await shoot(page, 'starter-board')
  await expect(designer.block('销售额')).toContainText(`¥${(total / 10_000).toFixed(1)}万`)
  await expect(designer.block('订单数')).toContainText('120')
  await expect(designer.block('消费会员数')).toContainText(String(new Set(lines.flatMap(({ member }) => (member === '' ? [] : [member]))).size)) // prettier-ignore
})
