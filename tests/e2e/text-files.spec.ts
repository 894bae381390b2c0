import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousFindings } from './driver/axe.ts'
import { zh } from './driver/designer.ts'
import { pickFiles } from './driver/file-dialog.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'text-files' } })

test('a text file is cut by another sign than the one found, and lines without blank ends are told', async ({
  app,
}) => {
  const { page, home } = app
  await page.setViewportSize({ width: 1440, height: 900 })
  writeFileSync(join(home, 'Documents', '秤.txt'), '货号 品名 重量\nA1 苹果 1.25\nA2 梨 0.8\n')
  writeFileSync(
    join(home, 'Documents', '门店.csv'),
    '门店,开业,数量,关店\n人民路,2024-03-05,3\n中山路,2024-03-06,2,2025-01-01\n解放路,2024-03-07\n',
  )
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await pickFiles(page, ['Documents'], ['秤.txt', '门店.csv'])
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  const heads = dialog.getByRole('columnheader')

  await dialog.getByRole('button', { name: /^秤/ }).click()
  await expect(heads).toHaveCount(1)
  await dialog.getByRole('combobox', { name: '字段分隔符' }).click()
  await page.getByTitle('空格').click()
  await expect(heads).toHaveCount(3)
  await shoot(page, 'text-files-delimiter-zh')
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])

  await dialog.getByRole('button', { name: /^门店/ }).click()
  await expect(heads).toHaveCount(4)
  await expect(dialog.getByText('有些行在最后几列之前就结束')).toBeVisible()
  await shoot(page, 'text-files-short-zh')
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByText(/2 行/).first()).toBeVisible()
  await expect(dialog.getByText(/3 行/).first()).toBeVisible()
})
