import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openExtractSources } from '../../electron/engine/runner/duckdb/extract-reader.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { rollBack } from '../../electron/engine/workspace/refresh/dataset-history.ts'
import {
  mendRejected,
  rejectedRows,
} from '../../electron/engine/workspace/refresh/mend-rejected.ts'
import type { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { RefreshOrder } from '../../shared/data/refresh-words.ts'
import type { MendedRows, RowFix } from '../../shared/data/rejected-words.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { readSource, refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

const signal = new AbortController().signal
const tools = { signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) }
const text = '门店,日期,金额\n人民路,2024-01-01,12.50\n少,1\n中山路,2024-01-02,7.00\n"没关,2024-01-03,1\n多,2024-01-04,2,3\n' // prettier-ignore

async function bench(content = text, more = {}) {
  const path = join(tempFolder(), '一月.csv')
  writeFileSync(path, content)
  const workspace = await openWorkspace(join(tempFolder(), 'w'))
  const { dataset } = await importInto(workspace, '销售', [path], more)
  return { path, workspace, id: dataset.id }
}

const listed = (workspace: Workspace, id: string) =>
  rejectedRows(workspace, { dataset: id, offset: 0, limit: 500 })

function fix(workspace: Workspace, id: string, row: number, line: string | null): RowFix {
  const found = listed(workspace, id).rows.find((one) => one.row === row)
  return { source: 0, row, raw: found?.raw ?? '', text: line }
}

const mend = (workspace: Workspace, id: string, fixes: RowFix[]): Promise<MendedRows> =>
  mendRejected(workspace, { dataset: id, fixes }, tools)

async function rowsOf(workspace: Workspace, id: string): Promise<string[]> {
  const file = workspace.catalogue.dataset(id)?.file ?? ''
  const opened = await openExtractSources(workspace.extractPath(file), tempFolder())
  try {
    const all = await Promise.all(opened.sources.map(({ reader }) => readSource(reader)))
    return all.flatMap(({ rows, sourceRows }) =>
      rows.map((row, at) => `${sourceRows[at]}: ${row.join(' ')}`),
    )
  } finally {
    opened.close()
  }
}

const kept = ['2: 人民路 2024-01-01 12.50', '4: 中山路 2024-01-02 7.00']

test('rejected lines are listed with where they stood and how the file is cut', async () => {
  const { workspace, id } = await bench()
  expect(listed(workspace, id)).toEqual({
    total: 3,
    kept: 3,
    sources: [
      {
        source: 0,
        name: '一月.csv',
        kind: 'csv',
        shape: { delimiter: ',', width: 3, names: ['门店', '日期', '金额'] },
      },
    ],
    rows: [
      { source: 0, row: 3, reason: 'fieldCount', raw: '少,1', cut: false },
      { source: 0, row: 5, reason: 'unterminatedQuote', raw: '"没关,2024-01-03,1', cut: false },
      { source: 0, row: 6, reason: 'fieldCount', raw: '多,2024-01-04,2,3', cut: false },
    ],
  })
})

test('a line that parses now joins its source under its own row, the others stay, and a rollback takes it back', async () => {
  const { workspace, id } = await bench()
  const done = await mend(workspace, id, [
    fix(workspace, id, 3, '少,2024-01-09,1'),
    fix(workspace, id, 6, '多,2024-01-04'),
  ])
  expect(done).toMatchObject({
    ...{ joined: 1, dropped: 0, still: [{ source: 0, row: 6, reason: 'fieldCount' }] },
    dataset: { version: 2, rows: 3, rejected: 2, sources: [{ rows: 3, rejected: 2 }] },
  })
  expect(await rowsOf(workspace, id)).toEqual([...kept, '3: 少 2024-01-09 1.00'])
  expect(listed(workspace, id).rows.map(({ row }) => row)).toEqual([5, 6])
  expect(done.dataset.warnings).toEqual([
    { code: 'rejectedRows', count: 2 },
    { code: 'mendedRows', count: 1 },
  ])
  await rollBack(workspace, id, 1)
  expect(await rowsOf(workspace, id)).toEqual(kept)
  expect(listed(workspace, id).rows.map(({ row }) => row)).toEqual([3, 5, 6])
})

test('lines are left out for good without reading anything, and that can be taken back too', async () => {
  const { workspace, id } = await bench()
  const done = await mend(workspace, id, [fix(workspace, id, 3, null), fix(workspace, id, 5, null)])
  expect(done).toMatchObject({ joined: 0, dropped: 2, dataset: { version: 2, rejected: 1 } })
  expect(await rowsOf(workspace, id)).toEqual(kept)
  expect(listed(workspace, id).rows.map(({ row }) => row)).toEqual([6])
  expect((await rollBack(workspace, id, 1)).rejected).toBe(3)
})

test('corrections are made again when the file changed and the line is still the same', async () => {
  const { path, workspace, id } = await bench()
  await mend(workspace, id, [fix(workspace, id, 3, '少,2024-01-09,1'), fix(workspace, id, 6, null)])
  writeFileSync(path, text.replace('"没关', '"又没关') + '解放路,2024-01-05,3\n')
  const [answer] = await refreshDatasets(workspace, [RefreshOrder.parse({ dataset: id })], tools)
  expect(answer).toMatchObject({ state: 'refreshed', dataset: { rejected: 1, rows: 4 } })
  expect(await rowsOf(workspace, id)).toEqual([kept[0], '3: 少 2024-01-09 1.00', kept[1], '7: 解放路 2024-01-05 3.00']) // prettier-ignore
  expect(listed(workspace, id).rows.map(({ raw }) => raw)).toEqual(['"又没关,2024-01-03,1'])
  const codes = workspace.catalogue.dataset(id)?.warnings
  expect(codes).toEqual(expect.arrayContaining([{ code: 'mendedRows', count: 1 }, { code: 'droppedRows', count: 1 }])) // prettier-ignore
})

test('corrections that were rolled back are not made again', async () => {
  const { path, workspace, id } = await bench()
  await mend(workspace, id, [fix(workspace, id, 3, '少,2024-01-09,1')])
  await rollBack(workspace, id, 1)
  writeFileSync(path, `${text}解放路,2024-01-05,3\n`)
  await refreshDatasets(workspace, [RefreshOrder.parse({ dataset: id })], tools)
  expect(listed(workspace, id).rows.map(({ row }) => row)).toEqual([3, 5, 6])
})

test('lines of every file stay apart when another file is added, and join their own', async () => {
  const { workspace, id } = await bench()
  const other = join(tempFolder(), '二月.csv')
  writeFileSync(other, '金额;日期;门店\n5;2024-02-01;人民路\n坏;行\n')
  await importInto(workspace, '销售', [other], { mode: 'append' })
  expect(listed(workspace, id).rows.map(({ source, row }) => `${source} ${row}`)).toEqual(['0 3', '0 5', '0 6', '1 3']) // prettier-ignore
  const done = await mend(workspace, id, [
    { source: 1, row: 3, raw: '坏;行', text: '6;2024-02-02;坏' },
  ])
  expect(done).toMatchObject({ joined: 1, dataset: { rejected: 3, rows: 4 } })
  expect((await rowsOf(workspace, id)).at(-1)).toBe('3: 坏 2024-02-02 6.00')
})

test('a line that would turn a column into text is refused, and nothing has changed', async () => {
  const { workspace, id } = await bench()
  const work = mend(workspace, id, [fix(workspace, id, 3, '少,2024-01-09,很多')])
  expect(await refusalOf(work)).toBe('dataset/schemaChanged mended')
  expect(workspace.catalogue.dataset(id)).toMatchObject({ version: 1, rejected: 3 })
})

test('a line that is another one by now, or is cut off, is not touched', async () => {
  const long = `x${',y'.repeat(9000)}`
  const { workspace, id } = await bench(`a,b\n1,2\n${long}\n3,4\n`)
  const [row] = listed(workspace, id).rows
  expect(row?.cut).toBe(true)
  const done = await mend(workspace, id, [
    { source: 0, row: 3, raw: row?.raw ?? '', text: '5,6' },
    { source: 0, row: 4, raw: '3,4', text: '5,6' },
  ])
  expect(done.still.map(({ reason }) => reason)).toEqual(['gone', 'gone'])
  expect(await mend(workspace, id, [fix(workspace, id, 3, null)])).toMatchObject({ dropped: 1 })
})

test('the recipe runs over mended lines, and months that became rows take them up', async () => {
  const recipe = Recipe.parse({ format: 1, steps: [{ id: 'a', kind: 'filter', when: { filters: [{ field: '销售额', op: 'range', from: 2, to: 100 }] } }] }) // prettier-ignore
  const unpivot = { columns: ['2024-01', '2024-02', '2024-03'], name: '月份', value: '销售额' }
  const path = join(tempFolder(), '月.csv')
  writeFileSync(path, '门店,2024-01,2024-02,2024-03\n人民路,1,2,3\n坏,4\n')
  const workspace = await openWorkspace(join(tempFolder(), 'w'))
  const { importDatasets } = await import('../../electron/engine/workspace/import-datasets.ts')
  const order = { name: '月', mode: 'fail' as const, overrides: [], parts: [], recipe }
  const [made] = await importDatasets(workspace, [
    { order, parts: [{ path, name: '月.csv', layout: { unpivot } }], signal, onProgress: tools.onProgress }, // prettier-ignore
  ])
  const id = made?.dataset.id ?? ''
  expect(made?.dataset.rows).toBe(2)
  const done = await mend(workspace, id, [{ source: 0, row: 3, raw: '坏,4', text: '好,4,,6' }])
  expect(done).toMatchObject({ joined: 1, dataset: { rows: 4, rejected: 0 } })
  expect((await rowsOf(workspace, id)).slice(2)).toEqual(['3: 好 2024-01-01 4', '3: 好 2024-03-01 6']) // prettier-ignore
})
