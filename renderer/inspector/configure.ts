import type { Block } from '../../shared/report/blocks/block.ts'
import { useApp } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'

/** Sets settings of a block; `typing` folds what follows into one undo step. */
export function useConfigure(
  block: Block,
): (settings: Record<string, unknown>, typing?: 'typing') => void {
  const app = useApp()
  return (settings, typing) => {
    const mode = typing ? 'merge' : 'record'
    tryCommand(app, { name: 'block.configure', args: { block: block.id, settings } }, { mode })
  }
}
