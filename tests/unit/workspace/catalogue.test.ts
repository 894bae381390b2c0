import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Catalogue } from '../../../electron/engine/workspace/store/catalogue.ts'
import type { StoredDataset } from '../../../electron/engine/workspace/store/catalogue.ts'
import { migrations } from '../../../electron/engine/workspace/store/migrations.ts'
import { refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function folder(): string {
  const path = tempFolder()
  mkdirSync(join(path, 'backups'))
  return path
}

const opening = (path: string, steps = migrations): Promise<string> =>
  refusalOf(Promise.resolve().then(() => Catalogue.open(path, steps).close()))

const dataset = (id: string, name: string, version = 1): StoredDataset => ({
  ...{ id, name, version, mode: 'extract', file: `${id}-v${version}-x.duckdb`, livePath: null, companion: null },
  ...{ liveTable: null, rows: 2, rejected: 1, dataAsOf: '2025-01-01T00:00:00Z', lastDay: null },
  fields: [
    { name: '金额', type: 'decimal', role: 'measure', scale: 2, coded: false, wide: false, distinct: -1, blanks: 0, min: '1.00', max: '2.00', meaning: 'amount', personal: null },
  ],
  warnings: [{ code: 'rejectedRows', count: 1 }],
  overrides: [{ column: '金额', role: 'measure' }],
  renames: { '金额(元)': '金额' },
  folder: '/in',
  ...{ overlap: 'skip', restated: 'replace', leftOut: [], lookedUp: null },
  ...{ recipe: null, imported: null },
  sources: [
    { name: 'a.csv', part: null, kind: 'csv', path: '/a.csv', hash: 'ab', rows: 2, rejected: 1, importedAt: '2025-01-01T00:00:00Z', layout: { headerRow: 2 }, encoding: 'gb18030', size: 12, changedMs: 1.5, columns: ['金额'], shape: null, sheets: ['1月', '2月'], rank: 3, leftOut: null },
  ],
}) // prettier-ignore

test('what is saved is there after reopening, and a new version goes before the kept one', () => {
  const path = folder()
  const first = Catalogue.open(path)
  first.saveDatasets([dataset('ds_aaaaaa', '销售'), dataset('ds_bbbbbb', 'Shops')])
  first.saveDatasets([dataset('ds_aaaaaa', '销售', 2)])
  first.saveReport({ path: '/r', title: 'R', openedAt: '2025', slots: { s1: 'ds_aaaaaa' } })
  first.saveSetting('k', 'v')
  first.close()
  const second = Catalogue.open(path)
  expect(second.datasets()).toEqual([
    dataset('ds_aaaaaa', '销售', 2),
    dataset('ds_bbbbbb', 'Shops'),
  ])
  expect(second.datasetNamed('SHOPS')?.id).toBe('ds_bbbbbb')
  expect(second.files()).toEqual([
    'ds_aaaaaa-v1-x.duckdb',
    'ds_aaaaaa-v2-x.duckdb',
    'ds_bbbbbb-v1-x.duckdb',
  ])
  expect(second.reports()).toEqual([
    { path: '/r', title: 'R', openedAt: '2025', slots: { s1: 'ds_aaaaaa' } },
  ])
  expect(second.setting('k')).toBe('v')
  second.close()
})

test('files left out stay so whichever version is shown', () => {
  const catalogue = Catalogue.open(folder())
  catalogue.saveDatasets([dataset('ds_aaaaaa', 'a')])
  const files = [{ name: '门店.csv', size: 12, changedMs: 1.5 }]
  catalogue.versions.leaveOut('ds_aaaaaa', files)
  catalogue.saveDatasets([dataset('ds_aaaaaa', 'a', 2)])
  expect(catalogue.dataset('ds_aaaaaa')).toMatchObject({ version: 2, leftOut: files })
  catalogue.versions.makeCurrent('ds_aaaaaa', 1)
  expect(catalogue.dataset('ds_aaaaaa')).toMatchObject({ version: 1, leftOut: files })
  catalogue.close()
})

test('the newest versions are kept, a number is never given twice, the current one is never dropped', () => {
  const catalogue = Catalogue.open(folder())
  const kept = (): number[] => catalogue.versions.of('ds_aaaaaa').map(({ version }) => version)
  for (let version = 1; version <= 7; version++) {
    catalogue.saveDatasets([dataset('ds_aaaaaa', 'a', version)])
  }
  expect(kept()).toEqual([7, 6, 5, 4, 3])
  expect(catalogue.versions.makeCurrent('ds_aaaaaa', 2)).toBe(false)
  expect(catalogue.versions.makeCurrent('ds_aaaaaa', 3)).toBe(true)
  expect(catalogue.dataset('ds_aaaaaa')).toEqual(dataset('ds_aaaaaa', 'a', 3))
  catalogue.versions.drop('ds_aaaaaa', [7, 3])
  expect(kept()).toEqual([6, 5, 4, 3])
  expect(catalogue.versions.next('ds_aaaaaa')).toBe(8)
  catalogue.close()
})

test('a catalogue of the first step keeps its datasets and learns what a refresh needs', () => {
  const path = folder()
  Catalogue.open(path, migrations.slice(0, 1)).close()
  const old = new Database(join(path, 'catalogue.sqlite'))
  old.exec(`
    insert into dataset values ('ds_aaaaaa', '销售', 'extract', 4, 1);
    insert into dataset_version values ('ds_aaaaaa', 4, 'x.duckdb', null, null, 2, 0, '2025', null, '[]', '[]', '[]');
    insert into source values ('ds_aaaaaa', 4, 0, 'a.csv', null, 'csv', '/a.csv', 'ab', 2, 0, '2025');`)
  old.close()
  const catalogue = Catalogue.open(path)
  expect(catalogue.dataset('ds_aaaaaa')).toMatchObject({
    ...{ version: 4, file: 'x.duckdb', renames: {}, folder: null, overlap: 'ask' },
    sources: [{ path: '/a.csv', hash: 'ab', layout: null, size: null, columns: null }],
  })
  expect(catalogue.versions.next('ds_aaaaaa')).toBe(5)
  catalogue.close()
})

test('removing a dataset removes its relationships', () => {
  const catalogue = Catalogue.open(folder())
  catalogue.saveDatasets([dataset('ds_aaaaaa', 'a'), dataset('ds_bbbbbb', 'b')])
  catalogue.saveRelationship({
    ...{ id: 'rel_aaaaaa', fromDataset: 'ds_aaaaaa', fromFields: ['k', 'day'], toDataset: 'ds_bbbbbb' },
    ...{ toFields: ['k', 'date'], most: 3, mostExample: 'x', orphans: 1, blanks: 2, examples: ['x'], file: 'm', fromVersion: 1, toVersion: 1, broken: null },
  }) // prettier-ignore
  expect(catalogue.relationships()).toHaveLength(1)
  catalogue.removeDataset('ds_bbbbbb')
  expect(catalogue.relationships()).toEqual([])
  catalogue.close()
})

test('relationships by one field come over as keys of that field', () => {
  const path = folder()
  Catalogue.open(path, migrations.slice(0, 7)).close()
  const database = new Database(join(path, 'catalogue.sqlite'))
  database.exec(
    `insert into dataset (id, name, mode, version, position)
       values ('ds_aaaaaa', 'a', 'extract', 1, 1), ('ds_bbbbbb', 'b', 'extract', 1, 2);
     insert into relationship values ('rel_aaaaaa', 'ds_aaaaaa', '店 "1"', 'ds_bbbbbb', 'k', 3, 2, '["x"]', 'm', 1, 1)`,
  )
  database.close()
  const after = Catalogue.open(path)
  expect(after.relationships()).toEqual([
    {
      ...{ id: 'rel_aaaaaa', fromDataset: 'ds_aaaaaa', fromFields: ['店 "1"'] },
      ...{ toDataset: 'ds_bbbbbb', toFields: ['k'], orphans: 3, blanks: 2, examples: ['x'] },
      ...{ most: 0, mostExample: '', file: 'm', fromVersion: 1, toVersion: 1, broken: null },
    },
  ])
  after.removeDataset('ds_aaaaaa')
  expect(after.relationships()).toEqual([])
  after.close()
})

test('a saving that fails in the middle leaves nothing of itself', () => {
  const catalogue = Catalogue.open(folder())
  expect(() => catalogue.saveDatasets([dataset('ds_aaaaaa', 'same'), dataset('ds_bbbbbb', 'SAME')])).toThrow() // prettier-ignore
  expect(catalogue.datasets()).toEqual([])
  catalogue.close()
})

test('steps are consecutive from one', () => {
  expect(migrations.map((step) => step.number)).toEqual(migrations.map((_, index) => index + 1))
})

test('an older catalogue is backed up and then brought up', () => {
  const path = folder()
  const old = Catalogue.open(path)
  old.saveDatasets([dataset('ds_aaaaaa', 'a')])
  old.close()
  const next = [
    ...migrations,
    { number: migrations.length + 1, name: 'next', sql: 'create table later (a text) strict' },
  ]
  const newer = Catalogue.open(path, next)
  expect(newer.datasets()).toHaveLength(1)
  newer.close()
  const [backup = ''] = readdirSync(join(path, 'backups'))
  const copy = new Database(join(path, 'backups', backup), { readonly: true })
  expect(copy.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(copy.prepare('select name from dataset').all()).toEqual([{ name: 'a' }])
  copy.close()
})

test('a step that fails leaves the catalogue as it was', async () => {
  const path = folder()
  Catalogue.open(path).close()
  const broken = [
    ...migrations,
    { number: migrations.length + 1, name: 'x', sql: 'create table y (a text); nonsense' },
  ]
  await expect(opening(path, broken)).rejects.toThrow('nonsense')
  expect(await opening(path)).toBe('accepted')
})

test('a newer catalogue, a foreign one and a damaged one are refused and not touched', async () => {
  const newer = folder()
  Catalogue.open(newer, [...migrations, { number: 99, name: 'future', sql: 'select 1' }]).close()
  expect(await opening(newer)).toMatch('workspace/tooNew')
  const foreign = folder()
  const other = new Database(join(foreign, 'catalogue.sqlite'))
  other.pragma('user_version = 5')
  other.close()
  expect(await opening(foreign)).toMatch('workspace/damaged')
  const damaged = folder()
  writeFileSync(join(damaged, 'catalogue.sqlite'), 'this is no database'.repeat(100))
  expect(await opening(damaged)).toMatch('workspace/damaged')
})

test('a catalogue in use is refused to a second opener', async () => {
  const path = folder()
  const first = Catalogue.open(path)
  expect(await opening(path)).toMatch('workspace/inUse')
  first.close()
  expect(await opening(path)).toBe('accepted')
})
