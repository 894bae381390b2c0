import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

// Every command starts the program anew.
const patience = 300_000

it(
  'saves a calendar, brings holidays in, lists and removes it',
  { timeout: patience },
  async () => {
    const folder = tempFolder()
    const workspace = join(folder, 'space')
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const run = (args: readonly string[], input?: string) =>
      runCli(join(folder, 'settings'), [...args, '--workspace', workspace], input)
    const sales = file('sales.csv', 'sold_at,amount\n2026-12-31,1\n2027-01-01,2\n2027-01-04,4\n')
    expect((await run(['import', sales])).code).toBe(0)

    const given = JSON.stringify({ name: 'Chain', fiscal: { by: 'month', startMonth: 4 } })
    expect((await run(['calendar', 'save', '-'], given)).code).toBe(0)
    const holidays = file('2027.csv', 'date,last,name,kind\n2027-01-01,2027-01-03,元旦,off\n')
    const brought = await run(['calendar', 'holidays', holidays])
    expect(brought.json()).toEqual({ calendar: 'Chain', read: 1, refused: [] })

    const listed = (await run(['calendar'])).json()
    expect(listed).toMatchObject({
      default: 'Chain',
      calendars: [{ name: 'Chain', holidays: [{ date: '2027-01-01', name: '元旦', kind: 'off' }] }],
    })

    const query = {
      dataset: 'sales',
      rows: [{ field: 'sold_at', grain: 'fiscalQuarter' }],
      columns: [{ field: 'sold_at', grain: 'workday' }],
      measures: [{ field: 'amount', aggregate: 'sum' }],
    }
    const answer = await run(['query', '--query', '-'], JSON.stringify(query))
    expect(answer.json()).toMatchObject({
      rows: [{ path: ['FY2027-Q3'] }, { path: ['FY2027-Q4'] }],
      columns: [{ path: [false] }, { path: [true] }],
      cells: [
        [[null], [1]],
        [[2], [4]],
      ],
    })

    const broken = await run(['calendar', 'save', '-'], '{"name":"x","weekStart":9}')
    expect(broken.code).toBe(4)
    expect(broken.errors).toContain('calendar/invalid')
    expect((await run(['calendar', 'remove', 'Chain'])).code).toBe(0)
    expect((await run(['calendar', 'remove', 'Chain'])).errors).toContain('calendar/notFound')
  },
)
