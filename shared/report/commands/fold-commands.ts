import type { Draft } from 'immer'
import { z } from 'zod'
import { Member } from '../../data/cell-value.ts'
import type { EdgeFolds } from '../../query/crosstab/folds.ts'
import { foldedLevel, toggled } from '../../query/crosstab/folds.ts'
import { Axis } from '../../query/show-as.ts'
import type { Block } from '../blocks/block.ts'
import { BlockId } from '../ids.ts'
import { command, CommandRefused } from './command.ts'
import { blockIn } from './find.ts'

const target = { block: BlockId, axis: Axis }

export const foldCommands = {
  /** Puts a group away, or shows it again. */
  'crosstab.fold': command({
    args: z.strictObject({ ...target, path: z.array(Member).min(1).max(7) }),
    label: 'command.crosstab.fold',
    apply: (report, { block, axis, path }) =>
      setFolds(blockIn(report, block), axis, (folds) => toggled(folds, path)),
  }),
  /** All groups of a level, by the length of their paths. */
  'crosstab.foldLevel': command({
    args: z.strictObject({ ...target, depth: z.number().int().min(1).max(7), folded: z.boolean() }),
    label: 'command.crosstab.fold',
    apply: (report, { block, axis, depth, folded }) =>
      setFolds(blockIn(report, block), axis, (folds) => foldedLevel(folds, depth, folded)),
  }),
} as const

function setFolds(
  block: Draft<Block>,
  axis: 'rows' | 'columns',
  change: (folds: EdgeFolds | undefined) => EdgeFolds | undefined,
): void {
  if (block.kind !== 'crosstab') throw new CommandRefused('notAccepted')
  const next = change(block.folds?.[axis])
  const { [axis]: _before, ...others } = block.folds ?? {}
  const folds = next ? { ...others, [axis]: next } : others
  if (Object.keys(folds).length === 0) delete block.folds
  else block.folds = folds
}
