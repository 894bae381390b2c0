/** Several imports at once: side by side, in turn, one stopped alone, and nothing left of what was stopped. */
import '../support/random-seed.ts'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JobRunner } from '../../electron/engine/runner/jobs/run-job.ts'
import { importDatasets } from '../../electron/engine/workspace/import-datasets.ts'
import type { ImportAsk } from '../../electron/engine/workspace/import-datasets.ts'
import { refuseBeingImported } from '../../electron/engine/workspace/import-turns.ts'
import { applyRecipe } from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import { rollBack } from '../../electron/engine/workspace/refresh/dataset-history.ts'
import { refreshDatasets } from '../../electron/engine/workspace/refresh/refresh-datasets.ts'
import { outdatedLookups } from '../../electron/engine/workspace/preparation/outdated-lookups.ts'
import { createRelationship } from '../../electron/engine/workspace/relate-datasets.ts'
import { proposeRelationships } from '../../electron/engine/workspace/propose-relationships.ts'
import type { Workspace, WorkspaceOptions } from '../../electron/engine/workspace/workspace.ts'
import { AppErrorException, appError } from '../../shared/errors.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { askExtract } from '../support/import-files.ts'
import { askFor, importInto, jobsInPlace, openWorkspace } from '../support/open-workspace.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

const lines = (from: number, count: number): string =>
  `k,n\n${Array.from({ length: count }, (_, i) => `m${from + i},${i}\n`).join('')}`

/** Import jobs wait until the test lets their file through; ending one ends it at once, as with a process. */
function gatedJobs() {
  const gates = new Map<string, PromiseWithResolvers<undefined>>()
  const gate = (name: string): PromiseWithResolvers<undefined> => {
    const known = gates.get(name) ?? Promise.withResolvers<undefined>()
    gates.set(name, known)
    return known
  }
  const begun: string[] = []
  const state = { running: 0, most: 0 }
  const runJob: JobRunner = async (name, order, options) => {
    if (name !== 'import' || !('parts' in order)) return jobsInPlace(name, order, options)
    const file = order.parts[0]?.name ?? ''
    begun.push(file)
    state.most = Math.max(state.most, ++state.running)
    try {
      if (options?.signal?.aborted !== true) {
        const ended = new Promise((resolve) =>
          options?.signal?.addEventListener('abort', resolve, { once: true }),
        )
        await Promise.race([gate(file).promise, ended])
      }
      if (options?.signal?.aborted === true)
        throw new AppErrorException(appError('internal/cancelled'))
      return await jobsInPlace(name, order, options)
    } finally {
      state.running--
    }
  }
  const hasBegun = async (file: string): Promise<void> => {
    await expect.poll(() => begun.includes(file), { timeout: 10_000 }).toBe(true)
  }
  return { runJob, open: (name: string) => gate(name).resolve(undefined), hasBegun, begun, state }
}

async function bench(more: Partial<WorkspaceOptions> = {}) {
  const folder = tempFolder()
  const jobs = gatedJobs()
  const workspace = await openWorkspace(join(folder, 'w'), { runJob: jobs.runJob, ...more })
  const write = (name: string, content: string): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  /** What is there before the imports that are looked at. */
  const have = (name: string, content: string) => {
    jobs.open(`${name}.csv`)
    return importInto(workspace, name, [write(`${name}.csv`, content)])
  }
  return { workspace, write, have, ...jobs }
}

const names = (workspace: Workspace): string[] =>
  workspace.catalogue
    .datasets()
    .map(({ name }) => name)
    .toSorted()

/** Nothing lies about that no dataset stands on. */
function expectTidy(workspace: Workspace): void {
  expect(readdirSync(join(workspace.folder, 'extracts')).toSorted()).toEqual(
    [...new Set(workspace.catalogue.files())].toSorted(),
  )
  expect(readdirSync(workspace.tempFolder)).toEqual([])
}

const leftOutBy = (ask: ImportAsk, stop: AbortController): ImportAsk => ({ ...ask, leftOut: stop.signal }) // prettier-ignore

test('a small import comes in while a large one reads, and other datasets can be worked with', async () => {
  const { workspace, write, have, open, hasBegun } = await bench()
  const { dataset } = await have('门店', 'k,city\nm1,北\nm2,南\n')
  const large = importInto(workspace, '大表', [write('large.csv', lines(1, 5))])
  await hasBegun('large.csv')
  open('small.csv')
  const small = await importInto(workspace, '小表', [write('small.csv', 'k,n\nm1,1\nm2,5\nm3,4\n')])
  expect(small.dataset).toMatchObject({ rows: 3, version: 1 })
  await createRelationship(workspace, {
    from: { dataset: small.dataset.id, fields: ['k'] },
    to: { dataset: dataset.id, fields: ['k'] },
  })
  const tools = { signal: new AbortController().signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) } // prettier-ignore
  const recipe = Recipe.parse({ format: 1, steps: [{ id: 's', kind: 'formula', into: 'x', formula: '[k]' }] }) // prettier-ignore
  const applied = await applyRecipe(
    workspace,
    { dataset: dataset.id, recipe, acceptLoss: true },
    tools,
  )
  expect(applied.state).toBe('applied')
  open('large.csv')
  expect((await large).dataset.rows).toBe(5)
  // Of what came in by another import meanwhile, too.
  const proposed = await proposeRelationships(workspace)
  const { id } = (await large).dataset
  const partners = proposed.flatMap(({ from, to }) =>
    from.dataset === id ? [to.dataset] : to.dataset === id ? [from.dataset] : [],
  )
  expect(partners).toContain(small.dataset.id)
  // The relationship was measured again; its first file goes like every outdated one.
  await workspace.collect(new Set())
  expectTidy(workspace)
})

test('what is being imported into stands still, and says so', async () => {
  const { workspace, write, have, open, hasBegun } = await bench()
  const { dataset } = await have('销售', lines(1, 3))
  const adding = importInto(workspace, '销售', [write('more.csv', lines(10, 2))], {
    mode: 'append',
  })
  await hasBegun('more.csv')
  expect(() => refuseBeingImported(workspace, { name: ' 销售 ' })).toThrow()
  expect(await refusalOf(rollBack(workspace, dataset.id, 1))).toBe('dataset/beingImported')
  const tools = { signal: new AbortController().signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) } // prettier-ignore
  const order = { dataset: dataset.id, renames: {}, acceptLoss: false, passwords: {} }
  expect(await refreshDatasets(workspace, [order], tools)).toMatchObject([
    { state: 'failed', error: { code: 'dataset/beingImported', canRetry: true } },
  ])
  open('more.csv')
  expect((await adding).dataset).toMatchObject({ rows: 5, version: 2 })
  expect(await rollBack(workspace, dataset.id, 1)).toMatchObject({ rows: 3 })
})

test('two imports into one dataset come in one after the other, each over what the one before left', async () => {
  const { workspace, write, have, open, hasBegun, begun } = await bench()
  await have('销售', lines(1, 3))
  const first = importInto(workspace, '销售', [write('a.csv', lines(10, 2))], { mode: 'append' })
  await hasBegun('a.csv')
  const second = importInto(workspace, '销售', [write('b.csv', lines(20, 4))], { mode: 'append' })
  const same = refusalOf(importInto(workspace, '销售', [join(workspace.folder, '../a.csv')], { mode: 'append' })) // prettier-ignore
  open('b.csv')
  open('a.csv')
  expect((await first).dataset.rows).toBe(5)
  expect((await second).dataset).toMatchObject({ rows: 9, version: 3 })
  expect(begun.filter((name) => name === 'b.csv')).toHaveLength(1)
  // The same file a second time is known by its bytes.
  expect(await same).toBe('dataset/sameFile')
  expectTidy(workspace)
})

test('a new name is given once: the second import hears of it before it reads', async () => {
  const { workspace, write, open, hasBegun, begun } = await bench()
  const first = importInto(workspace, 'New', [write('a.csv', lines(1, 2))])
  await hasBegun('a.csv')
  const refused = await importInto(workspace, 'new', [write('b.csv', lines(1, 2))]).catch(
    (error: unknown) => error,
  )
  expect(refused).toMatchObject({
    appError: { code: 'dataset/nameTaken', details: { name: 'new', reason: 'importing' } },
  })
  // The same file under another name is an import like any other.
  const twice = importInto(workspace, 'Other', [join(workspace.folder, '../a.csv')])
  open('a.csv')
  await Promise.all([first, twice])
  expect([names(workspace), begun]).toEqual([
    ['New', 'Other'],
    ['a.csv', 'a.csv'],
  ])
  expectTidy(workspace)
})

test('one dataset is stopped alone, while it reads, while it waits, and when it was through', async () => {
  const { workspace, write, open, hasBegun } = await bench({ importsAtOnce: 2 })
  const stops = Array.from({ length: 4 }, () => new AbortController())
  const asks = stops.map((stop, i) =>
    leftOutBy(askFor(`D${i}`, [write(`${i}.csv`, lines(i, 2))]), stop),
  )
  const running = importDatasets(workspace, asks)
  await hasBegun('0.csv')
  await hasBegun('1.csv')
  stops[0]?.abort()
  await hasBegun('2.csv')
  stops[3]?.abort()
  open('1.csv')
  await expect.poll(() => readdirSync(join(workspace.folder, 'extracts')).length).toBe(1)
  stops[1]?.abort()
  // What lies among the extracts and waits for the others is not collected.
  await workspace.collect(new Set())
  expect(readdirSync(join(workspace.folder, 'extracts'))).toHaveLength(1)
  open('2.csv')
  expect((await running).map(({ dataset }) => dataset.name)).toEqual(['D2'])
  expectTidy(workspace)
})

test('the last one stopped takes the import with it, and a bad file takes all that are left', async () => {
  const { workspace, write, open, hasBegun } = await bench({ importsAtOnce: 3 })
  const stop = new AbortController()
  const alone = importDatasets(workspace, [
    leftOutBy(askFor('A', [write('a.csv', lines(1, 2))]), stop),
  ])
  await hasBegun('a.csv')
  stop.abort()
  expect(await refusalOf(alone)).toBe('internal/cancelled')
  const other = new AbortController()
  const several = importDatasets(workspace, [
    leftOutBy(askFor('B', [write('b.csv', lines(1, 2))]), other),
    askFor('C', [write('c.csv', lines(1, 2))]),
    askFor('E', [write('e.xlsx', 'no workbook')]),
  ])
  await hasBegun('b.csv')
  other.abort()
  open('c.csv')
  open('e.xlsx')
  expect(await refusalOf(several)).toMatch('dataset/unreadable')
  expect(names(workspace)).toEqual([])
  expectTidy(workspace)
})

test('whatever is stopped or waits, no more than so many read at once, and a place is never lost', async () => {
  const { workspace, write, open, hasBegun, state } = await bench({ readingsAtOnce: 2 })
  const calls = Array.from({ length: 5 }, () => new AbortController())
  const imports = calls.map(({ signal }, i) =>
    importDatasets(workspace, [askFor(`D${i}`, [write(`${i}.csv`, lines(i, 2))], {}, signal)]),
  )
  const ends = Promise.allSettled(imports)
  await hasBegun('1.csv')
  calls[3]?.abort()
  calls[0]?.abort()
  await hasBegun('2.csv')
  for (const i of [1, 2, 4]) open(`${i}.csv`)
  expect((await ends).map(({ status }) => status === 'fulfilled')).toEqual([false, true, true, false, true]) // prettier-ignore
  expect([state.most, names(workspace)]).toEqual([2, ['D1', 'D2', 'D4']])
  expectTidy(workspace)
})

test('leaving the workspace ends what reads, and nothing of it is left', async () => {
  const { workspace, write, open, hasBegun } = await bench()
  const reading = importInto(workspace, 'A', [write('a.csv', lines(1, 2))])
  const refused = refusalOf(reading)
  await hasBegun('a.csv')
  const waiting = refusalOf(importInto(workspace, 'A', [write('b.csv', lines(1, 2))], { mode: 'append' })) // prettier-ignore
  await workspace.imports.stop()
  expect([await refused, await waiting]).toEqual(['internal/cancelled', 'internal/cancelled'])
  expectTidy(workspace)
  open('c.csv')
  expect((await importInto(workspace, 'C', [write('c.csv', lines(1, 2))])).dataset.rows).toBe(2)
})

test('what waits for its commit is stopped without waiting for what has the turn', async () => {
  const { workspace, write, open } = await bench()
  const call = new AbortController()
  const held = Promise.withResolvers<undefined>()
  const other = workspace.exclusive(() => held.promise)
  open('a.csv')
  const ask = askFor('A', [write('a.csv', lines(1, 2))], {}, call.signal)
  const refused = refusalOf(importDatasets(workspace, [ask]))
  await expect.poll(() => readdirSync(join(workspace.folder, 'extracts')).length).toBe(1)
  call.abort()
  expect(await refused).toBe('internal/cancelled')
  expectTidy(workspace)
  held.resolve(undefined)
  await other
  open('b.csv')
  expect((await importInto(workspace, 'A', [write('b.csv', lines(1, 3))])).dataset.rows).toBe(3)
  expectTidy(workspace)
})

test('a recipe that looked into a dataset another import has changed meanwhile is run again', async () => {
  const { workspace, write, have, open, hasBegun } = await bench()
  const { dataset: shops } = await have('shops', 'code,city\ns1,North\n')
  const { dataset: sales } = await have('sales', 'line,shop\n1,s1\n')
  await createRelationship(workspace, {
    from: { dataset: sales.id, fields: ['shop'] },
    to: { dataset: shops.id, fields: ['code'] },
  })
  const recipe = Recipe.parse({ format: 1, steps: [{ id: 'c', kind: 'formula', into: 'city', formula: 'RELATED([shops.city])' }] }) // prettier-ignore
  const tools = { signal: new AbortController().signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) } // prettier-ignore
  await applyRecipe(workspace, { dataset: sales.id, recipe, acceptLoss: true }, tools)
  open('more.csv')
  const more = write('more.csv', 'line,shop\n2,s1\n3,s1\n4,s1\n5,s1\n')
  const adding = importDatasets(workspace, [
    askFor('sales', [more], { mode: 'append' }),
    askFor('held', [write('held.csv', lines(1, 2))]),
  ])
  // Its recipe has run by now.
  await hasBegun('held.csv')
  open('moved.csv')
  await importInto(workspace, 'shops', [write('moved.csv', 'code,city\ns1,South\n')], {
    mode: 'replace',
  })
  open('held.csv')
  await adding
  const all = workspace.catalogue.datasets()
  const stored = all.find(({ id }) => id === sales.id)!
  expect(outdatedLookups(all, stored)).toEqual([])
  const sql = 'select distinct d.value from a.rows left join a.dict_c2 d on d.code = c2'
  const rows = await askExtract(workspace.extractPath(stored.file ?? ''), tempFolder(), sql)
  expect(JSON.stringify(rows)).toContain('South')
  expect(JSON.stringify(rows)).not.toContain('North')
})

type Step = { readonly do: 'begin' | 'through' | 'stop' | 'leaveOut'; readonly at: number }

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('begin', 'begin', 'through', 'stop', 'leaveOut'),
  at: fc.nat({ max: 5 }),
})

test('in whatever order imports begin, end and are stopped, what came in is whole and nothing else is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const { workspace, write, open, state } = await bench({ importsAtOnce: 2, readingsAtOnce: 2 })
      const runs = new Map<number, { whole: AbortController; alone: AbortController; end: Promise<string[]> }>() // prettier-ignore
      const begin = (at: number): void => {
        if (runs.has(at)) return
        const [whole, alone] = [new AbortController(), new AbortController()]
        // Odd ones go into the dataset of the one before.
        const shared = `S${at - (at % 2)}`
        const asks = [
          askFor(shared, [write(`s${at}.csv`, lines(at * 10, 2))], { mode: 'append' }, whole.signal), // prettier-ignore
          leftOutBy(askFor(`O${at}`, [write(`o${at}.csv`, lines(at * 10, 3))], {}, whole.signal), alone), // prettier-ignore
        ]
        const end = importDatasets(workspace, asks).then(
          (done) => done.map(({ dataset }) => dataset.name),
          () => [],
        )
        runs.set(at, { whole, alone, end })
      }
      for (const { do: what, at } of steps) {
        if (what === 'begin') begin(at)
        if (what === 'through') for (const kind of ['s', 'o']) open(`${kind}${at}.csv`)
        if (what === 'stop') runs.get(at)?.whole.abort()
        if (what === 'leaveOut') runs.get(at)?.alone.abort()
        await new Promise((resolve) => setImmediate(resolve))
      }
      for (const at of [0, 1, 2, 3, 4, 5]) for (const kind of ['s', 'o']) open(`${kind}${at}.csv`)
      const came = await Promise.all([...runs].map(async ([at, { end }]) => [at, await end] as const)) // prettier-ignore
      const expected = new Map<string, number>()
      for (const [at, done] of came) {
        for (const name of done) {
          expected.set(name, (expected.get(name) ?? 0) + (name === `O${at}` ? 3 : 2))
        }
      }
      const rows = workspace.catalogue.datasets().map(({ name, rows: count }) => [name, count] as const) // prettier-ignore
      expect(new Map(rows)).toEqual(expected)
      expect(state.most).toBeLessThanOrEqual(2)
      expectTidy(workspace)
      await workspace.close()
    }),
    { numRuns: 8 },
  )
}, 120_000)
