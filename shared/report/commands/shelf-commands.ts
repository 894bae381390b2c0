import type { Draft } from 'immer'
import { z } from 'zod'
import type { Block } from '../blocks/block.ts'
import { FieldUse, FieldUseFields } from '../field-use.ts'
import { BlockId, PillId } from '../ids.ts'
import type { ShelfName } from '../shelves.ts'
import { draftPills, shelfRules } from '../shelves.ts'
import { dropPillTraces, forgetChosen, forgetFolds } from './cleanup.ts'
import { command, CommandRefused } from './command.ts'
import { blockIn, pillIn } from './find.ts'

const Shelf = z.enum([
  'columns',
  'rows',
  'color',
  'size',
  'label',
  'detail',
  'tooltip',
  'values',
  'field',
])

/** Whether a shelf of this block takes a field used this way, and has room for one more. */
export function shelfTakes(block: Block, shelf: ShelfName, use: FieldUse, leaving = 0): boolean {
  const rule = shelfRules(block).find((candidate) => candidate.shelf === shelf)
  if (!rule) return false
  const isMeasure = use.aggregate !== undefined
  const fits =
    rule.takes === 'any' ||
    (rule.takes === 'raw' ? !isMeasure : (rule.takes === 'measure') === isMeasure)
  return fits && (draftPills(block, shelf)?.length ?? 0) - leaving < rule.max
}

function insert(block: Draft<Block>, shelf: ShelfName, index: number, use: FieldUse): void {
  if (!shelfTakes(block, shelf, use)) throw new CommandRefused('notAccepted')
  draftPills(block, shelf)?.splice(index, 0, use)
  forgetChosen(block)
  forgetFolds(block, shelf)
}

const PillChange = FieldUseFields.omit({ id: true, field: true })
  .extend({ field: FieldUseFields.shape.field.optional() })
  .partial()

const clearable = z.enum([
  'compare',
  'each',
  ...(['grain', 'sort', 'top', 'format', 'caption', 'empty'] as const),
  ...(['weight', 'percent', 'over', 'per', 'show', 'hidden', 'totals', 'blankAs'] as const),
])

export const shelfCommands = {
  'shelf.placeField': command({
    args: z.strictObject({
      block: BlockId,
      shelf: Shelf,
      index: z.number().int().min(0),
      use: FieldUse,
    }),
    label: 'command.shelf.placeField',
    apply: (report, { block, shelf, index, use }) => {
      insert(blockIn(report, block), shelf, index, use)
    },
  }),
  'shelf.replacePill': command({
    args: z.strictObject({ block: BlockId, pill: PillId, use: FieldUse }),
    label: 'command.shelf.replacePill',
    apply: (report, { block, pill, use }) => {
      const target = blockIn(report, block)
      const { shelf, index, pills } = pillIn(target, pill)
      if (!shelfTakes(target, shelf, use, 1)) throw new CommandRefused('notAccepted')
      pills.splice(index, 1, use)
      forgetChosen(target)
      forgetFolds(target, shelf)
      dropPillTraces(target)
    },
  }),
  'shelf.movePill': command({
    args: z.strictObject({
      block: BlockId,
      pill: PillId,
      toBlock: BlockId,
      shelf: Shelf,
      index: z.number().int().min(0),
      /** The pill as it fits there: a dimension dropped on a measure shelf becomes an aggregate. */
      use: FieldUse,
    }),
    label: 'command.shelf.movePill',
    apply: (report, { block, pill, toBlock, shelf, index, use }) => {
      const from = blockIn(report, block)
      const place = pillIn(from, pill)
      place.pills.splice(place.index, 1)
      forgetChosen(from)
      forgetFolds(from, place.shelf)
      const shifted =
        block === toBlock && shelf === place.shelf && index > place.index ? index - 1 : index
      const target = blockIn(report, toBlock)
      insert(target, shelf, shifted, use)
      dropPillTraces(from)
      dropPillTraces(target)
    },
  }),
  'shelf.removePill': command({
    args: z.strictObject({ block: BlockId, pill: PillId }),
    label: 'command.shelf.removePill',
    apply: (report, { block, pill }) => {
      const target = blockIn(report, block)
      const { pills, index, shelf } = pillIn(target, pill)
      pills.splice(index, 1)
      forgetChosen(target)
      forgetFolds(target, shelf)
      dropPillTraces(target)
    },
  }),
  /** Null takes a setting away. */
  'shelf.changePill': command({
    args: z.strictObject({
      block: BlockId,
      pill: PillId,
      set: PillChange,
      clear: z.array(clearable).default([]),
    }),
    label: 'command.shelf.changePill',
    apply: (report, { block, pill, set, clear }) => {
      const target = blockIn(report, block)
      const { use, shelf } = pillIn(target, pill)
      const { field, grain } = use
      Object.assign(use, set)
      for (const key of clear) delete use[key]
      if (use.field !== field || use.grain !== grain) {
        forgetChosen(target)
        forgetFolds(target, shelf)
      }
      dropPillTraces(target)
    },
  }),
} as const
