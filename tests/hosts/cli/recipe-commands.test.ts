import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function bench() {
  const folder = tempFolder()
  return {
    file: (name: string, content: string | object): string => {
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    run: (...args: string[]) =>
      runCli(join(folder, 'settings'), [...args, '--workspace', join(folder, 'space')]),
  }
}

const trimming = { id: 'trim', kind: 'normalise', fields: ['shop'], space: 'ends', case: 'upper' }
const distinct = { id: 'one', kind: 'dedupe', keys: ['shop'], keep: 'first' }
const recipe = (...steps: object[]): object => ({ format: 1, steps })

test('a recipe goes in with the files, is shown, tried, changed and replayed', async () => {
  const { file, run } = bench()
  const sales = file('sales.csv', 'shop,amount\n a1,1.5\nA1 ,2.5\nb2,3\n')
  const first = await run('import', sales, '--recipe', file('r.json', recipe(trimming)))
  expect(first.json()).toMatchObject({ datasets: [{ name: 'sales', rows: 3 }] })
  const shown = await run('recipe', 'sales')
  expect(shown.json()).toMatchObject({
    ...{ name: 'sales', version: 1, importedRows: 3, recipe: { format: 1 } },
    steps: [{ step: 'trim', state: 'on', fields: ['shop', 'amount'] }],
  })
  const both = file('both.json', recipe(trimming, distinct))
  const tried = await run('recipe', 'sales', '--preview', both, '--step', 'one')
  expect(tried.json()).toMatchObject({
    steps: [{ counts: { changed: 3 } }, { counts: { rowsBefore: 3, rowsAfter: 2, removed: 1 } }],
    before: { rows: [{ cells: ['A1', 1.5] }, { cells: ['A1', 2.5] }, { row: 4 }] },
    after: { rows: [{ source: 'sales.csv', row: 2, cells: ['A1', 1.5] }, { row: 4 }] },
  })
  const applied = await run('recipe', 'sales', '--apply', both)
  expect(applied.json()).toMatchObject({ state: 'applied', version: 2, rowsBefore: 3, rows: 2 })
  file('sales.csv', 'shop,amount\n a1,1.5\nc3,9\n')
  expect((await run('refresh')).json()).toMatchObject({
    datasets: [{ state: 'refreshed', version: 3, rows: 2 }],
  })
  file('sales.csv', 'store,amount\na1,1.5\n')
  expect((await run('refresh')).failure()).toMatchObject({
    code: 'dataset/schemaChanged',
    details: { steps: ['normalise shop', 'dedupe shop'] },
  })
})

test('what is no recipe, or cannot run, is said with its place and changes nothing', async () => {
  const { file, run } = bench()
  const sales = file('sales.csv', 'shop,amount\na1,1.5\n')
  await run('import', sales)
  const wrong = await run('recipe', 'sales', '--apply', file('w.json', recipe({ ...trimming, fields: [] }))) // prettier-ignore
  expect(wrong.code).toBe(4)
  const { code, details } = wrong.failure()
  expect([code, String(details['faults'])]).toEqual(['recipe/invalid', expect.stringContaining('steps.0.fields')]) // prettier-ignore
  const text = await run('recipe', 'sales', '--apply', file('t.json', 'no json'))
  expect(text.failure().code).toBe('recipe/invalid')
  const gone = recipe({ ...trimming, fields: ['shop', 'nowhere'] })
  const broken = await run('recipe', 'sales', '--apply', file('g.json', gone))
  expect(broken.failure()).toMatchObject({
    ...{ code: 'recipe/broken', details: { step: 1, kind: 'normalise', fields: ['nowhere'] } },
    message: expect.stringContaining('nowhere') as string,
  })
  expect((await run('recipe', 'sales', '--show', '--apply', 'x')).code).toBe(2)
  expect((await run('recipe', 'sales')).json()).toMatchObject({ version: 1, recipe: { steps: [] } })
})

test('a preview masks what tells of a person unless asked otherwise', async () => {
  const { file, run } = bench()
  await run('import', file('m.csv', '会员号,手机\n1,+86 13812345678\n'))
  const form = { id: 'p', kind: 'normalise', fields: ['手机'], form: 'phone' }
  const path = file('p.json', recipe(form))
  const masked = await run('recipe', 'm', '--preview', path)
  expect(masked.code).toBe(0)
  expect(masked.out).not.toContain('12345')
  const full = await run('recipe', 'm', '--preview', path, '--personal', 'full')
  expect(full.json()).toMatchObject({ after: { rows: [{ cells: ['1', '13812345678'] }] } })
})

test('the schema of a recipe is the one files are read by', async () => {
  const schema = (await runCli(tempFolder(), ['schema', 'recipe'])).json()
  expect(schema).toMatchObject({ type: 'object', required: ['format', 'steps'] })
})
