import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import type { Field } from '../../../../shared/data/field.ts'
import type { Outcome } from '../../../../shared/errors.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import type { RecipeStep } from '../../../../shared/preparation/recipe.ts'
import type { RecipePreview } from '../../../../shared/preparation/recipe-words.ts'
import { createRecipeStore } from '../../../../renderer/preparation/recipe-store.ts'
import {
  brokenCount,
  fieldsBefore,
  isEdited,
} from '../../../../renderer/preparation/recipe-state.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const dataset = cannedInfo.id
const phone: Field = { name: '电话', type: 'text', role: 'identifier' }
const city: Field = { name: '城市', type: 'text', role: 'dimension' }
const fields = [phone, city]
const dedupe: RecipeStep = { id: 'a', on: true, kind: 'dedupe', keys: ['电话'], keep: 'first' }
const remove: RecipeStep = { id: 'b', on: true, kind: 'remove', fields: ['城市'] }
const counts = { rowsBefore: 5, rowsAfter: 5, changed: 0, removed: 0, added: 0, lost: 0 }

/** Each step takes a row away; `remove` leaves out its fields; a step on a field that is gone is broken. */
function answerTo(ask: {
  recipe: { steps: readonly object[] }
  counts?: boolean | undefined
}): RecipePreview {
  const page = {
    ...{ offset: 0, sources: [], columns: [] },
    ...{ rowIds: new Float64Array(), sourceRows: new Float64Array() },
  }
  let now: Field[] = [...fields]
  let rows = 5
  const reports = (ask.recipe.steps as readonly RecipeStep[]).map((step) => {
    const missing = step.kind === 'dedupe' && !now.some(({ name }) => step.keys.includes(name))
    if (step.kind === 'remove') now = now.filter(({ name }) => !step.fields.includes(name))
    const counted = { ...counts, rowsBefore: rows, rowsAfter: rows - 1, removed: 1 }
    rows -= 1
    return {
      ...{ step: step.id, fields: now },
      ...(missing
        ? {
            state: 'broken' as const,
            problem: { reason: 'missingField' as const, fields: ['电话'] },
          }
        : { state: step.on ? ('on' as const) : ('off' as const) }),
      ...(ask.counts === false ? {} : { counts: counted }),
    }
  })
  const side = { fields, page }
  return { version: 1, before: side, after: side, steps: reports }
}

function open(steps: readonly RecipeStep[] = [], replace: Partial<Engine> = {}) {
  const fake = createFakeEngine({
    'dataset.recipe': () =>
      Promise.resolve(
        ok({
          ...{ dataset, version: 1, recipe: { format: 1 as const, steps: [...steps] } },
          imported: { fields, rows: 5 },
          lookups: [],
          steps: answerTo({ recipe: { steps }, counts: false }).steps,
        }),
      ),
    'dataset.recipePreview': (ask) => Promise.resolve(ok(answerTo(ask))),
    'dataset.applyRecipe': () =>
      Promise.resolve(
        ok({ state: 'applied' as const, dataset: { ...cannedInfo, rows: 4 }, rowsBefore: 5 }),
      ),
    ...replace,
  })
  const later: (() => void)[] = []
  const clock = { now: () => 0, after: (_: number, task: () => void) => void later.push(task) }
  const recipe = createRecipeStore({ engine: fake.engine, newId: repeatableIds(4), clock }, dataset)
  const asked = (name: string) =>
    fake.called.filter((call) => call.name === name).map(({ input }) => input)
  return { recipe, state: recipe.store.getState, asked, later }
}

/** Lets every answer that is there arrive. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const idsOf = (steps: readonly RecipeStep[]): string[] => steps.map(({ id }) => id)

describe('editing a recipe', () => {
  it('moves, switches and removes steps, and takes each edit back and forth again', async () => {
    const { recipe, state } = open([dedupe, remove])
    await recipe.load()
    expect(isEdited(state())).toBe(false)
    recipe.move('b', 0)
    expect(idsOf(state().history.steps)).toEqual(['b', 'a'])
    recipe.toggle('a')
    recipe.remove('b')
    expect(state().history.steps).toEqual([{ ...dedupe, on: false }])
    expect(isEdited(state())).toBe(true)
    recipe.undo()
    recipe.undo()
    expect(state().history.steps).toEqual([remove, dedupe])
    recipe.redo()
    expect(state().history.steps).toEqual([remove, { ...dedupe, on: false }])
    recipe.discard()
    expect(isEdited(state())).toBe(false)
    recipe.undo()
    expect(idsOf(state().history.steps)).toEqual(['b', 'a'])
  })

  it('keeps a note, and an emptied one is gone', async () => {
    const { recipe, state } = open([dedupe])
    await recipe.load()
    recipe.note('a', ' 按店长要求 ')
    expect(state().history.steps[0]).toEqual({ ...dedupe, note: '按店长要求' })
    recipe.note('a', '')
    expect(isEdited(state())).toBe(false)
  })

  it('makes one edit of a whole form, and none of a form that was dropped', async () => {
    const { recipe, state } = open([dedupe])
    await recipe.load()
    recipe.begin('remove')
    const draft = state().draft?.step
    if (draft?.kind !== 'remove') throw new Error('no form')
    recipe.change({ ...draft, fields: ['电话'] })
    recipe.change({ ...draft, fields: ['城市'] })
    expect(state().history.steps).toEqual([dedupe])
    recipe.keep()
    expect(state().history.steps).toEqual([dedupe, { ...draft, fields: ['城市'] }])
    expect(state().history.past).toHaveLength(1)
    recipe.begin('dedupe')
    recipe.drop()
    expect(state().history.past).toHaveLength(1)
  })

  it('puts a new step behind the chosen one, and names the fields there are at that step', async () => {
    const { recipe, state } = open([remove, dedupe])
    await recipe.load()
    recipe.choose('b')
    recipe.begin('rename')
    expect(state().draft).toMatchObject({ at: 1, isNew: true })
    expect(fieldsBefore(state(), 0)).toEqual(fields)
    expect(fieldsBefore(state(), 1)).toEqual([phone])
  })
})

describe('looking at a recipe', () => {
  it('asks for rows first and then for counts, of the steps as edited', async () => {
    const { recipe, state, asked } = open([dedupe, remove])
    await recipe.load()
    await settled()
    expect(asked('dataset.recipePreview')).toMatchObject([
      { step: null, counts: false, limit: 100 },
      { step: null, counts: true, limit: 1 },
    ])
    expect(state().preview.counts).toMatchObject({ rowsBefore: 5, rowsAfter: 3, removed: 2 })
    recipe.toggle('b')
    expect(asked('dataset.recipePreview').at(-1)).toMatchObject({
      recipe: { steps: [dedupe, { ...remove, on: false }] },
    })
    // Counts of steps before the edit still hold; those behind are counted anew.
    expect(state().reports['a']?.counts).toBeDefined()
    expect(state().reports['b']?.counts).toBeUndefined()
  })

  it('shows the newest answer, however late an older one comes', async () => {
    const waiting: ((answer: Outcome<RecipePreview>) => void)[] = []
    const { recipe, state } = open([dedupe, remove], {
      'dataset.recipePreview': () => new Promise((resolve) => void waiting.push(resolve as never)),
    })
    await recipe.load()
    recipe.choose('a')
    const answer = answerTo({ recipe: { steps: [dedupe, remove] }, counts: false })
    waiting[1]?.(ok({ ...answer, version: 2 }))
    await settled()
    waiting[0]?.(ok({ ...answer, version: 1 }))
    await settled()
    expect(state().preview).toMatchObject({ state: 'ready', shown: { step: 'a' } })
    expect(state().preview.shown?.answer.version).toBe(2)
  })

  it('waits with a step while it is typed, and says when looking was stopped or failed', async () => {
    const { recipe, state, asked, later } = open([dedupe])
    await recipe.load()
    await settled()
    recipe.edit('a')
    await settled()
    const before = asked('dataset.recipePreview').length
    recipe.change({ ...dedupe, keep: 'last' })
    recipe.change({ ...dedupe, keys: ['城市'] })
    for (const task of later) task()
    await settled()
    expect(asked('dataset.recipePreview').slice(before)).toMatchObject([
      { step: 'a', recipe: { steps: [{ keys: ['城市'] }] } },
      { step: 'a', counts: true },
    ])
    recipe.stopLooking()
    expect(state().preview.state).toBe('cancelled')
    const failing = open([dedupe], {
      'dataset.recipePreview': () => Promise.resolve(fail('query/timedOut')),
    })
    await failing.recipe.load()
    await settled()
    expect(failing.state().preview).toMatchObject({ state: 'failed', error: { code: 'query/timedOut' } }) // prettier-ignore
  })

  it('counts the other steps again beside a draft somebody comes back to', async () => {
    const { recipe, state } = open([dedupe, remove])
    await recipe.load()
    await settled()
    recipe.begin('rename')
    const draft = state().draft?.step
    if (draft?.kind !== 'rename') throw new Error('no form')
    recipe.change({ ...draft, names: [{ field: '城市', to: '城' }] })
    const countsNow = () => ['a', 'b'].map((id) => state().reports[id]?.counts !== undefined)
    await recipe.load()
    await settled()
    expect(state().draft).not.toBeNull()
    expect(countsNow()).toEqual([true, true])
  })

  it('counts steps that are broken, but not those switched off', async () => {
    const gone: RecipeStep = { ...remove, fields: ['电话'] }
    const { recipe, state } = open([gone, dedupe])
    await recipe.load()
    await settled()
    expect(brokenCount(state())).toBe(1)
    recipe.toggle('a')
    expect(brokenCount(state())).toBe(0)
  })
})

describe('applying a recipe', () => {
  it('sends the steps as edited and says rows before and after', async () => {
    const { recipe, state, asked } = open()
    await recipe.load()
    recipe.append(dedupe, false)
    await recipe.apply()
    expect(asked('dataset.applyRecipe')).toEqual([
      { dataset, recipe: { format: 1, steps: [dedupe] }, acceptLoss: false },
    ])
    expect(state().run).toEqual({ state: 'done', rowsBefore: 5, rowsAfter: 4 })
    expect(isEdited(state())).toBe(false)
    recipe.undo()
    expect(isEdited(state())).toBe(true)
  })

  it('asks before reports lose fields, and goes on when told to', async () => {
    const question = {
      ...{ vanished: [city], retyped: [] },
      reports: [{ title: '会员概览', fields: ['城市'] }],
    }
    const { recipe, state, asked } = open([], {
      'dataset.applyRecipe': ({ acceptLoss }) =>
        Promise.resolve(
          acceptLoss === true
            ? ok({ state: 'applied' as const, dataset: cannedInfo, rowsBefore: 5 })
            : ok({ state: 'question' as const, question }),
        ),
    })
    await recipe.load()
    recipe.append(remove, false)
    await recipe.apply()
    expect(state().run).toEqual({ state: 'question', question })
    expect(isEdited(state())).toBe(true)
    await recipe.apply(true)
    expect(asked('dataset.applyRecipe').at(-1)).toMatchObject({ acceptLoss: true })
    expect(state().run.state).toBe('done')
  })

  it('can be stopped, and the edits stay', async () => {
    const { recipe, state } = open([], {
      'dataset.applyRecipe': (_ask, options) =>
        new Promise((resolve) =>
          options?.signal?.addEventListener('abort', () => resolve(fail('internal/cancelled'))),
        ),
    })
    await recipe.load()
    recipe.append(remove, false)
    const run = recipe.apply()
    expect(state().run.state).toBe('running')
    recipe.stopApplying()
    await run
    expect(state().run.state).toBe('cancelled')
    expect(state().history.steps).toEqual([remove])
  })
})
