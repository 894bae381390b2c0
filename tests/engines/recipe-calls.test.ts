import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CallName, Input, Output, Part } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { ReportQuery } from '../../shared/query/report-query.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { startProcess } from '../support/job-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** The whole engine with real job and query processes, on a dataset of `rows` sales. */
async function bench(rows: number) {
  const host = createFakeHost({ startProcess })
  const engine = createEngine(host, { version: '0', systemLanguage: 'en', checkOutput: true })
  onTestFinished(() => engine.close())
  const folder = tempFolder()
  const path = join(folder, '销售.csv')
  const line = (i: number): string => ` s${i % 50} ,2025-01-${String((i % 28) + 1).padStart(2, '0')},${i % 7}.50\n` // prettier-ignore
  writeFileSync(path, `店号,日期,金额\n${Array.from({ length: rows }, (_, i) => line(i)).join('')}`)
  const call = async <C extends CallName>(
    name: C,
    input: Input<C>,
    signal = new AbortController().signal,
    onPart: (part: Part<C>) => void = () => undefined,
  ): Promise<Outcome<Output<C>>> =>
    // The dispatcher checked the answer against this very call's schema.
    (await engine.call(name, input, {
      signal,
      part: (payload: unknown) => onPart(payload as never),
    })) as Outcome<never>
  const value = async <C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> => {
    const outcome = await call(name, input)
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`)
    return outcome.value
  }
  const parts = [{ file: host.files.register(path).id }]
  const orders = [{ name: 'sales', mode: 'fail' as const, overrides: [], parts }]
  const [imported] = (await value('dataset.import', { orders })).datasets
  const extracts = (): string[] => readdirSync(join(host.folders.documents, 'Storeboard/extracts'))
  return { folder, host, call, value, dataset: imported!.dataset, extracts }
}

const recipeOf = (...steps: object[]): Recipe => Recipe.parse({ format: 1, steps })
const trimming = { id: 'a', kind: 'normalise', fields: ['店号'], space: 'ends', case: 'upper' }
const before2025 = { field: '日期', op: 'range', from: '2025-01-02', to: '2025-01-03' }
const filtering = { id: 'b', kind: 'filter', when: { filters: [before2025] } }

test('a column that is of the type already is changed in no row, another in each that is filled', async () => {
  const { value, dataset } = await bench(280)
  const steps = [
    { id: 'day', kind: 'type', field: '日期', to: 'date' },
    { id: 'text', kind: 'type', field: '日期', to: 'text' },
  ]
  const ask = { dataset: dataset.id, recipe: recipeOf(...steps), step: null, offset: 0, limit: 1 }
  const { steps: told } = await value('dataset.recipePreview', { ...ask, counts: true })
  expect(told.map(({ counts }) => [counts?.changed, counts?.lost])).toEqual([
    [0, 0],
    [280, 0],
  ])
})

test('a recipe is tried in the query process, run by a job and asked by questions', async () => {
  const { call, value, dataset } = await bench(28_000)
  const recipe = recipeOf(trimming, filtering)
  const ask = { dataset: dataset.id, recipe, step: 'b', offset: 1990, limit: 20, counts: true }
  const tried = await value('dataset.recipePreview', ask)
  expect(tried.steps.map(({ counts }) => counts)).toMatchObject([
    { rowsBefore: 28_000, changed: 28_000, lost: 0 },
    { rowsBefore: 28_000, rowsAfter: 2000, removed: 26_000 },
  ])
  expect(tried.after.page.sourceRows).toHaveLength(10)
  expect(tried.before.page.sourceRows).toHaveLength(20)
  const phases = new Set<string>()
  const applied = await call('dataset.applyRecipe', { dataset: dataset.id, recipe, acceptLoss: false }, undefined, ({ phase }) => phases.add(phase)) // prettier-ignore
  expect(applied).toMatchObject({ ok: true, value: { state: 'applied', dataset: { rows: 2000 } } })
  expect([...phases].length).toBeGreaterThan(0)
  const query = ReportQuery.parse({
    dataset: dataset.id,
    ...{ rows: [{ field: '店号' }], measures: [{ aggregate: 'count' }] },
  })
  const result = await value('query.run', { query })
  expect(result.baseRows).toBe(2000)
  expect(result.rows.paths.flat()).toContain('S1')
  const saved = await value('dataset.recipe', { dataset: dataset.id })
  expect(saved).toMatchObject({ version: 2, recipe, imported: { rows: 28_000 } })
  // Trying the next step still starts from the rows as imported.
  const again = await value('dataset.recipePreview', { ...ask, recipe: recipeOf(trimming), step: null }) // prettier-ignore
  expect(again.steps[0]?.counts?.rowsAfter).toBe(28_000)
})

test('a preview that is withdrawn stops, and a preparation that is cancelled leaves nothing', async () => {
  const { call, value, dataset, extracts } = await bench(60_000)
  const many = Array.from({ length: 60 }, (_, index) => ({ ...trimming, id: `n${index}`, form: 'phone' })) // prettier-ignore
  const ask = { dataset: dataset.id, recipe: recipeOf(...many), step: null, offset: 0, limit: 10, counts: true } // prettier-ignore
  const preview = new AbortController()
  setTimeout(() => preview.abort(), 30)
  expect(await call('dataset.recipePreview', ask, preview.signal)).toMatchObject({
    error: { code: 'query/cancelled' },
  })
  const before = extracts()
  const apply = new AbortController()
  const applied = await call(
    'dataset.applyRecipe',
    { dataset: dataset.id, recipe: recipeOf(trimming), acceptLoss: false },
    apply.signal,
    () => apply.abort(),
  )
  expect(applied).toMatchObject({ error: { code: 'internal/cancelled' } })
  expect(extracts()).toEqual(before)
  expect((await value('dataset.recipe', { dataset: dataset.id })).recipe.steps).toEqual([])
})

test('class sets get a new version when they are saved again', async () => {
  const { call, value } = await bench(10)
  const rules = [{ name: '大', when: { match: 'all' as const, filters: [{ field: '金额', op: 'range' as const, from: 3 }] } }] // prettier-ignore
  const first = await value('classSet.save', { name: '档次', rules, otherwise: '小' })
  const second = await value('classSet.save', {
    id: first.id,
    name: '档次',
    rules,
    otherwise: null,
  })
  expect([first.version, second.version, second.id]).toEqual([1, 2, first.id])
  expect((await value('classSet.list', {})).sets).toEqual([second])
  const gone = { id: 'cls_aaaaaa', name: 'x', rules, otherwise: null }
  expect(await call('classSet.save', gone)).toMatchObject({ error: { code: 'recipe/classSetGone' } }) // prettier-ignore
})
