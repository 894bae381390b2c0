import type { Command } from '../../shared/report/commands/commands.ts'
import { shelfTakes } from '../../shared/report/commands/shelf-commands.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { fieldId } from '../../shared/report/field-use.ts'
import type { ReportFormula } from '../../shared/report/formula.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { App } from '../state/app.ts'
import { slotFor } from '../state/board-actions.ts'
import type { FormulaAsk } from '../state/shell-store.ts'
import type { FormulaDraft, Surroundings } from './formula-draft.ts'
import { datasetsToAdd } from './formula-draft.ts'

interface Kept {
  readonly ask: FormulaAsk
  readonly draft: FormulaDraft
  readonly home: string | undefined
  readonly formula: ReportFormula
  readonly around: Surroundings
}

/** Puts the field into the report as one step, with datasets it names and a pill where it was asked for; false if refused. */
export function keepDraft(app: App, { ask, draft, home, formula, around }: Kept): boolean {
  const report = app.documents.current()?.history.report
  if (!report) return false
  const { slot } = draft
  const commands: Command[] = []
  const bound: (readonly [string, string])[] = []
  if (!report.datasets[slot.id]) {
    commands.push({ name: 'slot.add', args: { slot } })
    if (home !== undefined) bound.push([slot.id, home])
  }
  for (const dataset of datasetsToAdd(draft, around)) {
    const { add, slot: other } = slotFor(app, dataset)
    if (!add || other.id === slot.id) continue
    commands.push(add)
    bound.push([other.id, dataset.id])
  }
  commands.push({ name: 'formula.set', args: { formula } }, ...placing(app, ask, formula, around))
  const isNew = report.formulas?.[formula.id] === undefined
  for (const [id, dataset] of bound) app.documents.bind(id, dataset)
  const label = isNew ? 'command.formula.add' : 'command.formula.set'
  const refused = app.documents.runAll(commands, label)
  if (refused) app.shell.tell('info', { key: `refused.${refused}` })
  return refused === null
}

/** Beside the measure it was made from, where there is room. */
function placing(
  app: App,
  ask: FormulaAsk,
  formula: ReportFormula,
  { block }: Surroundings,
): Command[] {
  if (ask.pill === undefined || !block) return []
  const from = allPills(block).find(({ use }) => use.id === ask.pill)
  if (!from || formula.kind === 'row') return []
  const use: FieldUse = {
    id: app.newId('pl'),
    field: fieldId(formula.slot, formula.name),
    aggregate: formula.kind === 'cells' ? 'cells' : 'formula',
  }
  if (!shelfTakes(block, from.shelf, use)) return []
  const pills = allPills(block).filter(({ shelf }) => shelf === from.shelf)
  const index = pills.findIndex(({ use: one }) => one.id === ask.pill) + 1
  return [{ name: 'shelf.placeField', args: { block: block.id, shelf: from.shelf, index, use } }]
}
