import type { Field } from '../data/field.ts'
import type { MessageKey } from '../text/messages.ts'
import type { TextValues } from '../text/format.ts'
import type { Block } from './blocks/block.ts'
import type { Frame } from './blocks/block-base.ts'
import { findFreeFrame } from './board-geometry.ts'
import type { Command } from './commands/commands.ts'
import type { FieldUse } from './field-use.ts'
import { fieldNameOf, isFormula, slotOf } from './field-use.ts'
import { fieldOf } from './captions.ts'
import type { FormulaKind } from './formula.ts'
import type { NewId } from './ids.ts'
import { defaultSize, newBlock, newFieldUse, newFormulaUse, sensibleBlock } from './new-block.ts'
import { formulaOf } from './report-formulas.ts'
import type { BoardPage, DatasetSlot, Report } from './report.ts'
import type { ShelfName, ShelfRule } from './shelves.ts'
import { allPills, draftPills, pillsOf, shelfRules } from './shelves.ts'

/** What is in the hand: a field of a slot (which the report may not have yet), or a pill of a block. */
export type Dragged =
  | {
      readonly kind: 'field'
      readonly slot: DatasetSlot
      readonly field: Field
      /** Of a calculated field. */
      readonly formula?: FormulaKind
    }
  | { readonly kind: 'pill'; readonly block: string; readonly pill: string }

export type DropTarget =
  | {
      readonly kind: 'board'
      readonly page: string
      readonly at: { readonly x: number; readonly y: number }
    }
  | { readonly kind: 'block'; readonly block: string }
  | {
      readonly kind: 'shelf'
      readonly block: string
      readonly shelf: ShelfName
      readonly index: number
    }
  | { readonly kind: 'pill'; readonly block: string; readonly pill: string }
  /** Back onto the list of fields. */
  | { readonly kind: 'fields' }

/** What a drop would do: said before, done after. Refused drops have no commands and say why. */
export interface DropIntent {
  readonly label: MessageKey
  readonly values: TextValues
  readonly shelf?: ShelfName
  readonly commands: readonly Command[]
  /** Undo's name for it. */
  readonly step: MessageKey
  /** Blocks selected afterwards. */
  readonly select: readonly string[]
  /** Where a new block would go. */
  readonly frame?: Frame
}

interface Hand {
  readonly slot: DatasetSlot
  readonly field: Field
  readonly formula: FormulaKind | undefined
  readonly from?: { readonly block: Block; readonly use: FieldUse; readonly shelf: ShelfName }
}

export function dropIntent(
  report: Report,
  dragged: Dragged,
  target: DropTarget,
  newId: NewId,
): DropIntent | null {
  const hand = handOf(report, dragged)
  if (!hand) return null
  switch (target.kind) {
    case 'board':
      return ontoBoard(report, hand, target, newId)
    case 'fields':
      return ontoFields(hand)
    case 'block': {
      const block = findBlock(report, target.block)
      return block && ontoBlock(report, hand, block, newId)
    }
    case 'shelf': {
      const block = findBlock(report, target.block)
      return block && ontoShelf(report, hand, block, target.shelf, target.index, newId)
    }
    case 'pill': {
      const block = findBlock(report, target.block)
      return block && ontoPill(report, hand, block, target.pill, newId)
    }
  }
}

function findBlock(report: Report, id: string): Block | null {
  for (const page of Object.values(report.pages)) {
    const block = page.blocks[id]
    if (block) return block
  }
  return null
}

function handOf(report: Report, dragged: Dragged): Hand | null {
  if (dragged.kind === 'field') {
    const { slot, field, formula } = dragged
    return { slot, field, formula }
  }
  const block = findBlock(report, dragged.block)
  const found = block && allPills(block).find(({ use }) => use.id === dragged.pill)
  if (!found) return null
  const slot = report.datasets[slotOf(found.use.field)]
  const name = fieldNameOf(found.use.field)
  const field = fieldOf(report, found.use.field)
  // A field its slot no longer describes can still be moved about.
  const stand: Field = { name, type: 'text', role: found.use.aggregate ? 'measure' : 'dimension' }
  if (!slot) return null
  const formula = formulaOf(report, found.use.field)?.kind
  return { slot, field: field ?? stand, formula, from: { block, ...found } }
}

const refuse = (hand: Hand, label: MessageKey, values: TextValues = {}): DropIntent => ({
  label,
  values: { field: hand.field.name, ...values },
  commands: [],
  step: 'command.shelf.placeField',
  select: [],
})

/** The dataset comes into the report with its first field. */
function withSlot(report: Report, hand: Hand, commands: readonly Command[]): readonly Command[] {
  if (report.datasets[hand.slot.id]) return commands
  return [{ name: 'slot.add', args: { slot: hand.slot } }, ...commands]
}

function ontoBoard(
  report: Report,
  hand: Hand,
  target: Extract<DropTarget, { kind: 'board' }>,
  newId: NewId,
): DropIntent | null {
  const page: BoardPage | undefined = report.pages[target.page]
  if (!page || hand.from) return null
  const taken = Object.values(page.blocks).map(({ frame }) => frame)
  if (hand.formula === 'cells') return refuse(hand, 'drop.formulaAlone')
  const draft = blockFor(hand, newId)
  const size = defaultSize[draft.kind]
  const near = { x: target.at.x - Math.floor(size.w / 2), y: target.at.y - 1 }
  const frame = findFreeFrame(taken, size, near)
  const label =
    draft.kind === 'metric'
      ? 'drop.newMetric'
      : draft.kind === 'chart' && draft.mark === 'line'
        ? 'drop.newLine'
        : 'drop.newColumn'
  const block = { ...draft, frame }
  return {
    label,
    values: { field: hand.field.name },
    commands: withSlot(report, hand, [
      { name: 'block.add', args: { page: page.id, blocks: [block] } },
    ]),
    step: 'command.block.add',
    select: [block.id],
    frame,
  }
}

function blockFor(hand: Hand, newId: NewId): Block {
  const frame = { x: 0, y: 0, w: 1, h: 1 }
  if (hand.formula !== 'aggregate') return sensibleBlock(hand.slot.id, hand.field, frame, newId)
  const block = newBlock('metric', frame, newId)
  draftPills(block, 'values')?.push(
    newFormulaUse(hand.slot.id, hand.field.name, hand.formula, newId),
  )
  return block
}

function ontoFields(hand: Hand): DropIntent | null {
  if (!hand.from) return null
  const { block, use } = hand.from
  return {
    label: 'drop.remove',
    values: { field: hand.field.name },
    commands: [{ name: 'shelf.removePill', args: { block: block.id, pill: use.id } }],
    step: 'command.shelf.removePill',
    select: [block.id],
  }
}

/** How the field would be used on a shelf: a pill keeps what it was where it still fits. */
function useOn(hand: Hand, rule: ShelfRule, newId: NewId): FieldUse {
  const as =
    rule.takes === 'any' ? (hand.field.role === 'measure' ? 'measure' : 'dimension') : rule.takes
  if (!hand.from && hand.formula !== undefined && hand.formula !== 'row')
    return newFormulaUse(hand.slot.id, hand.field.name, hand.formula, newId)
  if (!hand.from) return newFieldUse(hand.slot.id, hand.field, as, newId)
  const { use } = hand.from
  const isMeasure = use.aggregate !== undefined
  if (as === 'raw') {
    const { aggregate, grain, sort, top, ...raw } = use
    return raw
  }
  if ((as === 'measure') === isMeasure) return use
  return { ...newFieldUse(hand.slot.id, hand.field, as, newId), id: use.id }
}

/** Why a formula cannot stand there: what is computed of aggregates is a number, and one of cells needs others beside it. */
function misplaced(hand: Hand, block: Block, rule: ShelfRule): DropIntent | null {
  if (hand.formula === undefined || hand.formula === 'row') return null
  if (rule.takes === 'dimension' || rule.takes === 'raw')
    return refuse(hand, 'drop.formulaIsMeasure')
  return hand.formula === 'cells' && block.kind === 'metric'
    ? refuse(hand, 'drop.formulaAlone')
    : null
}

/** The number of rows a fresh chart counts until it is given a measure: the first one takes its place. */
function standInCount(block: Block, rule: ShelfRule): FieldUse | undefined {
  const [only, ...others] = pillsOf(block, rule.shelf) ?? []
  const stands = block.kind === 'chart' && rule.takes === 'measure' && rule.shelf !== 'tooltip'
  const count = stands && others.length === 0 && only?.aggregate === 'count'
  return count && only.caption === undefined ? only : undefined
}

/** Dropping on the block itself: the first shelf it naturally belongs on that has room, else the one it replaces. */
function ontoBlock(report: Report, hand: Hand, block: Block, newId: NewId): DropIntent {
  const rules = shelfRules(block).filter(({ shelf }) => shelf !== 'tooltip')
  if (rules.length === 0) return refuse(hand, 'drop.noShelves')
  if (hand.from?.block.id === block.id) return refuse(hand, 'drop.already')
  const natural = hand.field.role === 'measure' ? 'measure' : 'dimension'
  const fitting = rules.filter(
    ({ takes }) => takes === natural || takes === 'any' || takes === 'raw',
  )
  const candidates = fitting.length > 0 ? fitting : rules
  const counted = candidates.find((rule) => standInCount(block, rule) !== undefined)
  const standIn = counted && standInCount(block, counted)
  if (counted && standIn) return replacing(report, hand, block, standIn, counted, newId)
  const count = (rule: ShelfRule): number => pillsOf(block, rule.shelf)?.length ?? 0
  const empty = candidates.find((rule) => count(rule) === 0)
  const roomy = candidates.find((rule) => count(rule) < rule.max)
  const rule = empty ?? roomy ?? candidates.find(({ max }) => max === 1)
  if (!rule) return refuse(hand, 'drop.full')
  return ontoShelf(report, hand, block, rule.shelf, count(rule), newId)
}

function ontoShelf(
  report: Report,
  hand: Hand,
  block: Block,
  shelf: ShelfName,
  index: number,
  newId: NewId,
): DropIntent {
  const rule = shelfRules(block).find((candidate) => candidate.shelf === shelf)
  const pills = pillsOf(block, shelf)
  if (!rule || !pills) return refuse(hand, 'drop.noShelves')
  const wrong = misplaced(hand, block, rule)
  if (wrong) return wrong
  const from = hand.from
  const moving = from?.block.id === block.id && from.shelf === shelf
  const standIn = hand.field.role === 'measure' ? standInCount(block, rule) : undefined
  if (!moving && standIn) return replacing(report, hand, block, standIn, rule, newId)
  if (!moving && pills.length >= rule.max) {
    const only = pills[0]
    return rule.max === 1 && only
      ? replacing(report, hand, block, only, rule, newId)
      : refuse(hand, 'drop.full')
  }
  const use = useOn(hand, rule, newId)
  if (!moving && rule.takes === 'raw' && pills.some(({ field }) => field === use.field))
    return refuse(hand, 'drop.already')
  const said = { values: { field: hand.field.name }, shelf, select: [block.id] }
  if (!from) {
    return {
      ...said,
      label: useLabel(use),
      commands: withSlot(report, hand, [
        { name: 'shelf.placeField', args: { block: block.id, shelf, index, use } },
      ]),
      step: 'command.shelf.placeField',
    }
  }
  const at = pills.findIndex(({ id }) => id === from.use.id)
  if (moving && (index === at || index === at + 1)) return refuse(hand, 'drop.stays')
  return {
    ...said,
    label: moving ? 'drop.reorder' : 'drop.move',
    commands: [
      {
        name: 'shelf.movePill',
        args: { block: from.block.id, pill: from.use.id, toBlock: block.id, shelf, index, use },
      },
    ],
    step: 'command.shelf.movePill',
  }
}

function useLabel(use: FieldUse): MessageKey {
  if (isFormula(use)) return 'drop.addFormula'
  if (use.aggregate === 'sum') return 'drop.addSum'
  if (use.aggregate === 'average') return 'drop.addAverage'
  return use.aggregate === undefined ? 'drop.add' : 'drop.addCount'
}

function ontoPill(
  report: Report,
  hand: Hand,
  block: Block,
  pill: string,
  newId: NewId,
): DropIntent | null {
  const found = allPills(block).find(({ use }) => use.id === pill)
  const rule = found && shelfRules(block).find(({ shelf }) => shelf === found.shelf)
  if (!rule) return null
  if (hand.from?.use.id === pill) return refuse(hand, 'drop.stays')
  return replacing(report, hand, block, found.use, rule, newId)
}

/** The other pill goes; one that was dragged here leaves its old place. */
function replacing(
  report: Report,
  hand: Hand,
  block: Block,
  other: FieldUse,
  rule: ShelfRule,
  newId: NewId,
): DropIntent {
  const wrong = misplaced(hand, block, rule)
  if (wrong) return wrong
  const use = useOn(hand, rule, newId)
  const pills = pillsOf(block, rule.shelf) ?? []
  const twice = pills.some(
    ({ id, field }) => id !== other.id && id !== use.id && field === use.field,
  )
  if (rule.takes === 'raw' && twice) return refuse(hand, 'drop.already')
  const leave: Command[] = hand.from
    ? [{ name: 'shelf.removePill', args: { block: hand.from.block.id, pill: hand.from.use.id } }]
    : []
  return {
    label: other.aggregate === 'count' ? 'drop.replaceCount' : 'drop.replace',
    values: { field: hand.field.name, other: fieldNameOf(other.field) },
    shelf: rule.shelf,
    commands: withSlot(report, hand, [
      ...leave,
      { name: 'shelf.replacePill', args: { block: block.id, pill: other.id, use } },
    ]),
    step: 'command.shelf.replacePill',
    select: [block.id],
  }
}
