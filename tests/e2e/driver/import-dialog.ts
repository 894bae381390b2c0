import type { Locator, Page } from '@playwright/test'
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

/** Several files of the documents folder at once, each as proposed, up to the step that relates them. */
export async function bringInAll(
  page: Page,
  files: readonly string[],
  timeout = 60_000,
): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: zh('import.title') })
  await pickFiles(page, ['Documents'], files)
  await dialog.getByRole('button', { name: zh('import.run'), exact: true }).click({ timeout })
  await expect(dialog.getByRole('status')).toContainText(zh('import.done'), {
    timeout: 2 * timeout,
  })
  await dialog.getByRole('button', { name: zh('import.toLinks') }).click()
  return dialog
}
