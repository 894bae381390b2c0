import type { Page } from '@playwright/test'

/**
 * What opens is on its way for a moment: its colours are fainter than they will be, and a press that begins on one line of a
 * menu may end on another.
 */
export async function stillStanding(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 5000)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}
