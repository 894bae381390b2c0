import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FilePort } from '../../electron/engine/workspace/durable-files.ts'
import { nodeFiles } from '../../electron/engine/workspace/durable-files.ts'
import { datasetInfo, queryCatalog } from '../../electron/engine/workspace/dataset-words.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import { proposeRelationships } from '../../electron/engine/workspace/propose-relationships.ts'
import { createRelationship } from '../../electron/engine/workspace/relate-datasets.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { DatasetInfo } from '../../shared/data/dataset.ts'
import { askExtract, partOf } from '../support/import-files.ts'
import {
  askFor,
  importInto,
  jobsInPlace,
  openWorkspace,
  testOptions,
} from '../support/open-workspace.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

function file(folder: string, name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const extracts = (workspace: Workspace): string[] => readdirSync(join(workspace.folder, 'extracts'))

test('an imported dataset is there after closing and opening', async () => {
  const folder = tempFolder()
  const home = join(folder, '我的 workspace')
  const first = await openWorkspace(home)
  const done = await importInto(first, '销售', [
    file(folder, 'a.csv', '店,金额\nA,1.5\nB,2\nbad\n'),
  ])
  expect(done).toMatchObject({ rowsRead: 3, rowsRejected: 1 })
  await first.close()
  const second = await openWorkspace(home)
  const [stored] = second.catalogue.datasets()
  expect(datasetInfo(stored!)).toEqual(DatasetInfo.parse(done.dataset))
  expect(queryCatalog(second).datasets[0]).toMatchObject({ name: '销售', rows: 2, version: 1 })
  expect(readdirSync(home).toSorted()).toEqual(
    ['backups', 'catalogue.sqlite', 'catalogue.sqlite-wal', 'extracts', 'temp', 'workspace.lock'],
  ) // prettier-ignore
})

test('fail, replace and append do what they say', async () => {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const a = file(folder, 'a.csv', 'k,n\nx,1\n')
  const b = file(folder, 'b.csv', 'k,n\ny,2\nz,3\n')
  await importInto(workspace, 'D', [a])
  expect(await refusalOf(importInto(workspace, 'd', [b]))).toBe('dataset/nameTaken')
  const appended = await importInto(workspace, 'D', [b], { mode: 'append' })
  expect(appended.dataset).toMatchObject({ rows: 3, version: 2 })
  expect(appended.dataset.sources.map(({ name, rows }) => [name, rows])).toEqual([['a.csv', 1], ['b.csv', 2]]) // prettier-ignore
  expect(await refusalOf(importInto(workspace, 'D', [a], { mode: 'append' }))).toBe('dataset/sameFile') // prettier-ignore
  const replaced = await importInto(workspace, 'D', [b], { mode: 'replace' })
  expect(replaced.dataset).toMatchObject({ rows: 2, version: 3, id: appended.dataset.id })
  await workspace.collect(new Set())
  expect(extracts(workspace)).toEqual(workspace.catalogue.files())
})

test('of several datasets in one import all come in or none', async () => {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const good = askFor('good', [file(folder, 'a.csv', 'k,n\nx,1\n')])
  const bad = askFor('bad', [file(folder, 'b.xlsx', 'no workbook')])
  expect(await refusalOf(importDatasets(workspace, [good, bad]))).toMatch('dataset/unreadable')
  expect(await refusalOf(importDatasets(workspace, [good, askFor('GOOD', [])]))).toBe('dataset/nameTaken') // prettier-ignore
  expect(workspace.catalogue.datasets()).toEqual([])
  expect(extracts(workspace)).toEqual([])
  expect(readdirSync(workspace.tempFolder)).toEqual([])
})

async function shopsAndSales(
  folder: string,
): Promise<{ workspace: Workspace; sales: string; shops: string }> {
  const workspace = await openWorkspace(join(folder, 'w'))
  const sales = await importInto(workspace, 'sales', [
    file(folder, 's.csv', '门店编码,n\n001,1\n001,2\n002,3\n009,4\n,5\n'),
  ])
  const shops = await importInto(workspace, 'shops', [
    file(folder, 'h.csv', '门店编码,name\n001,Alpha\n002,Beta\n003,Gamma\n'),
  ])
  return { workspace, sales: sales.dataset.id, shops: shops.dataset.id }
}

test('a relationship counts orphans and blanks and maps keys to rows', async () => {
  const folder = tempFolder()
  const { workspace, sales, shops } = await shopsAndSales(folder)
  const ends = {
    from: { dataset: sales, fields: ['门店编码'] },
    to: { dataset: shops, fields: ['门店编码'] },
  }
  expect(await proposeRelationships(workspace)).toMatchObject([ends])
  const made = await createRelationship(workspace, ends)
  expect(made).toMatchObject({ orphans: 1, blanks: 1, examples: ['009'] })
  const [relation] = queryCatalog(workspace).relations
  expect(await askExtract(relation!.map!.path, folder, 'select * from a.map order by 1')).toEqual([
    [0, 0],
    [1, 1],
  ])
  expect(await proposeRelationships(workspace)).toEqual([])
  // A question planned before goes on with the old map: both stand in one process under names of their own.
  await createRelationship(workspace, ends)
  const [again] = queryCatalog(workspace).relations
  expect(again!.map!.alias).not.toBe(relation!.map!.alias)
})

test('keys meet whatever white space a file has around them', async () => {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const lines = 'k,n\n"\t001\n",1\n\u3000002\u00a0,2\n'
  const many = await importInto(workspace, 'sales', [file(folder, 's.csv', lines)])
  const one = await importInto(workspace, 'shops', [file(folder, 'h.csv', 'k,n\n001,A\n002,B\n')])
  const made = await createRelationship(workspace, {
    from: { dataset: many.dataset.id, fields: ['k'] },
    to: { dataset: one.dataset.id, fields: ['k'] },
  })
  expect(made).toMatchObject({ orphans: 0, blanks: 0 })
})

test('a repeated key, a missing field and a circle are refused', async () => {
  const folder = tempFolder()
  const { workspace, sales, shops } = await shopsAndSales(folder)
  const to = (dataset: string, field: string) => ({ dataset, fields: [field] })
  const key = '门店编码'
  expect(
    await refusalOf(createRelationship(workspace, { from: to(shops, key), to: to(sales, key) })),
  ).toBe('relationship/duplicateKey')
  expect(
    await refusalOf(createRelationship(workspace, { from: to(sales, 'nope'), to: to(shops, key) })),
  ).toBe('dataset/fieldMissing')
  await createRelationship(workspace, { from: to(sales, key), to: to(shops, key) })
  expect(
    await refusalOf(createRelationship(workspace, { from: to(shops, key), to: to(sales, key) })),
  ).toBe('relationship/cycle way')
  expect(extracts(workspace).toSorted()).toEqual(workspace.catalogue.files().toSorted())
})

test('a relationship follows new versions, and rests while its key is repeated', async () => {
  const folder = tempFolder()
  const { workspace, sales, shops } = await shopsAndSales(folder)
  const key = '门店编码'
  await createRelationship(workspace, { from: { dataset: sales, fields: [key] }, to: { dataset: shops, fields: [key] } }) // prettier-ignore
  const better = file(folder, 'h2.csv', '门店编码,name\n009,Zeta\n001,Alpha\n002,Beta\n')
  await importInto(workspace, 'shops', [better], { mode: 'replace' })
  expect(workspace.catalogue.relationships()[0]).toMatchObject({ orphans: 0, toVersion: 2 })
  expect(queryCatalog(workspace).relations).toHaveLength(1)
  const worse = file(folder, 'h3.csv', '门店编码,name\n001,Alpha\n001,Beta\n')
  await importInto(workspace, 'shops', [worse], { mode: 'replace' })
  expect(queryCatalog(workspace).relations).toHaveLength(0)
  await importInto(workspace, 'shops', [better], { mode: 'replace' })
  expect(queryCatalog(workspace).relations).toHaveLength(1)
})

test('a failure at any durability step leaves the old state or the new one, and nothing else behind', async () => {
  const folder = tempFolder()
  const old = file(folder, 'a.csv', 'k,n\nx,1\n')
  const fresh = file(folder, 'b.csv', 'k,n\ny,2\nz,3\n')
  let finished = false
  for (let failing = 1; !finished && failing < 50; failing++) {
    const home = join(folder, `w${failing}`)
    const first = await Workspace.open(home, testOptions)
    await importInto(first, 'D', [old])
    await first.close()
    const faulty = faultyFiles(failing)
    finished = await replaceWith(home, fresh, faulty.files)
    finished &&= !faulty.failed()
    const after = await openWorkspace(home)
    const [dataset] = after.catalogue.datasets()
    const rows = await askExtract(after.extractPath(dataset!.file!), folder, 'select count(*) from a.rows') // prettier-ignore
    expect([[['1']], [['2']]]).toContainEqual(rows)
    expect(rows).toEqual([[String(dataset!.rows)]])
    expect(extracts(after)).toEqual(after.catalogue.files())
    await after.close()
  }
  expect(finished).toBe(true)
})

async function replaceWith(home: string, path: string, files: FilePort): Promise<boolean> {
  let workspace: Workspace | undefined
  try {
    workspace = await Workspace.open(home, { ...testOptions, files })
    await importInto(workspace, 'D', [path], { mode: 'replace' })
    return true
  } catch {
    return false
  } finally {
    await workspace?.close()
  }
}

/** Fails the n-th operation and every one after it, as a full or vanished disk would. */
function faultyFiles(failing: number): { files: FilePort; failed: () => boolean } {
  let count = 0
  const guard =
    <A extends unknown[], R>(work: (...input: A) => Promise<R>) =>
    (...input: A): Promise<R> => {
      count++
      const error = Object.assign(new Error('disk full'), { code: 'ENOSPC' })
      return count >= failing ? Promise.reject(error) : work(...input)
    }
  return {
    failed: () => count >= failing,
    files: {
      makeFolder: guard(nodeFiles.makeFolder),
      list: guard(nodeFiles.list),
      remove: guard(nodeFiles.remove),
      move: guard(nodeFiles.move),
      copy: guard(nodeFiles.copy),
      flush: guard(nodeFiles.flush),
    },
  }
}

test('what a dead owner left is cleared away at the next opening', async () => {
  const home = join(tempFolder(), 'w')
  const first = await Workspace.open(home, testOptions)
  await first.close()
  writeFileSync(join(home, 'extracts', 'ds_orphan-v1-abc.duckdb'), 'half')
  writeFileSync(join(home, 'temp', 'spool-x'), 'half')
  const second = await openWorkspace(home)
  expect(extracts(second)).toEqual([])
  expect(existsSync(join(home, 'temp', 'spool-x'))).toBe(false)
})

test('datasets of one import are read side by side, and one that fails takes the others back', async () => {
  const folder = tempFolder()
  let [running, most] = [0, 0]
  const workspace = await openWorkspace(join(folder, 'w'), {
    importsAtOnce: 3,
    runJob: async (name, order, options) => {
      most = Math.max(most, ++running)
      try {
        return await jobsInPlace(name, order, options)
      } finally {
        running--
      }
    },
  })
  const signal = new AbortController().signal
  const asks = (texts: readonly string[], prefix: string) =>
    texts.map((text, index) => ({
      order: { name: `${prefix}${index}`, mode: 'fail' as const, overrides: [], parts: [] },
      parts: [partOf(file(folder, `${prefix}${index}.csv`, text))],
      signal,
      onProgress: () => undefined,
    }))
  const good = ['k,n\nx,1\n', 'k,n\nx,1\ny,2\n', 'k\na\nb\nc\n', 'k,n\nz,9\n']
  const imported = await importDatasets(workspace, asks(good, 'G'))
  expect(imported.map(({ dataset }) => [dataset.name, dataset.rows])).toEqual([
    ['G0', 1],
    ['G1', 2],
    ['G2', 3],
    ['G3', 1],
  ])
  expect(most).toBe(3)
  const before = extracts(workspace)
  const bad = asks(good, 'B')
  bad[1]?.parts.splice(0, 1, partOf(file(folder, 'b.xlsx', 'no workbook')))
  await expect(importDatasets(workspace, bad)).rejects.toThrow()
  expect(workspace.catalogue.datasets().map(({ name }) => name)).toEqual(['G0', 'G1', 'G2', 'G3'])
  expect(extracts(workspace)).toEqual(before)
})

test('a job that dies is an import that never was', async () => {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'), {
    runJob: async (name, order, options) => {
      await jobsInPlace(name, order, options)
      throw new Error('lost')
    },
  })
  await expect(importInto(workspace, 'D', [file(folder, 'a.csv', 'k,n\nx,1\n')])).rejects.toThrow()
  expect(workspace.catalogue.datasets()).toEqual([])
  expect(extracts(workspace)).toEqual([])
})

test('a workspace of an owner under another name is followed when its catalogue is free', async () => {
  const home = join(tempFolder(), 'w')
  const owner = { pid: 1, host: 'before-renaming', started: null, kind: 'electron' }
  const lock = JSON.stringify({ ...owner, heartbeat: '2025-06-29T08:00:00Z' })
  const living = await openWorkspace(home)
  writeFileSync(join(home, 'workspace.lock'), lock)
  expect(await refusalOf(openWorkspace(home))).toBe('workspace/inUse')
  await living.close()
  writeFileSync(join(home, 'workspace.lock'), lock)
  const next = await openWorkspace(home)
  expect(next.catalogue.datasets()).toEqual([])
})

test('a job that begins to write only after the next opening finds no place to write to', async () => {
  const folder = tempFolder()
  const home = join(folder, 'w')
  const { promise: begun, resolve } = Promise.withResolvers<() => Promise<unknown>>()
  const first = await Workspace.open(home, {
    ...testOptions,
    // Held back as by a busy machine, until its owner is gone.
    runJob: (name, order, options) => {
      resolve(() => jobsInPlace(name, order, options))
      return new Promise(() => undefined)
    },
  })
  void importInto(first, 'D', [file(folder, 'a.csv', 'k,n\nx,1\n')])
  const orphan = await begun
  await first.close()
  const second = await openWorkspace(home)
  await expect(orphan()).rejects.toThrow()
  expect(extracts(second)).toEqual([])
  expect(readdirSync(second.tempFolder)).toEqual([])
})
