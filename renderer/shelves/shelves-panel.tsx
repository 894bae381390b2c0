import { Dropdown } from 'antd'
import type { MenuProps } from 'antd'
import { memo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { DropTarget } from '../../shared/report/drop-intent.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import type { ShelfRule } from '../../shared/report/shelves.ts'
import { pillsOf, shelfRules } from '../../shared/report/shelves.ts'
import { useApp, useReport, useSelectedBlock } from '../state/app-context.ts'
import { useContentBlock } from '../state/content-block.ts'
import { dragStore, place } from '../state/drag-store.ts'
import { Section } from '../ui/controls.tsx'
import type { Inside } from '../ui/drop-target.ts'
import { useDropTarget } from '../ui/drop-target.ts'
import { fieldIcon, shelfLabel } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { MarkPicker } from './mark-picker.tsx'
import { Pill } from './pill.tsx'
import './shelves.css'

/** Height of a pill with its gap, in pixels; the middle of a pill replaces it, its edges insert beside it. */
const pillPx = 30
const edgePx = 8

function placeIn(
  block: Block,
  shelf: ShelfRule['shelf'],
  pills: readonly FieldUse[],
  inside: Inside,
): DropTarget {
  const at = Math.floor(inside.y / pillPx)
  const pill = pills[at]
  const rest = inside.y - at * pillPx
  if (pill && rest > edgePx && rest < pillPx - edgePx)
    return { kind: 'pill', block: block.id, pill: pill.id }
  const index = pill && rest <= edgePx ? at : Math.min(pills.length, at + 1)
  return { kind: 'shelf', block: block.id, shelf, index }
}

/** Adds a field without a mouse drag. */
function AddField({ block, rule }: { readonly block: Block; readonly rule: ShelfRule }) {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const [open, setOpen] = useState(false)
  const count = pillsOf(block, rule.shelf)?.length ?? 0
  const slots = Object.values(report.datasets)
  const items: MenuProps['items'] = slots.map((slot) => ({
    key: slot.id,
    type: 'group',
    label: slot.name,
    children: slot.fields.map((field, index) => ({
      key: `${slot.id} ${index}`,
      label: field.name,
      icon: <Icon name={fieldIcon(field)} size={14} />,
    })),
  }))
  const add = (key: string): void => {
    const [slotId = '', index] = key.split(' ')
    const slot = report.datasets[slotId]
    const field = slot?.fields[Number(index)]
    if (!slot || !field) return
    const target = { kind: 'shelf' as const, block: block.id, shelf: rule.shelf, index: count }
    place(app, { dragged: { kind: 'field', slot, field } }, target)
  }
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      open={open}
      onOpenChange={setOpen}
      menu={{ items: open ? items : [], onClick: ({ key }) => add(key), className: 'long-menu' }}
    >
      <button
        type="button"
        className="icon-button small"
        disabled={slots.length === 0}
        aria-haspopup="menu"
        aria-label={text('shelf.add', { shelf: text(shelfLabel(block, rule.shelf)) })}
      >
        <Icon name="plus" size={14} />
      </button>
    </Dropdown>
  )
}

interface ShelfProps {
  readonly block: Block
  readonly rule: ShelfRule
}

const Shelf = memo(function Shelf({ block, rule }: ShelfProps) {
  const text = useText()
  const list = useRef<HTMLUListElement>(null)
  const pills = pillsOf(block, rule.shelf) ?? []
  useDropTarget(list, (inside) => placeIn(block, rule.shelf, pills, inside))
  const target = useStore(dragStore, (drag) => drag.target)
  const refused = useStore(dragStore, (drag) => (drag.intent?.commands.length ?? 0) === 0)
  const dragging = useStore(dragStore, (drag) => drag.load !== null)
  const here = target?.kind === 'shelf' && target.block === block.id && target.shelf === rule.shelf
  const label = text(shelfLabel(block, rule.shelf))
  return (
    <div className="shelf" role="group" aria-label={label}>
      <div className="shelf-label">
        <span>{label}</span>
        {(pills.length < rule.max || rule.max === 1) && <AddField block={block} rule={rule} />}
      </div>
      <ul
        ref={list}
        data-drop={here ? (refused ? 'refused' : 'over') : undefined}
        data-dragging={dragging}
      >
        {pills.map((use, index) => (
          <Pill
            key={use.id}
            block={block}
            shelf={rule.shelf}
            use={use}
            index={index}
            count={pills.length}
          />
        ))}
        {here && !refused && (
          <li
            className="drop-line"
            aria-hidden="true"
            style={{ top: Math.max(0, target.index * pillPx - 2) }}
          />
        )}
        {pills.length === 0 && <li className="shelf-empty">{text(`shelf.empty.${rule.takes}`)}</li>}
      </ul>
    </div>
  )
})

/** The selected block's kind and the fields on its shelves. */
export function ShelvesPanel() {
  const block = useSelectedBlock()
  return block && <BlockShelves key={block.id} selected={block} />
}

function BlockShelves({ selected }: { readonly selected: Block }) {
  const block = useContentBlock(selected)
  const text = useText()
  const rules = shelfRules(block)
  if (rules.length === 0) return null
  return (
    <>
      {block.kind !== 'filter' && (
        <Section title={text('shelves.type')}>
          <MarkPicker block={block} />
        </Section>
      )}
      <Section title={text('shelves.title')}>
        {rules.map((rule) => (
          <Shelf key={rule.shelf} block={block} rule={rule} />
        ))}
      </Section>
    </>
  )
}
