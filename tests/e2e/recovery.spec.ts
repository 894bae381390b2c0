import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { designerOf, zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'recovery' } })

test('unsaved work is offered again after the engine was killed, and goes on after a reload, with its numbers', async ({
  app,
}) => {
  const { page, home } = app
  const designer = designerOf(page)
  writeFileSync(
    join(home, 'Documents', '流水.csv'),
    ['门店,金额', '一店,10.5', '二店,20.25'].join('\n'),
  )
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '流水.csv', '流水')
  await page.getByRole('button', { name: zh('import.design') }).click()
  await designer.field('金额').press('Enter')
  // At once: the copy is kept before the page goes.
  await page.reload()
  await expect(designer.block('金额（求和）')).toContainText('30.75')
  await expect(page.getByText(zh('recovery.goesOn'))).toBeVisible()
  await expect(page.getByText(zh('designer.unsaved'), { exact: true })).toBeVisible()
  await app.crashAndRestart()
  const question = page.getByRole('dialog', {
    name: zh('recovery.title', { title: zh('app.untitled') }),
  })
  await question.getByRole('button', { name: zh('recovery.open') }).click()
  await expect(designer.block('金额（求和）')).toContainText('30.75')
  await expect(page.getByText(zh('designer.unsaved'), { exact: true })).toBeVisible()
})
