import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  applyRecipe,
  datasetRecipe,
} from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import { staleDatasets } from '../../electron/engine/workspace/refresh/source-states.ts'
import { followLookups } from '../../electron/engine/workspace/preparation/follow-lookups.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { previewedVersion } from '../../electron/engine/workspace/preparation/previewed-version.ts'
import { RecipePreviews } from '../../electron/engine/preparation/preview.ts'
import { openExtractSession } from '../../electron/engine/runner/duckdb/extract-session.ts'
import { createRelationship } from '../../electron/engine/workspace/relate-datasets.ts'
import type { ImportProgress } from '../../shared/data/import-words.ts'
import type { RefreshOrder } from '../../shared/data/refresh-words.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { askExtract } from '../support/import-files.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { AppErrorException } from '../../shared/errors.ts'
import type { AppError } from '../../shared/errors.ts'
import { tempFolder } from '../support/temp-folder.ts'

const lines = 'line,member,qty\n1,m1,2\n2, m2 ,3\n3,m9,4\n4,,5\n5,m1,7\n'
const members =
  'id,level,shop,phone,points\nm1,gold,s1,13800000001,1.25\nm2,silver,s2,13800000002,8\n'
const shops = 'code,region,opened\ns1,North,2020-01-31\ns2,,2021-05-01\n'

const formula = (into: string, text: string): object => ({
  ...{ id: into, kind: 'formula', into, formula: text },
})
const recipeOf = (...steps: object[]): Recipe => Recipe.parse({ format: 1, steps })
const looking = recipeOf(
  formula('level', 'RELATED([members.level])'),
  formula('region', '[shops.region]'),
  formula('worth', '[qty] * [members.points]'),
  formula('since', 'YEAR([shops.opened])'),
  formula('contact', '[members.phone]'),
)

async function refusal(work: Promise<unknown>): Promise<AppError | undefined> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof AppErrorException ? error.appError : undefined
}

async function bench() {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const { signal } = new AbortController()
  const readReport = () => Promise.resolve(undefined)
  const told = new Set<string>()
  const onProgress = ({ dataset }: ImportProgress) => void told.add(dataset)
  const tools = { signal, onProgress, readReport }
  const write = (name: string, content: string): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  // One for all questions, as the engine has.
  const previews = new RecipePreviews({
    run: async (target, { text, values }) => {
      const extracts = target.kind === 'extracts' ? target.attach : []
      const session = await openExtractSession({
        ...{ kind: 'openExtracts', extracts, memoryLimitMb: 256, tempFolder: folder },
        threads: 1,
      })
      const answer = await session.run(text, values, 1)
      return { rows: answer.rows, columns: new Map(answer.columns) }
    },
  })
  const idOf = (name: string): string => workspace.catalogue.datasetNamed(name)?.id ?? ''
  return {
    workspace,
    write,
    idOf,
    told,
    relate: (from: string, key: string, to: string, toKey: string, id?: string) =>
      createRelationship(workspace, {
        from: { dataset: idOf(from), fields: [key] },
        to: { dataset: idOf(to), fields: [toKey] },
        ...{ id },
      }),
    apply: (name: string, recipe: Recipe) =>
      applyRecipe(workspace, { dataset: idOf(name), recipe, acceptLoss: false }, tools),
    refresh: async (name: string, answer: Partial<RefreshOrder> = {}) => {
      const dataset = idOf(name)
      const order = { dataset, renames: {}, acceptLoss: false, passwords: {}, ...answer }
      return (await refreshDatasets(workspace, [order], tools))[0]
    },
    /** What a step does to all rows, asked as the page asks it. */
    countsOf: async (name: string, recipe: Recipe, step: string) => {
      const ask = { dataset: idOf(name), recipe, step, offset: 0, limit: 10, counts: true }
      const answer = await previews.preview(ask, previewedVersion(workspace, idOf(name)), signal)
      return answer.ok ? answer.value.steps.find((one) => one.step === step)?.counts : answer.error
    },
    /** Values of fields from the fourth on, texts in place of their codes. */
    rows: (name: string, columns: string, joins = '') => {
      const file = workspace.catalogue.datasetNamed(name)?.file ?? ''
      const sql = `select ${columns} from a.rows ${joins} order by row_id`
      return askExtract(workspace.extractPath(file), folder, sql)
    },
  }
}

const dictionaries = 'left join a.dict_c3 d3 on d3.code = c3 left join a.dict_c4 d4 on d4.code = c4'

test('a formula of a recipe looks up fields over one relationship and over two, and does again with every version', async () => {
  const { workspace, write, idOf, relate, apply, refresh, rows, countsOf, told } = await bench()
  for (const [name, content] of Object.entries({ lines, members, shops })) {
    await importInto(workspace, name, [write(`${name}.csv`, content)])
  }
  expect((await refusal(apply('lines', looking)))?.details).toMatchObject({
    ...{ reason: 'notRelated', step: 1, fields: ['members.level'] },
  })
  await relate('lines', 'member', 'members', 'id')
  await relate('members', 'shop', 'shops', 'code')

  expect(await countsOf('lines', looking, 'region')).toMatchObject({
    ...{ rowsBefore: 5, rowsAfter: 5, changed: 2 },
  })
  expect(await apply('lines', looking)).toMatchObject({ state: 'applied', dataset: { rows: 5 } })
  const seen = () => rows('lines', 'd3.value, d4.value, c5::varchar, c6', dictionaries)
  // By hand: m1 is gold of s1, m2 silver of s2 whose region is blank; m9 is nobody, and so is a blank.
  expect(await seen()).toEqual([
    ['gold', 'North', '2.50', 2020],
    ['silver', null, '24.00', 2021],
    [null, null, null, null],
    [null, null, null, null],
    ['gold', 'North', '8.75', 2020],
  ])
  const made = workspace.catalogue.dataset(idOf('lines'))
  expect(made?.fields.at(-1)).toMatchObject({ name: 'contact', personal: 'phone' })

  // Another version of what is looked into, two steps away.
  write('shops.csv', shops.replace('s2,,', 's2,South,'))
  told.clear()
  expect(await refresh('shops')).toMatchObject({ state: 'refreshed' })
  expect([...told]).toEqual(['shops', 'lines'])
  expect((await seen()).map((row) => row[1])).toEqual(['North', 'South', null, null, 'North'])
  expect(workspace.catalogue.dataset(idOf('lines'))?.version).toBe(3)

  write('lines.csv', `${lines}6,m2,1\n`)
  expect(await refresh('lines')).toMatchObject({ state: 'refreshed', dataset: { rows: 6 } })
  expect((await seen()).at(-1)).toEqual(['silver', 'South', '8.00', 2021])
})

test('a circle is refused; a field or a relationship that is gone is named, and the rows stay', async () => {
  const { workspace, write, idOf, relate, apply, refresh, rows } = await bench()
  for (const [name, content] of Object.entries({ lines, members })) {
    await importInto(workspace, name, [write(`${name}.csv`, content)])
  }
  const made = await relate('lines', 'member', 'members', 'id')
  await apply('lines', recipeOf(formula('level', '[members.level]')))
  expect((await refusal(relate('members', 'id', 'lines', 'line')))?.code).toBe('relationship/cycle')
  const back = recipeOf(formula('sold', '[lines.qty]'))
  expect((await refusal(apply('members', back)))?.details).toMatchObject({ reason: 'notRelated' })

  write('members.csv', members.replace('level', 'grade'))
  await refresh('members', { acceptLoss: true })
  const report = () => datasetRecipe(workspace, idOf('lines')).steps[0]
  expect(report()?.problem).toMatchObject({ reason: 'missingField', fields: ['members.level'] })
  const values = () => rows('lines', 'd3.value', 'left join a.dict_c3 d3 on d3.code = c3')
  expect(await values()).toEqual([['gold'], ['silver'], [null], [null], ['gold']])
  write('lines.csv', lines.replace('5,m1', '5,m2'))
  expect(await refresh('lines')).toMatchObject({
    state: 'question',
    question: { steps: [{ reason: 'missingField', fields: ['members.level'] }] },
  })

  write('members.csv', members)
  await refresh('members', { acceptLoss: true })
  expect(report()?.state).toBe('on')
  workspace.catalogue.removeRelationship(made.id)
  expect(report()?.problem).toMatchObject({ reason: 'notRelated', fields: ['members.level'] })
})

test('what a step does is counted anew when it looks up by another key', async () => {
  const { workspace, write, relate, countsOf } = await bench()
  for (const [name, content] of Object.entries({ lines, members })) {
    await importInto(workspace, name, [write(`${name}.csv`, content)])
  }
  const { id } = await relate('lines', 'member', 'members', 'id')
  const recipe = recipeOf(formula('level', '[members.level]'))
  expect(await countsOf('lines', recipe, 'level')).toMatchObject({ changed: 3 })
  await relate('lines', 'member', 'members', 'shop', id)
  expect(await countsOf('lines', recipe, 'level')).toMatchObject({ changed: 0 })
})

test('running a recipe again can be called off: the old rows stay, count as stale, and the next refresh brings the new ones', async () => {
  const { workspace, write, idOf, relate, apply, refresh, rows } = await bench()
  for (const [name, content] of Object.entries({ lines, members })) {
    await importInto(workspace, name, [write(`${name}.csv`, content)])
  }
  await relate('lines', 'member', 'members', 'id')
  await apply('lines', recipeOf(formula('level', '[members.level]')))
  const before = workspace.catalogue.dataset(idOf('lines'))
  write('members.csv', members.replace('gold', 'black'))
  const abort = new AbortController()
  const told: string[] = []
  const order = { dataset: idOf('members'), renames: {}, acceptLoss: false, passwords: {} }
  const [done] = await refreshDatasets(workspace, [order], {
    signal: abort.signal,
    readReport: () => Promise.resolve(undefined),
    onProgress: ({ dataset }) => {
      told.push(dataset)
      if (dataset === 'lines') abort.abort()
    },
  })
  expect(told).toContain('lines')
  expect(done).toMatchObject({ state: 'refreshed', dataset: { version: 2 }, waiting: ['lines'] })
  expect(workspace.catalogue.dataset(idOf('lines'))).toMatchObject({
    version: 2,
    file: before?.file,
  })
  const stale = () => staleDatasets(workspace.catalogue.datasets())
  expect((await stale()).stale).toEqual([
    { dataset: idOf('lines'), changed: ['members'], missing: [] },
  ])
  const values = () => rows('lines', 'd3.value', 'left join a.dict_c3 d3 on d3.code = c3')
  expect((await values())[0]).toEqual(['gold'])
  expect(await refresh('lines')).toMatchObject({ state: 'refreshed', dataset: { version: 3 } })
  expect((await values())[0]).toEqual(['black'])
  expect((await stale()).stale).toEqual([])
  expect(await refresh('lines')).toMatchObject({ state: 'unchanged' })
})

test('what a recipe that was called off is older than names only datasets it looks into', async () => {
  const { workspace, write, idOf, relate, apply } = await bench()
  for (const [name, content] of Object.entries({ lines, members, other: members })) {
    await importInto(workspace, name, [write(`${name}.csv`, content)])
  }
  await relate('lines', 'member', 'members', 'id')
  await apply('lines', recipeOf(formula('level', '[members.level]')))
  const fresh = new Set([idOf('members'), idOf('other')])
  const follow = () => followLookups(workspace, fresh, { signal: AbortSignal.abort() })
  expect(await workspace.exclusive(follow)).toMatchObject({ waiting: ['lines'] })
  expect((await staleDatasets(workspace.catalogue.datasets())).stale).toEqual([
    { dataset: idOf('lines'), changed: ['members'], missing: [] },
  ])
})
