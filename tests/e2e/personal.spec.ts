import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { designerOf, zh } from './driver/designer.ts'
import { saveFile } from './driver/file-dialog.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'personal' } })
test.describe.configure({ mode: 'serial' })

const phones = ['13812345678', '13900001111', '15012345678', '18612345678', '13712345678']
const lines = phones.map((phone, index) => `0${index},王伟,${phone},杭州,${index}`)

/** Without what the product keeps for itself. */
const filesBelow = (home: string): string[] =>
  readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('.') && !path.includes('Storeboard'),
  )

let designer: Designer

test.beforeAll(({ app }) => {
  const text = `\ufeff会员号,姓名,手机号,城市,金额\n${lines.join('\n')}\n`
  writeFileSync(join(app.home, 'Documents', '会员.csv'), text)
  designer = designerOf(app.page)
})

const exportDialog = (page: Page): Locator => page.getByRole('dialog', { name: zh('export.title') })
const personal = (page: Page): Locator => page.getByLabel(zh('tags.personal'))

test('columns that tell of people are proposed, shown and changed on the Data page, step by step', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '会员.csv', '会员')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.show')
  const head = page.getByRole('button', { name: zh('dataPage.sort', { field: '手机号' }) })
  await head.click()
  await expect(personal(page)).toHaveValue('phone')
  await expect(head.getByTitle(/导出时打码/)).toBeVisible()
  await personal(page).selectOption('')
  await expect(head.getByTitle(/导出时打码/)).toBeHidden()
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+z')
  await expect(personal(page)).toHaveValue('phone')
  await page.keyboard.press('Control+y')
  await expect(personal(page)).toHaveValue('')
  await page.getByRole('button', { name: zh('tags.undo', { field: '手机号' }) }).click()
  await expect(personal(page)).toHaveValue('phone')
})

test('the menu of a head says what its column stands for', async ({ app }) => {
  const { page } = app
  const head = page.getByRole('button', { name: zh('dataPage.sort', { field: '城市' }) })
  await head.click({ button: 'right' })
  await page.getByRole('menuitem', { name: zh('tags.meaning') }).hover()
  await page.getByRole('menuitem', { name: zh('meaning.channel') }).click()
  await expect(head).toHaveAttribute('title', new RegExp(zh('tags.ofField', { meaning: '渠道' })))
  await page.keyboard.press('Escape')
  expect(await seriousFindings(page)).toEqual([])
})

test('an export names the columns, masks them, and writes them in full only the time it is told', async ({
  app,
}) => {
  const { page, home } = app
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  await command(page, 'action.report.new')
  await designer.insert('action.insert.table')
  await designer.place('姓名', 'shelf.columns')
  await designer.place('手机号', 'shelf.columns')
  const dialog = exportDialog(page)
  const choice = (mode: 'mask' | 'full'): Locator =>
    dialog.getByRole('radio', { name: zh(`export.personal.${mode}`) })
  const written = async (name: string, mode?: 'full'): Promise<string> => {
    await page.keyboard.press('Control+e')
    await dialog.getByRole('radio', { name: /CSV/ }).click()
    await expect(dialog.getByText('会员 · 姓名、会员 · 手机号')).toBeVisible()
    await expect(choice('mask')).toBeChecked()
    if (mode) await choice(mode).click()
    else expect(await seriousFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: zh('export.button') }).click()
    await saveFile(page, ['Documents'], name)
    await expect(dialog.getByRole('status')).toContainText(zh('export.done', { file: name }))
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    // A file that went elsewhere is found in the failure's own list.
    expect(filesBelow(home)).toContain(join('Documents', name))
    return readFileSync(join(home, 'Documents', name), 'utf8')
  }
  expect(await written('名单.csv')).toContain('王**,138****5678')
  expect(await written('原样.csv', 'full')).toContain('王伟,13812345678')
  expect(await written('再来.csv')).not.toMatch(/王伟|\d{11}/)
})
