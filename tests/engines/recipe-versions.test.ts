import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FilePort } from '../../electron/engine/workspace/durable-files.ts'
import { nodeFiles } from '../../electron/engine/workspace/durable-files.ts'
import { queryCatalog } from '../../electron/engine/workspace/dataset-words.ts'
import {
  applyRecipe,
  datasetRecipe,
} from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import {
  datasetVersions,
  dropVersions,
  rollBack,
} from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { createRelationship } from '../../electron/engine/workspace/relate-datasets.ts'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import type { RefreshedDataset, RefreshOrder } from '../../shared/data/refresh-words.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import type { AppliedRecipe } from '../../shared/preparation/recipe-words.ts'
import type { Report } from '../../shared/report/report.ts'
import { askExtract } from '../support/import-files.ts'
import { importInto, openWorkspace, testOptions } from '../support/open-workspace.ts'
import { refusalOf } from '../support/read-source.ts'
import { salesReport } from '../support/report-builder.ts'
import { tempFolder } from '../support/temp-folder.ts'

const step = (kind: string, rest: object, id = kind): object => ({ id, kind, ...rest })
const recipeOf = (...steps: object[]): Recipe => Recipe.parse({ format: 1, steps })

const members =
  '会员号,手机,日期,金额\n1,+86 13800000000,2024/3/5,1.50\n2,１３８００００００００,20240306,2\n3,,2024年3月7日,3.25\n'
const cleaning = recipeOf(
  step('normalise', { fields: ['手机'], form: 'phone' }),
  step('dedupe', { keys: ['手机'], keep: 'last' }),
  step('rename', { names: [{ field: '手机', to: 'phone' }] }),
)

interface Bench {
  readonly folder: string
  readonly workspace: Workspace
  readonly file: (name: string, content: string) => string
  readonly apply: (id: string, recipe: Recipe, acceptLoss?: boolean, report?: Report) => Promise<AppliedRecipe>
  readonly refresh: (id: string, answer?: Partial<RefreshOrder>, report?: Report) => Promise<RefreshedDataset>
  readonly cells: (sql: string) => Promise<unknown[][]>
} // prettier-ignore

async function bench(): Promise<Bench> {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const { signal } = new AbortController()
  const toolsFor = (report?: Report) => ({
    ...{ signal, onProgress: () => undefined },
    readReport: () => Promise.resolve(report),
  })
  return {
    ...{ folder, workspace },
    file: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    apply: (dataset, recipe, acceptLoss = false, report) =>
      applyRecipe(workspace, { dataset, recipe, acceptLoss }, toolsFor(report)),
    refresh: async (dataset, answer = {}, report) => {
      const order = { dataset, renames: {}, acceptLoss: false, passwords: {}, ...answer }
      const [done] = await refreshDatasets(workspace, [order], toolsFor(report))
      return done!
    },
    cells: (sql) => {
      const file = workspace.catalogue.datasetNamed('D')?.file ?? ''
      return askExtract(workspace.extractPath(file), folder, sql)
    },
  }
}

/** Texts of the second field with the row of the source each came from. */
const phones =
  'select source_id, source_row, value from a.rows left join a.dict_c1 d on d.code = c1 order by row_id'

test('a recipe makes a second file; the version as imported stays and can be gone back to', async () => {
  const { workspace, file, apply, cells } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  const done = await apply(dataset.id, cleaning)
  expect(done).toMatchObject({
    ...{ state: 'applied', rowsBefore: 3 },
    dataset: { version: 2, rows: 2, dataAsOf: dataset.dataAsOf, lastDay: '2024-03-07' },
  })
  expect(await cells(phones)).toEqual([[0, 3, '13800000000'], [0, 4, null]]) // prettier-ignore
  expect(await cells('select name, type, scale, coded from a.fields order by i')).toEqual([
    ['会员号', 'text', 0, true],
    ['phone', 'text', 0, true],
    ['日期', 'date', 0, false],
    ['金额', 'decimal', 2, false],
  ])
  expect(await cells('select rows from a.sources')).toEqual([[2]])
  expect(await apply(dataset.id, cleaning)).toMatchObject({ state: 'unchanged' })
  expect(await rollBack(workspace, dataset.id, 1)).toMatchObject({ rows: 3, version: 1 })
  expect(datasetRecipe(workspace, dataset.id).recipe.steps).toEqual([])
  expect(await rollBack(workspace, dataset.id, 2)).toMatchObject({ rows: 2, version: 2 })
  expect(datasetRecipe(workspace, dataset.id)).toMatchObject({
    ...{ version: 2, recipe: cleaning, imported: { rows: 3 } },
    steps: [{ state: 'on' }, { state: 'on' }, { state: 'on' }],
  })
})

test('versions of one imported file share it, and it goes when the last of them goes', async () => {
  const { workspace, file, apply } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  await apply(dataset.id, cleaning)
  const off = Recipe.parse({ ...cleaning, steps: cleaning.steps.map((one) => ({ ...one, on: false })) }) // prettier-ignore
  expect(await apply(dataset.id, off)).toMatchObject({ dataset: { version: 3, rows: 3 } })
  const folder = join(workspace.folder, 'extracts')
  expect(readdirSync(folder)).toHaveLength(2)
  const [third, second, first] = await datasetVersions(workspace, dataset.id)
  expect([third, second, first].map((one) => one?.steps)).toEqual([0, cleaning.steps.length, 0])
  expect(third?.bytes).toBe(first?.bytes)
  expect(second!.bytes).toBeGreaterThan(first!.bytes)
  const freed = await dropVersions(workspace, dataset.id, [1, 2], () => new Set())
  expect(freed).toBe(second!.bytes - first!.bytes)
  expect(readdirSync(folder)).toEqual(workspace.catalogue.files())
  const [only] = queryCatalog(workspace).datasets
  expect(only).toMatchObject({ version: 3, rows: 3 })
})

test('a recipe is replayed on append, on replacing and on a refresh', async () => {
  const { workspace, file, apply, refresh, cells } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  await apply(dataset.id, cleaning)
  const more = '会员号,手机,日期,金额\n8,138-0000-0000,2024-04-01,9\n9,13911112222,2024-04-02,7.5\n'
  const appended = await importInto(workspace, 'D', [file('b.csv', more)], { mode: 'append' })
  expect(appended.dataset).toMatchObject({ rows: 3, version: 3, lastDay: '2024-04-02' })
  const both = [[0, 4, null], [1, 2, '13800000000'], [1, 3, '13911112222']] // prettier-ignore
  expect(await cells(phones)).toEqual(both)
  file('a.csv', members.replace('3,,', '3,0086-13911112222,'))
  expect(await refresh(dataset.id)).toMatchObject({
    ...{ state: 'refreshed', rowsBefore: 3, read: ['a.csv'], kept: 1 },
    dataset: { version: 4, rows: 2 },
  })
  const last = [...(await cells(phones))]
  expect(new Set(last.map(([, , phone]) => phone))).toEqual(new Set(['13800000000', '13911112222']))
  const replaced = await importInto(workspace, 'D', [file('c.csv', members)], { mode: 'replace' })
  expect(replaced.dataset).toMatchObject({ rows: 2, version: 5 })
  expect(datasetRecipe(workspace, dataset.id).recipe).toEqual(cleaning)
  const bare = await importInto(workspace, 'D', [file('c.csv', members)], { mode: 'replace', recipe: null }) // prettier-ignore
  expect(bare.dataset).toMatchObject({ rows: 3, version: 6 })
  expect(workspace.catalogue.dataset(dataset.id)).toMatchObject({ recipe: null, imported: null })
})

test('an import of columns the recipe cannot work on is refused and nothing changes', async () => {
  const { workspace, file, apply } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  await apply(dataset.id, cleaning)
  const other = file('o.csv', 'x,y\n1,2\n')
  expect(await refusalOf(importInto(workspace, 'D', [other], { mode: 'replace' }))).toBe('recipe/broken missingField') // prettier-ignore
  expect(workspace.catalogue.dataset(dataset.id)).toMatchObject({ version: 2, rows: 2 })
  expect(readdirSync(join(workspace.folder, 'extracts')).toSorted()).toEqual(workspace.catalogue.files()) // prettier-ignore
  expect(readdirSync(workspace.tempFolder)).toEqual([])
})

test('a refresh that breaks a step asks, takes a rename for an answer, or leaves the step out', async () => {
  const { workspace, file, apply, refresh, cells } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  await apply(dataset.id, cleaning)
  const slots = { sl_sales: dataset.id }
  workspace.catalogue.saveReport({ path: '/r', title: '月报', openedAt: '2025', slots })
  const levels = [{ field: 'sl_sales.phone' }]
  const report = { ...salesReport(), drillPaths: { dp_aaaa: { id: 'dp_aaaa', name: 'p', levels } } }
  file('a.csv', members.replace('手机', '手机号码'))
  const asked = await refresh(dataset.id, {}, report)
  expect(asked).toMatchObject({
    state: 'question',
    question: {
      vanished: [{ field: { name: '手机' } }],
      proposals: [{ field: '手机', column: '手机号码' }],
      reports: [{ title: '月报', fields: ['phone'] }],
      steps: [
        { step: 'normalise', kind: 'normalise', reason: 'missingField', fields: ['手机'] },
        { step: 'dedupe', fields: ['手机'] },
        { step: 'rename', fields: ['手机'] },
      ],
    },
  })
  expect(workspace.catalogue.dataset(dataset.id)).toMatchObject({ version: 2, rows: 2 })
  expect(readdirSync(join(workspace.folder, 'extracts')).toSorted()).toEqual(workspace.catalogue.files()) // prettier-ignore
  const answered = await refresh(dataset.id, { renames: { 手机: '手机号码' } }, report)
  expect(answered).toMatchObject({ state: 'refreshed', dataset: { rows: 2 } })
  expect(await cells(phones)).toEqual([[0, 3, '13800000000'], [0, 4, null]]) // prettier-ignore
  file('a.csv', '会员号,日期,金额\n1,2024-03-05,1\n2,2024-03-06,2\n')
  const lost = await refresh(dataset.id, { acceptLoss: true })
  expect(lost).toMatchObject({ state: 'refreshed', dataset: { rows: 2 } })
  expect(datasetRecipe(workspace, dataset.id)).toMatchObject({
    recipe: cleaning,
    steps: [{ state: 'broken' }, { state: 'broken' }, { state: 'broken' }],
  })
})

test('a recipe that takes a field from a report asks first', async () => {
  const { workspace, file, apply } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  const slots = { sl_sales: dataset.id }
  workspace.catalogue.saveReport({ path: '/r', title: '月报', openedAt: '2025', slots })
  const levels = [{ field: 'sl_sales.手机' }]
  const report = { ...salesReport(), drillPaths: { dp_aaaa: { id: 'dp_aaaa', name: 'p', levels } } }
  expect(await apply(dataset.id, cleaning, false, report)).toMatchObject({
    state: 'question',
    question: { vanished: [{ name: '手机' }], reports: [{ title: '月报', fields: ['手机'] }] },
  })
  expect(workspace.catalogue.dataset(dataset.id)?.version).toBe(1)
  expect(await apply(dataset.id, cleaning, true, report)).toMatchObject({ state: 'applied' })
})

test('wide decimals, rows without a value and text with few repeats come out as they went in', async () => {
  const { workspace, file, apply, cells } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', '号,n\nA,12345678901234567890.25\nB,1\n,x\n')]) // prettier-ignore
  const recipe = recipeOf(
    step('type', { field: 'n', to: 'decimal', scale: 2 }),
    step('replace', { field: '号', match: 'whole', pairs: [{ find: 'B', with: null }] }),
    step('formula', { into: 'double', formula: '[n] * 2' }),
  )
  expect(await apply(dataset.id, recipe)).toMatchObject({ dataset: { rows: 3 } })
  expect(await cells('select c0, c1::varchar, c2::varchar from a.rows order by row_id')).toEqual([
    [0, '12345678901234567890.25', '24691357802469135780.50'],
    [null, '1.00', '2.00'],
    [null, null, null],
  ])
  expect(await cells('select wide, max from a.fields where i = 1')).toEqual([[true, null]])
})

test('named classes are kept by version and used by several datasets under their own field names', async () => {
  const { workspace, file, apply, cells } = await bench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', members)])
  const big = { when: { match: 'all' as const, filters: [{ field: 'amount', op: 'range' as const, from: 2 }] }, name: '高' } // prettier-ignore
  const set = { id: 'cls_aaaaaa', name: '档', rules: [big], otherwise: '低' }
  workspace.catalogue.classSets.save({ ...set, version: 1 })
  workspace.catalogue.classSets.save({ ...set, version: 2, otherwise: null })
  const classes = { set: 'cls_aaaaaa', version: 1, fields: { amount: '金额' } }
  await apply(dataset.id, recipeOf(step('classify', { into: '档次', classes })))
  const classOf = 'select value from a.rows left join a.dict_c4 d on d.code = c4 order by row_id'
  expect(await cells(classOf)).toEqual([['低'], ['高'], ['高']])
  await apply(dataset.id, recipeOf(step('classify', { into: '档次', classes: { ...classes, version: 2 } }))) // prettier-ignore
  expect(await cells(classOf)).toEqual([[null], ['高'], ['高']])
  const gone = recipeOf(step('classify', { into: 'c', classes: { ...classes, version: 3 } }))
  expect(await refusalOf(apply(dataset.id, gone))).toBe('recipe/broken classSetGone')
})

test('what is made of a person’s data goes on telling of the person, whatever it is called', async () => {
  const { workspace, file, apply, refresh } = await bench()
  const phones = '会员号,手机\n1,13800000000\n2,13900000000\n'
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', phones)])
  expect(dataset.fields[1]).toMatchObject({ name: '手机', personal: 'phone' })
  const recipe = recipeOf(
    step('rename', { names: [{ field: '手机', to: 'x' }] }),
    step('formula', { into: 'y', formula: 'LEFT([x], 7)' }),
    step('merge', { fields: ['会员号', 'y'], into: 'z', separator: '-' }),
    step('formula', { into: 'n', formula: 'LEN([会员号])' }, 'len'),
  )
  await apply(dataset.id, recipe)
  const kinds = (): unknown =>
    workspace.catalogue.dataset(dataset.id)?.fields.map(({ name, personal }) => [name, personal])
  const told = [['会员号', null], ['z', 'phone'], ['x', 'phone'], ['y', 'phone'], ['n', null]] // prettier-ignore
  expect(kinds()).toEqual(told)
  file('a.csv', `${phones}3,\n`)
  expect(await refresh(dataset.id)).toMatchObject({ state: 'refreshed' })
  expect(kinds()).toEqual(told)
})

test('relationships are measured again on the prepared rows', async () => {
  const { workspace, file, apply } = await bench()
  const sales = await importInto(workspace, 'D', [file('s.csv', '店,n\nA 1,1\nA1,2\nB2,3\n')])
  const shops = await importInto(workspace, 'shops', [file('h.csv', '店,名\nA1,Alpha\n')])
  const ends = { from: { dataset: sales.dataset.id, fields: ['店'] }, to: { dataset: shops.dataset.id, fields: ['店'] } } // prettier-ignore
  expect(await createRelationship(workspace, ends)).toMatchObject({ orphans: 2 })
  await apply(sales.dataset.id, recipeOf(step('normalise', { fields: ['店'], space: 'none' })))
  expect(workspace.catalogue.relationships()).toMatchObject([{ orphans: 1, fromVersion: 2 }])
})

test('whatever file operation fails first, a recipe is there whole or not at all', async () => {
  const folder = tempFolder()
  const home = join(folder, 'w')
  const path = join(folder, 'a.csv')
  writeFileSync(path, members)
  const first = await Workspace.open(home, testOptions)
  const { dataset } = await importInto(first, 'D', [path])
  await first.close()
  let finished = false
  for (let failing = 1; !finished && failing < 60; failing++) {
    const done = await applyWith(home, dataset.id, faultyFiles(failing))
    const after = await Workspace.open(home, testOptions)
    const stored = after.catalogue.dataset(dataset.id)!
    finished = done && stored.version === 2
    expect([[1, 3], [2, 2]]).toContainEqual([stored.version, stored.rows]) // prettier-ignore
    const count = await askExtract(after.extractPath(stored.file!), folder, 'select count(*)::integer from a.rows') // prettier-ignore
    expect(count).toEqual([[stored.rows]])
    expect(readdirSync(join(home, 'extracts')).toSorted()).toEqual(after.catalogue.files())
    await after.close()
  }
  expect(finished).toBe(true)
})

async function applyWith(home: string, dataset: string, files: FilePort): Promise<boolean> {
  let workspace: Workspace | undefined
  try {
    workspace = await Workspace.open(home, { ...testOptions, files })
    const { signal } = new AbortController()
    await applyRecipe(
      workspace,
      { dataset, recipe: cleaning, acceptLoss: false },
      { signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) },
    )
    return true
  } catch {
    return false
  } finally {
    await workspace?.close()
  }
}

/** Fails the n-th operation and every one after it, as a full or vanished disk would. */
function faultyFiles(failing: number): FilePort {
  let count = 0
  const guard =
    <A extends unknown[], R>(work: (...input: A) => Promise<R>) =>
    (...input: A): Promise<R> => {
      count++
      const error = Object.assign(new Error('disk full'), { code: 'ENOSPC' })
      return count >= failing ? Promise.reject(error) : work(...input)
    }
  return {
    makeFolder: guard(nodeFiles.makeFolder),
    list: guard(nodeFiles.list),
    remove: guard(nodeFiles.remove),
    move: guard(nodeFiles.move),
    copy: guard(nodeFiles.copy),
    flush: guard(nodeFiles.flush),
  }
}

test('a cancelled or lost preparation leaves the old version and no file', async () => {
  const folder = tempFolder()
  const lost = await openWorkspace(join(folder, 'w'), {
    runJob: async (name, order, options) => {
      const outcome = await testOptions.runJob(name, order, options)
      if (name === 'prepare') throw new Error('lost')
      return outcome
    },
  })
  const path = join(folder, 'a.csv')
  writeFileSync(path, members)
  const { dataset } = await importInto(lost, 'D', [path])
  const ask = { dataset: dataset.id, recipe: cleaning, acceptLoss: false }
  const tools = { onProgress: () => undefined, readReport: () => Promise.resolve(undefined) }
  const { signal } = new AbortController()
  await expect(applyRecipe(lost, ask, { ...tools, signal })).rejects.toThrow('lost')
  expect(lost.catalogue.dataset(dataset.id)).toMatchObject({ version: 1, recipe: null })
  expect(readdirSync(join(lost.folder, 'extracts'))).toEqual(lost.catalogue.files())
})

test('whole numbers of a formula beyond 2^53 keep every digit, in a decimal without places, and small ones stay whole', async () => {
  const { file, workspace, apply, cells } = await bench()
  const { dataset } = await importInto(workspace, 'D', [
    file('a.csv', 'k,n\nx,9007199254\ny,-3\nz,\n'),
  ])
  const made = recipeOf(
    step('formula', { into: 'big', formula: '[n] * 10000000001' }),
    step('formula', { into: 'more', formula: '[big] + 1' }, 'second'),
    step('formula', { into: 'small', formula: '[n] + 1' }, 'third'),
    step('type', { field: 'more', to: 'integer' }, 'fourth'),
  )
  expect(await apply(dataset.id, made)).toMatchObject({ state: 'applied' })
  const { fields } = workspace.catalogue.dataset(dataset.id)!
  expect(
    fields.slice(2).map(({ name, type, scale, blanks }) => [name, type, scale, blanks]),
  ).toEqual([
    ['big', 'decimal', 0, 1],
    ['more', 'decimal', 0, 1],
    ['small', 'integer', 0, 1],
  ])
  const big = 9007199254n * 10000000001n
  expect(
    await cells('select c2::varchar, c3::varchar, c4::varchar from a.rows order by row_id'),
  ).toEqual([
    [String(big), String(big + 1n), '9007199255'],
    [String(-3n * 10000000001n), String(-3n * 10000000001n + 1n), '-2'],
    [null, null, null],
  ])
})
