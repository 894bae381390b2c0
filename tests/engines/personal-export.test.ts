/** Attacks on the mask: personal values are looked for in everything an export writes. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../shared/data/field.ts'
import type { ExportFormat, ExportRequest } from '../../shared/export-words.ts'
import { PersonalData } from '../../electron/engine/exports/personal/personal-data.ts'
import { MaskedAnswers } from '../../electron/engine/exports/personal/masked-answers.ts'
import { QueryService } from '../../electron/engine/query/query-service.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import type { ReportQueryInput } from '../../shared/query/report-query.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { exported, frame, newId, reopened, use } from '../support/export-board.ts'
import { extractEngine } from '../support/query-engines.ts'
import type { Row } from '../support/reference-pivot.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { zipText } from '../support/zip-text.ts'

const members: readonly Field[] = [
  { name: '姓名', type: 'text', role: 'dimension', personal: 'name' },
  { name: '手机号', type: 'text', role: 'identifier', personal: 'phone' },
  { name: '生日', type: 'date', role: 'dimension', personal: 'birthday' },
  { name: '城市', type: 'text', role: 'dimension' },
  { name: '金额', type: 'decimal', role: 'measure', scale: 2 },
]
const rows: readonly Row[] = [
  { 姓名: '王伟', 手机号: '13812345678', 生日: '1990-05-17', 城市: '杭州', 金额: 10 },
  { 姓名: '王伟', 手机号: '13812345678', 生日: '1990-05-17', 城市: '杭州', 金额: 5 },
  { 姓名: '王芳', 手机号: '13900005678', 生日: '1990-11-02', 城市: '杭州', 金额: 20 },
  // Another number with the same mask as the first.
  { 姓名: '王磊', 手机号: '13899995678', 生日: '1985-01-30', 城市: '宁波', 金额: 40 },
  { 姓名: null, 手机号: null, 生日: null, 城市: '宁波', 金额: 80 },
]
const secrets = ['王伟', '王芳', '王磊', '13812345678', '13900005678', '13899995678', '1990-05-17', '1990-11-02', '1985-01-30', '1990-05', '1985-01'] // prettier-ignore

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>
function block<K extends Block['kind']>(kind: K, fill: (block: Of<K>) => void): Of<K> {
  const made = newBlock(kind, frame, newId) as Of<K>
  fill(made)
  return made
}

const byPerson = () =>
  block('crosstab', (one) => {
    one.shelves.rows.push(use('姓名'), use('手机号'))
    one.shelves.columns.push(use('生日', { grain: 'month' }))
    one.shelves.values.push(
      use('金额', { aggregate: 'sum' }),
      use('姓名', { aggregate: 'countDistinct' }),
      use('生日', { aggregate: 'max' }),
    )
    one.totals = { rows: 'all', columns: 'grand' }
  })
const chart = () =>
  block('chart', (one) => {
    one.title = '13812345678 的消费'
    one.shelves.columns.push(use('手机号'))
    one.shelves.rows.push(use('金额', { aggregate: 'sum', caption: '金额（13812345678）' }))
    one.filters.push({ field: 'sl_sales.手机号', op: 'notIn', values: ['13900005678'] })
  })
const table = () =>
  block('table', (one) => {
    one.shelves.columns.push(use('姓名'), use('手机号'), use('生日'), use('城市'), use('金额'))
    one.filters.push({ field: 'sl_sales.手机号', op: 'startsWith', text: '13' })
    one.filters.push({ field: 'sl_sales.生日', op: 'range', from: '1985-01-30' })
  })
const card = () =>
  block('metric', (one) => {
    one.title = '最早生日'
    one.shelves.values.push(use('生日', { aggregate: 'min' }))
    one.filters.push({ field: 'sl_sales.姓名', op: 'in', values: ['王磊', '王芳'] })
  })

const written = (
  format: ExportFormat,
  list: readonly Block[],
  request: Partial<ExportRequest> = {},
  secret?: string,
) =>
  exported(format, list, undefined, {}, rows, {
    fields: members,
    request,
    ...(secret === undefined ? {} : { secret }),
  })

async function textOf(format: ExportFormat, list: readonly Block[], more?: Partial<ExportRequest>) {
  const { target } = await written(format, list, more)
  return format === 'xlsx' ? zipText(target) : readFileSync(target, 'utf8')
}

describe('what leaves masked', () => {
  it('holds no personal value, in any part of a workbook, sheet names and notes included', async () => {
    const text = await textOf('xlsx', [byPerson(), chart(), table(), card()])
    for (const secret of secrets) expect(text, secret).not.toContain(secret)
    expect(text).toContain('138****5678')
    expect(text).toContain('1990')
  })

  it('holds none in a CSV of rows, a CSV of a crosstab, nor an SVG', async () => {
    for (const [format, list] of [
      ['csv', [table()]],
      ['csv', [byPerson()]],
      ['svg', [chart()]],
    ] as const) {
      // prettier-ignore
      const text = await textOf(format, list)
      for (const secret of secrets) expect(text, `${format} ${secret}`).not.toContain(secret)
    }
  })

  it('hides what the reader clicked: cross-filters and drill steps told over a sheet', async () => {
    const one = byPerson()
    const view = {
      filters: { [one.id]: [{ field: 'sl_sales.手机号', op: 'in' as const, values: ['13812345678'] }] }, // prettier-ignore
      drill: {},
    }
    const { target } = await written('xlsx', [one], { view })
    const text = await zipText(target)
    expect(text).not.toContain('13812345678')
    const sheet = (await reopened(target)).worksheets[0]!
    expect(sheet.getCell('A2').text).toContain('138****5678')
    // Asked with the number itself: two rows, 15 in sum.
    expect(text).toContain('<v>15</v>')
  })

  it('keeps everybody apart and every number as it was', async () => {
    const numbersOf = async (personal: 'mask' | 'hash' | 'full') => {
      const { target } = await written('csv', [byPerson()], { personal })
      const lines = readFileSync(target, 'utf8').trim().split('\r\n').slice(1)
      return lines.map((line) => line.split(',').slice(3, 5).join())
    }
    const full = await numbersOf('full')
    expect(full).toHaveLength(4)
    expect((await numbersOf('mask')).toSorted()).toEqual(full.toSorted())
    expect((await numbersOf('hash')).toSorted()).toEqual(full.toSorted())
    const { target } = await written('csv', [chart()])
    const labels = readFileSync(target, 'utf8').trim().split('\r\n').slice(1)
    expect(labels).toEqual(['138****5678 (1),15.00', '138****5678 (2),40.00', '（空）,80.00'])
  })

  it('merges no two people of one mask under one head of a crosstab', async () => {
    const people = block('crosstab', (one) => {
      one.shelves.rows.push(use('姓名'), use('城市'))
      one.shelves.values.push(use('金额', { aggregate: 'sum' }))
    })
    const sheet = (await reopened((await written('xlsx', [people])).target)).worksheets[0]!
    const heads = sheet.getSheetValues().slice(3).map((line) => (line as unknown[])[1]) // prettier-ignore
    const named = new Set(heads.filter((head) => String(head).startsWith('王**')))
    expect([...named].toSorted()).toEqual(['王** (1)', '王** (2)', '王** (3)'])
  })

  it('leaves text blocks and what is no person’s alone, and says which columns it wrote otherwise', async () => {
    const words = block('text', (one) => (one.text = '请致电 13812345678'))
    const { target, written: done } = await written('xlsx', [words, table()])
    const text = await zipText(target)
    expect(text).toContain('请致电 13812345678')
    expect(text).toContain('杭州')
    expect(done.notes).toEqual(['未原样写出的个人信息：姓名、手机号、生日'])
  })
})

describe('tokens', () => {
  const tokensOf = async (format: 'csv', list: readonly Block[], secret?: string) => {
    const { target } = await written(format, list, { personal: 'hash' }, secret)
    return [...readFileSync(target, 'utf8').matchAll(/\bp[0-9a-f]{16}\b/g)].map(([found]) => found)
  }

  it('are the same for one person in every export of a workspace, and others in another', async () => {
    const phones = block('table', (one) => one.shelves.columns.push(use('手机号')))
    const first = await tokensOf('csv', [phones])
    expect(new Set(first).size).toBe(3)
    expect(first[0]).toBe(first[1])
    expect(first).toEqual(expect.arrayContaining(await tokensOf('csv', [chart()])))
    const other = await tokensOf('csv', [phones], 'ab'.repeat(32))
    expect(other.filter((token) => first.includes(token))).toEqual([])
  })
})

describe('in full', () => {
  it('everything stands as it is when that was asked for', async () => {
    const text = await textOf('xlsx', [byPerson(), chart(), table()], { personal: 'full' })
    expect(text).toContain('13812345678')
    expect(text).toContain('王伟')
  })
})

describe('answers for the outside', () => {
  async function services() {
    const engine = await extractEngine(tempFolder(), members, rows, '2025-01-09')
    const queries = new QueryService({
      runner: engine.tools.runner,
      catalog: () => engine.catalog,
      clock: () => ({ today: 0 }),
      now: () => 0,
      cacheBytes: 1e6,
    })
    const personal = new PersonalData({ catalog: () => engine.catalog, secret: () => '00' })
    return { queries, personal, masked: personal.answers(queries, 'mask') }
  }
  const signal = new AbortController().signal
  const query = (input: Omit<ReportQueryInput, 'dataset'>) =>
    ReportQuery.parse({ dataset: 'sales', ...input })

  it('a window of rows that somebody else opened is not answered', async () => {
    const { queries, masked } = await services()
    const request = { query: query({}), fields: [], sort: [], limit: 10 }
    const open = await queries.openRows(request, signal)
    if (!open.ok) throw new Error(open.error.code)
    expect(await masked.rowsWindow(open.value.key, 0, 10, signal)).toMatchObject({ ok: false })
    const own = await masked.openRows(request, signal)
    if (!own.ok) throw new Error(own.error.code)
    const page = await masked.rowsWindow(own.value.key, 0, 10, signal)
    expect(JSON.stringify(page)).not.toMatch(/王[伟芳磊]|1990-|138\d{8}/)
    expect(own.value.count).toBe(5)
  })

  it('month and day of birth beside each other are hidden, one of them alone is not', async () => {
    const { masked } = await services()
    const measures = [{ aggregate: 'count' as const }]
    const month = { field: '生日', grain: 'monthOfYear' as const }
    const day = { field: '生日', grain: 'dayOfMonth' as const }
    const alone = await masked.run(query({ rows: [month], measures }), signal)
    expect(alone.ok && alone.value.rows.paths).toEqual([[1], [5], [11], [null]])
    const both = await masked.run(query({ rows: [month, day], measures }), signal)
    const paths = both.ok ? both.value.rows.paths : []
    expect(paths.map((path) => path.map((member) => member === null || String(member).startsWith('***')))).toEqual(paths.map(() => [true, true])) // prettier-ignore
    expect(new Set(paths.map((path) => JSON.stringify(path))).size).toBe(4)
  })

  it('what was answered at the screen stays as it is', async () => {
    const { queries, masked } = await services()
    const asked = query({ rows: [{ field: '姓名' }], measures: [{ aggregate: 'count' }] })
    await masked.run(asked, signal)
    const shown = await queries.run(asked, signal)
    expect(shown.ok && shown.value.rows.paths.flat()).toContain('王伟')
  })

  it('statements are told without the people their filters name', async () => {
    const { queries, personal } = await services()
    const asked = query({
      measures: [{ aggregate: 'count' }],
      filters: [{ field: '手机号', op: 'contains', text: '13812345678' }],
    })
    const explained = await queries.explain(asked, signal)
    const sql = explained.ok ? explained.value.sql : []
    expect(sql.join()).toContain('13812345678')
    expect(personal.statements(sql, asked, 'mask').join()).not.toContain('13812345678')
    expect(personal.statements(sql, asked, 'full')).toEqual(sql)
  })

  it('a dataset that is gone meanwhile is not answered unmasked', async () => {
    const { queries } = await services()
    const nothing = { datasets: [], relations: [] }
    const masked = new MaskedAnswers(queries, () => nothing, (_kind, value) => value) // prettier-ignore
    const asked = query({ rows: [{ field: '姓名' }], measures: [{ aggregate: 'count' }] })
    expect(await masked.run(asked, signal)).toMatchObject({ error: { code: 'dataset/notFound' } })
  })
})
