import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { salesHeads, salesRows, writeSales } from './driver/sales-rows.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'axe' } })

const languages = ['en', 'zh-CN'] as const
const themes = ['dark', 'light'] as const

/** Looks at a screen in both themes and languages, switched at run time as a user does. */
async function expectClean(
  page: Page,
  show: () => Promise<void>,
  hide: () => Promise<void>,
): Promise<void> {
  for (const language of languages) {
    await command(page, language === 'en' ? 'action.view.english' : 'action.view.chinese')
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    for (const theme of themes) {
      await command(page, theme === 'dark' ? 'action.view.dark' : 'action.view.light')
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await show()
      // Polled: what is still fading has the colours of neither state.
      await expect.poll(() => seriousFindings(page), `${language} ${theme}`).toEqual([])
      await hide()
    }
  }
}

const nothing = async (): Promise<void> => Promise.resolve()

test.describe.configure({ mode: 'serial' })

test('the start page and its file dialog have nothing serious', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('main')).toBeVisible()
  await expectClean(page, nothing, nothing)
  const dialog = page.getByRole('dialog', { name: /^(打开|Open)$/ })
  await expectClean(
    page,
    async () => {
      await page.keyboard.press('Control+o')
      await expect(dialog.getByRole('listbox')).toBeVisible()
    },
    async () => {
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    },
  )
})

test('the designer has nothing serious, empty and with a block of every kind', async ({ app }) => {
  const { page } = app
  await writeSales(join(app.home, 'Documents', '销售流水.xlsx'), salesRows(300, 7), salesHeads)
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '销售流水.xlsx', '销售')
  await page.getByRole('button', { name: zh('import.toLinks') }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
  const designer = designerOf(page)
  await expect(designer.field('金额')).toBeVisible()
  await expectClean(page, nothing, nothing)

  await designer.drag(designer.field('大区'), designer.board, { x: 260, y: 60 })
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  await designer.insert('action.insert.metric')
  await designer.place('金额', 'shelf.values')
  await designer.insert('action.insert.table')
  await designer.place('门店', 'shelf.columns')
  await designer.insert('action.insert.text')
  await designer.insert('action.insert.image')
  await designer.press('kind.filter')
  await designer.place('渠道', 'shelf.field')
  await expect(designer.board.getByRole('region')).toHaveCount(7)
  await expectClean(page, nothing, nothing)
})
