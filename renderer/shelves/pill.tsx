import { Dropdown, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Block } from '../../shared/report/blocks/block.ts'
import { dropIntent } from '../../shared/report/drop-intent.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import type { ShelfName } from '../../shared/report/shelves.ts'
import { useApp, useDocument } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import { dragStore, startDrag } from '../state/drag-store.ts'
import { useDraggable } from '../ui/drop-target.ts'
import { fieldOf, pillCaption } from '../../shared/report/captions.ts'
import { pillIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { MeasureDialog } from './measure-dialog.tsx'
import { OrderDialog } from './order-dialog.tsx'
import { pillMenu } from './pill-menu.tsx'

interface PillProps {
  readonly block: Block
  readonly shelf: ShelfName
  readonly use: FieldUse
  readonly index: number
  readonly count: number
}

interface RenameProps {
  readonly block: Block
  readonly use: FieldUse
  readonly onClose: () => void
}

function Rename({ block, use, onClose }: RenameProps) {
  const app = useApp()
  const text = useText()
  const [caption, setCaption] = useState(use.caption ?? '')
  const keep = (): void => {
    const named = caption.trim()
    const args = { block: block.id, pill: use.id }
    tryCommand(app, {
      name: 'shelf.changePill',
      args:
        named === ''
          ? { ...args, set: {}, clear: ['caption'] }
          : { ...args, set: { caption: named } },
    })
    onClose()
  }
  return (
    <Modal open width={380} title={text('pill.rename')} onOk={keep} onCancel={onClose}>
      <Input
        autoFocus
        aria-label={text('pill.rename')}
        placeholder={pillCaption({ ...use, caption: '' }, text)}
        value={caption}
        maxLength={200}
        onChange={(event) => setCaption(event.target.value)}
        onPressEnter={keep}
      />
    </Modal>
  )
}

/** One field use: dragged, or worked by keys (Enter opens its menu, Delete removes, Alt with arrows reorders). */
export function Pill({ block, shelf, use, index, count }: PillProps) {
  const app = useApp()
  const text = useText()
  const element = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [dialog, setDialog] = useState<'rename' | 'measure' | 'order' | null>(null)
  const close = (): void => setDialog(null)
  const replaced = useStore(
    dragStore,
    ({ target }) => target?.kind === 'pill' && target.pill === use.id,
  )
  useDraggable(element, () =>
    startDrag({ dragged: { kind: 'pill', block: block.id, pill: use.id } }),
  )
  const field = useDocument(({ history }) => fieldOf(history.report, use.field))
  const caption = pillCaption(use, text)
  const remove = (): void =>
    void tryCommand(app, { name: 'shelf.removePill', args: { block: block.id, pill: use.id } })
  const moveTo = (to: number): void => {
    const target = { kind: 'shelf' as const, block: block.id, shelf, index: to }
    const report = app.documents.current()?.history.report
    const intent =
      report &&
      dropIntent(report, { kind: 'pill', block: block.id, pill: use.id }, target, app.newId)
    if (intent && intent.commands.length > 0) app.documents.runAll(intent.commands, intent.step)
  }
  const onKey = (event: React.KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') remove()
    else if (event.altKey && event.key === 'ArrowUp' && index > 0) moveTo(index - 1)
    else if (event.altKey && event.key === 'ArrowDown' && index < count - 1) moveTo(index + 2)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const menu = open
    ? pillMenu({
        app,
        text,
        block,
        use,
        field,
        onRename: () => setDialog('rename'),
        onMore: setDialog,
        onRemove: remove,
      })
    : {}
  return (
    <li>
      <Dropdown
        autoFocus
        trigger={['click']}
        open={open}
        onOpenChange={(next, { source }) => {
          setOpen(next)
          // The menu is gone and with it the focus: back to where the keyboard was.
          if (!next && source === 'menu') element.current?.focus()
        }}
        menu={menu}
      >
        <button
          ref={element}
          type="button"
          className="pill"
          data-role={use.aggregate === undefined ? 'dimension' : 'measure'}
          data-drop={replaced ? 'over' : undefined}
          data-missing={field === undefined}
          data-hidden={use.hidden}
          aria-haspopup="menu"
          aria-label={caption}
          title={field ? caption : text('pill.missing', { field: caption })}
          onKeyDown={onKey}
          onContextMenu={(event) => {
            event.preventDefault()
            setOpen(true)
          }}
        >
          <Icon name={field ? pillIcon(field, use) : 'warning'} size={14} />
          <span>{caption}</span>
          {use.sort && use.sort.by !== 'list' && (
            <Icon name={use.sort.direction === 'ascending' ? 'up' : 'down'} size={12} />
          )}
          <Icon name="down" size={12} />
        </button>
      </Dropdown>
      {dialog === 'rename' && <Rename block={block} use={use} onClose={close} />}
      {dialog === 'measure' && <MeasureDialog block={block} use={use} onClose={close} />}
      {dialog === 'order' && <OrderDialog block={block} use={use} onClose={close} />}
    </li>
  )
}
