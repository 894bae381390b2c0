import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { textIn } from '../../shared/text/messages.ts'
import { zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'user-sql' } })

const en = textIn('en')
const pictures = process.env['STOREBOARD_PICTURES']

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png` })
}

const lines = ['日期,大区,金额', '2025-01-01,华东,10.10', '2025-01-02,华东,20.20', '2025-02-01,华南,0.30'] // prettier-ignore
const statement = (table: string): string =>
  `select "大区", sum("金额") as "合计", count(*) as "单数"\nfrom ${table}\nwhere "金额" >= :least\ngroup by "大区" order by 1`

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: zh('sql.title') })

test('names of tables, columns and parameters are completed by keys, and what was taken is undone', async ({
  app,
}) => {
  const { page, home } = app
  writeFileSync(join(home, 'Documents', '流水.csv'), `${lines.join('\n')}\n`)
  await page.getByRole('radio', { name: '中文' }).click()
  await command(page, 'action.data.import')
  await bringIn(page, ['Documents'], '流水.csv', '流水 2025')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.sql')
  const dialog = dialogOf(page)
  const area = dialog.getByLabel(zh('sql.text'), { exact: true })
  const options = dialog.getByRole('listbox').getByRole('option')
  await dialog.getByRole('button', { name: zh('sql.addParameter') }).click()
  await dialog.getByLabel(zh('sql.parameterName'), { exact: true }).fill('least')
  await area.focus()
  await page.keyboard.insertText('select count(*) -- 说明\nfrom 流')
  await expect(options).toHaveText([/流水 2025/])
  await page.keyboard.press('Enter')
  await expect(area).toHaveValue('select count(*) -- 说明\nfrom "流水 2025"')
  await page.keyboard.insertText(' t where t.')
  await expect(options).toHaveText([/日期/, /大区/, /金额/])
  await picture(page, 'sql-completion-light-zh')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Tab')
  await page.keyboard.insertText(" > 10.5 and 大区 <> '无' and 金额 > :l")
  await page.keyboard.press('Enter')
  const written =
    'select count(*) -- 说明\nfrom "流水 2025" t where t.金额 > 10.5 and 大区 <> \'无\' and 金额 > :least'
  await expect(area).toHaveValue(written)
  await page.keyboard.press('Control+z')
  await expect(area).toHaveValue(written.replace(/:least$/, ':l'))
  await page.keyboard.press('Control+Space')
  await expect(options).toHaveText([/:least/])
  await page.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(dialog).toBeVisible()
  const painted = (paint: string): Locator => dialog.locator(`[data-paint="${paint}"]`)
  await expect(painted('comment')).toHaveText('-- 说明\n')
  await expect(painted('text')).toHaveText("'无'")
  await expect(painted('number')).toHaveText('10.5')
  await expect(painted('parameter')).toHaveText(':l')
  await expect(painted('keyword').first()).toHaveText('select')
  expect(await seriousFindings(page, '.sql-form')).toEqual([])
  await page.keyboard.press('Escape')
})

test('a statement is written, mended at the place it names, looked at and made a dataset; later changed', async ({
  app,
}) => {
  const { page, home } = app
  writeFileSync(join(home, 'Documents', '销售.csv'), `${lines.join('\n')}\n`)
  await page.getByRole('radio', { name: '中文' }).click()
  await command(page, 'action.data.import')
  await bringIn(page, ['Documents'], '销售.csv', '销售')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: zh('sql.new') }).click()

  const dialog = dialogOf(page)
  const area = dialog.getByLabel(zh('sql.text'), { exact: true })
  await dialog.getByLabel(zh('sql.name')).fill('按大区')
  await area.fill(statement('"售销"'))
  await dialog.getByRole('button', { name: zh('sql.addParameter') }).click()
  await dialog.getByLabel(zh('sql.parameterName'), { exact: true }).fill('least')
  await dialog.getByLabel(zh('sql.parameterType'), { exact: true }).selectOption('number')
  await dialog.getByLabel(zh('sql.parameterValue'), { exact: true }).fill('0.25')
  await area.press('Control+Enter')
  await expect(dialog.getByRole('alert')).toContainText(zh('error.sql/failed.unknownTable', { near: '售销' })) // prettier-ignore
  await picture(page, 'sql-error')
  await dialog.getByRole('button', { name: zh('sql.where', { line: '2', column: '6' }) }).click()
  // What was typed is one step of the browser's own undo.
  await page.keyboard.insertText('"销售"')
  await expect(area).toHaveValue(statement('"销售"'))
  await page.keyboard.press('Control+z')
  await expect(area).toHaveValue(statement('"售销"'))
  await page.keyboard.press('Control+Shift+z')
  await area.press('Control+Enter')
  const shown = dialog.getByRole('table').getByRole('row')
  await expect(shown).toHaveText([/大区.*合计.*单数/, '华东30.302', '华南0.301'])
  await picture(page, 'sql-preview')
  expect(await seriousFindings(page, '.sql-form')).toEqual([])
  await dialog.getByRole('button', { name: zh('sql.make') }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })

  const made = page.getByRole('navigation', { name: zh('dataPage.datasets') })
  await made.getByRole('button', { name: /按大区.*SQL/ }).click()
  const grid = page.getByRole('grid', { name: zh('dataPage.grid', { dataset: '按大区' }) })
  await expect(grid).toHaveAttribute('aria-rowcount', '3')
  await made.getByRole('button', { name: zh('dataPage.more', { dataset: '按大区' }) }).click()
  await page.getByRole('menuitem', { name: zh('sql.edit') }).click()
  const change = page.getByRole('dialog', { name: zh('sql.editTitle', { name: '按大区' }) })
  await expect(change.getByLabel(zh('sql.text'), { exact: true })).toHaveValue(statement('"销售"'))
  await change.getByLabel(zh('sql.parameterValue'), { exact: true }).fill('1')
  await change.getByRole('button', { name: zh('sql.change') }).click()
  await expect(change).toBeHidden({ timeout: 30_000 })
  await expect(grid).toHaveAttribute('aria-rowcount', '2')

  // As on another computer, whose settings agree to nothing: the statement is shown before it may run.
  rmSync(join(app.settings, 'sql-agreements.json'))
  await app.crashAndRestart()
  await page.getByRole('radio', { name: 'English' }).click()
  await command(page, 'action.view.dark')
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: en('dataPage.more', { dataset: '按大区' }) }).click()
  await page.getByRole('menuitem', { name: en('sql.edit') }).click()
  const stranger = page.getByRole('dialog', { name: en('sql.agreeTitle') })
  await expect(stranger).toContainText('group by "大区" order by 1')
  await picture(page, 'sql-agree')
  expect(await seriousFindings(page, '.sql-agree')).toEqual([])
  await stranger.getByRole('button', { name: en('sql.agree') }).click()
  await expect(stranger).toBeHidden()
  await page.getByRole('button', { name: en('dataPage.more', { dataset: '按大区' }) }).click()
  await page.getByRole('menuitem', { name: en('sql.edit') }).click()
  await expect(page.getByRole('button', { name: en('sql.change') })).toBeVisible()
  await picture(page, 'sql-dark')
})
