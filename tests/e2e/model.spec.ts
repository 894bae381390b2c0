import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringInAll } from './driver/import-dialog.ts'
import { seriousFindings } from './driver/axe.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'model' } })
test.describe.configure({ mode: 'serial' })

const regions = ['华东', '华南', '华北']
const shops = Array.from({ length: 6 }, (_, n) => ({
  code: `S${n + 1}`,
  region: regions[n % regions.length] ?? '',
}))
const members = Array.from({ length: 20 }, (_, n) => ({
  no: `M${String(n + 1).padStart(3, '0')}`,
  // One member was registered in a shop that is gone.
  shop: n === 19 ? 'S99' : `S${(n % 6) + 1}`,
}))
const memberAt = (n: number): string => members[n % members.length]?.no ?? ''
const sales = Array.from({ length: 90 }, (_, n) => ({
  // Every ninth sale is nobody's.
  member: n % 9 === 0 ? '' : memberAt(n * 7),
  product: `P${(n % 4) + 1}`,
  shop: `S${(n % 6) + 1}`,
  month: n % 2 === 0 ? '2025-01' : '2025-02',
  amount: 1000 + n * 37,
}))
const points = Array.from({ length: 50 }, (_, n) => ({ member: memberAt(n * 3), points: 10 + n }))

const csv = (head: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[head, ...rows.map((row) => row.join(','))].join('\n')}\n`
const money = (cents: number): string => (cents / 100).toFixed(2)

const files: Readonly<Record<string, string>> = {
  销售明细: csv(
    '会员号,商品编码,门店编码,月份,金额',
    sales.map((one) => [one.member, one.product, one.shop, one.month, money(one.amount)]),
  ),
  会员: csv(
    '会员号,注册门店',
    members.map((one) => [one.no, one.shop]),
  ),
  商品: csv(
    '商品编码,品类',
    ['P1', 'P2', 'P3', 'P4'].map((code) => [code, `${code}类`]),
  ),
  门店: csv(
    '门店编码,大区',
    shops.map((one) => [one.code, one.region]),
  ),
  积分流水: csv(
    '会员号,积分',
    points.map((one) => [one.member, one.points]),
  ),
  月度目标: csv(
    '门店编码,月份,目标',
    shops.flatMap(({ code }) => ['2025-01', '2025-02'].map((month) => [code, month, 5000])),
  ),
}

const regionOf = (member: string): string => {
  const shop = members.find(({ no }) => no === member)?.shop
  return shops.find(({ code }) => code === shop)?.region ?? ''
}

const card = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })
const column = (page: Page, dataset: string, field: string): Locator =>
  card(page, dataset).locator('.model-field').filter({ hasText: field }).first()
const panel = (page: Page): Locator =>
  page.getByRole('complementary', { name: zh('relations.title') })
const existing = (page: Page): Locator =>
  panel(page)
    .getByRole('region', { name: zh('relations.existing') })
    .getByRole('listitem')

async function draw(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('A column has no box')
  await page.mouse.move(start.x + 40, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + 30, end.y + end.height / 2, { steps: 8 })
  await page.mouse.move(end.x + 40, end.y + end.height / 2)
  await expect(to).toHaveAttribute('data-drawing', 'over')
  await page.mouse.up()
}

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['STOREBOARD_PICTURES']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  // Away from what was pressed last, whose tooltip would stand in the picture.
  await page.mouse.move(640, 820)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

test('datasets are related in the model view: drawn, proposed, by several fields, taken back', async ({
  app,
}) => {
  const { page, home } = app
  await page.setViewportSize({ width: 1440, height: 900 })
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(home, 'Documents', `${name}.csv`), content)
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  const bring = await bringInAll(
    page,
    Object.keys(files).map((name) => `${name}.csv`),
  )
  await bring.getByRole('button', { name: zh('import.design') }).click()
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: zh('model.show') }).click()
  await expect(page.getByRole('article')).toHaveCount(6)
  await expect(existing(page)).toHaveCount(0)
  await picture(page, 'model-empty')

  // Drawn from the one side to the many: it is turned, as only the members hold each number once.
  await draw(page, column(page, '会员', '会员号'), column(page, '销售明细', '会员号'))
  await expect(existing(page)).toHaveCount(1)
  await expect(existing(page)).toContainText('销售明细.会员号 → 会员.会员号')
  await draw(page, column(page, '会员', '注册门店'), column(page, '门店', '门店编码'))
  await expect(existing(page)).toHaveCount(2)
  await expect(panel(page)).toContainText(
    zh('import.links.orphans', { count: '1', examples: 'S99' }),
  )
  await draw(page, column(page, '积分流水', '会员号'), column(page, '会员', '会员号'))
  await expect(existing(page)).toHaveCount(3)

  // What would be a second way to the shops is refused, both ways named.
  await draw(page, column(page, '销售明细', '门店编码'), column(page, '门店', '门店编码'))
  await expect(panel(page).getByRole('alert')).toContainText('销售明细 → 会员 → 门店')
  await expect(existing(page)).toHaveCount(3)

  const proposed = panel(page).getByRole('region', { name: zh('relations.proposals') })
  const product = '销售明细.商品编码 → 商品.商品编码'
  await expect(proposed.getByRole('listitem').filter({ hasText: product })).toContainText(
    zh('relations.reason.sameName'),
  )
  await proposed
    .getByRole('button', { name: zh('relations.relateLine', { line: product }) })
    .click()
  await expect(existing(page)).toHaveCount(4)

  // By the form, with a key of two fields.
  const form = panel(page)
  await form.getByLabel(zh('relations.manyDataset')).selectOption('销售明细')
  await form.getByLabel(zh('relations.oneDataset')).selectOption('月度目标')
  await form.getByLabel(zh('relations.manyField'), { exact: true }).selectOption('门店编码')
  await form.getByLabel(zh('relations.oneField'), { exact: true }).selectOption('门店编码')
  await form.getByRole('button', { name: zh('relations.relate'), exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('S1')
  await form.getByRole('button', { name: zh('relations.addKey') }).click()
  const further = (field: 'relations.manyField' | 'relations.oneField'): string =>
    zh('relations.furtherField', { field: zh(field), n: 2 })
  await form.getByLabel(further('relations.manyField')).selectOption('月份')
  await form.getByLabel(further('relations.oneField')).selectOption('月份')
  await form.getByRole('button', { name: zh('relations.relate'), exact: true }).click()
  await expect(existing(page)).toHaveCount(5)
  await expect(existing(page).filter({ hasText: '门店编码 + 月份' })).toHaveCount(1)

  await page.keyboard.press('Control+z')
  await expect(existing(page)).toHaveCount(4)
  await panel(page)
    .getByRole('button', { name: zh('action.edit.redo') })
    .click()
  await expect(existing(page)).toHaveCount(5)

  // No card stands on another, and every line has a button that says what it is.
  const boxes = await page
    .getByRole('article')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect))
  for (const [at, one] of boxes.entries())
    for (const other of boxes.slice(at + 1))
      expect(
        one.right <= other.left ||
          other.right <= one.left ||
          one.bottom <= other.top ||
          other.bottom <= one.top,
      ).toBe(true)
  await expect(page.locator('.model-mark')).toHaveCount(5)
  await picture(page, 'model-zh')
  for (const theme of ['action.view.dark', 'action.view.light'] as const) {
    await command(page, theme)
    await expect.poll(() => seriousFindings(page, '.model-view'), theme).toEqual([])
    await picture(page, `model-${theme}`)
  }
})

test('a field is put into the form by keys alone', async ({ app }) => {
  const { page } = app
  await card(page, '积分流水').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(panel(page).getByLabel(zh('relations.manyDataset'))).toHaveValue(/^ds_/)
  await card(page, '商品').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(panel(page).getByLabel(zh('relations.oneField'), { exact: true })).toHaveValue(
    '商品编码',
  )
  await panel(page)
    .getByRole('button', { name: zh('app.cancel') })
    .click()
})

test('sales and points stand side by side by region, each counted from its own rows', async ({
  app,
}) => {
  const { page } = app
  const designer = designerOf(page)
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  // A field the sales do not lead to is dimmed, and says so; the points themselves may join.
  await expect(designer.field('积分')).toHaveAttribute('data-misfit', 'false')
  await designer.place('积分', 'shelf.values')
  await expect(designer.field('品类')).toHaveAttribute('data-misfit', 'true')
  await expect(designer.field('品类')).toHaveAttribute(
    'aria-description',
    zh('fields.misfit', { from: '积分流水', to: '商品' }),
  )
  const row = (name: string): Locator => designer.board.getByRole('row').filter({ hasText: name })
  for (const region of regions) {
    const sum = sales
      .filter(({ member }) => regionOf(member) === region)
      .reduce((total, { amount }) => total + amount, 0)
    const earned = points
      .filter(({ member }) => regionOf(member) === region)
      .reduce((total, one) => total + one.points, 0)
    await expect(row(region)).toContainText(
      (sum / 100).toLocaleString('en', { minimumFractionDigits: 2 }),
    )
    await expect(row(region)).toContainText(earned.toLocaleString('en'))
  }
  const all = sales.reduce((total, { amount }) => total + amount, 0)
  const total = designer.board.getByRole('row').last()
  await expect(total).toContainText((all / 100).toLocaleString('en', { minimumFractionDigits: 2 }))
  await picture(page, 'model-block')

  // What points do not lead to keeps the block from an answer, and it says which and how to mend it.
  await designer.place('品类', 'shelf.rows')
  await expect(designer.board).toContainText(
    zh('block.empty.missingWay', { from: '积分流水', to: '商品' }),
  )
  await designer.press('action.edit.undo')
  await expect(row(regions[0] ?? '')).toBeVisible()

  // A relationship in the middle of the way says which reports would lose something.
  await command(page, 'action.data.relate')
  const dialog = page.getByRole('dialog', { name: zh('relations.title'), exact: true })
  const line = '会员.注册门店 → 门店.门店编码'
  await dialog.getByRole('button', { name: zh('relations.remove', { line }) }).click()
  const question = page.getByRole('dialog', { name: zh('relations.ask') })
  await expect(question).toContainText(zh('app.untitled'))
  await question.getByRole('button', { name: zh('app.cancel') }).click()
  await expect(question).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a relationship that no longer holds after a refresh is drawn as broken, and heals', async ({
  app,
}) => {
  const { page, home } = app
  const shopFile = join(home, 'Documents', '门店.csv')
  const line = '会员.注册门店 → 门店.门店编码'
  const mark = page.locator('.model-mark[data-state="broken"]')
  const refresh = async (): Promise<void> => {
    await command(page, 'action.data.refresh')
    const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
    await dialog.getByRole('button', { name: zh('refresh.done') }).click({ timeout: 60_000 })
    await expect(dialog).toBeHidden()
  }
  await command(page, 'action.data.relate')
  const dialog = page.getByRole('dialog', { name: zh('relations.title'), exact: true })
  await expect(dialog.getByRole('listitem').filter({ hasText: line })).toBeVisible()
  await page.keyboard.press('Escape')
  writeFileSync(shopFile, `${files['门店'] ?? ''}S1,华西\n`)
  await refresh()
  await expect(designerOf(page).board).toContainText(zh('block.empty.unrelatedFields'))
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: zh('model.show') }).click()
  await expect(mark).toHaveCount(1)
  await expect(mark).toHaveAccessibleName(zh('model.line', { line, state: zh('model.broken') }))
  await expect(existing(page).filter({ hasText: line })).toContainText(
    zh('relations.repeated', { dataset: '门店', examples: 'S1' }),
  )
  await picture(page, 'model-broken')
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  writeFileSync(shopFile, files['门店'] ?? '')
  await refresh()
  await expect(designerOf(page).board.getByRole('row').filter({ hasText: '华东' })).toBeVisible()
})
