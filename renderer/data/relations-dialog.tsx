import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/use-text.ts'
import { createRelationsFlow } from './relations-flow.ts'
import { RelateForm, RelateProgress } from './relations-form.tsx'
import { ExistingRelations, ProposedRelations } from './relations-lists.tsx'
import './relations.css'

/** How the datasets of the workspace are related, and how they could be. */
export function RelationsDialog() {
  const open = useShell((shell) => shell.dialog === 'relationships')
  return open ? <OpenRelations /> : null
}

function OpenRelations() {
  const app = useApp()
  const text = useText()
  const [flow] = useState(() => createRelationsFlow(app))
  const making = useStore(flow.store, (state) => state.making !== null)
  const error = useStore(flow.store, (state) => state.error)
  const workspace = useStore(app.workspace.store, ({ current }) => current)
  const datasets = workspace?.datasets ?? []
  const relationships = workspace?.relationships ?? []
  useEffect(() => {
    void flow.look()
    return () => flow.leave()
  }, [flow])
  const close = (): void => app.shell.closeDialog()
  return (
    <Modal
      open
      centered
      width={640}
      title={text('relations.title')}
      mask={{ closable: false }}
      onCancel={() => (making ? flow.cancel() : close())}
      footer={<Button onClick={close}>{text('app.close')}</Button>}
    >
      <div className="relations">
        <p className="hint">{text('relations.about')}</p>
        {error && (
          <div role="alert">
            <ErrorNotice error={error} />
          </div>
        )}
        <ExistingRelations flow={flow} relationships={relationships} />
        {datasets.length < 2 ? (
          <p className="hint">{text('relations.tooFew')}</p>
        ) : (
          <>
            <ProposedRelations flow={flow} />
            <RelateForm flow={flow} datasets={datasets} relationships={relationships} />
            <RelateProgress flow={flow} />
          </>
        )}
      </div>
    </Modal>
  )
}
