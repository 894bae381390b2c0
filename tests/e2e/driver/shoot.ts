import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** A picture to look at, where STOREBOARD_PICTURES names a folder; once nothing moves or shows below the pointer. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['STOREBOARD_PICTURES']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.mouse.move(700, 780)
  await page.waitForTimeout(800)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
