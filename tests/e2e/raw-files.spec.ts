import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { pickFiles, saveFile } from './driver/file-dialog.ts'
import { bringInAll } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'raw-files' } })
test.describe.configure({ mode: 'serial' })

const resources = join(import.meta.dirname, '../../resources')
const raw = ['会员名单.xlsx', '商品资料.csv', '门店.sqlite', '销售明细_POS_2024.xlsx']
// The generator's own sums, kept apart from what the product imports.
const truth = JSON.parse(readFileSync(join(resources, 'sample/truth.json'), 'utf8')) as {
  readonly byYearRegion: Readonly<Record<string, { readonly amountFen: number }>>
}

test('an analyst brings the files of the chain in as they are and relates them', async ({
  app,
}) => {
  const { page, home } = app
  for (const name of raw) cpSync(join(resources, 'sample', name), join(home, 'Documents', name))
  cpSync(join(resources, 'starter/members.recipe.json'), join(home, 'Documents', '会员清洗.json'))
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  const dialog = await bringInAll(page, raw)
  await dialog.getByRole('button', { name: zh('import.links.create') }).click()
  const related = dialog.getByRole('listitem').filter({ hasText: zh('import.links.clean') })
  // Targets, members, products and shops.
  await expect(related).toHaveCount(4, { timeout: 60_000 })
  await dialog.getByRole('button', { name: zh('import.design') }).click()
})

test('the recipe shipped with the chain cleans its member list', async ({ app }) => {
  const { page } = app
  await command(page, 'action.data.show')
  const list = page.getByRole('navigation', { name: zh('dataPage.datasets') })
  await list.getByRole('button', { name: /^会员名单/ }).click()
  await page.getByRole('radio', { name: zh('recipe.show'), exact: true }).click()
  const panel = page.getByRole('complementary', { name: zh('recipe.title') })
  await panel.getByRole('button', { name: zh('recipe.file') }).click()
  await page.getByRole('menuitem', { name: zh('recipe.file.open') }).click()
  await pickFiles(page, ['Documents'], ['会员清洗.json'])
  const steps = panel.getByRole('list', { name: zh('recipe.steps') }).locator('.step-line')
  await expect(steps).toHaveCount(4)
  await panel.getByRole('button', { name: zh('recipe.apply') }).click()
  const done = zh('recipe.done', { before: '30,600', after: '30,600' })
  await expect(panel.getByText(done)).toBeVisible({ timeout: 60_000 })
  await panel.getByRole('button', { name: zh('recipe.file') }).click()
  await page.getByRole('menuitem', { name: zh('recipe.file.save') }).click()
  await saveFile(page, ['Documents'], '我的清洗')
  const told = zh('recipe.file.saved', { file: '我的清洗.json' })
  await expect(page.getByText(told)).toBeVisible()
  const saved = readFileSync(join(app.home, 'Documents', '我的清洗.json'), 'utf8')
  expect(JSON.parse(saved)).toMatchObject({ format: 1, steps: [{}, {}, {}, {}] })
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
})

test('a chart over the joined model shows the sales the chain was made with', async ({ app }) => {
  const designer = designerOf(app.page)
  await designer.field('区域').press('Enter')
  await designer.field('金额').press('Enter')
  const chart = designer.block('金额（求和），按区域')
  await expect(chart.locator('svg text').getByText('华东', { exact: true })).toBeVisible()
  for (const region of ['华东', '西南']) {
    const { amountFen } = truth.byYearRegion[`2024/${region}`] ?? { amountFen: NaN }
    const amount = (amountFen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
    await expect
      .poll(() => designer.tooltip(chart, region))
      .toEqual([region, `金额（求和）: ${amount}`])
  }
})

test('the printed report ends with where its rows came from and what was done to them', async ({
  app,
}) => {
  const { page, home } = app
  const designer = designerOf(page)
  await designer.insert('action.insert.metric')
  await designer.place('注册门店', 'shelf.values')
  await designer.press('action.export.report')
  const dialog = page.getByRole('dialog', { name: zh('export.title') })
  await dialog.getByRole('radio', { name: /^PDF/ }).click()
  await dialog.getByRole('radio', { name: zh('export.scope.report') }).click()
  await dialog.getByRole('checkbox', { name: zh('export.quality') }).click()
  await dialog.getByRole('button', { name: zh('export.button') }).click()
  await saveFile(page, ['Documents'], '质量')
  await expect(dialog.getByRole('status')).toContainText('质量.pdf', { timeout: 60_000 })
  const path = join(home, 'Documents', '质量.pdf')
  const words = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
  for (const said of ['会员名单', '30,600', '销售明细_POS_2024', zh('quality.step', { number: 4 })])
    expect(words).toContain(said)
})
