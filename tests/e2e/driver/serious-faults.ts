import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** A dialog that is still fading in has fainter colours than it will have. */
export async function stillStanding(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 5000)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}

/** What axe finds serious or critical inside the parts of the page a selector names, with the elements. */
export async function seriousFaults(page: Page, within: string): Promise<unknown[]> {
  await stillStanding(page)
  const { violations } = await new AxeBuilder({ page }).include(within).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}
