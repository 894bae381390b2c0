import { Dropdown } from 'antd'
import type { MenuProps } from 'antd'
import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { Text } from '../../shared/text/messages.ts'
import { perform } from '../state/actions.ts'
import { useApp, useReport, useSession } from '../state/app-context.ts'
import { selectBlocks } from '../state/board-actions.ts'
import { useBlockGrain } from '../state/block-grain.ts'
import type { App } from '../state/app.ts'
import type { BlockReader } from '../state/block-reader.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { othersOf, sortByColumn } from '../state/cell-questions.ts'
import { isSortable } from '../state/sortable-measures.ts'
import { foldEntries } from './fold-entries.ts'
import { measureLook } from '../ui/pill-formats.ts'
import { useText } from '../ui/use-text.ts'

/** Where a block's menu opens, and for which cell. */
export interface MenuSpot {
  readonly at: { readonly x: number; readonly y: number }
  readonly cell: CellAddress | null
  readonly title: string
  /** Which of the answer's measures was pointed at. */
  readonly measure?: number | undefined
}

interface BlockMenuProps {
  readonly block: Block
  readonly reader: BlockReader
  readonly spot: MenuSpot
  readonly onClose: () => void
}

type Items = NonNullable<MenuProps['items']>

/** Measures of several datasets have rows of their own in each. */
function rowsItems(
  counted: readonly { readonly id: string; readonly name: string }[],
  label: string,
  text: Text,
): Items {
  if (counted.length === 0) return [{ key: 'rows', label }]
  return counted.map(({ id, name }) => ({
    key: `rows ${id}`,
    label: text('block.rowsIn', { cell: label, dataset: name }),
  }))
}

function designItems(sortable: boolean, text: Text): Items {
  return [
    { type: 'divider' },
    ...(sortable
      ? [
          { key: 'sortDown', label: text('block.sortDown') },
          { key: 'sortUp', label: text('block.sortUp') },
          { type: 'divider' as const },
        ]
      : []),
    { key: 'copy', label: text('action.edit.copy') },
    { key: 'duplicate', label: text('action.edit.duplicate') },
    { key: 'front', label: text('action.block.toFront') },
    { key: 'back', label: text('action.block.toBack') },
    { type: 'divider' },
    { key: 'remove', danger: true, label: text('action.edit.delete') },
  ]
}

/** The measures of the answer the menu may prove: the one pointed at, or all where the place does not tell. */
function useProvable(block: Block, { measure }: MenuSpot) {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const answer = app.results.store.getState().blocks[block.id]?.shown?.answer
  if (answer?.state !== 'result') return []
  const { measures } = answer.result
  const pointed = measure === undefined ? measures : measures.slice(measure, measure + 1)
  return pointed.map((one) => ({
    name: one.name,
    caption: measureLook(report, one, text).caption,
  }))
}

const everything: CellAddress = { row: [], column: [] }

function canSortRows(app: App, block: Block, pill: string | undefined): boolean {
  if (block.kind !== 'crosstab' || block.shelves.rows.length === 0) return false
  const measure = block.shelves.values.find(({ id }) => id === pill)
  const rows = block.shelves.rows.map(({ id }) => id)
  return measure !== undefined && isSortable(app, block, rows, measure)
}

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
  const rowEntries = asks ? rowsItems(counted, rowsLabel, text) : []
  const provable = useProvable(block, spot)
  const sortable = cell !== null && canSortRows(app, block, provable[0]?.name)
  const sortRows = (direction: 'ascending' | 'descending'): void => {
    const pill = provable[0]?.name
    if (block.kind !== 'crosstab' || !cell || pill === undefined) return
    const commands = sortByColumn(block, cell, pill, direction)
    app.documents.runAll(commands, 'command.shelf.changePill')
  }
  const folds = presenting ? [] : foldEntries(block, cell, reader, text)
  const entries: Record<string, () => void> = {
    ...Object.fromEntries(folds.map(({ key, run }) => [key, run])),
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
    ...Object.fromEntries(
      provable.map(({ name, caption }) => [
        `prove ${name}`,
        () => reader.prove(cell ?? everything, `${title} · ${caption}`, name),
      ]),
    ),
    others: () => {
      if (cell) reader.showOthers(cell, title)
    },
    sortDown: () => sortRows('descending'),
    sortUp: () => sortRows('ascending'),
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
    ...(cell && othersOf(cell) ? [{ key: 'others', label: text('block.others') }] : []),
    ...provable.map(({ name, caption }) => ({
      key: `prove ${name}`,
      label:
        provable.length > 1 ? text('block.proveOf', { measure: caption }) : text('block.prove'),
    })),
    ...folds.map(({ key, label }) => ({ key, label })),
    { key: 'export', label: text('block.export') },
  ]
  const designing = designItems(sortable, text)
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
