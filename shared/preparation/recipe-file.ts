import type { Outcome } from '../errors.ts'
import { fail, ok } from '../errors.ts'
import { Recipe } from './recipe.ts'

/** More than any recipe within its limits takes. */
export const maxRecipeBytes = 16 * 1024 * 1024

const toldFaults = 20

/** A recipe as it travels between analysts; `recipe/invalid` tells its faults and their places. */
export function readRecipeText(name: string, text: string): Outcome<Recipe, 'recipe/invalid'> {
  let raw: unknown
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return fail('recipe/invalid', { name, faults: [said] })
  }
  const read = Recipe.safeParse(raw)
  if (read.success) return ok(read.data)
  const faults = read.error.issues
    .slice(0, toldFaults)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
  return fail('recipe/invalid', { name, faults })
}

export const writeRecipeText = (recipe: Recipe): string => `${JSON.stringify(recipe, null, 2)}\n`
