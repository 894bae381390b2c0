import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringInAll } from './driver/import-dialog.ts'
import { seriousFindings } from './driver/axe.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'relationships' } })
test.describe.configure({ mode: 'serial' })

const sold = [['S1', 10.5], ['S1', 20.25], ['S2', 5.75], ['S9', 1.5]] as const // prettier-ignore
const line = '销售.门店信息 门店编号 → 门店.门店编号'
const dialogOf = (page: Page): Locator =>
  page.getByRole('dialog', { name: zh('relations.title'), exact: true })

async function choose(page: Page, many: readonly string[], one: readonly string[]): Promise<void> {
  const dialog = dialogOf(page)
  const [manyDataset = '', manyField = ''] = many
  const [oneDataset = '', oneField = ''] = one
  // Each side offers what the other has not taken.
  await dialog.getByLabel(zh('relations.oneDataset')).selectOption('')
  await dialog.getByLabel(zh('relations.manyDataset')).selectOption(manyDataset)
  await dialog.getByLabel(zh('relations.manyField')).selectOption(manyField)
  await dialog.getByLabel(zh('relations.oneDataset')).selectOption(oneDataset)
  await dialog.getByLabel(zh('relations.oneField')).selectOption(oneField)
  await dialog.getByRole('button', { name: zh('relations.relate'), exact: true }).click()
}

test('keys of different names are related by hand; a side that repeats its keys is refused with them', async ({
  app,
}) => {
  const { page, home } = app
  const sales = sold.map((row) => row.join(',')).join('\n')
  writeFileSync(join(home, 'Documents', '销售.csv'), `门店信息 门店编号,金额\n${sales}\n`)
  writeFileSync(join(home, 'Documents', '门店.csv'), '门店编号,门店名称\nS1,一店\nS2,二店\n')
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  const bring = await bringInAll(page, ['销售.csv', '门店.csv'])
  await bring.getByRole('button', { name: zh('import.design') }).click()
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: zh('relations.title') }).click()
  const dialog = dialogOf(page)
  await expect(dialog.getByText(zh('relations.none'))).toBeVisible()

  await choose(page, ['门店', '门店编号'], ['销售', '门店信息 门店编号'])
  await expect(dialog.getByRole('alert')).toContainText(
    zh('import.links.duplicate', { dataset: '销售', examples: 'S1' }),
  )
  await choose(page, ['销售', '门店信息 门店编号'], ['门店', '门店编号'])
  const existing = dialog.getByRole('region', { name: zh('relations.existing') })
  await expect(existing.getByRole('listitem')).toContainText(line)
  await expect(existing.getByRole('listitem')).toContainText(zh('relations.kind'))
  await expect(existing).toContainText(zh('import.links.orphans', { count: '1', examples: 'S9' }))
  for (const theme of ['action.view.dark', 'action.view.light'] as const) {
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await command(page, theme)
    await command(page, 'action.data.relate')
    await expect(existing.getByRole('listitem')).toHaveCount(1)
    await expect.poll(() => seriousFindings(page, '.ant-modal'), theme).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('fields of both datasets then stand in one block, until the relationship is removed', async ({
  app,
}) => {
  const { page } = app
  const designer = designerOf(page)
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  await expect(designer.field('门店名称')).toBeVisible()
  await designer.insert('action.insert.crosstab')
  await designer.place('门店名称', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  const board = designer.board
  const totalOf = (shop: string): string =>
    sold.reduce((sum, [key, amount]) => (key === shop ? sum + amount : sum), 0).toFixed(2)
  for (const [name, key] of Object.entries({ 一店: 'S1', 二店: 'S2' }))
    await expect(board.getByRole('row').filter({ hasText: name })).toContainText(totalOf(key))

  await command(page, 'action.data.relate')
  const dialog = dialogOf(page)
  await dialog.getByRole('button', { name: zh('relations.remove', { line }) }).click()
  const question = page.getByRole('dialog', { name: zh('relations.ask') })
  await expect(question).toContainText(line)
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: zh('relations.remove', { line }) }).press('Enter')
  await question.getByRole('button', { name: zh('relations.removeIt') }).click()
  await expect(dialog.getByText(zh('relations.none'))).toBeVisible()
  // By the keyboard, though the button that was pressed is gone with its line.
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(board).toContainText(zh('block.empty.unrelatedFields'))
})
