import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { zh } from './driver/designer.ts'
import { pickFiles, pickFolder } from './driver/file-dialog.ts'
import { bookOf, sheetOf } from '../support/sheet-book.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'growing-folder' } })
test.describe.configure({ mode: 'serial' })

const month = (of: number, head = '单号,日期,门店,金额'): string => {
  const day = `2024-${String(of).padStart(2, '0')}-05`
  return `${head}\nR${of}1,${day},徐汇,${of * 10}\nR${of}2,${day},静安,1\n`
}
const nameOf = (of: number): string => `销售 2024-${String(of).padStart(2, '0')}.csv`

test('twelve monthly files of a folder become one dataset that grows with it', async ({ app }) => {
  const { page, home } = app
  const folder = join(home, 'Documents', '月报')
  await mkdir(folder, { recursive: true })
  for (let of = 1; of <= 12; of++) await writeFile(join(folder, nameOf(of)), month(of))
  await page.getByRole('radio', { name: '中文' }).click()
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: zh('action.data.folder') }).click()
  await pickFolder(page, ['Documents'], '月报')
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  const grows = dialog.getByRole('checkbox', { name: zh('import.growing', { folder: '月报' }) })
  await expect(grows).toBeChecked()
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  // The steps of a number field are named in the language of the page.
  await expect(dialog.getByRole('button', { name: zh('number.more') }).first()).toBeAttached()
  await expect(dialog.getByRole('button', { name: 'Increase Value' })).toHaveCount(0)
  await shoot(page, 'growing-plan')
  await dialog.getByLabel(zh('import.name')).fill('销售')
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '25')
})

test('a copy of a known month is a question; left out, the new month comes in and what changed is told', async ({
  app,
}) => {
  const { page, home } = app
  const folder = join(home, 'Documents', '月报')
  await copyFile(join(folder, nameOf(12)), join(folder, '销售 2024-12 副本.csv'))
  await writeFile(
    join(folder, '销售 2025-01.csv'),
    month(1).replaceAll('2024-', '2025-').replaceAll('R1', 'S1'),
  )
  await command(page, 'action.data.refresh')
  const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
  const asked = zh('refresh.copy', { file: '销售 2024-12 副本.csv', other: nameOf(12) })
  await expect(dialog).toContainText(asked, { timeout: 30_000 })
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await shoot(page, 'growing-copy')
  await dialog.getByRole('button', { name: zh('refresh.leaveOutCopy') }).click()
  await expect(dialog).toContainText(zh('refresh.rows', { before: 24, after: 26 }), {
    timeout: 30_000,
  })
  await expect(dialog).toContainText(zh('refresh.decided', { files: '销售 2024-12 副本.csv' }))
  await expect(dialog).toContainText('新增 2')
  await shoot(page, 'growing-changed')
  await dialog.getByRole('button', { name: zh('refresh.done'), exact: true }).click()
})

test('a month renamed to make room for the next is a question of its own; renamed, both count', async ({
  app,
}) => {
  const { page, home } = app
  const folder = join(home, 'Documents', '月报')
  await rename(join(folder, '销售 2025-01.csv'), join(folder, '销售 一月.csv'))
  await writeFile(
    join(folder, '销售 2025-01.csv'),
    month(3).replaceAll('2024-', '2025-').replaceAll('R3', 'S3'),
  )
  await command(page, 'action.data.refresh')
  const dialog = page.getByRole('dialog', { name: zh('refresh.title') })
  const names = { file: '销售 一月.csv', other: '销售 2025-01.csv' }
  await expect(dialog).toContainText(zh('refresh.moved', names), { timeout: 30_000 })
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await shoot(page, 'growing-moved')
  await dialog.getByRole('button', { name: zh('refresh.wasRenamed') }).click()
  await expect(dialog).toContainText(zh('refresh.rows', { before: 26, after: 28 }), {
    timeout: 30_000,
  })
  await expect(dialog).toContainText(zh('refresh.added', { files: '销售 2025-01.csv' }))
  await dialog.getByRole('button', { name: zh('refresh.done'), exact: true }).click()
})

test('a file dropped on the window is added to the dataset of its columns', async ({ app }) => {
  const { page } = app
  const content = month(2).replaceAll('2024-', '2025-').replaceAll('R2', 'S2')
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], '销售 2025-02.csv'))
    return data
  }, content)
  for (const type of ['dragenter', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: dropped })
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog
    .getByRole('button', { name: zh('import.joinIt', { dataset: '销售' }) })
    .click({ timeout: 30_000 })
  const adding = page.getByRole('dialog', { name: zh('refresh.addTitle') })
  await expect(adding).toContainText(zh('refresh.rows', { before: 28, after: 30 }), {
    timeout: 30_000,
  })
  await expect(adding).toContainText(zh('refresh.added', { files: '销售 2025-02.csv' }))
  await shoot(page, 'growing-added')
  await adding.getByRole('button', { name: zh('refresh.done'), exact: true }).click()
})

test('of a dropped workbook a sheet that was unticked stays out of the dataset it is added to', async ({
  app,
}) => {
  const { page } = app
  const names = ['单号', '日期', '门店', '金额']
  const rows = (of: string, amount: number) => sheetOf(names, [[of, '2025-04-05', '徐汇', amount]])
  const bytes = [...bookOf({ 销售: rows('T1', 100), 预算: rows('T2', 9000) })]
  const dropped = await page.evaluateHandle((content) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(content)], '2025-04.xlsx'))
    return data
  }, bytes)
  for (const type of ['dragenter', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: dropped })
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog.getByRole('button', { name: zh('import.split') }).click({ timeout: 30_000 })
  await dialog.getByRole('checkbox', { name: zh('import.include', { name: '预算' }) }).uncheck()
  await dialog.getByRole('button', { name: zh('import.joinIt', { dataset: '销售' }) }).click()
  await shoot(page, 'growing-part')
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '32')
})

test('the Data page opens again at the dataset last looked at', async ({ app }) => {
  const { page, home } = app
  await writeFile(join(home, 'Documents', '门店.csv'), '门店,区\n徐汇,西\n静安,中\n')
  await page.getByRole('button', { name: zh('fields.import') }).click()
  await pickFiles(page, ['Documents'], ['门店.csv'])
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
  await page.keyboard.press('Escape')
  const list = page.getByRole('navigation', { name: zh('dataPage.datasets') })
  await list.getByRole('button', { name: /^门店/ }).click()
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  await command(page, 'action.data.show')
  await expect(list.getByRole('button', { name: /^门店/ })).toHaveAttribute('aria-current', 'true')
})

test('rows that look like totals are left out from the Data page, with a way back', async ({
  app,
}) => {
  const { page, home } = app
  await writeFile(
    join(home, 'Documents', '手填.csv'),
    '区域,门店,金额\n上海,徐汇,100\n上海,浦东,200\n小计,,150\n',
  )
  await page.getByRole('button', { name: zh('fields.import') }).click()
  await pickFiles(page, ['Documents'], ['手填.csv'])
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
  await page.keyboard.press('Escape')
  const list = page.getByRole('navigation', { name: zh('dataPage.datasets') })
  await list.getByRole('button', { name: /^手填/ }).click()
  await shoot(page, 'likely-totals')
  await page.getByRole('button', { name: zh('import.leaveOutLikely') }).click()
  const refresh = page.getByRole('dialog', { name: zh('refresh.title') })
  await expect(refresh).toContainText(zh('refresh.rows', { before: 3, after: 2 }), {
    timeout: 30_000,
  })
  await expect(refresh.getByRole('button', { name: zh('refresh.goBack') })).toBeVisible()
  await refresh.getByRole('button', { name: zh('refresh.done'), exact: true }).click()
  await expect(page.getByRole('button', { name: zh('import.leaveOutLikely') })).toBeHidden()
})

test('in English and dark a folder is offered where files are chosen', async ({ app }) => {
  const { page } = app
  await command(page, 'action.view.english')
  await command(page, 'action.view.dark')
  await page.getByRole('button', { name: 'Add a folder of files…' }).click()
  await page.getByRole('button', { name: 'Cancel' }).last().click()
  const dialog = page.getByRole('dialog', { name: 'Open my data' })
  await expect(dialog.getByRole('button', { name: 'Choose a folder…' })).toBeVisible()
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await shoot(page, 'folder-dark-en')
  await page.keyboard.press('Escape')
})
