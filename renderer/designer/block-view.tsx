import { memo, useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { CellAddress } from '../../shared/query/row-list.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { Edge } from '../../shared/report/board-geometry.ts'
import { askedKey } from '../../shared/report/pick.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import { useApp, useDocument, useSession } from '../state/app-context.ts'
import { selectBlocks } from '../state/board-actions.ts'
import { blockReader } from '../state/block-reader.ts'
import { foldingOf } from '../state/folding.ts'
import { useContentBlock, useDrilledBlock } from '../state/content-block.ts'
import { dragStore } from '../state/drag-store.ts'
import { useDropTarget } from '../ui/drop-target.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { useText } from '../ui/use-text.ts'
import { BlockBody } from './block-body.tsx'
import { BlockHeader } from './block-header.tsx'
import type { MenuSpot } from './block-menu.tsx'
import { BlockMenu } from './block-menu.tsx'
import type { BoardScale } from './board-scale.ts'
import { placeOf } from './board-scale.ts'
import { useBlockGestures } from './use-block-gesture.ts'
import { onBlockKey } from './use-board-keys.ts'

const edges: readonly Edge[] = ['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw']

interface BlockViewProps {
  readonly block: Block
  readonly page: BoardPage
  readonly scale: BoardScale
  readonly selected: boolean
  /** The only one selected: it shows handles. */
  readonly alone: boolean
  readonly presenting: boolean
}

/** The cell picked in this block, while it still shows the dimensions it was picked under. */
function usePicked(block: Block): CellAddress | null {
  const drill = useSession((session) => session.drill)
  const pick = useSession((session) => session.picks[block.id])
  const asked = useDocument(({ history }) => pick && askedKey(history.report, block, drill))
  return pick !== undefined && pick.asked === asked ? pick.cell : null
}

/** Other blocks of the page are none of this one's business. */
const sameView = (a: BlockViewProps, b: BlockViewProps): boolean =>
  a.block === b.block &&
  a.page.id === b.page.id &&
  a.scale === b.scale &&
  a.selected === b.selected &&
  a.alone === b.alone &&
  a.presenting === b.presenting

function useDropMark(block: string): 'over' | 'refused' | undefined {
  return useStore(dragStore, ({ target, intent }) =>
    target?.kind === 'block' && target.block === block
      ? intent && intent.commands.length > 0
        ? 'over'
        : 'refused'
      : undefined,
  )
}

export const BlockView = memo(function BlockView(props: BlockViewProps) {
  const { page, scale, selected, alone, presenting } = props
  const block = useContentBlock(props.block)
  const app = useApp()
  const text = useText()
  const element = useRef<HTMLElement>(null)
  const [spot, setSpot] = useState<MenuSpot | null>(null)
  const picked = usePicked(block)
  const mark = useDropMark(block.id)
  const gestures = useBlockGestures(block.id, scale)
  useDropTarget(element, () => ({ kind: 'block', block: block.id }), !presenting)
  const drill = useSession((session) => session.drill)
  const reader = useMemo(
    () => ({
      ...blockReader(app, block, drill, picked, (at, cell, title, measure) =>
        setSpot({ at, cell, title, measure }),
      ),
      ...(presenting ? {} : foldingOf(app, block)),
    }),
    [app, block, drill, picked, presenting],
  )
  const editable = !presenting
  const openMenu = useCallback((at: MenuSpot['at']) => setSpot({ at, cell: null, title: '' }), [])
  const closeMenu = (): void => {
    setSpot(null)
    element.current?.focus({ preventScroll: true })
  }
  return (
    <section
      ref={element}
      className="block"
      aria-label={blockTitle(useDrilledBlock(block), text)}
      tabIndex={0}
      data-block={block.id}
      data-kind={block.kind}
      data-selected={selected}
      data-drop={mark}
      style={placeOf(props.block.frame, scale)}
      onPointerDown={editable ? gestures.onMoveStart : undefined}
      onFocus={(event) => {
        // Reached by Tab: the block is the selection, as if it had been clicked.
        const byKey = event.target === element.current && event.target.matches(':focus-visible')
        const { choosing } = app.session.getState()
        if (editable && byKey && !selected && !choosing) selectBlocks(app, [block.id])
      }}
      onKeyDown={(event) => editable && onBlockKey(app, block.id, event)}
      onDoubleClick={() => {
        if (editable && block.kind === 'text') app.session.setState({ editing: block.id })
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        if (editable && !selected) selectBlocks(app, [block.id])
        const at = { x: event.clientX, y: event.clientY }
        setSpot((now) => (now?.cell && now.at.x === at.x ? now : { at, cell: null, title: '' }))
      }}
    >
      <BlockHeader block={block} reader={reader} onMenu={openMenu} />
      <BlockBody block={block} page={page} reader={reader} />
      {selected &&
        alone &&
        edges.map((edge) => (
          <span
            key={edge}
            className="handle"
            data-edge={edge}
            onPointerDown={(event) => gestures.onResizeStart(event, edge)}
          />
        ))}
      {spot && <BlockMenu block={block} reader={reader} spot={spot} onClose={closeMenu} />}
    </section>
  )
}, sameView)
