import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { pickFiles, saveFile } from './driver/file-dialog.ts'
import { seriousFindings } from './driver/axe.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'template' } })

const rows = (count: number, shop: string): string[] =>
  Array.from(
    { length: count },
    (_, index) => `2026-01-0${1 + (index % 9)},${shop}${index % 3},${index}.5`,
  )

async function bringIn(page: Page, name: string): Promise<void> {
  await pickFiles(page, ['Documents'], [name])
  const dialog = page.getByRole('dialog', { name: '打开我的数据' })
  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('数据已导入', { timeout: 60_000 })
  await dialog.getByRole('button', { name: /开始设计|加入当前报表/ }).click()
}

const menu = async (page: Page, name: string, entry: string): Promise<void> => {
  await page.getByRole('navigation', { name: '菜单' }).getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

test('a board travels as a template without data, and opens on files with other names', async ({
  app,
}) => {
  const { page, home } = app
  const documents = join(home, 'Documents')
  writeFileSync(join(documents, '我的销售.csv'), ['日期,门店,金额', ...rows(30, '甲店')].join('\n'))
  writeFileSync(
    join(documents, '别人的流水.csv'),
    ['交易日期,店铺,销售额', ...rows(20, '乙店')].join('\n'),
  )
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: '选择文件…' }).click()
  await bringIn(page, '我的销售.csv')

  // The measure makes a card on the empty board; as a column chart it is cut up by the shop.
  await page.getByText('金额', { exact: true }).first().dblclick()
  await page.getByRole('group', { name: '类型' }).getByRole('button', { name: '柱形图' }).click()
  await page.getByText('门店', { exact: true }).first().dblclick()

  await menu(page, '文件', '另存为模板…')
  const saving = page.getByRole('dialog', { name: '另存为模板' })
  await expect(saving.getByRole('region', { name: '数据集名称' })).toContainText('我的销售')
  await saving.getByRole('checkbox', { name: '我的销售' }).uncheck()
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await saving.getByRole('button', { name: '保存模板…' }).click()
  await saveFile(page, ['Documents'], '门店看板')
  await expect(saving).toBeHidden()
  const template = join(documents, '门店看板.sbtemplate')
  await expect.poll(() => existsSync(template)).toBe(true)
  const packed = readFileSync(template, 'utf8')
  expect([packed.includes('甲店'), packed.includes('我的销售')]).toEqual([false, false])

  await page.keyboard.press('Control+i')
  await bringIn(page, '别人的流水.csv')
  await menu(page, '文件', '打开模板…')
  await pickFiles(page, ['Documents'], ['门店看板.sbtemplate'])
  const using = page.getByRole('dialog', { name: /使用模板/ })
  const field = (name: string) => using.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(field('金额')).toContainText('金额')
  await using.getByRole('combobox', { name: /对应的数据集/ }).click()
  await page.getByTitle('别人的流水', { exact: true }).click()
  await expect(field('金额')).toContainText('销售额')
  await expect(field('门店')).toContainText('店铺')
  await expect(using.getByRole('status')).toContainText('所有组件的字段都已对应')
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  // What stays empty is said above the list and in the row itself.
  await using.getByRole('combobox', { name: '“门店”对应的字段' }).click()
  await page.getByTitle('无', { exact: true }).click()
  await expect(field('门店')).toContainText('中会空着')
  await expect(using.getByRole('status')).toContainText('“门店”')
  const top = async (of: Locator) => (await of.boundingBox())?.y ?? 0
  expect(await top(using.getByRole('status'))).toBeLessThan(await top(using.getByRole('table')))
  await using.getByRole('button', { name: '用我的数据打开' }).click()
  await page.getByRole('button', { name: '不保存' }).click()
  await expect(using).toBeHidden()
  const board = page.getByRole('main', { name: '画板' })
  await expect(board).toContainText('没有对应到数据集的列')
  await board.getByRole('button', { name: '连接数据集…' }).click()
  const connecting = page.getByRole('dialog', { name: '连接数据集' })
  await connecting.getByRole('combobox', { name: '“门店”对应的字段' }).click()
  await page.getByTitle('店铺', { exact: true }).click()
  await connecting.getByRole('button', { name: '连接', exact: true }).click()
  await expect(board).not.toContainText('没有对应到数据集的列')
  await expect(board).toContainText('销售额')
  await expect(board).not.toContainText('我的销售')
})

test('the whole report becomes a workbook, with the counts of what was written', async ({
  app,
}) => {
  const { page, home } = app
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: '导出' })
  await expect(dialog.getByRole('radio', { name: /Excel 工作簿/ })).toBeChecked()
  expect(await seriousFindings(page, '.ant-modal')).toEqual([])
  await dialog.getByRole('button', { name: '导出…' }).click()
  await saveFile(page, ['Documents'], '看板')
  await expect(dialog.getByRole('status')).toContainText('已导出到 看板.xlsx', { timeout: 60_000 })
  await expect(dialog).toContainText('工作表数')
  expect(existsSync(join(home, 'Documents', '看板.xlsx'))).toBe(true)
})

test('a printing says what is measured and what is the browser’s alone', async ({ app }) => {
  const { page, home } = app
  const dialog = page.getByRole('dialog', { name: '导出' })
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+e')
  await dialog.getByRole('radio', { name: /PDF/ }).check()
  await dialog.getByRole('button', { name: '导出…' }).click()
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver(() => {
      const now = document.querySelector('.export-running')
      const bar = now?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? ''
      if (now) said.push(`${now.textContent} ${bar}`.trim())
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true }) // prettier-ignore
  })
  await saveFile(page, ['Documents'], '打印')
  await expect(dialog.getByRole('status')).toContainText('已导出到 打印.pdf', { timeout: 60_000 })
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
  expect(said).toContain('正在绘制 100')
  expect(said.at(-1)).toBe('正在写入文件')
  expect(existsSync(join(home, 'Documents', '打印.pdf'))).toBe(true)
})
