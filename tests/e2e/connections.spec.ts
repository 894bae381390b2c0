import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { command } from './driver/commands.ts'
import { textIn } from '../../shared/text/messages.ts'
import { designerOf, zh } from './driver/designer.ts'
import { seriousFindings } from './driver/axe.ts'
import { expect, test } from './driver/test.ts'
import type { PostgresServer } from '../support/servers/postgres-servers.ts'
import { hasPostgres, startPostgres } from '../support/servers/postgres-servers.ts'

test.use({ appOptions: { spec: 'connections' } })
test.describe.configure({ mode: 'serial' })
test.skip(!hasPostgres, 'not on this machine: PostgreSQL server')

const pictures = process.env['STOREBOARD_PICTURES']
const shop = `create table "销售明细" ("日期" date, "大区" text, "门店" text, "品类" text, "销售额" numeric(12, 2), "数量" integer);
  insert into "销售明细" select date '2025-01-01' + i % 365, (array['华东', '华南', '华北', '西南'])[1 + i % 4],
      (array['华东', '华南', '华北', '西南'])[1 + i % 4] || (1 + i / 4 % 3) || '店', (array['饮料', '零食', '日化', '生鲜', '文具'])[1 + i * i % 5], 20 + i % 97 + i % 10 / 4.0, 1 + i % 4
    from generate_series(1, 20000) as i;
  create view "慢视图" as select count(*) as n from generate_series(1, 100000000000) as g(i);
  grant select on "销售明细", "慢视图" to analyst`

let server: PostgresServer
test.beforeAll(async () => {
  server = await startPostgres()
  await server.admin(shop)
})
test.afterAll(() => server.stop())

const dialogOf = (page: Page): Locator =>
  page.getByRole('dialog', { name: /^(数据库服务器|Database servers)$/ })

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png` })
}

async function fill(dialog: Locator, password: string): Promise<void> {
  await dialog.getByLabel(zh('connections.name'), { exact: true }).fill('总部数仓')
  await dialog.getByLabel(zh('connections.host')).fill('localhost')
  await dialog.getByLabel(zh('connections.port')).fill(String(server.port))
  await dialog.getByLabel(zh('connections.user')).fill('analyst')
  await dialog.getByLabel(zh('connections.password'), { exact: true }).fill(password)
  await dialog.getByLabel(zh('connections.keep')).selectOption('session')
}

test('a server is tried, kept and asked for its tables; what is wrong is said in words', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('radio', { name: '中文' }).click()
  await command(page, 'action.data.servers')
  const dialog = dialogOf(page)
  await fill(dialog, 'wrong')
  const tryIt = dialog.getByRole('button', { name: zh('connections.test'), exact: true })
  await tryIt.click()
  // Nobody has signed the server's certificate yet.
  await expect(dialog.getByRole('alert')).toContainText('localhost')
  await dialog.getByText(zh('connections.authority')).click()
  await dialog.getByRole('textbox', { name: zh('connections.authority') }).fill(readFileSync(server.certificate, 'utf8')) // prettier-ignore
  await tryIt.click()
  await expect(dialog.getByRole('alert')).toContainText('analyst')
  await dialog.getByLabel(zh('connections.password'), { exact: true }).fill(server.password)
  await tryIt.click()
  await expect(dialog.getByRole('status')).toContainText('PostgreSQL 15')
  await picture(page, 'connection-form')
  expect(await seriousFindings(page, '.connections')).toEqual([])
  await dialog.getByRole('button', { name: zh('connections.save') }).click()
  await dialog.getByRole('checkbox', { name: '销售明细' }).check()
  await picture(page, 'connection-tables')
  await dialog.getByRole('button', { name: zh('connections.bring', { count: '1' }) }).click()
  await expect(dialog.getByRole('status')).toContainText('销售明细', { timeout: 30_000 })
  expect(await seriousFindings(page, '.connections')).toEqual([])
})

test('a table the server counts too long is given up by a click, and the dialog stays', async ({
  app,
}) => {
  const dialog = dialogOf(app.page)
  await dialog.getByRole('checkbox', { name: '慢视图' }).check()
  await dialog.getByRole('button', { name: zh('connections.bring', { count: '1' }) }).click()
  await expect(dialog.getByText(zh('connections.counting'))).toBeVisible()
  await dialog.getByRole('button', { name: zh('app.cancel') }).click()
  await expect(dialog.getByText(zh('connections.counting'))).toBeHidden()
  const running = `select count(*) as n from pg_stat_activity where state = 'active' and query like '%慢视图%' and usename = 'analyst'`
  await expect.poll(async () => Number((await server.admin(running))[0]?.['n'])).toBe(0)
  await dialog
    .getByRole('button', { name: zh('app.close') })
    .last()
    .click()
})

test('a report over the server is worked out there, and shows what changed there', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'action.report.new')
  const designer = designerOf(page)
  await designer.insert('action.insert.crosstab')
  await designer.place('大区', 'shelf.rows')
  await designer.place('品类', 'shelf.columns')
  await designer.place('销售额', 'shelf.values')
  const block = designer.board.getByRole('region').first()
  const expected = async (): Promise<string> => {
    const [row] = await server.admin(
      `select to_char(sum("销售额"), 'FM999,999,999.00') as total from "销售明细" where "大区" = '华北'`,
    )
    return String(row?.['total'])
  }
  await expect(block).toContainText(await expected())
  await designer.drag(designer.field('大区'), designer.board, { x: 560, y: 60 })
  await expect(designer.board.getByRole('region')).toHaveCount(2)
  await expect(page.getByText(zh('status.loading'))).toHaveCount(0)
  await picture(page, 'live-report-light')
  await server.admin('update "销售明细" set "销售额" = "销售额" + 1')
  await block.getByRole('heading').first().click()
  await designer.place('门店', 'shelf.rows')
  await expect(block).toContainText(await expected())
  await command(page, 'action.view.english')
  await command(page, 'action.view.dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await picture(page, 'live-report-dark')
})

test('a statement over the server is completed with the tables and columns it told, by keys', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'action.data.sql')
  const sql = page.getByRole('dialog', { name: textIn('en')('sql.title') })
  await sql.getByLabel(textIn('en')('sql.place')).selectOption({ label: textIn('en')('sql.place.server', { name: '总部数仓' }) }) // prettier-ignore
  const area = sql.getByLabel(textIn('en')('sql.text'), { exact: true })
  const options = sql.getByRole('listbox').getByRole('option')
  await area.focus()
  // Names come in the background: the list is asked for until they are there.
  await expect(async () => {
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('select * from 销售明')
    await expect(options.first()).toContainText('销售明细', { timeout: 1000 })
  }).toPass()
  await page.keyboard.press('Enter')
  await expect(area).toHaveValue('select * from public.销售明细')
  await page.keyboard.insertText(' t where t.品')
  await expect(options).toHaveText([/品类/])
  await picture(page, 'sql-completion-server-dark')
  await page.keyboard.press('Tab')
  await expect(area).toHaveValue('select * from public.销售明细 t where t.品类')
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText('select * from public.')
  await page.keyboard.press('Control+Space')
  await expect(options).toHaveText([/慢视图/, /销售明细/])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
})

test('the Data page shows the first rows and what a column holds, in the dark and in English', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'action.data.show')
  await expect(page.getByRole('grid')).toContainText('华南')
  await page.getByRole('columnheader', { name: '大区' }).click()
  await expect(page.locator('.data-page')).toContainText('25')
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'live-data-dark')
  await command(page, 'action.data.servers')
  const dialog = dialogOf(page)
  await dialog.getByRole('button', { name: /^总部数仓/ }).click()
  await expect(dialog.getByRole('checkbox', { name: '销售明细' })).toBeVisible()
  expect(await seriousFindings(page, '.connections')).toEqual([])
  await picture(page, 'connection-tables-dark')
})
