import { reachableOver } from '../../shared/report/page-questions.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { canSortBy } from '../../shared/report/sortable.ts'
import type { App } from './app.ts'
import { presentBindings } from './app.ts'

/** Whether the block's lines under some pills can be sorted by a measure of it. */
export function isSortable(
  app: App,
  block: Block,
  pills: readonly string[],
  measure: FieldUse,
): boolean {
  const open = app.documents.current()
  if (!open || saysWords(app, block, measure)) return false
  const { relationships = [] } = app.workspace.store.getState().current ?? {}
  const bindings = presentBindings(app, open.bindings)
  const context = { bindings, reachable: reachableOver(relationships) }
  return canSortBy(open.history.report, block, pills, measure, context)
}

/** As last answered: a formula that gives texts orders nothing. */
export function saysWords(
  { results }: Pick<App, 'results'>,
  block: Block,
  measure: FieldUse,
): boolean {
  const answer = results.store.getState().blocks[block.id]?.shown?.answer
  if (answer?.state !== 'result') return false
  const type = answer.result.measures.find(({ name }) => name === measure.id)?.type
  return type === 'text' || type === 'boolean'
}
