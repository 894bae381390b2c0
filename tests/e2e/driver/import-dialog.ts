import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { zh } from './designer.ts'
import type { Place } from './file-dialog.ts'
import { pickFiles } from './file-dialog.ts'

/** "Open my data" from the start page: choose a file, look, bring in, design. */
export async function bringIn(
  page: Page,
  path: readonly [Place, ...string[]],
  file: string,
  dataset: string,
): Promise<void> {
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await pickFiles(page, path, [file])
  await dialog.getByLabel(zh('import.name')).fill(dataset)
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), { timeout: 60_000 })
}
