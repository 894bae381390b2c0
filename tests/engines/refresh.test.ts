import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import officeCrypto from 'officecrypto-tool'
import { expect, test } from 'vitest'
import {
  datasetVersions,
  dropVersions,
  rollBack,
} from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { datasetChanges } from '../../electron/engine/workspace/refresh/compare-kept.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { staleDatasets } from '../../electron/engine/workspace/refresh/source-states.ts'
import { createRelationship } from '../../electron/engine/workspace/relate-datasets.ts'
import { askFor, importInto } from '../support/open-workspace.ts'
import { refreshBench as bench } from '../support/refresh-bench.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { refusalOf } from '../support/read-source.ts'
import { workbookZip } from '../../scripts/fixtures/make-zip.ts'
import { salesReport } from '../support/report-builder.ts'

const sumOf = 'select sum(c1)::double from a.rows'

test('nothing changed makes no version; a file written again with the same bytes neither', async () => {
  const { workspace, file, refresh, read } = await bench()
  const path = file('a.csv', 'k,n\nx,1\ny,2\n')
  const { dataset } = await importInto(workspace, 'D', [path])
  expect(await refresh(dataset.id)).toMatchObject({ state: 'unchanged', dataset: { version: 1 } })
  await new Promise((resolve) => setTimeout(resolve, 20))
  file('a.csv', 'k,n\nx,1\ny,2\n')
  expect((await staleDatasets(workspace.catalogue.datasets())).stale).toHaveLength(1)
  expect(await refresh(dataset.id)).toMatchObject({ state: 'unchanged' })
  expect((await staleDatasets(workspace.catalogue.datasets())).stale).toEqual([])
  expect(read).toEqual([['a.csv']])
})

test('of appended files only the changed one is read again and replaces its own rows', async () => {
  const { workspace, file, refresh, read, cells } = await bench()
  const paths = ['jan', 'feb', 'mar'].map((name, i) => file(`${name}.csv`, `k,n\nx,${i + 1}\n`))
  const { dataset } = await importInto(workspace, 'D', paths)
  file('feb.csv', 'n,k\n20,x\n30,z\nbad\n')
  expect(await refresh(dataset.id)).toMatchObject({
    ...{ state: 'refreshed', rowsBefore: 3, read: ['feb.csv'], kept: 2, added: [] },
    dataset: { version: 2, rows: 4, rejected: 1, id: dataset.id, name: 'D' },
  })
  expect(read.at(-1)).toEqual(['feb.csv'])
  expect(await cells(sumOf)).toEqual([[54]])
  expect(await refresh(dataset.id)).toMatchObject({ state: 'unchanged' })
})

test('a file that is gone, or is no workbook any more, is said and the old version stays', async () => {
  const { workspace, file, refresh, folder } = await bench()
  const path = file('a.csv', 'k,n\nx,1\n')
  const { dataset } = await importInto(workspace, 'D', [path])
  rmSync(path)
  expect(await refresh(dataset.id)).toMatchObject({
    state: 'failed',
    error: { code: 'file/notFound', details: { name: 'a.csv' } },
  })
  file('a.csv', '')
  expect(await refresh(dataset.id)).toMatchObject({
    state: 'failed',
    error: { code: 'dataset/empty' },
  })
  expect(workspace.catalogue.dataset(dataset.id)).toMatchObject({ version: 1, rows: 1 })
  const kept = readdirSync(join(folder, 'w', 'extracts'))
  expect(kept).toEqual(workspace.catalogue.files())
})

test('a database that was written to is read again', async () => {
  const { workspace, folder, refresh } = await bench()
  const path = join(folder, 'till.sqlite')
  const database = new Database(path)
  database.exec(`create table s (k text, n integer); insert into s values ('a', 1)`)
  const ask = askFor('D', [path])
  const parts = ask.parts.map((part) => ({ ...part, part: 's' }))
  const [made] = await importDatasets(workspace, [{ ...ask, parts }])
  database.exec(`insert into s values ('b', 2)`)
  database.close()
  expect(await refresh(made!.dataset.id)).toMatchObject({
    state: 'refreshed',
    dataset: { rows: 2 },
  })
})

test('a renamed column stops the refresh with a proposal; the answer keeps the field and is remembered', async () => {
  const { workspace, file, refresh, cells } = await bench()
  const path = file('a.csv', '门店,销售额,数量\nA,1.5,1\nB,2.5,1\n')
  const { dataset } = await importInto(workspace, 'D', [path])
  file('a.csv', '数量,门店,销售额(元)\n1,A,1.5\n2,C,3.5\n')
  const asked = await refresh(dataset.id)
  expect(asked).toMatchObject({
    ...{ state: 'question', dataset: { version: 1 } },
    question: {
      vanished: [{ field: { name: '销售额' }, sources: ['a.csv'] }],
      added: [{ name: '销售额(元)', type: 'decimal' }],
      proposals: [{ field: '销售额', column: '销售额(元)' }],
    },
  })
  expect(workspace.catalogue.dataset(dataset.id)?.version).toBe(1)
  const answered = await refresh(dataset.id, { renames: { 销售额: '销售额(元)' } })
  expect(answered).toMatchObject({ state: 'refreshed', dataset: { rows: 2 } })
  const names = workspace.catalogue.dataset(dataset.id)?.fields.map(({ name }) => name) ?? []
  expect(names.toSorted()).toEqual(['数量', '门店', '销售额'].toSorted())
  file('a.csv', '数量,门店,销售额(元)\n1,A,10\n')
  expect(await refresh(dataset.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 1 } })
  const column = workspace.catalogue.dataset(dataset.id)!.fields.findIndex(({ name }) => name === '销售额') // prettier-ignore
  expect(await cells(`select sum(c${column})::double from a.rows`)).toEqual([[10]])
})

test('columns in another order or beside new ones are no question', async () => {
  const { workspace, file, refresh } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', 'k,n\nx,1\n')])
  file('a.csv', 'new,n,k\nv,2,x\n')
  expect(await refresh(dataset.id)).toMatchObject({ state: 'refreshed', dataset: { version: 2 } })
})

test('dates whose day and month cannot be told apart are read as said, all files anew', async () => {
  const { workspace, file, refresh } = await bench()
  const days = (year: number) => `k,d\nx,5/3/${year}\ny,6/4/${year}\n`
  const [first, second] = [file('a.csv', days(2024)), file('b.csv', days(2025))]
  const { dataset } = await importInto(workspace, 'D', [first, second])
  const field = () => workspace.catalogue.dataset(dataset.id)?.fields[1]
  const open = () => workspace.catalogue.dataset(dataset.id)?.warnings.map(({ code }) => code)
  expect([field()?.type, open()]).toEqual(['text', ['openDateOrder']])
  const rule = { column: 'd', type: 'date', dateOrder: 'dayFirst' } as const
  expect(await refresh(dataset.id, { overrides: [rule] })).toMatchObject({
    state: 'refreshed',
    read: ['a.csv', 'b.csv'],
  })
  expect([field()?.type, field()?.min, field()?.max, open()]).toEqual(['date', '2024-03-05', '2025-04-06', []]) // prettier-ignore
  file('b.csv', `${days(2025)}z,7/4/2025\n`)
  expect(await refresh(dataset.id)).toMatchObject({ state: 'refreshed', read: ['a.csv', 'b.csv'] })
  expect(field()).toMatchObject({ type: 'date', max: '2025-04-07' })
})

test('a lost field and a changed type name the reports that use them, and can be accepted', async () => {
  const { workspace, file, refresh } = await bench()
  const { dataset } = await importInto(workspace, 'D', [
    file('a.csv', '大区,销售额,备注\n华东,1.5,x\n华北,2.5,y\n'),
  ])
  const levels = ['大区', '销售额'].map((name) => ({ field: `sl_sales.${name}` }))
  const report = { ...salesReport(), drillPaths: { dp_aaaa: { id: 'dp_aaaa', name: 'p', levels } } }
  const slots = { sl_sales: dataset.id }
  workspace.catalogue.saveReport({ path: '/r', title: '月报', openedAt: '2025', slots })
  file('a.csv', '大区,销售额\n华东,many\n华北,few\n')
  const asked = await refresh(dataset.id, {}, () => Promise.resolve(report))
  expect(asked).toMatchObject({
    state: 'question',
    question: {
      vanished: [{ field: { name: '备注' } }],
      retyped: [{ field: '销售额', from: 'decimal', to: 'text' }],
      proposals: [],
      reports: [{ title: '月报', fields: ['销售额'] }],
    },
  })
  expect(await refresh(dataset.id, { acceptLoss: true })).toMatchObject({ state: 'refreshed' })
  expect(workspace.catalogue.dataset(dataset.id)?.fields.map(({ name }) => name)).toEqual(['大区', '销售额']) // prettier-ignore
})

test('a version can be gone back to and forward again, with its relationships, and let go', async () => {
  const { workspace, file, refresh, cells, folder } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', 'k,n\nx,1\nx,2\ny,3\n')])
  const shops = await importInto(workspace, 'shops', [file('s.csv', 'k,name\nx,X\nz,Z\n')])
  const ends = {
    from: { dataset: dataset.id, fields: ['k'] },
    to: { dataset: shops.dataset.id, fields: ['k'] },
  }
  await createRelationship(workspace, ends)
  file('a.csv', 'k,n\nx,10\nq,20\nq,30\n')
  await refresh(dataset.id)
  expect(workspace.catalogue.relationships()[0]).toMatchObject({ orphans: 2, fromVersion: 2 })
  expect(await rollBack(workspace, dataset.id, 1)).toMatchObject({ version: 1, rows: 3 })
  expect(await cells(sumOf)).toEqual([[6]])
  expect(workspace.catalogue.relationships()[0]).toMatchObject({ orphans: 1, fromVersion: 1 })
  expect((await staleDatasets(workspace.catalogue.datasets())).stale).toMatchObject([
    { dataset: dataset.id, changed: ['a.csv'], missing: [] },
  ])
  await rollBack(workspace, dataset.id, 2)
  expect(await cells(sumOf)).toEqual([[60]])
  expect(await refusalOf(rollBack(workspace, dataset.id, 9))).toBe('dataset/versionGone')
  const [newest, first] = await datasetVersions(workspace, dataset.id)
  expect(newest).toMatchObject({ version: 2, current: true, rows: 3, sources: ['a.csv'] })
  expect(first?.bytes).toBeGreaterThan(0)
  const held = workspace.extractPath(workspace.catalogue.versions.of(dataset.id)[1]?.file ?? '')
  expect(await dropVersions(workspace, dataset.id, [1], () => new Set([held]))).toBe(0)
  expect(readdirSync(join(folder, 'w', 'extracts'))).toHaveLength(4)
  await workspace.collect(new Set())
  expect(readdirSync(join(folder, 'w', 'extracts')).toSorted()).toEqual(workspace.catalogue.files().toSorted()) // prettier-ignore
  file('a.csv', 'k,n\nx,1\n')
  expect(await refresh(dataset.id)).toMatchObject({ dataset: { version: 3 } })
})

test('a cancelled refresh leaves the version and the folder as they were', async () => {
  const { workspace, file, folder } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', 'k,n\nx,1\n')])
  file('a.csv', 'k,n\nx,1\ny,2\n')
  const abort = new AbortController()
  const order = { dataset: dataset.id, renames: {}, acceptLoss: false, passwords: {} }
  const running = refreshDatasets(workspace, [order], {
    signal: abort.signal,
    onProgress: () => abort.abort(),
    readReport: () => Promise.resolve(undefined),
  })
  expect(await refusalOf(running)).toBe('internal/cancelled')
  expect(workspace.catalogue.dataset(dataset.id)?.version).toBe(1)
  expect(readdirSync(join(folder, 'w', 'extracts'))).toEqual(workspace.catalogue.files())
  expect(readdirSync(workspace.tempFolder)).toEqual([])
})

test('a sheet whose titles grew and a table that got longer are still understood', async () => {
  const { workspace, file, refresh, cells } = await bench()
  const path = file('a.csv', '月报\nk,n\nx,1\ny,2\n')
  const ask = askFor('D', [path])
  const parts = ask.parts.map((part) => ({ ...part, layout: { headerRow: 2 } }))
  const [made] = await importDatasets(workspace, [{ ...ask, parts }])
  file('a.csv', '月报\n2025年2月\nk,n\nx,1\ny,2\nz,7\n')
  expect(await refresh(made!.dataset.id)).toMatchObject({
    state: 'refreshed',
    dataset: { rows: 3 },
  })
  expect(await cells(sumOf)).toEqual([[10]])
})

test('a growing folder brings its new files of one shape, and keeps what was read of vanished ones', async () => {
  const { workspace, file, refresh, cells } = await bench()
  const jan = file('2025-01.csv', 'k,n\nx,1\n')
  const { dataset } = await importInto(workspace, 'D', [jan], { growing: true })
  file('2025-02.csv', 'n,k\n2,y\n')
  file('torn.csv', '')
  rmSync(jan)
  const leftOut = [{ name: 'torn.csv', error: { code: 'dataset/empty' } }]
  expect(await refresh(dataset.id)).toMatchObject({
    ...{ state: 'refreshed', read: [], kept: 1, added: ['2025-02.csv'] },
    dataset: { rows: 2 },
    folder: { leftOut, gone: ['2025-01.csv'] },
  })
  expect(await cells(sumOf)).toEqual([[3]])
  const again = await refresh(dataset.id)
  expect(again).toMatchObject({ state: 'unchanged', folder: { leftOut, gone: ['2025-01.csv'] } })
})

test('what was read of a vanished file of a growing folder stays where a type was chosen as well', async () => {
  const { workspace, file, refresh, cells } = await bench()
  const jan = file('2025-01.csv', 'k,n\nx,1\n')
  const { dataset } = await importInto(workspace, 'D', [jan], {
    ...{ growing: true, overrides: [{ column: 'k', type: 'text' }] },
  })
  file('2025-02.csv', 'k,n\ny,2\n')
  rmSync(jan)
  expect(await refresh(dataset.id)).toMatchObject({
    ...{ state: 'refreshed', kept: 1, added: ['2025-02.csv'], dataset: { rows: 2 } },
    folder: { gone: ['2025-01.csv'] },
  })
  expect(await cells(sumOf)).toEqual([[3]])
})

test('what changed: new, gone and restated rows by their key, sums by month, members', async () => {
  const { workspace, file, refresh } = await bench()
  const head = '小票号,行,日期,门店,金额\n'
  const old = ['R1,1,2025-01-02,A,10.5', 'R1,2,2025-01-02,A,5', 'R2,1,2025-01-09,B,7']
  const { dataset } = await importInto(workspace, 'D', [
    file('a.csv', `${head}${old.join('\n')}\n`),
  ])
  const now = ['R1,1,2025-01-02,A,10.5', 'R1,2,2025-01-02,A,6', 'R3,1,2025-02-01,C,100']
  file('a.csv', `${head}${now.join('\n')}\n`)
  await refresh(dataset.id)
  const signal = new AbortController().signal
  const changes = await datasetChanges(workspace, { dataset: dataset.id }, signal)
  expect(changes).toMatchObject({
    ...{ from: 1, to: 2, rowsBefore: 3, rowsAfter: 3 },
    rows: { key: ['小票号', '行'], added: 1, vanished: 1, restated: 1, vanishedKeys: ['R2 · 1'], restatedKeys: ['R1 · 2'] },
    members: [{ field: '门店', added: { count: 1, examples: ['C'] }, vanished: { count: 1, examples: ['B'] } }],
  }) // prettier-ignore
  expect(changes.measures.find(({ field }) => field === '金额')?.periods).toEqual([
    { period: '2025-01', before: 22.5, after: 16.5 },
    { period: '2025-02', before: null, after: 100 },
  ])
  const ask = { dataset: dataset.id, from: 7 }
  expect(await refusalOf(datasetChanges(workspace, ask, signal))).toBe('dataset/versionGone')
})

test('without a key rows are not told apart, and without a date sums are whole', async () => {
  const { workspace, file, refresh } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', 'k,n\nx,1.5\nx,2.5\n')])
  file('a.csv', 'k,n\nx,1.5\nx,8.5\n')
  await refresh(dataset.id)
  const signal = new AbortController().signal
  expect(await datasetChanges(workspace, { dataset: dataset.id }, signal)).toMatchObject({
    ...{ rows: null, rowsBecause: 'noKey', members: [] },
    measures: [{ field: 'n', periods: [{ period: null, before: 4, after: 10 }] }],
  })
})

/** Told by counting, not by SQL: what both months share of a line goes away first. */
function countedLines(
  before: readonly string[],
  after: readonly string[],
  keyOf: (line: string) => string,
) {
  const left = [...before]
  const fresh = after.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const totals = { added: 0, vanished: 0, restated: 0 }
  for (const key of new Set([...left, ...fresh].map(keyOf))) {
    const [gone, come] = [left, fresh].map((lines) => lines.filter((line) => keyOf(line) === key).length) // prettier-ignore
    totals.restated += Math.min(gone ?? 0, come ?? 0)
    totals.vanished += Math.max(0, (gone ?? 0) - (come ?? 0))
    totals.added += Math.max(0, (come ?? 0) - (gone ?? 0))
  }
  return totals
}

test('receipts of several lines are compared by line; equal lines count as often as they stand', async () => {
  const { workspace, file, refresh } = await bench()
  const heads = '小票号,日期,商品,金额'
  const line = (receipt: number, product: number, amount: number): string =>
    `R${100 + receipt},2025-01-${String((receipt % 28) + 1).padStart(2, '0')},P${product},${amount}.50`
  const before = Array.from({ length: 60 }, (_, i) => line(i % 20, i % 7, (i * 7) % 13))
  const after = [...before.slice(3, 40), ...before.slice(0, 2), before[5]!, before[5]!, line(3, 3, 99), line(30, 1, 5), line(30, 1, 5)] // prettier-ignore
  const write = (lines: readonly string[]): string => file('a.csv', [heads, ...lines].join('\n'))
  const { dataset } = await importInto(workspace, 'D', [write(before)])
  write(after)
  await refresh(dataset.id)
  const changes = await datasetChanges(workspace, { dataset: dataset.id }, new AbortController().signal) // prettier-ignore
  const keyOf = (text: string): string => text.split(',').slice(0, 3).join()
  expect(changes.rows).toMatchObject({
    ...{ key: ['小票号', '日期', '商品'], ...countedLines(before, after, keyOf) },
  })
  expect(changes.rows?.vanishedKeys[0]).toMatch(/^R1\d\d · 2025-01-\d\d · P\d$/)
})

test('the version reports show cannot be removed', async () => {
  const { workspace, file } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', 'k,n\nx,1\n')])
  const dropping = dropVersions(workspace, dataset.id, [1], () => new Set())
  expect(await refusalOf(dropping)).toBe('dataset/versionCurrent')
})

test('a protected workbook is read again with its password, asked for by its name and kept nowhere', async () => {
  const { folder, workspace, refresh, cells } = await bench()
  const path = join(folder, '秘密.xlsx')
  const write = (n: number): void => {
    const row = (cell: string): string => `<row>${cell}</row>`
    const rows = row('<c t="str"><v>n</v></c>') + row(`<c><v>${n}</v></c>`)
    const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
    writeFileSync(path, officeCrypto.encrypt(workbookZip({ sheet }), { password: '密码' }))
  }
  write(7)
  const asked = askFor('D', [path])
  const parts = asked.parts.map((part) => ({ ...part, password: '密码' }))
  const [imported] = await importDatasets(workspace, [{ ...asked, parts }])
  const { id } = imported!.dataset
  write(8)
  const failed = { state: 'failed', dataset: id }
  const named = { details: { name: '秘密.xlsx' } }
  expect(await refresh(id)).toMatchObject({
    ...failed,
    error: { code: 'dataset/encrypted', ...named },
  })
  expect(await refresh(id, { passwords: { '秘密.xlsx': 'other' } })).toMatchObject({
    ...failed,
    error: { code: 'dataset/wrongPassword', ...named },
  })
  expect(await refresh(id, { passwords: { '秘密.xlsx': '密码' } })).toMatchObject({
    state: 'refreshed',
    dataset: { version: 2, rows: 1 },
  })
  expect(await cells('select c0::double from a.rows')).toEqual([[8]])
  write(9)
  expect(await refresh(id)).toMatchObject({ ...failed, error: { code: 'dataset/encrypted' } })
})
