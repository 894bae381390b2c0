import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { stillStanding } from './still-standing.ts'

/** What axe finds serious or critical inside the parts of the page a selector names, with the elements. */
export async function seriousFaults(page: Page, within: string): Promise<unknown[]> {
  await stillStanding(page)
  const { violations } = await new AxeBuilder({ page }).include(within).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}
