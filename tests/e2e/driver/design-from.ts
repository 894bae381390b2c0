import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { AppDriver } from './app-driver.ts'
import type { Designer } from './designer.ts'
import { designerOf, zh } from './designer.ts'
import { bringIn } from './import-dialog.ts'
import type { SaleRow } from './sales-rows.ts'
import { salesHeads, writeSales } from './sales-rows.ts'
import { expect } from './test.ts'

/** From the gallery to an empty board over a file of the documents folder, in Chinese. */
export async function designFrom(page: Page, file: string, dataset: string): Promise<void> {
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], file, dataset)
  await page.getByRole('button', { name: zh('import.toLinks') }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
}

/** As `designFrom`, over a workbook of these sales. */
export async function designSales(app: AppDriver, rows: readonly SaleRow[]): Promise<Designer> {
  const { page, home } = app
  const designer = designerOf(page)
  await writeSales(join(home, 'Documents', '销售流水.xlsx'), rows, salesHeads)
  await designFrom(page, '销售流水.xlsx', '销售')
  await expect(designer.field('金额')).toBeVisible()
  return designer
}
