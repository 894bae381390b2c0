import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useApp } from '../../state/app-context.ts'
import { IconButton } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/use-text.ts'
import type { RelationsFlow } from '../relations-flow.ts'
import { createRelationsFlow } from '../relations-flow.ts'
import { RelateForm, RelateProgress } from '../relations-form.tsx'
import { ExistingRelations, ProposedRelations } from '../relations-lists.tsx'
import { ModelCanvas } from './model-canvas.tsx'
import { createModelStore } from './model-store.ts'
import '../relations.css'
import './model.css'

const noDatasets: readonly never[] = []

/** How all datasets of the workspace hang together: drawn, and beside it as lists and a form that say and do the same. */
export function ModelView() {
  const app = useApp()
  const text = useText()
  const [flow] = useState(() => createRelationsFlow(app))
  const [store] = useState(createModelStore)
  const workspace = useStore(app.workspace.store, ({ current }) => current)
  const error = useStore(flow.store, (state) => state.error)
  const chosen = useStore(store, (state) => state.chosen)
  const datasets = workspace?.datasets ?? noDatasets
  const relationships = workspace?.relationships ?? noDatasets
  useEffect(() => {
    void flow.look()
    // Wherever the focus is: the button that was pressed last may be gone with its line.
    const onKey = (event: KeyboardEvent): void => stepByKey(event, flow)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
      flow.leave()
    }
  }, [flow])
  return (
    <div className="model-view">
      <main aria-label={text('model.title')}>
        <ModelCanvas {...{ store, flow, datasets, relationships }} />
      </main>
      <aside className="model-panel" aria-label={text('relations.title')}>
        <div className="panel-title">
          <h2>{text('relations.title')}</h2>
          <Steps flow={flow} />
        </div>
        <div className="relations model-lists">
          {error && (
            <div role="alert">
              <ErrorNotice error={error} />
            </div>
          )}
          <RelateProgress flow={flow} />
          {datasets.length < 2 ? (
            <p className="hint">{text('relations.tooFew')}</p>
          ) : (
            <RelateForm flow={flow} datasets={datasets} relationships={relationships} />
          )}
          <ExistingRelations
            flow={flow}
            relationships={relationships}
            chosen={chosen}
            onChoose={(id) => store.setState({ chosen: id })}
          />
          {datasets.length > 1 && <ProposedRelations flow={flow} />}
        </div>
      </aside>
    </div>
  )
}

function Steps({ flow }: { readonly flow: RelationsFlow }) {
  const text = useText()
  const { canUndo, canRedo, making } = useStore(flow.store)
  return (
    <span className="model-steps">
      <IconButton
        icon="undo"
        small
        label={text('action.edit.undo')}
        disabled={!canUndo || making !== null}
        onClick={() => void flow.undo()}
      />
      <IconButton
        icon="redo"
        small
        label={text('action.edit.redo')}
        disabled={!canRedo || making !== null}
        onClick={() => void flow.redo()}
      />
    </span>
  )
}

function stepByKey(event: KeyboardEvent, flow: RelationsFlow): void {
  const { making } = flow.store.getState()
  if (!(event.ctrlKey || event.metaKey) || making || event.defaultPrevented) return
  const key = event.key.toLowerCase()
  if (key === 'y' || (key === 'z' && event.shiftKey)) void flow.redo()
  else if (key === 'z') void flow.undo()
  else return
  event.preventDefault()
}
