import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { writeField } from '../../shared/expression/scope.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { fieldId, slotOf } from '../../shared/report/field-use.ts'
import { measureNames } from '../../shared/report/measure-names.ts'
import { formulaNamed } from '../../shared/report/report-formulas.ts'
import type { DatasetSlot, Report } from '../../shared/report/report.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { App } from '../state/app.ts'
import { selectedBlocks, slotFor } from '../state/board-actions.ts'
import type { FormulaAsk } from '../state/shell-store.ts'
import type { FormulaDraft } from './formula-draft.ts'

export interface DraftStart {
  readonly draft: FormulaDraft
  /** The dataset of the workspace in the draft's slot. */
  readonly dataset: string | undefined
  /** Whose cells it could be computed from. */
  readonly block: string | undefined
  readonly isNew: boolean
}

/** A dialog of what there is, or of a new field where it is most likely wanted. */
export function startDraft(app: App, ask: FormulaAsk): DraftStart {
  const open = app.documents.current()
  if (!open) throw new Error('No report is open')
  const { report } = open.history
  const known = ask.id === undefined ? undefined : report.formulas?.[ask.id]
  if (known) {
    const slot = report.datasets[known.slot]
    if (!slot) throw new Error('A calculated field without its slot')
    const { id, name, text, format, kind } = known
    const over = kind === 'cells' ? 'cells' : 'data'
    return {
      draft: { id, slot, name, text, format, over },
      dataset: open.bindings[slot.id],
      block: ask.block ?? blockShowing(report, fieldId(slot.id, name))?.id,
      isNew: false,
    }
  }
  const block = ask.block === undefined ? chosenBlock(app) : blockIn(report, ask.block)
  const { slot, dataset } = homeOf(app, ask, report, block)
  const pill = ask.pill
  const measure = pill !== undefined && block ? nameOfMeasure(block, pill) : undefined
  const draft: FormulaDraft = {
    ...{ id: app.newId('fx'), slot, name: '', format: undefined },
    over: ask.over ?? 'data',
    text: measure === undefined ? '' : writeField(measure),
  }
  return { draft, dataset, block: block?.id, isNew: true }
}

const showsCells = ({ kind }: Block): boolean => kind === 'crosstab' || kind === 'chart'

function chosenBlock(app: App): Block | undefined {
  const [only, ...others] = selectedBlocks(app)
  return only && others.length === 0 && showsCells(only) ? only : undefined
}

const blocksOf = (report: Report): Block[] =>
  Object.values(report.pages).flatMap(({ blocks }) => Object.values(blocks))

const blockIn = (report: Report, id: string): Block | undefined =>
  blocksOf(report).find((block) => block.id === id)

const blockShowing = (report: Report, field: string): Block | undefined =>
  blocksOf(report).find(
    (block) => showsCells(block) && allPills(block).some(({ use }) => use.field === field),
  )

/** The name asked for, else the slot of the block at hand, else the first the report has, else the first dataset. */
function homeOf(
  app: App,
  ask: FormulaAsk,
  report: Report,
  block: Block | undefined,
): { readonly slot: DatasetSlot; readonly dataset: string | undefined } {
  const bindings = app.documents.current()?.bindings ?? {}
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const asked = datasets.find(({ id }) => id === ask.dataset)
  if (asked) return slotOfDataset(app, asked)
  const uses = block ? allPills(block).map(({ use }) => use) : []
  const pill = uses.find(({ id }) => id === ask.pill) ?? uses.find(({ aggregate }) => aggregate)
  const slot = pill ? report.datasets[slotOf(pill.field)] : Object.values(report.datasets)[0]
  if (slot) return { slot, dataset: bindings[slot.id] }
  const [first] = datasets
  if (!first) throw new Error('Nothing to compute from')
  return slotOfDataset(app, first)
}

export function slotOfDataset(
  app: App,
  dataset: DatasetInfo,
): { readonly slot: DatasetSlot; readonly dataset: string } {
  return { slot: slotFor(app, dataset).slot, dataset: dataset.id }
}

const nameOfMeasure = (block: Block, pill: string): string | undefined =>
  [...measureNames(block)].find(([, id]) => id === pill)?.[0]

/** Why the draft cannot be kept under its name. */
export function nameFault(draft: FormulaDraft, report: Report): 'empty' | 'taken' | null {
  const name = draft.name.trim()
  if (name === '') return 'empty'
  const taken = formulaNamed(report, draft.slot.id, name)
  const column = draft.slot.fields.some((field) => field.name === name)
  return column || (taken && taken.id !== draft.id) ? 'taken' : null
}
