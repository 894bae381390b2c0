import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runQuery } from '../../../electron/engine/query/run-query.ts'
import { parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import type { TestedEngine } from '../../support/query-engines.ts'
import { extractEngine, plainCells } from '../../support/query-engines.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../../support/tiny-sales.ts'

const folder = mkdtempSync(join(tmpdir(), 'storeboard-today-'))
let engine: TestedEngine
beforeAll(async () => {
  engine = await extractEngine(folder, tinyFields, tinyRows, tinyLastDay)
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const sum = { field: 'amount', aggregate: 'sum', as: 'sales' } as const
const before = { ...sum, as: 'before', compare: { field: 'day', with: { with: 'previous' } } }

/** On 10 February, though the data goes on until the end of March. */
async function ask(anchor: 'lastDay' | 'today') {
  const query = ReportQuery.parse({
    dataset: 'sales',
    measures: [sum, before],
    filters: [{ field: 'day', op: 'relative', span: 'last', unit: 'month', anchor }],
  })
  const tools = { ...engine.tools, clock: () => ({ today: parseIsoDay('2025-02-10') ?? 0 }) }
  const answer = await runQuery(query, engine.catalog, tools, new AbortController().signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return plainCells(answer.value)[0]?.[0]
}

it('a comparison counts from today what the filter counts from today', async () => {
  // 1 to 10 February: 20 + 50; 1 to 10 January: 40.
  expect(await ask('today')).toEqual([70, 40])
})

it('and from the last day with data what is counted from there', async () => {
  // March: 30 - 10 + 25; February: 20 + 50 + 0.
  expect(await ask('lastDay')).toEqual([45, 70])
})
