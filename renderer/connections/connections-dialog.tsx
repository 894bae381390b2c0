import { Button, Modal, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/use-text.ts'
import { ConnectionForm } from './connection-form.tsx'
import { ConnectionList } from './connection-list.tsx'
import { createConnectionsFlow } from './connections-flow.ts'
import { TablePicker } from './table-picker.tsx'
import './connections.css'

/** Database servers of the house: connections to them, and their tables as datasets that stay there. */
export function ConnectionsDialog() {
  const open = useShell((shell) => shell.dialog === 'connections')
  return open ? <OpenConnections /> : null
}

function OpenConnections() {
  const app = useApp()
  const text = useText()
  const [flow] = useState(() => createConnectionsFlow(app))
  const { known, draft, chosen, error, busy } = useStore(flow.store)
  useEffect(() => {
    void flow.look()
    return () => flow.leave()
  }, [flow])
  const close = (): void => app.shell.closeDialog()
  return (
    <Modal
      open
      centered
      width={820}
      title={text('connections.title')}
      mask={{ closable: false }}
      onCancel={() => (busy ? flow.cancel() : close())}
      footer={<Button onClick={close}>{text('app.close')}</Button>}
    >
      <p className="hint">{text('connections.about')}</p>
      {known === null ? (
        <div role="status" aria-label={text('connections.loading')}>
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      ) : (
        <div className="connections">
          <ConnectionList flow={flow} />
          <div className="connections-main">
            {error && (
              <div role="alert">
                <ErrorNotice error={error} />
              </div>
            )}
            {draft ? (
              <ConnectionForm flow={flow} draft={draft} known={known} />
            ) : chosen === null ? (
              <p className="hint">{text('connections.choose')}</p>
            ) : (
              <TablePicker key={chosen} flow={flow} />
            )}
          </div>
        </div>
      )}
    </Modal>
  )
}
