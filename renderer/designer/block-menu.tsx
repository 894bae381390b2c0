import { Dropdown } from 'antd'
import type { MenuProps } from 'antd'
import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { perform } from '../state/actions.ts'
import { useApp, useSession } from '../state/app-context.ts'
import { selectBlocks } from '../state/board-actions.ts'
import { useBlockGrain } from '../state/block-grain.ts'
import type { BlockReader } from '../state/block-reader.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { useText } from '../ui/use-text.ts'

/** Where a block's menu opens, and for which cell. */
export interface MenuSpot {
  readonly at: { readonly x: number; readonly y: number }
  readonly cell: CellAddress | null
  readonly title: string
}

interface BlockMenuProps {
  readonly block: Block
  readonly reader: BlockReader
  readonly spot: MenuSpot
  readonly onClose: () => void
}

const everything: CellAddress = { row: [], column: [] }

export function BlockMenu({ block, reader, spot, onClose }: BlockMenuProps) {
  const app = useApp()
  const text = useText()
  const presenting = useSession((session) => session.presenting)
  const { cell } = spot
  const asks = block.kind === 'chart' || block.kind === 'crosstab' || block.kind === 'metric'
  const title = spot.title === '' ? blockTitle(block, text) : spot.title
  const grain = useBlockGrain(block)
  const several = (grain?.counted.length ?? 0) > 1
  const counted = (several ? (grain?.counted ?? []) : []).map((id) => ({
    id,
    name: app.workspace.dataset(id)?.name ?? id,
  }))
  const rowsLabel = text(cell ? 'block.showRowsOf' : 'block.showRows', { cell: title })
  // Measures of several datasets have rows of their own in each.
  const rowEntries = !asks
    ? []
    : several
      ? counted.map(({ id, name }) => ({
          key: `rows ${id}`,
          label: text('block.rowsIn', { cell: rowsLabel, dataset: name }),
        }))
      : [{ key: 'rows', label: rowsLabel }]
  const entries: Record<string, () => void> = {
    rows: () => reader.showRows(cell ?? everything, title),
    ...Object.fromEntries(
      counted.map(({ id, name }) => [
        `rows ${id}`,
        () =>
          reader.showRows(
            cell ?? everything,
            text('block.rowsIn', { cell: title, dataset: name }),
            id,
          ),
      ]),
    ),
    drill: () => {
      if (cell) reader.drillInto(cell)
    },
    up: () => reader.drillUp(0),
    pick: () => reader.pick(cell),
    export: () => app.shell.openDialog('export', { block: block.id }),
    copy: () => void perform(app, 'edit.copy'),
    duplicate: () => void perform(app, 'edit.duplicate'),
    front: () => void perform(app, 'block.toFront'),
    back: () => void perform(app, 'block.toBack'),
    remove: () => void perform(app, 'edit.delete'),
  }
  const reading: MenuProps['items'] = [
    ...rowEntries,
    ...(cell ? [{ key: 'pick', label: text('block.pick') }] : []),
    ...(cell && reader.canDrill ? [{ key: 'drill', label: text('block.drill') }] : []),
    { key: 'export', label: text('block.export') },
  ]
  const designing: MenuProps['items'] = [
    { type: 'divider' },
    { key: 'copy', label: text('action.edit.copy') },
    { key: 'duplicate', label: text('action.edit.duplicate') },
    { key: 'front', label: text('action.block.toFront') },
    { key: 'back', label: text('action.block.toBack') },
    { type: 'divider' },
    { key: 'remove', danger: true, label: text('action.edit.delete') },
  ]
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      onOpenChange={(open) => !open && onClose()}
      menu={{
        items: presenting ? reading : [...reading, ...designing],
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation()
          if (
            !presenting &&
            !(app.documents.current()?.history.selection.blocks ?? []).includes(block.id)
          )
            selectBlocks(app, [block.id])
          onClose()
          entries[key]?.()
        },
      }}
    >
      <span className="menu-spot" style={{ left: spot.at.x, top: spot.at.y }} />
    </Dropdown>
  )
}
