import type { Field } from '../../shared/data/field.ts'
import type { App } from './app.ts'
import type { Tags } from './tag-history.ts'

/** Says what a column stands for; refused changes are told. */
export async function changeTags(
  app: App,
  dataset: string,
  field: Field,
  part: Partial<Tags>,
): Promise<void> {
  const refused = await app.tags.change(dataset, field, part)
  if (refused) {
    app.shell.tellError(refused)
    return
  }
  // Elsewhere Ctrl+Z is the report's.
  const key = app.shell.store.getState().route === 'data' ? 'tags.changed' : 'tags.changedHere'
  app.shell.tell('success', { key, values: { field: field.name } })
}

/** The last change, to be taken back from the menu it was made with. */
export function lastTagChange(app: App): { readonly field: string; undo(): void } | undefined {
  const last = app.tags.store.getState().done.at(-1)
  return last && { field: last.field, undo: () => void stepTags(app, 'undo') }
}

export async function stepTags(app: App, step: 'undo' | 'redo'): Promise<void> {
  const refused = await app.tags[step]()
  if (refused) app.shell.tellError(refused)
}
