import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createBugLog } from '../../../electron/engine/bug-log.ts'
import { MaskedAnswers } from '../../../electron/engine/exports/personal/masked-answers.ts'
import { PersonalData } from '../../../electron/engine/exports/personal/personal-data.ts'
import { createQueryHandlers } from '../../../electron/engine/handlers/query-handlers.ts'
import type { QueryService } from '../../../electron/engine/query/query-service.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import { ok } from '../../../shared/errors.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const field = { index: 0, name: '手机号', type: 'text', role: 'identifier', scale: 0, coded: true, wide: false, distinct: 1, personal: 'phone' } as const // prettier-ignore
const catalog = {
  datasets: [
    {
      ...{ id: 'ds_a00000', name: 'a', version: 1, rows: 1, dataAsOf: '', lastDay: null },
      fields: [field],
      storage: { kind: 'live', path: '', table: '' },
    },
  ],
  relations: [],
} as const
const result: QueryResult = {
  rows: { fields: [{ field: '手机号', type: 'text' }], totals: 'none', paths: [['13812345678']] },
  columns: { fields: [], totals: 'none', paths: [[]] },
  measures: [],
  cells: [],
  ...{ baseRows: 1, dataAsOf: '', version: 1, elapsedMs: 0, cached: false, warnings: [] },
}
const query = ReportQuery.parse({ dataset: 'a', rows: [{ field: '手机号' }] })

/** Only what the handlers call of a query service. */
const service = { run: () => Promise.resolve(ok(result)) } as unknown as QueryService
const queries = Object.assign(service, { background: service })
const personal = new PersonalData({ catalog: () => catalog, secret: () => '00' })
const handlers = createQueryHandlers(queries, {
  personal,
  printing: (job) => (job === 'full' ? queries : undefined),
})

it('a page being printed is answered masked unless its job was told to print in full', async () => {
  const call = { signal: new AbortController().signal, part: () => undefined }
  const shown = async (more: object): Promise<unknown> => {
    const answer = await handlers['query.run']({ query }, { ...call, ...more })
    return answer.ok && answer.value.rows.paths[0]?.[0]
  }
  expect(await shown({})).toBe('13812345678')
  expect(await shown({ printJob: 'full' })).toBe('13812345678')
  expect(await shown({ printJob: 'unknown' })).toBe('138****5678')
  const asked = await handlers['query.run']({ query, personal: 'hash' }, call)
  expect(asked.ok && asked.value.rows.paths[0]?.[0]).toMatch(/^p[0-9a-f]{16}$/)
})

it('a label that fails to be made is no answer at all', async () => {
  const masked = new MaskedAnswers(queries, () => catalog, () => { throw new Error('no label') }) // prettier-ignore
  await expect(masked.run(query, new AbortController().signal)).rejects.toThrow('no label')
})

it('the log of bugs holds no phone number', () => {
  const file = join(tempFolder(), 'logs', 'engine.log')
  const log = createBugLog(file, () => new Date(0))
  log.note(new Error('Could not convert "13812345678" of a@b.com'), 'query')
  const text = readFileSync(file, 'utf8')
  expect(text).not.toContain('13812345678')
  expect(text).toContain('"138****5678" of a***@b.com')
})
