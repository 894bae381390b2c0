import type { Member } from '../../shared/data/cell-value.ts'
import type { Axis } from '../../shared/query/show-as.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { App } from './app.ts'
import { tryCommand } from './board-actions.ts'

/** Puts groups of a crosstab away; the report keeps it, and it can be undone. */
export interface Folding {
  /** The group of a path: away, or back again. */
  toggle(axis: Axis, path: readonly Member[]): void
  /** Every group of a level, by the length of their paths. */
  level(axis: Axis, depth: number, folded: boolean): void
}

export function foldingOf(app: App, { id, kind }: Block): { readonly folding?: Folding } {
  if (kind !== 'crosstab') return {}
  return {
    folding: {
      toggle: (axis, path) =>
        void tryCommand(app, { name: 'crosstab.fold', args: { block: id, axis, path: [...path] } }),
      level: (axis, depth, folded) =>
        void tryCommand(app, {
          name: 'crosstab.foldLevel',
          args: { block: id, axis, depth, folded },
        }),
    },
  }
}
