import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  fillRecipeFile,
  readRecipeFile,
} from '../../../electron/engine/preparation/recipe-files.ts'
import { Recipe } from '../../../shared/preparation/recipe.ts'
import { maxRecipeBytes } from '../../../shared/preparation/recipe-file.ts'
import { refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const recipe = Recipe.parse({
  format: 1,
  steps: [{ id: 'phone', kind: 'normalise', fields: ['手机号'], form: 'phone' }],
})

it('a recipe comes back from its file as it went in, with or without a byte order mark', async () => {
  const path = join(tempFolder(), 'r.json')
  await fillRecipeFile(path, recipe)
  const read = await readRecipeFile(path)
  expect(read).toEqual(recipe)
  writeFileSync(path, `\ufeff${readFileSync(path, 'utf8')}`)
  expect(await readRecipeFile(path)).toEqual(read)
})

it.each([
  ['text that is no JSON', 'not a recipe'],
  ['another file of ours', '{"storeboard":1,"report":{}}'],
  ['a recipe from later', '{"format":2,"steps":[]}'],
  ['a step nobody knows', '{"format":1,"steps":[{"id":"a","kind":"run","code":"1"}]}'],
  ['a key nobody knows', '{"format":1,"steps":[],"path":"/etc/passwd"}'],
])('%s is refused', async (_name, text) => {
  const path = join(tempFolder(), 'r.json')
  writeFileSync(path, text)
  expect(await refusalOf(readRecipeFile(path))).toBe('recipe/invalid')
})

it('a file larger than any recipe is refused without being read', async () => {
  const path = join(tempFolder(), 'r.json')
  writeFileSync(path, '')
  truncateSync(path, maxRecipeBytes + 1)
  expect(await refusalOf(readRecipeFile(path))).toBe('recipe/invalid')
})
