import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { command } from './commands.ts'
import { stillStanding } from './still-standing.ts'
import { expect } from './test.ts'

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

/** In English and dark, then in Chinese and light, as it stays. */
export async function expectNothingSerious(page: Page): Promise<void> {
  const looks = [
    ['action.view.english', 'action.view.dark'],
    ['action.view.chinese', 'action.view.light'],
  ] as const
  for (const [language, theme] of looks) {
    await command(page, language)
    await command(page, theme)
    // Every cell in view is looked at: longer than the usual wait on a busy machine.
    const asked = { message: `${language} ${theme}`, timeout: 55_000 }
    await expect.poll(() => seriousFindings(page), asked).toEqual([])
  }
}
