import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { stillStanding } from './still-standing.ts'

/** Serious and critical findings on what is shown: the rule with the elements it names. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await stillStanding(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`,
      ),
    )
}
