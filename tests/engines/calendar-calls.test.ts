import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { expect, onTestFinished, test } from 'vitest'
import { plainCalendar } from '../../shared/calendar/retail-calendar.ts'
import { withHolidays } from '../../shared/calendar/holiday-table.ts'
import type { CallName, Input, Output } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

function bench() {
  const host = createFakeHost({ startProcess })
  const engine = createEngine(host, { version: '0', systemLanguage: 'en', checkOutput: true })
  onTestFinished(() => engine.close())
  const folder = tempFolder()
  const call = async <C extends CallName>(name: C, input: Input<C>) =>
    (await engine.call(name, input, {
      ...{ signal: new AbortController().signal, part: () => undefined },
    })) as Outcome<Output<C>>
  const value = async <C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> => {
    const outcome = await call(name, input)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
    return outcome.value
  }
  const file = (name: string, content?: string | Buffer) => {
    if (content !== undefined) writeFileSync(join(folder, name), content)
    return host.files.register(join(folder, name))
  }
  return { folder, call, value, file }
}

const { id, ...common } = plainCalendar
const april = { ...common, name: 'April', fiscal: { by: 'month', startMonth: 4 } } as const

test('a workspace begins without a calendar, and the first one saved is the default', async () => {
  const { call, value, file } = bench()
  await value('workspace.create', { file: file('space') })
  const empty = await value('calendar.list', {})
  expect(empty.calendars).toEqual([])
  expect(empty.announced.at(-1)).toEqual({ year: 2026, notice: '国办发明电〔2025〕7号' })

  const first = await value('calendar.save', { content: april })
  const other = await value('calendar.save', { content: { ...common, name: 'Common' } })
  expect((await value('calendar.list', {})).calendars).toEqual([first, other])
  await value('calendar.save', {
    id: other.id,
    content: { ...common, name: 'Plain' },
    isDefault: true,
  })
  expect((await value('calendar.list', {})).calendars.map(({ name }) => name)).toEqual([
    'Plain',
    'April',
  ])
  expect(await call('calendar.save', { content: { ...common, name: 'APRIL' } })).toMatchObject({
    ok: false,
    error: { code: 'calendar/nameTaken' },
  })
  await value('calendar.remove', { id: other.id })
  expect((await value('calendar.list', {})).calendars).toEqual([first])
  expect(await call('calendar.remove', { id: other.id })).toMatchObject({
    ok: false,
    error: { code: 'calendar/notFound' },
  })
})

test('questions are answered by the calendar as it is now, and by any other they name', async () => {
  const { value, file } = bench()
  await value('workspace.create', { file: file('space') })
  const sales = file('sales.csv', 'sold_at,amount\n2025-03-31,1\n2025-04-01,2\n2025-04-30,4\n')
  await value('dataset.import', {
    orders: [{ name: 'sales', parts: [{ file: sales.id }], mode: 'fail', overrides: [] }],
  })
  const ask = async (calendar?: string) => {
    const query = ReportQuery.parse({
      ...{ dataset: 'sales', ...(calendar === undefined ? {} : { calendar }) },
      rows: [{ field: 'sold_at', grain: 'fiscalYear' }],
      measures: [{ field: 'amount', aggregate: 'sum' }],
    })
    const { rows, cells } = await value('query.run', { query })
    return rows.paths.map(([member], at) => [member, cells[0]?.values[at]])
  }
  expect(await ask()).toEqual([['FY2025', 7]])
  const saved = await value('calendar.save', { content: april })
  const fiscal = [
    ['FY2025', 1],
    ['FY2026', 6],
  ]
  expect(await ask()).toEqual(fiscal)
  await value('calendar.save', { content: { ...common, name: 'Common' }, isDefault: true })
  expect(await ask()).toEqual([['FY2025', 7]])
  expect(await ask('April')).toEqual(fiscal)
  expect(await ask(saved.id)).toEqual(fiscal)
})

test('holidays of later years come from a text file or a workbook, with what could not be understood', async () => {
  const { folder, call, value, file } = bench()
  await value('workspace.create', { file: file('space') })
  const text = file(
    'holidays.csv',
    '日期,结束日期,名称,类型\n2027-01-01,2027-01-03,元旦,放假\n2027年2月5日,,春节,放假\n2027-01-31,,调休,上班\n下周,,?,放假\n2027-05-01,,劳动节,三倍工资\n',
  )
  const read = await value('calendar.readHolidays', { file: text })
  expect(read).toEqual({
    holidays: [
      { date: '2027-01-01', last: '2027-01-03', name: '元旦', kind: 'off' },
      { date: '2027-02-05', name: '春节', kind: 'off' },
      { date: '2027-01-31', name: '调休', kind: 'work' },
    ],
    refused: [
      { row: 4, reason: 'noDate' },
      { row: 5, reason: 'unknownKind' },
    ],
  })

  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('2027')
  sheet.addRow(['Name', 'Date', 'Kind'])
  sheet.addRow(['National Day', new Date('2027-10-01T00:00:00Z'), 'off'])
  sheet.addRow(['Founders’ day', new Date('2027-06-08T00:00:00Z'), 'event'])
  await book.xlsx.writeFile(join(folder, 'holidays.xlsx'))
  const fromBook = await value('calendar.readHolidays', { file: file('holidays.xlsx') })
  expect(fromBook.holidays).toEqual([
    { date: '2027-10-01', name: 'National Day', kind: 'off' },
    { date: '2027-06-08', name: 'Founders’ day', kind: 'own' },
  ])

  const other = file('other.csv', 'shop,amount\nA,1\n')
  expect(await call('calendar.readHolidays', { file: other })).toMatchObject({
    ok: false,
    error: { code: 'calendar/noHolidays' },
  })
  // A second file of the same days puts its own in their place.
  const merged = withHolidays(read.holidays, [
    { date: '2027-01-01', name: 'New Year', kind: 'off' },
  ])
  expect(merged.map(({ date, name }) => `${date} ${name}`)).toEqual([
    '2027-01-01 New Year',
    '2027-01-31 调休',
    '2027-02-05 春节',
  ])
})
