import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { stillStanding } from './still-standing.ts'

/** Serious and critical findings on what is shown, or inside the parts a selector names: the rule with the elements. */
export async function seriousFindings(page: Page, within?: string): Promise<readonly string[]> {
  await stillStanding(page)
  const axe = new AxeBuilder({ page })
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`,
      ),
    )
}
