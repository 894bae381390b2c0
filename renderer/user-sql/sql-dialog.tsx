import { Button, Modal, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useApp, useShell } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'
import { AgreeBody } from './agree-body.tsx'
import { SqlForm } from './sql-form.tsx'
import type { SqlFlow } from './sql-flow.ts'
import { createSqlFlow } from './sql-flow.ts'
import './user-sql.css'

/** A dataset made of a statement: written, tried, changed; or shown before it may run. */
export function SqlDialog() {
  const open = useShell((shell) => shell.dialog === 'sql')
  const dataset = useShell((shell) => shell.dialogFor.dataset)
  return open ? <OpenSql key={dataset ?? ''} dataset={dataset} /> : null
}

function OpenSql({ dataset }: { readonly dataset: string | undefined }) {
  const app = useApp()
  const text = useText()
  const [flow] = useState(() => createSqlFlow(app, dataset))
  const { kept, busy, name } = useStore(flow.store)
  useEffect(() => {
    void flow.look()
    return () => flow.cancel()
  }, [flow])
  const close = (): void => app.shell.closeDialog()
  const asksToAgree = kept?.agreed === false
  const title = asksToAgree
    ? text('sql.agreeTitle')
    : kept
      ? text('sql.editTitle', { name: kept.dataset.name })
      : text('sql.title')
  return (
    <Modal
      open
      centered
      width={asksToAgree ? 720 : 1000}
      title={title}
      mask={{ closable: false }}
      onCancel={() => (busy ? flow.cancel() : close())}
      footer={
        asksToAgree ? (
          <AgreeButtons flow={flow} close={close} />
        ) : (
          <FormButtons flow={flow} close={close} isNamed={name.trim() !== ''} />
        )
      }
    >
      {kept === undefined ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : asksToAgree ? (
        <AgreeBody kept={kept} flow={flow} />
      ) : (
        <SqlForm flow={flow} />
      )}
    </Modal>
  )
}

interface ButtonsProps {
  readonly flow: SqlFlow
  readonly close: () => void
}

function AgreeButtons({ flow, close }: ButtonsProps) {
  const text = useText()
  const agree = async (): Promise<void> => {
    await flow.agree()
    if (flow.store.getState().error === null) close()
  }
  return (
    <>
      <Button type="primary" onClick={close}>
        {text('sql.notNow')}
      </Button>
      <Button onClick={() => void agree()}>{text('sql.agree')}</Button>
    </>
  )
}

function FormButtons({ flow, close, isNamed }: ButtonsProps & { readonly isNamed: boolean }) {
  const text = useText()
  const { kept, draft, busy, preview } = useStore(flow.store)
  const hasRows = preview === null || preview.rows.length > 0
  const save = async (): Promise<void> => {
    if (await flow.save()) close()
  }
  return (
    <>
      {busy === 'save' && <Button onClick={() => flow.cancel()}>{text('sql.stop')}</Button>}
      <Button disabled={busy === 'save'} onClick={close}>
        {text('app.cancel')}
      </Button>
      <Button
        type="primary"
        loading={busy === 'save'}
        disabled={!isNamed || draft.text.trim() === '' || busy !== null || !hasRows}
        onClick={() => void save()}
      >
        {text(kept ? 'sql.change' : 'sql.make')}
      </Button>
    </>
  )
}
