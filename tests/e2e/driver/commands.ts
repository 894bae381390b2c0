import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { MessageKey } from '../../../shared/text/messages.ts'
import { textIn } from '../../../shared/text/messages.ts'

/** Runs a command of the palette by its name in the language shown now. */
export async function command(page: Page, key: MessageKey): Promise<void> {
  const search = page.getByRole('combobox', { name: /^(搜索命令|Search commands)$/ })
  // The first screen may still be taking its place: what was opened over the one before is opened again.
  await expect(async () => {
    if (!(await search.isVisible())) await page.keyboard.press('Control+k')
    const language = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'zh-CN'
    await search.fill(textIn(language)(key), { timeout: 1000 })
    await page.keyboard.press('Enter')
    await expect(search).toBeHidden({ timeout: 1000 })
  }).toPass()
}
