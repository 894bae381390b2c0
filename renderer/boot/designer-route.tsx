import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect } from 'react'
import { Board } from '../designer/board.tsx'
import { DropHint } from '../designer/drop-hint.tsx'
import { LinkBar } from '../designer/link-bar.tsx'
import { MenuBar } from '../designer/menu-bar.tsx'
import { PageTabs } from '../designer/page-tabs.tsx'
import { PresentBar } from '../designer/present-bar.tsx'
import { OthersDialog } from '../designer/others-dialog.tsx'
import { ProveDialog } from '../designer/prove-dialog.tsx'
import { RowsPanel } from '../designer/rows-panel.tsx'
import { StatusBar } from '../designer/status-bar.tsx'
import { Toolbar } from '../designer/toolbar.tsx'
import { FieldsPanel } from '../fields/fields-panel.tsx'
import { Inspector } from '../inspector/inspector.tsx'
import { ShelvesPanel } from '../shelves/shelves-panel.tsx'
import { useApp, useDocument, useSession } from '../state/app-context.ts'
import { dragOver, drop, endDrag } from '../state/drag-store.ts'
import { targetOf } from '../ui/drop-target.ts'
import { useText } from '../ui/use-text.ts'
import './designer-route.css'

/** One listener follows every drag: the innermost place under the pointer decides. */
function useDrops(): void {
  const app = useApp()
  useEffect(
    () =>
      monitorForElements({
        onDrag: ({ location }) => {
          const place = location.current.dropTargets[0]
          dragOver(app, place ? targetOf(place.data) : null)
        },
        onDrop: ({ location }) => {
          const place = location.current.dropTargets[0]
          dragOver(app, place ? targetOf(place.data) : null)
          if (place) drop(app)
          else endDrag()
        },
      }),
    [app],
  )
}

/** The designer's frame: data on the left, board in the middle, shelves and format on the right. */
export function DesignerRoute() {
  const presenting = useSession((session) => session.presenting)
  const showFields = useSession((session) => session.showFields)
  const showInspector = useSession((session) => session.showInspector)
  const title = useDocument(({ history }) => history.report.title)
  const text = useText()
  useDrops()
  if (presenting) {
    return (
      <div className="designer presenting">
        <PresentBar />
        <main className="designer-middle" aria-label={text('designer.board')}>
          <Board />
          <div className="board-foot">
            <LinkBar />
          </div>
        </main>
      </div>
    )
  }
  return (
    <div className="designer">
      <MenuBar />
      <Toolbar />
      <div className="designer-body">
        {showFields && <FieldsPanel />}
        <main className="designer-middle" aria-label={text('designer.board')}>
          <h1 className="visually-hidden">{title}</h1>
          <Board />
          <RowsPanel />
          <ProveDialog />
          <OthersDialog />
          <div className="board-foot">
            <PageTabs />
            <LinkBar />
          </div>
        </main>
        {showInspector && (
          <aside className="designer-right" aria-label={text('designer.format')}>
            <ShelvesPanel />
            <Inspector />
          </aside>
        )}
      </div>
      <StatusBar />
      <DropHint />
    </div>
  )
}
