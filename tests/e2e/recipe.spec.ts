import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expectNothingSerious } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'recipe' } })
test.describe.configure({ mode: 'serial' })

/** Full-width phones, spaces around names, and one person twice once both are clean. */
const dirty = [
  '姓名,电话,城市,金额',
  ' 张三 ,１３８００１３８０００,北京,10.50',
  '李四,139-0013-9000,上海,20.00',
  '张三,138 0013 8000,北京,5.25',
  '王五,13700137000,,7.00',
  '赵六,+8613600136000,广州,1.25',
]

const gridOf = (page: Page): Locator =>
  page.getByRole('grid', { name: zh('dataPage.grid', { dataset: '会员' }) })
const cellAt = (page: Page, row: number, column: number): Locator =>
  gridOf(page).locator(`[aria-rowindex="${row + 1}"] [aria-colindex="${column + 1}"]`)
const panelOf = (page: Page): Locator =>
  page.getByRole('complementary', { name: zh('recipe.title') })
const linesOf = (page: Page): Locator =>
  panelOf(page)
    .getByRole('list', { name: zh('recipe.steps') })
    .locator('.step-line')
const previewOf = (page: Page): Locator => page.getByRole('main', { name: zh('recipe.preview') })
const show = (page: Page, look: 'recipe.rows' | 'recipe.show'): Promise<void> =>
  page.getByRole('radio', { name: zh(look), exact: true }).click()

async function addStep(page: Page, kind: Parameters<typeof zh>[0]): Promise<void> {
  await panelOf(page)
    .getByRole('button', { name: zh('recipe.add') })
    .click()
  await page.getByRole('menuitem', { name: zh(kind) }).click()
}

/** Chooses values of a list that drops down, by typing their beginning. */
async function choose(page: Page, label: Parameters<typeof zh>[0], ...names: string[]) {
  const box = panelOf(page).getByRole('combobox', { name: zh(label), exact: true })
  for (const name of names) {
    await box.fill(name)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
}

test('a column is trimmed from its head, and the counts are those of all rows', async ({ app }) => {
  const { page, home } = app
  await writeFile(join(home, 'Documents', '会员.csv'), `${dirty.join('\n')}\n`)
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '会员.csv', '会员')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.show')
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', '6')
  await gridOf(page)
    .getByRole('button', { name: zh('recipe.quick', { field: '电话' }) })
    .click()
  await page.getByRole('menuitem', { name: zh('recipe.quick.trim') }).click()
  await expect(linesOf(page)).toHaveCount(1)
  await expect(panelOf(page).getByText(zh('recipe.edited'), { exact: true })).toBeVisible()
  // Of the five phones one is in full width.
  await expect(linesOf(page).first()).toContainText(zh('recipe.changed', { count: 1 }))
  await expect(previewOf(page).locator('td ins')).toHaveText(['13800138000'])
})

test('a step is edited by keyboard: phones get one form', async ({ app }) => {
  const { page } = app
  await linesOf(page).first().focus()
  await page.keyboard.press('Enter')
  const form = panelOf(page).getByRole('form')
  await form.getByRole('combobox', { name: zh('recipe.form.form'), exact: true }).focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await expect(form.getByTitle(zh('recipe.form.form.phone'))).toBeVisible()
  await form.getByRole('button', { name: zh('recipe.keep') }).focus()
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  // Written with signs, with spaces, in full width, with +86: four of five change.
  await expect(linesOf(page).first()).toContainText(zh('recipe.changed', { count: 4 }))
})

test('steps are added by mouse and applied; the grid has what the preview said', async ({
  app,
}) => {
  const { page } = app
  const form = panelOf(page).getByRole('form')
  await addStep(page, 'recipe.kind.dedupe')
  await expect(form.getByRole('status')).toHaveText(zh('recipe.gap.fields'))
  await choose(page, 'recipe.form.keys', '电话')
  await form.getByRole('button', { name: zh('recipe.keep') }).click()
  await expect(linesOf(page).nth(1)).toContainText(zh('recipe.removed', { count: 1 }))
  await expect(previewOf(page).locator('tr[data-kind="removed"]')).toHaveCount(1)
  await panelOf(page)
    .getByRole('button', { name: zh('recipe.apply') })
    .click()
  const done = zh('recipe.done', { before: 5, after: 4 })
  await expect(panelOf(page).getByText(done)).toBeVisible()
  await expect(panelOf(page).getByText(zh('recipe.edited'), { exact: true })).toBeHidden()
  await show(page, 'recipe.rows')
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', '5')
  await expect(cellAt(page, 1, 2)).toHaveText('13800138000')
  await expect(cellAt(page, 2, 2)).toHaveText('13900139000')
  await expect(cellAt(page, 4, 2)).toHaveText('13600136000')
})

test('a formula says where it is wrong, is completed by keyboard, and shows its values', async ({
  app,
}) => {
  const { page } = app
  await show(page, 'recipe.show')
  await addStep(page, 'recipe.kind.formula')
  const form = panelOf(page).getByRole('form')
  await form.getByLabel(zh('recipe.form.name')).fill('两倍')
  const formula = form.getByLabel(zh('recipe.form.formula'))
  await formula.fill('[金额1] * 2')
  await expect(form.locator('.formula-marks mark')).toHaveText('[金额1]')
  await form.getByRole('button', { name: zh('recipe.form.useSuggestion', { suggestion: '[金额]' }) }).click() // prettier-ignore
  await expect(formula).toHaveValue('[金额] * 2')
  await formula.fill('')
  await formula.pressSequentially('[金')
  await expect(form.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Enter')
  await formula.pressSequentially(' * 2')
  await expect(formula).toHaveValue('[金额] * 2')
  await expect(form.locator('.first-values li').first()).toHaveText('21.00')
  await form.getByRole('button', { name: zh('recipe.keep') }).click()
  await expect(linesOf(page)).toHaveCount(3)
})

test('steps move by mouse and keyboard, and what breaks is said and cannot be applied', async ({
  app,
}) => {
  const { page } = app
  await addStep(page, 'recipe.kind.remove')
  await choose(page, 'recipe.form.fields', '电话')
  await panelOf(page)
    .getByRole('form')
    .getByRole('button', { name: zh('recipe.keep') })
    .click()
  await linesOf(page).nth(3).dragTo(linesOf(page).nth(2))
  await expect(linesOf(page).nth(3)).toContainText('两倍')
  await expect(linesOf(page).nth(2)).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(linesOf(page).first()).toContainText('电话')
  await expect(linesOf(page).first()).toBeFocused()
  await expect(panelOf(page).locator('.step-problem')).toHaveCount(2)
  await expect(panelOf(page).getByRole('button', { name: zh('recipe.apply') })).toBeDisabled()
  await linesOf(page).first().press('Delete')
  await expect(panelOf(page).locator('.step-problem')).toHaveCount(0)
})

test('the workbench has nothing serious in either language and theme', async ({ app }) => {
  const { page } = app
  await linesOf(page).nth(1).click()
  await expectNothingSerious(page)
})

test('an edit is undone and the recipe applied again', async ({ app }) => {
  const { page } = app
  await linesOf(page).nth(1).focus()
  await page.keyboard.press('Delete')
  await expect(linesOf(page)).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(linesOf(page)).toHaveCount(3)
  await page.keyboard.press('Control+Shift+Z')
  await expect(linesOf(page)).toHaveCount(2)
  await panelOf(page)
    .getByRole('button', { name: zh('recipe.apply') })
    .click()
  await expect(panelOf(page).getByText(zh('recipe.done', { before: 4, after: 5 }))).toBeVisible()
  await show(page, 'recipe.rows')
  await expect(gridOf(page)).toHaveAttribute('aria-rowcount', '6')
  await expect(cellAt(page, 5, 5)).toHaveText('2.50')
})

test('a step on a column far to the right brings that column into view at 1440 points', async ({
  app,
}) => {
  const { page, home } = app
  const names = Array.from({ length: 24 }, (_, at) => `一列相当长的名字 ${at + 1}`)
  const line = names.map((_, at) => `${at}`).join(',')
  await writeFile(join(home, 'Documents', '宽表.csv'), `${names.join(',')}\n${line}\n${line}\n`)
  await page.setViewportSize({ width: 1440, height: 900 })
  await show(page, 'recipe.rows')
  await page.getByRole('button', { name: zh('fields.import') }).click()
  await bringIn(page, ['Documents'], '宽表.csv', '宽表')
  await page.keyboard.press('Escape')
  await page
    .getByRole('navigation', { name: zh('dataPage.datasets') })
    .getByRole('button', { name: /^宽表/ })
    .click()
  await show(page, 'recipe.show')
  await addStep(page, 'recipe.kind.type')
  const form = panelOf(page).getByRole('form')
  await form
    .getByRole('combobox', { name: zh('recipe.form.field'), exact: true })
    .fill(names[22] ?? '')
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: zh('recipe.keep') }).click()
  await expect(previewOf(page).getByRole('columnheader', { name: names[22] ?? '' })).toBeInViewport(
    { ratio: 1 },
  )
})
