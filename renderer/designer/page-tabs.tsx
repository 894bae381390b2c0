import { Dropdown } from 'antd'
import { useRef, useState } from 'react'
import { perform } from '../state/actions.ts'
import { tryCommand } from '../state/board-actions.ts'
import { useApp, useReport, useSelection } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { EditableText } from '../ui/editable-text.tsx'
import { useText } from '../ui/use-text.ts'

/** Where a dragged tab would go: before the tab whose middle is right of the pointer. */
function indexAt(list: HTMLElement, x: number): number {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')]
  const index = tabs.findIndex((tab) => {
    const { left, width } = tab.getBoundingClientRect()
    return x < left + width / 2
  })
  return index < 0 ? tabs.length : index
}

interface TabProps {
  readonly page: string
  readonly index: number
  /** The gap the dragged tab would go into, shown at this tab's edge. */
  readonly gap: 'before' | 'after' | undefined
  /** Says where a dragged tab would go; null when none is dragged. */
  readonly onDrag: (to: number | null) => void
}

/** Movement that is still a click, in pixels. */
const slack = 8

type TabEvent = React.PointerEvent<HTMLElement>
const listOf = ({ currentTarget }: TabEvent): HTMLElement | null =>
  currentTarget.closest<HTMLElement>('[role="tablist"]')

/** Dragging a tab: says where it would go, and moves it there when let go. */
function useTabDrag(index: number, onDrag: TabProps['onDrag'], move: (to: number) => void) {
  const pressed = useRef<number | null>(null)
  const target = (event: TabEvent): number | null => {
    const list = listOf(event)
    const moved = pressed.current !== null && Math.abs(event.clientX - pressed.current) >= slack
    return list && moved ? indexAt(list, event.clientX) : null
  }
  const end = (): void => {
    pressed.current = null
    onDrag(null)
  }
  return {
    onPointerDown: (event: TabEvent): void => {
      if (event.button !== 0) return
      pressed.current = event.clientX
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: TabEvent): void => {
      if (pressed.current !== null) onDrag(target(event))
    },
    onPointerCancel: end,
    onPointerUp: (event: TabEvent): void => {
      const to = target(event)
      end()
      if (to !== null) move(to > index ? to - 1 : to)
    },
  }
}

function PageTab({ page, index, gap, onDrag }: TabProps) {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const selected = useSelection().page === page
  const [renaming, setRenaming] = useState(false)
  const title = report.pages[page]?.title ?? ''
  const show = (): void => app.documents.select({ page, blocks: [] })
  const move = (to: number): void => {
    if (to !== index) tryCommand(app, { name: 'page.move', args: { page, index: to } })
  }
  const drag = useTabDrag(index, onDrag, move)
  const onKey = (event: React.KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (event.key === 'F2') setRenaming(true)
    else if (step !== undefined && event.altKey) move(Math.max(0, index + step))
    else if (step !== undefined) {
      const next = report.pageOrder[index + step]
      if (next !== undefined) app.documents.select({ page: next, blocks: [] })
    }
  }
  const items = [
    { key: 'rename', label: text('designer.page.rename') },
    { key: 'left', label: text('designer.page.left'), disabled: index === 0 },
    {
      key: 'right',
      label: text('designer.page.right'),
      disabled: index === report.pageOrder.length - 1,
    },
    { type: 'divider' as const },
    {
      key: 'remove',
      danger: true,
      label: text('designer.page.remove'),
      disabled: report.pageOrder.length === 1,
    },
  ]
  const run: Record<string, () => void> = {
    rename: () => setRenaming(true),
    left: () => move(index - 1),
    right: () => move(index + 1),
    remove: () => void tryCommand(app, { name: 'page.remove', args: { page } }, { select: [] }),
  }
  if (renaming) {
    return (
      <span
        role="tab"
        aria-selected={selected}
        className="page-tab"
        ref={(node) => node?.querySelector('input')?.focus()}
        onBlur={() => setRenaming(false)}
      >
        <EditableText
          label={text('designer.page.rename')}
          value={title}
          maxLength={120}
          onChange={(next) =>
            void tryCommand(app, { name: 'page.rename', args: { page, title: next } })
          }
        />
      </span>
    )
  }
  return (
    <Dropdown trigger={['contextMenu']} menu={{ items, onClick: ({ key }) => run[key]?.() }}>
      <button
        type="button"
        role="tab"
        aria-selected={selected}
        tabIndex={selected ? 0 : -1}
        className="page-tab"
        data-gap={gap}
        onClick={show}
        onDoubleClick={() => setRenaming(true)}
        onKeyDown={onKey}
        {...drag}
      >
        {title}
      </button>
    </Dropdown>
  )
}

export function PageTabs() {
  const app = useApp()
  const text = useText()
  const { pageOrder } = useReport()
  const [to, setTo] = useState<number | null>(null)
  const gapAt = (index: number): TabProps['gap'] => {
    if (to === index) return 'before'
    return to === pageOrder.length && index === to - 1 ? 'after' : undefined
  }
  return (
    <div className="page-tabs">
      <div role="tablist" aria-label={text('designer.pages')}>
        {pageOrder.map((page, index) => (
          <PageTab key={page} page={page} index={index} gap={gapAt(index)} onDrag={setTo} />
        ))}
      </div>
      <IconButton
        icon="plus"
        small
        label={text('designer.page.add')}
        onClick={() => void perform(app, 'page.add')}
      />
    </div>
  )
}
