import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { pickFiles } from './driver/file-dialog.ts'
import { shoot } from './driver/shoot.ts'
import { expect, launch, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'imports-beside' } })
test.describe.configure({ mode: 'serial' })

const largeRows = 2_000_000

/** Long enough to be read that people do other things meanwhile. */
function writeLarge(path: string, heads: string): void {
  const file = openSync(path, 'w')
  writeSync(file, `${heads}\n`)
  const step = 20_000
  for (let from = 0; from < largeRows; from += step) {
    const lines = Array.from({ length: step }, (_, i) => {
      const row = from + i
      return `R${1_000_000 + row},2025-0${1 + (row % 9)}-1${row % 10},S${row % 500},${(row % 9973) / 100},M${row % 70_001}\n`
    })
    writeSync(file, lines.join(''))
  }
  closeSync(file)
}

async function dropFile(page: Page, name: string, content: string): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([file, text]) => {
      const data = new DataTransfer()
      data.items.add(new File([text ?? ''], file ?? ''))
      return data
    },
    [name, content],
  )
  for (const type of ['dragenter', 'drop'])
    await page.locator('body').dispatchEvent(type, { dataTransfer: dropped })
}

const tray = (page: Page): Locator =>
  page.getByRole('region', { name: /^(后台导入|Imports in the background)$/ })
const reading = (page: Page, name: string): Locator =>
  tray(page).getByRole('progressbar', { name, exact: true })
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^(打开我的数据|Open my data)$/ }) // prettier-ignore

test('a small file comes in and a report is made of it while two large ones read, of which one is stopped', async ({
  app,
}) => {
  test.slow()
  const { page, home } = app
  await page.setViewportSize({ width: 1280, height: 800 })
  writeLarge(join(home, 'Documents', '流水甲.csv'), '小票,日期,门店,金额,会员')
  writeLarge(join(home, 'Documents', '流水乙.csv'), '单号,营业日,店号,实收,会员号')
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await pickFiles(page, ['Documents'], ['流水甲.csv', '流水乙.csv'])
  const dialog = dialogOf(page)
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('progressbar', { name: '流水甲' })).toBeVisible()
  await shoot(page, 'reading-dialog-zh')
  // Escape puts it away and stops nothing.
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(reading(page, '流水甲')).toBeVisible()
  await expect(reading(page, '流水乙')).toBeVisible()
  await shoot(page, 'tray-start-zh')

  await dropFile(page, '门店.csv', '门店,城市\nS1,北京\nS2,上海\nS3,广州\n')
  await expect(dialog.getByLabel(zh('import.name'))).toHaveValue('门店')
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
  // The first of the large ones is not through.
  await expect(reading(page, '流水乙')).toBeVisible()
  await dialog.getByRole('button', { name: zh('import.design') }).click()

  const designer = designerOf(page)
  await expect(designer.field('城市')).toBeVisible()
  await designer.insert('action.insert.table')
  await designer.place('城市', 'shelf.columns')
  await expect(page.locator('.board').getByText('广州')).toBeVisible()
  await expect(reading(page, '流水乙')).toBeVisible()
  await shoot(page, 'tray-designer-zh')

  // A dataset another import is making is not made twice.
  await dropFile(page, '流水甲.csv', '小票,日期,门店,金额,会员\nR1,2025-01-01,S1,1.5,M1\n')
  await expect(dialog.getByLabel(zh('import.name'))).toHaveValue('流水甲')
  await expect(dialog.getByRole('alert')).toContainText('另一项导入正在建立名为“流水甲”的数据集')
  await expect(dialog.getByRole('note').filter({ hasText: '同名文件' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: zh('import.run'), exact: true })).toBeDisabled()
  await shoot(page, 'beside-name-zh')
  await page.keyboard.press('Escape')

  await tray(page).getByRole('button', { name: zh('import.leaveOut', { name: '流水乙' }) }).click() // prettier-ignore
  await expect(reading(page, '流水乙')).toBeHidden()
  await expect(reading(page, '流水甲')).toBeVisible()
  const result = tray(page).getByRole('button', { name: zh('import.tray.result') })
  await expect(result).toBeVisible({ timeout: 120_000 })
  await expect(tray(page).getByRole('status')).toContainText('流水甲 · 2,000,000 行')
  await shoot(page, 'tray-done-zh')
  // What came in meanwhile is no step of the report's history.
  await expect(page.locator('.board').getByText('广州')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.locator('.board').getByText('广州')).toBeHidden()

  await result.click()
  const came = dialog.getByRole('region', { name: '流水甲' })
  await expect(came).toContainText('读取行数2,000,000')
  await expect(dialog.getByText(zh('import.stopped', { names: '流水乙' }))).toBeVisible()
  await shoot(page, 'result-left-out-zh')
  await dialog.getByRole('button', { name: zh('import.toLinks') }).click()
  await expect(dialog.getByRole('checkbox', { name: /流水甲.*门店/ })).toBeChecked({
    timeout: 60_000,
  })
  await dialog.getByRole('button', { name: zh('import.addToReport') }).click()
  await expect(page.getByText('流水甲').first()).toBeVisible()
  await expect(tray(page).getByRole('listitem')).toHaveCount(0)
  await command(page, 'action.data.show')
  await expect(page.getByText('流水乙')).toHaveCount(0)
})

test('in English and in the dark: a question and a refusal wait in the line until they are looked at', async () => {
  test.slow()
  const app = await launch({ locale: 'en', colorScheme: 'dark', viewport: { width: 1100, height: 700 } }) // prettier-ignore
  try {
    const { page, home } = app
    await page.getByRole('radio', { name: 'English' }).click()
    writeLarge(join(home, 'Documents', 'Receipts of all shops.csv'), 'receipt,day,shop,amount,member') // prettier-ignore
    const line = (day: number, amount: number): string => `T${day},2025-03-0${day},S1,${amount}\n`
    const days = [1, 2, 3, 4, 5].map((day) => line(day, day * 10)).join('')
    writeFileSync(join(home, 'Documents', 'march a.csv'), `ticket,day,shop,amount\n${days}`)
    writeFileSync(join(home, 'Documents', 'march b.csv'), `ticket,day,shop,amount\n${days}${line(6, 1)}`) // prettier-ignore
    const dialog = dialogOf(page)
    const begin = async (files: readonly string[]): Promise<void> => {
      await command(page, 'action.data.import')
      await pickFiles(page, ['Documents'], files)
      await dialog.getByRole('button', { name: 'Bring in', exact: true }).click()
    }
    await begin(['Receipts of all shops.csv'])
    await dialog.getByRole('button', { name: 'Go on in the background' }).click()
    await expect(reading(page, 'Receipts of all shops')).toBeVisible()
    await begin(['march a.csv', 'march b.csv'])
    // The button stands there while it reads; a small file may be through before.
    await page.keyboard.press('Escape')
    const answer = tray(page).getByRole('button', { name: 'Answer' })
    await expect(answer.or(dialog.getByText(/equal|repeat/i).first())).toBeVisible({
      timeout: 60_000,
    })
    await shoot(page, 'tray-dark-en')
    expect(await seriousFindings(page, '.import-tray')).toEqual([])
    if (await answer.isVisible()) await answer.click()
    await dialog.getByRole('button', { name: 'Leave the repeated rows out' }).click()
    await expect(dialog.getByRole('status')).toContainText('Your data is here', { timeout: 60_000 })
    await shoot(page, 'result-dark-en')
    await page.keyboard.press('Escape')
    await expect(reading(page, 'Receipts of all shops')).toBeVisible()
    await tray(page).getByRole('button', { name: /^Receipts of all shops/ }).click() // prettier-ignore
    await shoot(page, 'reading-dark-en')
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click()
    const question = page.getByRole('dialog', { name: 'Stop the import?' })
    await expect(question).toBeVisible()
    await shoot(page, 'stop-ask-dark-en')
    await question.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(dialog.getByRole('button', { name: 'Bring in', exact: true })).toBeEnabled()
    await page.keyboard.press('Escape')
    await expect(tray(page).getByRole('listitem')).toHaveCount(0)
  } finally {
    await app.close()
  }
})
