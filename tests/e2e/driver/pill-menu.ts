import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { MessageKey } from '../../../shared/text/messages.ts'
import { zh } from './designer.ts'
import { stillStanding } from './still-standing.ts'

/** Opens a pill's menu and takes an entry of one of its groups. */
export async function chooseInPill(
  page: Page,
  pill: Locator,
  group: MessageKey,
  entry: string,
): Promise<void> {
  const item = (words: string): Locator =>
    page
      .locator('[role="menuitem"]:visible')
      .filter({ has: page.getByText(words, { exact: true }) })
  await pill.click()
  await item(zh(group)).last().hover()
  await stillStanding(page)
  await item(entry).last().click()
  await expect(item(zh(group))).toHaveCount(0)
}
