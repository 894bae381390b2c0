import type { App } from '../state/app.ts'
import type { RecipeStore } from './recipe-store.ts'

/** A recipe handed on by somebody: its steps take the place of those edited now; nothing runs until it is applied. */
export async function openRecipe(app: App, recipe: RecipeStore): Promise<void> {
  const picked = await app.engine['host.pickOpen']({ purpose: 'recipe', multiple: false })
  if (!picked.ok) {
    app.shell.tellError(picked.error)
    return
  }
  const [file] = picked.value.files
  if (file === undefined) return
  const read = await app.engine['recipe.open']({ file })
  if (!read.ok) {
    app.shell.tellError(read.error)
    return
  }
  const { steps } = read.value.recipe
  recipe.replace(steps)
  app.shell.tell('info', { key: 'recipe.file.opened', values: { count: steps.length } })
}

/** The steps as they are edited now, under the name of their dataset. */
export async function saveRecipe(app: App, recipe: RecipeStore, dataset: string): Promise<void> {
  const suggestedName = dataset.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 120)
  const picked = await app.engine['host.pickSave']({ purpose: 'recipe', suggestedName })
  if (!picked.ok) {
    app.shell.tellError(picked.error)
    return
  }
  const { file } = picked.value
  if (file === null) return
  const { steps } = recipe.store.getState().history
  const saved = await app.engine['recipe.save']({ file, recipe: { format: 1, steps: [...steps] } })
  if (!saved.ok) app.shell.tellError(saved.error)
  else app.shell.tell('info', { key: 'recipe.file.saved', values: { file: file.name } })
}
