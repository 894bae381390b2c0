import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import officeCrypto from 'officecrypto-tool'
import { workbookZip } from '../../scripts/fixtures/make-zip.ts'
import { pickFiles } from './driver/file-dialog.ts'
import { seriousFindings } from './driver/axe.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'import' } })

const days = 40

async function writeSales(path: string, year: number): Promise<void> {
  const workbook = new exceljs.Workbook()
  const sheet = workbook.addWorksheet('明细')
  sheet.addRow(['日期', '门店编码', '金额'])
  for (let day = 1; day <= days; day += 1)
    sheet.addRow([new Date(Date.UTC(year, 0, day)), `00${1 + (day % 3)}`, day * 10.5])
  workbook.addWorksheet('备注')
  await workbook.xlsx.writeFile(path)
}

test('own workbooks come in through the dialog: preview, counts, relationships, designer', async ({
  app,
}) => {
  const { page, home } = app
  await writeSales(join(home, 'Documents', '销售 2024.xlsx'), 2024)
  await writeSales(join(home, 'Documents', '销售 2025.xlsx'), 2025)
  const shops = ['门店编码,门店名称', '001,一店', '002,二店', '003,三店', '004,四店,多了一格']
  writeFileSync(join(home, 'Documents', '门店.csv'), shops.join('\n'))
  writeFileSync(join(home, 'Documents', '坏文件.xlsx'), 'no workbook')
  await page.getByRole('radio', { name: '中文' }).click()

  await page.getByRole('button', { name: '选择文件…' }).click()
  const names = ['销售 2024.xlsx', '销售 2025.xlsx', '门店.csv', '坏文件.xlsx']
  await pickFiles(page, ['Documents'], names)
  const dialog = page.getByRole('dialog', { name: '打开我的数据' })
  await expect(dialog.getByRole('alert')).toContainText('坏文件.xlsx')
  await expect(
    dialog.getByRole('list', { name: '将生成的数据集' }).getByRole('listitem'),
  ).toHaveCount(2)
  await expect(dialog.getByText('没有任何数据行，因此未导入：备注')).toBeVisible()
  await expect(dialog.getByLabel('“门店编码”的角色')).toHaveValue('identifier')
  await dialog.getByLabel('数据集名称').fill('销售明细')
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await dialog.getByRole('button', { name: '导入', exact: true }).click()

  await expect(dialog.getByRole('status')).toContainText('数据已导入', { timeout: 60_000 })
  await expect(dialog.getByText('没有任何数据行，因此未导入：备注')).toBeVisible()
  const sales = dialog.getByRole('region', { name: '销售明细' })
  await expect(sales).toContainText(`读取行数${days * 2}`)
  await expect(sales).toContainText('剔除行数0')
  const shop = dialog.getByRole('region', { name: '门店', exact: true })
  await expect(shop).toContainText('读取行数4')
  await expect(shop).toContainText('数据集行数3')
  await expect(shop.getByRole('row', { name: '门店.csv 5 列数与表头不一致' })).toBeVisible()

  await dialog.getByRole('button', { name: '继续' }).click()
  await dialog.getByRole('button', { name: '建立关联' }).click()
  await expect(dialog.getByText('已关联，每一行都能对应上。')).toBeVisible({ timeout: 30_000 })
  await dialog.getByRole('button', { name: '开始设计' }).click()
  await expect(page.getByRole('main', { name: '画板' })).toBeVisible()
  await expect(page.getByText('销售明细').first()).toBeVisible()
})

test('a protected workbook asks for its password, and a text file for its encoding', async ({
  app,
}) => {
  const { page, home } = app
  const rows = '<row><c t="str"><v>金额</v></c></row><row><c><v>7</v></c></row>'
  const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
  const secret = officeCrypto.encrypt(workbookZip({ sheet }), { password: '密码 1' })
  writeFileSync(join(home, 'Documents', '密.xlsx'), secret)
  // 門市,金額 and 臺北,1 in Big5.
  const big5 = Buffer.from('aaf9a5ab2caaf7c3420abb4fa55f2c310a', 'hex')
  writeFileSync(join(home, 'Documents', '門市.csv'), big5)
  await app.reopen()
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: '选择文件…' }).click()
  await pickFiles(page, ['Documents'], ['密.xlsx', '門市.csv'])
  const dialog = page.getByRole('dialog', { name: '打开我的数据' })
  const password = dialog.getByLabel('密.xlsx 的密码')
  await password.fill('不对')
  await dialog.getByRole('button', { name: '打开', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('密码不正确')
  await expect(dialog.getByRole('radio', { name: /^big5/ })).toBeChecked()
  await dialog.getByRole('radio', { name: /^windows-1252/ }).click()
  await expect(dialog.getByLabel('“門市”的角色')).toHaveCount(0)
  await dialog.getByRole('radio', { name: /^big5/ }).click()
  await expect(dialog.getByLabel('“門市”的角色')).toHaveCount(1)
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await password.fill('密码 1')
  await dialog.getByRole('button', { name: '打开', exact: true }).click()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('数据已导入', { timeout: 60_000 })
})

test('the start page and the file dialog have nothing serious for axe, in both themes', async ({
  app,
}) => {
  const { page } = app
  await app.reopen()
  for (const theme of ['浅色', '深色']) {
    await page.getByRole('radio', { name: '中文' }).click()
    await page.getByRole('radio', { name: theme }).click()
    expect(await seriousFindings(page, '.gallery')).toEqual([])
    await page.getByRole('button', { name: '选择文件…' }).click()
    await expect(page.getByRole('dialog', { name: '打开', exact: true })).toBeVisible()
    expect(await seriousFindings(page, '.browse')).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: '打开', exact: true })).toBeHidden()
    // The dialog that is leaving may still take the first press.
    await expect(async () => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1000 })
    }).toPass()
  }
})
