import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { MessageKey } from '../../shared/text/messages.ts'
import { seriousFindings } from './driver/axe.ts'
import { command } from './driver/commands.ts'
import type { Designer } from './driver/designer.ts'
import { designerOf, zh } from './driver/designer.ts'
import { bringIn } from './driver/import-dialog.ts'
import { chooseInPill } from './driver/pill-menu.ts'
import { shoot } from './driver/shoot.ts'
import { expect, test } from './driver/test.ts'

test.use({ appOptions: { spec: 'calendar' } })
test.describe.configure({ mode: 'serial' })

/** Ten a day from 1 January 2024 to 18 June 2025. */
const perDay = 10
const days = Array.from({ length: 535 }, (_, n) =>
  new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10),
)
const sumOf = (keep: (day: string) => boolean): string =>
  (days.filter(keep).length * perDay).toLocaleString('zh-CN', { minimumFractionDigits: 2 })

let page: Page
let designer: Designer
test.beforeAll(async ({ app }) => {
  page = app.page
  designer = designerOf(page)
  const lines = days.map((day, n) => `R${n},${day},${perDay}.00`)
  writeFileSync(join(app.home, 'Documents', '日销售.csv'), `小票,日期,金额\n${lines.join('\n')}\n`)
  await page.getByRole('radio', { name: '中文' }).click()
  await page.getByRole('button', { name: zh('start.dataButton') }).click()
  await bringIn(page, ['Documents'], '日销售.csv', '日销售')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: zh('import.design') })
    .click()
  await expect(designer.field('金额')).toBeVisible()
})

const dialog = (): Locator => page.getByRole('dialog', { name: zh('calendar.title'), exact: true })
const crosstab = (): Locator => designer.board.locator('[data-kind="crosstab"]')

const choose = (pill: Locator, group: MessageKey, entry: string): Promise<void> =>
  chooseInPill(page, pill, group, entry)

test('a fiscal year that begins in April and a day of one’s own are kept', async () => {
  await command(page, 'action.data.calendar')
  await dialog().getByLabel(zh('calendar.startMonth')).selectOption('4')
  await expect(dialog().getByRole('status')).toContainText('04-01')
  const add = dialog().getByRole('form', { name: zh('calendar.addDay') })
  await add.getByLabel(zh('calendar.from')).fill('2025-05-20')
  await add.getByLabel(zh('calendar.dayName')).fill('店庆')
  await add.getByRole('button', { name: zh('calendar.addDay') }).click()
  await expect(dialog().getByRole('listitem')).toContainText('店庆')
  await shoot(page, 'calendar-zh')
  expect(await seriousFindings(page, '[role="dialog"]')).toEqual([])
  await dialog()
    .getByRole('button', { name: zh('calendar.save') })
    .click()
  await expect(dialog()).toBeHidden()
  await command(page, 'action.data.calendar')
  await expect(dialog().getByLabel(zh('calendar.startMonth'))).toHaveValue('4')
  await expect(dialog().getByRole('listitem')).toContainText('2025-05-20')
  await dialog()
    .getByRole('button', { name: zh('app.cancel') })
    .click()
})

test('a crosstab by fiscal year follows the calendar, and anew when it is changed', async () => {
  await designer.insert('action.insert.crosstab')
  await designer.place('日期', 'shelf.rows')
  await designer.place('金额', 'shelf.values')
  const date = designer.shelf('shelf.rows').getByRole('button').first()
  await choose(date, 'pill.grain', zh('grain.fiscalYear'))
  const read = async (): Promise<(string | undefined)[]> =>
    (await designer.lines(crosstab())).map((line) => line.at(-1))
  const april = [
    sumOf((day) => day < '2024-04-01'),
    sumOf((day) => day >= '2024-04-01' && day < '2025-04-01'),
    sumOf((day) => day >= '2025-04-01'),
    sumOf(() => true),
  ]
  await expect.poll(read).toEqual(april)
  await command(page, 'action.data.calendar')
  await dialog().getByLabel(zh('calendar.startMonth')).selectOption('1')
  await dialog()
    .getByRole('button', { name: zh('calendar.save') })
    .click()
  await expect
    .poll(read)
    .toEqual([sumOf((day) => day < '2025'), sumOf((day) => day >= '2025'), sumOf(() => true)])
})

test('a month that is not over is compared up to the same day, and the block says so', async () => {
  const date = designer.shelf('shelf.rows').getByRole('button').first()
  await choose(date, 'pill.grain', zh('grain.month'))
  const measure = designer.shelf('shelf.values').getByRole('button').first()
  await choose(measure, 'pill.compare', zh('compare.with.year'))
  // Room for all lines: those out of sight are not in the page.
  await crosstab().evaluate((element) => (element as HTMLElement).focus())
  for (let n = 0; n < 16; n++) await page.keyboard.press('Shift+ArrowDown')
  const june = async (): Promise<readonly string[] | undefined> =>
    (await designer.lines(crosstab())).find((line) => line[0]?.includes('2025-06') === true)
  // 18 days of June 2024 beside 18 of 2025, not all 30.
  await expect
    .poll(async () => (await june())?.at(-1))
    .toBe(sumOf((day) => day >= '2024-06-01' && day <= '2024-06-18'))
  await expect(crosstab().getByRole('note')).toContainText('2025-06-18')
  await shoot(page, 'comparison-zh')
})
