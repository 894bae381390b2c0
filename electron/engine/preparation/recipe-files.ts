import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { Recipe } from '../../../shared/preparation/recipe.ts'
import {
  maxRecipeBytes,
  readRecipeText,
  writeRecipeText,
} from '../../../shared/preparation/recipe-file.ts'

/** A stranger's file: refused before it is read when it is too large for a recipe. Throws AppErrorException or the system's error. */
export async function readRecipeFile(path: string): Promise<Recipe> {
  const name = basename(path)
  const { size } = await stat(path)
  if (size > maxRecipeBytes) throw new AppErrorException(appError('recipe/invalid', { name }))
  const read = readRecipeText(name, await readFile(path, 'utf8'))
  if (read.ok) return read.value
  throw new AppErrorException(read.error)
}

export async function fillRecipeFile(path: string, recipe: Recipe): Promise<void> {
  await writeFile(path, writeRecipeText(recipe))
}
