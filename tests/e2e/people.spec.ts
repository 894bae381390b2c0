import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { chooseInPill } from './driver/pill-menu.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'people' } })
test.describe.configure({ mode: 'serial' })

const sample = join(import.meta.dirname, '../../resources/sample')
const whole = (value: number): string => new Intl.NumberFormat('zh-CN').format(value)

const reviewOf = (page: Page): Locator => page.getByRole('main', { name: zh('people.title') })
const sideOf = (page: Page): Locator =>
  page.getByRole('complementary', { name: zh('people.counts') })
const tab = (page: Page, name: RegExp): Promise<void> =>
  reviewOf(page).getByRole('radio', { name }).click()
const placeOf = (page: Page, place: number, count: number): Locator =>
  reviewOf(page).getByText(zh('people.place', { place: whole(place), count: whole(count) }), { exact: false }) // prettier-ignore
/** The line of the counts table that counts the members of a dataset. */
const counted = (page: Page, name: string): Locator =>
  sideOf(page).getByRole('row').filter({ hasText: `“${name}”` }) // prettier-ignore

async function showPeople(page: Page): Promise<void> {
  await command(page, 'action.data.show')
  await page.getByRole('button', { name: /^会员/ }).first().click()
  await page.getByRole('radio', { name: zh('people.show') }).click()
}

test('second cards of the sample chain are found in its member list', async ({ app }) => {
  const { page, home } = app
  const documents = join(home, 'Documents')
  await copyFile(join(sample, '会员名单.xlsx'), join(documents, '会员名单.xlsx'))
  // Two sales with every second card and one with the card before it, so that counting persons makes a difference.
  const truth = JSON.parse(await readFile(join(sample, 'truth.json'), 'utf8')) as {
    readonly duplicateCards: readonly { readonly member: string; readonly sameAs: string }[]
  }
  const lines = truth.duplicateCards.flatMap(({ member, sameAs }, i) => [`A${i},${member},10`, `B${i},${member},5`, `C${i},${sameAs},20`]) // prettier-ignore
  await writeFile(join(documents, '回购.csv'), `小票号,会员号,金额\n${lines.join('\n')}\n`)
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '会员名单.xlsx', '会员')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.import')
  await bringIn(page, ['Documents'], '回购.csv', '回购')
  await page.keyboard.press('Escape')
  await command(page, 'action.data.relate')
  const relations = page.getByRole('dialog', { name: zh('relations.title') })
  await relations.getByRole('button', { name: /关联.*会员号/ }).first().click() // prettier-ignore
  await expect(relations.getByRole('region', { name: zh('relations.existing') })).toContainText('会员号') // prettier-ignore
  await page.keyboard.press('Escape')
  await showPeople(page)
  await expect(reviewOf(page).getByRole('combobox', { name: zh('people.trait.phone') })).toHaveValue('手机号') // prettier-ignore
  await reviewOf(page).getByRole('button', { name: zh('people.find') }).click() // prettier-ignore
  await expect(placeOf(page, 1, 598)).toBeVisible({ timeout: 60_000 })
  await expect(sideOf(page)).toContainText(zh('people.counts.equal'))
  await expect(reviewOf(page).getByRole('list').first()).toContainText(zh('people.reason.phone.same')) // prettier-ignore
})

test('pairs are reviewed by keys alone, and taken back', async ({ app }) => {
  const { page } = app
  const score = reviewOf(page).getByRole('heading', { level: 3 }).first()
  await reviewOf(page).getByRole('button', { name: new RegExp(zh('people.next')) }).focus() // prettier-ignore
  await page.keyboard.press('ArrowRight')
  await expect(placeOf(page, 2, 598)).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('y')
  await expect(placeOf(page, 1, 597)).toBeVisible()
  await expect(score).toContainText('%')
  await page.keyboard.press('n')
  await expect(placeOf(page, 1, 596)).toBeVisible()
  await page.keyboard.press('z')
  await expect(placeOf(page, 1, 597)).toBeVisible()
  await page.keyboard.press('s')
  await expect(reviewOf(page).getByRole('button', { name: new RegExp(zh('people.undo.skip')) })).toBeVisible() // prettier-ignore
  await page.keyboard.press('z')
  await page.keyboard.press('z')
  await expect(placeOf(page, 1, 598)).toBeVisible()
  for (const theme of ['action.view.dark', 'action.view.light'] as const) {
    await command(page, theme)
    expect(await seriousFindings(page)).toEqual([])
  }
})

test('what scores high is accepted at once, and counted per account and per person', async ({
  app,
}) => {
  const { page } = app
  const side = sideOf(page)
  await expect(side).toContainText(zh('people.auto.count', { count: '595' }))
  await side.getByRole('button', { name: zh('people.auto.accept', { count: '595' }) }).click()
  await expect(placeOf(page, 1, 3)).toBeVisible()
  await reviewOf(page)
    .getByRole('button', { name: zh('people.write') })
    .click()
  await expect(counted(page, '会员').first()).toContainText(`${whole(30_600)}${whole(30_005)}595`, { timeout: 30_000 }) // prettier-ignore
  await expect(counted(page, '回购')).toContainText(`${whole(1200)}605595`)
})

test('a block counts accounts, and persons once its pill is told to', async ({ app }) => {
  const { page } = app
  const designer = designerOf(page)
  await page.getByRole('button', { name: zh('dataPage.back') }).click()
  await command(page, 'action.report.new')
  await designer.insert('action.insert.crosstab')
  const list = page.getByRole('complementary', { name: zh('fields.title') })
  const values = designer.shelf('shelf.values')
  await designer.drag(list.getByRole('region', { name: '回购' }).getByRole('button', { name: /^会员号，/ }), values) // prettier-ignore
  const block = designer.board.getByRole('region').first()
  await expect(block).toContainText(whole(1200))
  const each = (mode: 'account' | 'person', field: string): Promise<void> =>
    chooseInPill(page, values.getByRole('button').first(), 'pill.each', zh(`pill.each.${mode}`, { field })) // prettier-ignore
  await each('person', zh('people.field.person'))
  await expect(block).toContainText('605')
  await each('account', '会员号')
  await expect(block).toContainText(whole(1200))
  await page.keyboard.press('Control+z')
  await expect(block).toContainText('605')
})

test('a person is taken apart again, and everything at once', async ({ app }) => {
  const { page } = app
  await showPeople(page)
  await tab(page, new RegExp(zh('people.tab.merged')))
  const persons = reviewOf(page).getByRole('button', { name: /^拆开/ })
  await expect(persons).toHaveCount(20)
  await persons.first().click()
  await expect(reviewOf(page).getByRole('radio', { name: '已合并（594）' })).toBeVisible()
  await reviewOf(page).getByRole('button', { name: zh('people.merged.undoAll') }).click()
  const question = page.getByRole('dialog', { name: zh('people.merged.ask') })
  // By key: the box still grows into its place, and a click may miss what moves.
  await question.getByRole('button', { name: zh('people.merged.undoIt') }).press('Enter')
  await expect(question).toBeHidden()
  await expect(reviewOf(page).getByText(zh('people.merged.none'))).toBeVisible()
  await reviewOf(page).getByRole('button', { name: zh('people.write') }).click()
  await expect(counted(page, '会员').first()).toContainText(`${whole(30_600)}${whole(30_600)}0`, { timeout: 30_000 }) // prettier-ignore
}) // prettier-ignore
