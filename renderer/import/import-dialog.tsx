import { Button, Modal, Progress } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { designWith } from './finish-import.ts'
import type { DeskImport, ImportDesk } from './import-desk.ts'
import { createImportDesk } from './import-desk.ts'
import type { ImportFlow } from './import-flow.ts'
import { broughtIn } from './import-state.ts'
import { planIsReady } from './import-plan.ts'
import { ImportTray } from './import-tray.tsx'
import { LinksStep } from './links-step.tsx'
import { OverlapChoice } from '../ui/overlap-choice.tsx'
import { PlanStep } from './plan-step.tsx'
import { Reading } from './reading.tsx'
import { ResultStep } from './result-step.tsx'
import './import.css'
import './preview.css'
import './result.css'

/** "Open my data": files, preview, import, result, relationships; and what of it goes on when it is put away. */
export function ImportDialog() {
  const app = useApp()
  const [desk] = useState(() => createImportDesk(app))
  const ask = useShell(({ dialog, dialogFor }) => (dialog === 'import' ? dialogFor : null))
  useEffect(() => {
    if (ask) desk.opened(ask)
    else desk.left()
  }, [desk, ask])
  const shown = useStore(desk.store, ({ imports, shown: id }) =>
    imports.find((one) => one.id === id),
  )
  return (
    <>
      {ask && shown && <OpenImport key={shown.id} desk={desk} shown={shown} />}
      <ImportTray desk={desk} />
    </>
  )
}

interface OpenProps {
  readonly desk: ImportDesk
  readonly shown: DeskImport
}

function OpenImport({ desk, shown }: OpenProps) {
  const app = useApp()
  const text = useText()
  const { flow } = shown
  const step = useStore(flow.store, (state) => state.step)
  return (
    <Modal
      open
      width={980}
      centered
      className="import"
      title={text('import.title')}
      mask={{ closable: false }}
      // What reads goes on when the dialog is put away.
      onCancel={() => (step === 'looking' ? flow.cancel() : app.shell.closeDialog())}
      footer={<ImportFooter desk={desk} shown={shown} />}
    >
      <StepLine flow={flow} />
      <ImportBody desk={desk} shown={shown} />
    </Modal>
  )
}

const shownSteps = ['files', 'plan', 'result', 'links'] as const

function StepLine({ flow }: { readonly flow: ImportFlow }) {
  const text = useText()
  const step = useStore(flow.store, (state) => state.step)
  const shown = step === 'looking' ? 'files' : step === 'importing' ? 'plan' : step
  const at = shownSteps.indexOf(shown)
  return (
    <ol className="import-steps">
      {shownSteps.map((name, index) => (
        <li key={name} aria-current={index === at ? 'step' : undefined} data-done={index < at}>
          <span className="step-number">
            {index < at ? <Icon name="check" size={12} /> : index + 1}
          </span>
          {text(`import.step.${name}`)}
        </li>
      ))}
    </ol>
  )
}

function ImportBody({ desk, shown: { id, flow } }: OpenProps) {
  const step = useStore(flow.store, (state) => state.step)
  const error = useStore(flow.store, (state) => state.error)
  return (
    <div className="import-body">
      {error && (
        <div className="import-error" role="alert">
          <ErrorNotice error={error} />
          {error.code === 'dataset/overlap' && (
            <OverlapChoice error={error} onChoose={(choice) => void flow.settleOverlap(choice)} />
          )}
        </div>
      )}
      {step === 'files' && <FilesStep flow={flow} />}
      {step === 'looking' && <Looking flow={flow} />}
      {step === 'plan' && <PlanStep flow={flow} />}
      {step === 'importing' && (
        <Reading flow={flow} onLeaveOut={(name) => void desk.leaveOut(id, name)} />
      )}
      {step === 'result' && <ResultStep flow={flow} />}
      {step === 'links' && <LinksStep flow={flow} />}
    </div>
  )
}

function FilesStep({ flow }: { readonly flow: ImportFlow }) {
  const text = useText()
  return (
    <div className="import-pick">
      <Icon name="upload" size={32} />
      <p>{text('import.dropHere')}</p>
      <p className="hint">{text('import.kinds')}</p>
      <Button type="primary" onClick={() => void flow.pick()}>
        {text('import.pick')}
      </Button>
      <Button onClick={() => void flow.pickFolder()}>{text('import.pickFolder')}</Button>
      <p className="hint">{text('import.folderHint')}</p>
    </div>
  )
}

function Looking({ flow }: { readonly flow: ImportFlow }) {
  const text = useText()
  const done = useStore(flow.store, (state) => state.looked)
  const files = useStore(flow.store, (state) => state.files.length)
  return (
    <div className="import-pick" role="status" aria-busy="true">
      <Progress type="circle" percent={30} size={36} className="turning" showInfo={false} />
      <p>{text('import.looking')}</p>
      {files > 1 && <p className="hint">{text('import.looked', { done, files })}</p>}
    </div>
  )
}

function ImportFooter({ desk, shown: { id, flow } }: OpenProps) {
  const app = useApp()
  const text = useText()
  const state = useStore(flow.store)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  const inReport = useStore(app.documents.store, ({ current }) => current !== null)
  const { step } = state
  const close = <Button onClick={() => app.shell.closeDialog()}>{text('app.cancel')}</Button>
  if (step === 'looking')
    return <Button onClick={() => flow.cancel()}>{text('import.stop')}</Button>
  if (step === 'importing') {
    return (
      <>
        <Button className="foot-start" onClick={() => void desk.stop(id)}>
          {text('import.stop')}
        </Button>
        <Button type="primary" onClick={() => app.shell.closeDialog()}>
          {text('import.putAway')}
        </Button>
      </>
    )
  }
  if (step === 'files') return close
  if (step === 'plan') {
    return (
      <>
        <Button className="foot-start" onClick={() => void flow.pick()}>
          {text('import.more')}
        </Button>
        {close}
        <Button
          type="primary"
          disabled={!planIsReady(state.plan, datasets, state.beside)}
          onClick={() => void flow.run()}
        >
          {text('import.run')}
        </Button>
      </>
    )
  }
  const design = (
    <Button
      type={step === 'links' ? 'primary' : 'default'}
      onClick={() => designWith(app, broughtIn(state))}
    >
      {text(inReport ? 'import.addToReport' : 'import.design')}
    </Button>
  )
  if (step === 'links') return design
  return (
    <>
      {design}
      {state.proposing && <Button onClick={() => flow.cancel()}>{text('app.cancel')}</Button>}
      <Button type="primary" loading={state.proposing} onClick={() => void flow.propose()}>
        {text(state.proposing ? 'relations.looking' : 'import.toLinks')}
      </Button>
    </>
  )
}
