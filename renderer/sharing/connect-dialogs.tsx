import { Button, Modal, Skeleton } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import type { AppError, Outcome } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { Report } from '../../shared/report/report.ts'
import type { App } from '../state/app.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/use-text.ts'
import { applyMapping, offerToConnect, startFromTemplate } from './apply-mapping.ts'
import type { SlotMapping } from './mapping.ts'
import { startMapping } from './mapping.ts'
import { MappingForm } from './mapping-form.tsx'
import './sharing.css'

/** The mapping step: for a template, and for an open report whose datasets are not here. */
export function ConnectDialogs() {
  const app = useApp()
  const dialog = useShell((shell) => shell.dialog)
  const file = useShell((shell) => shell.dialogFor.files?.[0])
  const open = app.documents.current()
  useEffect(() => offerToConnect(app), [app])
  if (dialog === 'useTemplate' && file) return <UseTemplate key={file.id} file={file} />
  if (dialog === 'useStarter') return <UseStarter />
  return dialog === 'connect' && open ? <Connect report={open.history.report} /> : null
}

const datasetsOf = (app: App) => app.workspace.store.getState().current?.datasets ?? []

function Connect({ report }: { readonly report: Report }) {
  const app = useApp()
  const text = useText()
  const [mappings, setMappings] = useState<readonly SlotMapping[]>(() =>
    startMapping(report, datasetsOf(app), app.documents.current()?.bindings ?? {}),
  )
  const close = (): void => app.shell.closeDialog()
  const connect = (): void => {
    close()
    applyMapping(app, mappings)
  }
  return (
    <Modal
      open
      centered
      width={680}
      className="connect"
      title={text('connect.title')}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{text('app.cancel')}</Button>
          <Button
            type="primary"
            disabled={mappings.every(({ dataset }) => dataset === null)}
            onClick={connect}
          >
            {text('connect.button')}
          </Button>
        </>
      }
    >
      <p>{text('connect.about')}</p>
      <MappingForm report={report} mappings={mappings} onChange={setMappings} />
    </Modal>
  )
}

interface Reading {
  readonly report: Report | null
  readonly error: AppError | null
  readonly mappings: readonly SlotMapping[]
}

type ReadTemplate = (app: App, signal: AbortSignal) => Promise<Outcome<{ readonly report: Report }>>

const readStarter: ReadTemplate = (app, signal) => app.engine['template.starter']({}, { signal })

/** `read` stays the same one as long as the template does. */
function useTemplateReport(
  read: ReadTemplate,
): [Reading, (mappings: readonly SlotMapping[]) => void] {
  const app = useApp()
  const [reading, setReading] = useState<Reading>({ report: null, error: null, mappings: [] })
  useEffect(() => {
    const abort = new AbortController()
    void read(app, abort.signal).then((answer) => {
      if (abort.signal.aborted) return
      if (!answer.ok) setReading({ report: null, error: answer.error, mappings: [] })
      else {
        const { report } = answer.value
        setReading({ report, error: null, mappings: startMapping(report, datasetsOf(app), {}) })
      }
    })
    return () => abort.abort()
  }, [app, read])
  return [reading, (mappings) => setReading((now) => ({ ...now, mappings }))]
}

function UseTemplate({ file }: { readonly file: FileRef }) {
  const read = useCallback<ReadTemplate>(
    (app, signal) => app.engine['template.open']({ file }, { signal }),
    [file],
  )
  return <UseReport name={file.name} read={read} />
}

function UseStarter() {
  const text = useText()
  return <UseReport name={text('start.starter')} read={readStarter} />
}

function UseReport({ name, read }: { readonly name: string; readonly read: ReadTemplate }) {
  const app = useApp()
  const text = useText()
  const [{ report, error, mappings }, change] = useTemplateReport(read)
  const close = (): void => app.shell.closeDialog()
  const title = report && report.title !== '' ? report.title : name
  return (
    <Modal
      open
      centered
      width={680}
      className="connect"
      title={text('template.use.title', { title })}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{text('app.cancel')}</Button>
          <Button
            type="primary"
            disabled={report === null}
            onClick={() => report && void startFromTemplate(app, report, mappings)}
          >
            {text('template.use.button')}
          </Button>
        </>
      }
    >
      {error && <ErrorNotice error={error} />}
      {!report && !error && (
        <div role="status" aria-busy="true" aria-label={text('connect.reading')}>
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      )}
      {report && (
        <>
          <p>{text('template.use.about')}</p>
          <MappingForm report={report} mappings={mappings} onChange={change} />
        </>
      )}
    </Modal>
  )
}
