import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { pickFolder, saveFile } from './driver/file-dialog.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'workspace' } })
test.describe.configure({ mode: 'serial' })

const chip = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: new RegExp(`^${zh('workspace.current')}`) })
const lines = ['门店,金额', '一店,10.50', '二店,20.25', '一店,4.25']

async function workspaceCommand(page: Page, entry: 'new' | 'open' | 'backUp' | 'move') {
  // A menu that is still closing would take the click on its way out.
  await expect(page.getByRole('menu')).toBeHidden()
  await chip(page).click()
  await page.getByRole('menuitem', { name: zh(`action.workspace.${entry}`) }).click()
}

test('a new workspace is made in a folder of the user’s and takes her data in', async ({ app }) => {
  const { page, home } = app
  writeFileSync(join(home, 'Documents', '流水.csv'), lines.join('\n'))
  await page.getByRole('radio', { name: '中文' }).click()
  await workspaceCommand(page, 'new')
  await saveFile(page, ['Documents'], '一区数据')
  await expect(chip(page)).toContainText('一区数据')
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '流水.csv', '流水')
  await page.getByRole('button', { name: zh('import.design') }).click()
  await expect(designerOf(page).field('金额')).toBeVisible()
})

test('a copy and another workspace are beside it, and each shows its own data', async ({ app }) => {
  const { page, home } = app
  await command(page, 'action.app.gallery')
  await workspaceCommand(page, 'backUp')
  await saveFile(page, ['Documents'], '一区备份')
  await expect(page.getByText(zh('workspace.backedUp', { name: '一区备份' }))).toBeVisible()
  expect(existsSync(join(home, 'Documents', '一区备份'))).toBe(true)
  await expect(chip(page)).toContainText('一区数据')

  await workspaceCommand(page, 'new')
  await saveFile(page, ['Documents'], '二区数据')
  await expect(chip(page)).toContainText(zh('workspace.datasets', { count: 0 }))
  await workspaceCommand(page, 'open')
  await pickFolder(page, ['Documents'], '一区备份')
  await expect(chip(page)).toContainText('一区备份')
  await expect(chip(page)).toContainText(zh('workspace.datasets', { count: 1 }))
})

test('a workspace is moved with everything in it, and the numbers stay', async ({ app }) => {
  const { page, home } = app
  await workspaceCommand(page, 'move')
  await saveFile(page, ['Downloads'], '新家')
  await expect(chip(page)).toContainText('新家')
  await expect.poll(() => existsSync(join(home, 'Documents', '一区备份'))).toBe(false)
  await app.reopen()
  await expect(chip(page)).toContainText('新家')
  await command(page, 'action.report.new')
  const designer = designerOf(page)
  await designer.field('金额').press('Enter')
  await expect(designer.block('金额（求和）')).toContainText('35.00')
})
