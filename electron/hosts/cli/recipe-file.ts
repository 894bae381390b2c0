import { basename } from 'node:path'
import { AppErrorException } from '../../../shared/errors.ts'
import type { Recipe } from '../../../shared/preparation/recipe.ts'
import { readRecipeText } from '../../../shared/preparation/recipe-file.ts'
import { readInput } from './arguments.ts'

/** Throws AppErrorException: `recipe/invalid` with every fault and its place, or what kept the file from being read. */
export async function readRecipe(file: string): Promise<Recipe> {
  const read = readRecipeText(basename(file), await readInput(file))
  if (read.ok) return read.value
  throw new AppErrorException(read.error)
}
