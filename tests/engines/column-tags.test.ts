import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { rollBack } from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import {
  describeTable,
  liveDataset,
  redescribed,
} from '../../electron/engine/workspace/live-dataset.ts'
import type { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

const signal = new AbortController().signal
const phones = ['13812345678', '13912345678', '15012345678', '18612345678', '13712345678']
const head = '会员号,姓名,手机号,备注,金额'
const lines = (note: string): string =>
  [head, ...phones.map((phone, i) => `0001${i},王伟,${phone},${note},${i}.5`)].join('\n')

async function bench() {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const path = join(folder, '会员.csv')
  writeFileSync(path, lines('a'))
  const { dataset } = await importInto(workspace, '会员', [path])
  const refresh = () =>
    refreshDatasets(
      workspace,
      [{ dataset: dataset.id, renames: {}, acceptLoss: true, passwords: {} }],
      {
        signal,
        onProgress: () => undefined,
        readReport: () => Promise.resolve(undefined),
      },
    )
  return { folder, workspace, path, id: dataset.id, refresh }
}

/** `meaning/personal` by column, `-` for none. */
function tags(workspace: Workspace, name = '会员'): Record<string, string> {
  const fields = workspace.catalogue.datasetNamed(name)?.fields ?? []
  return Object.fromEntries(
    fields.map((field) => [field.name, `${field.meaning ?? '-'}/${field.personal ?? '-'}`]),
  )
}

const proposed = { 会员号: 'customer/-', 姓名: '-/name', 手机号: '-/phone', 备注: '-/-', 金额: 'amount/-' } // prettier-ignore

test('what the user says of a column stands through refresh, a new import and going back', async () => {
  const { workspace, path, id, refresh } = await bench()
  expect(tags(workspace)).toEqual(proposed)
  workspace.catalogue.versions.tag(id, '备注', { personal: 'address', meaning: 'comment' })
  workspace.catalogue.versions.tag(id, '姓名', { personal: null })
  const said = { ...proposed, 姓名: '-/-', 备注: 'comment/address' }
  expect(tags(workspace)).toEqual(said)
  writeFileSync(path, lines('b'))
  expect(await refresh()).toMatchObject([{ state: 'refreshed' }])
  expect(tags(workspace)).toEqual(said)
  workspace.catalogue.versions.tag(id, '金额', { meaning: 'points' })
  await importInto(workspace, '会员', [path], { mode: 'replace' })
  expect(tags(workspace)).toEqual({ ...said, 金额: 'points/-' })
  await rollBack(workspace, id, 1)
  expect(tags(workspace)).toEqual({ ...said, 金额: 'points/-' })
})

test('an import says it at once, and says more than what was said before', async () => {
  const { workspace, path } = await bench()
  await importInto(workspace, '会员', [path], {
    mode: 'replace',
    overrides: [
      { column: '会员号', meaning: null, personal: 'idNumber' },
      { column: '金额', type: 'text' },
    ],
  })
  expect(tags(workspace)).toEqual({ ...proposed, 会员号: '-/idNumber', 金额: '-/-' })
})

test('a column that told of people goes on doing so when its new values do not show it', async () => {
  const { workspace, path, refresh } = await bench()
  writeFileSync(path, [head, '00011,—,无,c,1', '00012,—,无,c,2'].join('\n'))
  expect(await refresh()).toMatchObject([{ state: 'refreshed' }])
  expect(tags(workspace)).toMatchObject({ 姓名: '-/name', 手机号: '-/phone' })
})

test('datasets kept before anybody looked are proposed for by their names', async () => {
  const { folder, workspace } = await bench()
  await workspace.close()
  const catalogue = join(folder, 'w', 'catalogue.sqlite')
  const database = new Database(catalogue)
  const row = database.prepare('select fields from dataset_version').get() as { fields: string }
  const old = (JSON.parse(row.fields) as object[]).map((field) => ({ ...field, meaning: undefined, personal: undefined })) // prettier-ignore
  database.prepare('update dataset_version set fields = ?').run(JSON.stringify(old))
  database.close()
  expect(tags(await openWorkspace(join(folder, 'w')))).toEqual(proposed)
})

test('a live table is looked at as well, and keeps what was said when its file changes', async () => {
  const { folder, workspace } = await bench()
  const path = join(folder, 'shop.sqlite')
  const database = new Database(path)
  database.exec('create table m (会员号 text, 手机号 text, 城市 text)')
  const insert = database.prepare('insert into m values (?, ?, ?)')
  phones.forEach((phone, i) => insert.run(`0${i}`, phone, '杭州'))
  const now = new Date('2025-06-30T08:00:00Z')
  const described = await describeTable(workspace, { path, table: 'm', signal })
  const stored = liveDataset({ id: 'ds_live0001', name: 'm', path, table: 'm', described, now })
  workspace.catalogue.saveDatasets([stored])
  expect(tags(workspace, 'm')).toEqual({ 会员号: 'customer/-', 手机号: '-/phone', 城市: '-/-' })
  workspace.catalogue.versions.tag('ds_live0001', '城市', { personal: 'address' })
  insert.run('9', '13800000000', '宁波')
  database.close()
  const again = await describeTable(workspace, { path, table: 'm', signal })
  const next = redescribed(workspace.catalogue.dataset('ds_live0001')!, again, now)
  workspace.catalogue.saveDatasets([next])
  expect(tags(workspace, 'm')).toMatchObject({ 手机号: '-/phone', 城市: '-/address' })
})
