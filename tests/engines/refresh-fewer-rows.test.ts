import { expect, test } from 'vitest'
import { applyRecipe } from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { importInto } from '../support/open-workspace.ts'
import { refreshBench } from '../support/refresh-bench.ts'

const sales = (rows: number, from = 0): string =>
  ['单号,门店,金额', ...Array.from({ length: rows }, (_, i) => `R${i},徐汇,${from + i}.50`)].join(
    '\n',
  )

test('of seven hundred rows three are a question, a twentieth is none; it can be accepted', async () => {
  const { workspace, file, refresh } = await refreshBench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', sales(700))])
  file('a.csv', sales(3))
  expect(await refresh(dataset.id)).toMatchObject({
    ...{ state: 'question', dataset: { rows: 700 } },
    question: { shrunk: [{ file: 'a.csv', before: 700, after: 3 }], emptied: [], vanished: [] },
  })
  file('a.csv', sales(35))
  expect(await refresh(dataset.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 35 } })
  // A list of a few dozen rows is no export of a month.
  file('a.csv', sales(1))
  expect(await refresh(dataset.id)).toMatchObject({ state: 'refreshed', dataset: { rows: 1 } })
  file('a.csv', sales(900))
  await refresh(dataset.id)
  file('a.csv', sales(44))
  expect((await refresh(dataset.id)).state).toBe('question')
  expect(await refresh(dataset.id, { acceptLoss: true })).toMatchObject({ dataset: { rows: 44 } })
})

test('a recipe that leaves nothing of the new rows is a question', async () => {
  const { workspace, file, refresh } = await refreshBench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', sales(20))])
  const when = { filters: [{ field: '金额', op: 'range', from: 0, to: 100 }] }
  const recipe = Recipe.parse({ format: 1, steps: [{ id: 'a', kind: 'filter', when }] })
  const signal = new AbortController().signal
  const tools = { signal, onProgress: () => undefined, readReport: () => Promise.resolve(undefined) } // prettier-ignore
  await applyRecipe(workspace, { dataset: dataset.id, recipe, acceptLoss: false }, tools)
  file('a.csv', sales(20, 1000))
  expect(await refresh(dataset.id)).toMatchObject({
    ...{ state: 'question', dataset: { rows: 20 } },
    question: { resultEmpty: 'recipe', emptied: [], shrunk: [] },
  })
  const taken = await refresh(dataset.id, { acceptLoss: true })
  expect(taken).toMatchObject({ state: 'refreshed', rowsBefore: 20, dataset: { rows: 0 } })
})

test('a refresh says which fields went and which changed their type', async () => {
  const { workspace, file, refresh } = await refreshBench()
  const { dataset } = await importInto(workspace, 'D', [file('a.csv', sales(5))])
  file('a.csv', '单号,金额\nR1,甲\nR2,乙\n')
  const done = await refresh(dataset.id, { acceptLoss: true })
  expect(done).toMatchObject({
    lost: { gone: ['门店'], retyped: [{ field: '金额', from: 'decimal', to: 'text' }] },
  })
  file('a.csv', '单号,金额,门店\nR1,甲,徐汇\nR2,乙,徐汇\n')
  expect(await refresh(dataset.id)).not.toHaveProperty('lost')
})
