import { folding } from '../../shared/query/crosstab/folds.ts'
import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { memberCaption, pillCaption } from '../../shared/report/captions.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { BlockReader } from '../state/block-reader.ts'

interface FoldEntry {
  readonly key: string
  readonly label: string
  readonly run: () => void
}

/** What a cell's menu offers for the groups its line and its column stand in. */
export function foldEntries(
  block: Block,
  cell: CellAddress | null,
  reader: BlockReader,
  text: Text,
): FoldEntry[] {
  const act = reader.folding
  if (block.kind !== 'crosstab' || !cell || !act) return []
  return (['rows', 'columns'] as const).flatMap((axis) => {
    const path = axis === 'rows' ? cell.row : cell.column
    const pills = block.shelves[axis]
    const depth = Math.min(path.length, pills.length - 1)
    const pill = pills[depth - 1]
    if (!pill) return []
    const group = path.slice(0, depth)
    const isFolded = folding(block.folds?.[axis])(group)
    const field = pillCaption(pill, text)
    const member = memberCaption(group.at(-1) ?? null, text)
    return [
      {
        key: `fold ${axis}`,
        label: text(isFolded ? 'crosstab.expand' : 'crosstab.collapse', { member }),
        run: () => act.toggle(axis, group),
      },
      {
        key: `foldAll ${axis}`,
        label: text('crosstab.collapseAll', { field }),
        run: () => act.level(axis, depth, true),
      },
      {
        key: `openAll ${axis}`,
        label: text('crosstab.expandAll', { field }),
        run: () => act.level(axis, depth, false),
      },
    ]
  })
}
