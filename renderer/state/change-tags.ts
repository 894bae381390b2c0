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
  if (refused) app.shell.tellError(refused)
  else if (app.shell.store.getState().route === 'data') {
    app.shell.tell('success', { key: 'tags.changed', values: { field: field.name } })
  }
}

export async function stepTags(app: App, step: 'undo' | 'redo'): Promise<void> {
  const refused = await app.tags[step]()
  if (refused) app.shell.tellError(refused)
}
