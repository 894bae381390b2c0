import type { Page } from '@playwright/test'
import { zh } from './designer.ts'
import { bringIn } from './import-dialog.ts'

/** From the gallery to an empty board over a file of the documents folder, in Chinese. */
export async function designFrom(page: Page, file: string, dataset: string): Promise<void> {
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], file, dataset)
  await page.getByRole('button', { name: zh('import.toLinks') }).click()
  await page.getByRole('button', { name: zh('import.design') }).click()
}
