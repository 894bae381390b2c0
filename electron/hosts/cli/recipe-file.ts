import { basename } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { Recipe } from '../../../shared/preparation/recipe.ts'
import { readInput } from './arguments.ts'

/** Throws AppErrorException: `recipe/invalid` with every fault and its place, or what kept the file from being read. */
export async function readRecipe(file: string): Promise<Recipe> {
  const name = basename(file)
  const refuse = (faults: readonly string[]): AppErrorException =>
    new AppErrorException(appError('recipe/invalid', { name, faults: [...faults] }))
  let raw: unknown
  try {
    raw = JSON.parse(await readInput(file))
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse([error.message])
    throw error
  }
  const read = Recipe.safeParse(raw)
  if (read.success) return read.data
  throw refuse(
    read.error.issues.slice(0, 20).map(({ path, message }) => `${path.join('.')}: ${message}`),
  )
}
