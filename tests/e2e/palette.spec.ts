import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'palette' } })

test('Enter opens the dialog a command has, found by the words of either language', async ({
  app,
}) => {
  const { page, home } = app
  writeFileSync(join(home, 'Documents', '流水.csv'), '门店,金额\n一店,10.5\n二店,20.25')
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '流水.csv', '流水')
  await page.getByRole('button', { name: zh('import.design') }).click()
  const search = page.getByRole('combobox', { name: zh('palette.search') })
  for (const [words, title] of [
    ['export…', zh('export.title')],
    ['as template', zh('template.save.title')],
    ['连接数据集', zh('connect.title')],
  ] as const) {
    await page.keyboard.press('Control+k')
    await search.fill(words)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: title })
    await expect(dialog).toBeVisible()
    await expect(search).toBeHidden()
    // A dialog that is closed again at once has been seen as well: it has to stay.
    await page.waitForTimeout(500)
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
})
