import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyRecipe } from '../../electron/engine/workspace/preparation/apply-recipe.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { askExtract } from '../support/import-files.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { tempFolder } from '../support/temp-folder.ts'

const resources = join(import.meta.dirname, '../../resources')

test('the recipe shipped with the sample chain cleans its member list and loses nothing', async () => {
  const folder = tempFolder()
  const workspace = await openWorkspace(join(folder, 'w'))
  const path = join(resources, 'sample/会员名单.xlsx')
  const { dataset } = await importInto(workspace, 'D', [path])
  const text = readFileSync(join(resources, 'starter/members.recipe.json'), 'utf8')
  const recipe = Recipe.parse(JSON.parse(text))
  const dirty = workspace.catalogue.dataset(dataset.id)!
  const applied = await applyRecipe(
    workspace,
    { dataset: dataset.id, recipe, acceptLoss: false },
    {
      ...{ signal: new AbortController().signal, onProgress: () => undefined },
      readReport: () => Promise.resolve(undefined),
    },
  )
  expect(applied).toMatchObject({ state: 'applied', rowsBefore: 30_600, dataset: { rows: 30_600 } })
  const clean = workspace.catalogue.dataset(dataset.id)!
  const place = (name: string): number => clean.fields.findIndex((field) => field.name === name)
  const field = (name: string) => clean.fields[place(name)]
  expect([field('生日')?.type, field('注册日期')?.type]).toEqual(['date', 'date'])
  const blanks = (names: readonly string[], fields: typeof clean.fields): unknown =>
    names.map((name) => fields.find((one) => one.name === name)?.blanks)
  const names = ['手机号', '生日', '注册日期', '城市']
  expect(blanks(names, clean.fields)).toEqual(blanks(names, dirty.fields))
  const values = async (name: string): Promise<string[]> =>
    (
      await askExtract(
        workspace.extractPath(clean.file!),
        folder,
        `select value from a.dict_c${place(name)}`,
      )
    ).map(([value]) => String(value))
  const phones = await values('手机号')
  // Some clerk left a digit out: no step invents it.
  expect(phones.filter((phone) => !/^1\d{9,10}$/.test(phone))).toEqual([])
  expect((await values('城市')).filter((city) => city.endsWith('市'))).toEqual([])
  // Cards of one person carry one number once it is written in one way.
  const typed = new Set(dirty.fields.map((one) => (one.name === '手机号' ? one.distinct : 0)))
  expect(phones.length).toBeLessThan(Math.max(...typed))
})
