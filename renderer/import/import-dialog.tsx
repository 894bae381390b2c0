import { Button, Modal, Progress } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { FileRef } from '../../shared/host-words.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { designWith } from './finish-import.ts'
import type { ImportFlow } from './import-flow.ts'
import { broughtIn, createImportFlow } from './import-flow.ts'
import { planIsReady, planOrders } from './import-plan.ts'
import { LinksStep } from './links-step.tsx'
import { OverlapChoice } from '../ui/overlap-choice.tsx'
import { PlanStep } from './plan-step.tsx'
import { ResultStep } from './result-step.tsx'
import './import.css'
import './preview.css'
import './result.css'

/** "Open my data": files, preview, import, result, relationships. */
export function ImportDialog() {
  const open = useShell((shell) => shell.dialog === 'import')
  return open ? <OpenImport /> : null
}

const none: readonly FileRef[] = []

function OpenImport() {
  const app = useApp()
  const text = useText()
  const files = useShell((shell) => shell.dialogFor.files ?? none)
  const folder = useShell((shell) => shell.dialogFor.folder === true)
  const [flow] = useState(() => createImportFlow(app))
  const step = useStore(flow.store, (state) => state.step)
  // Files dropped while the dialog is open join those already here.
  useEffect(() => {
    void (files.length > 0 ? flow.look(files) : folder ? flow.pickFolder() : flow.pick())
  }, [flow, files, folder])
  const busy = step === 'looking' || step === 'importing'
  return (
    <Modal
      open
      width={980}
      centered
      className="import"
      title={text('import.title')}
      mask={{ closable: false }}
      onCancel={() => (busy ? flow.cancel() : app.shell.closeDialog())}
      footer={<ImportFooter flow={flow} />}
    >
      <StepLine flow={flow} />
      <ImportBody flow={flow} />
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

function ImportBody({ flow }: { readonly flow: ImportFlow }) {
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
      {step === 'importing' && <Importing flow={flow} />}
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

function Importing({ flow }: { readonly flow: ImportFlow }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { plan, progress } = useStore(flow.store)
  const datasets = app.workspace.store.getState().current?.datasets ?? []
  const { orders, live } = planOrders(plan, datasets)
  const planned = [...orders, ...live].map(({ name }) => name.trim())
  // Recipes that look into what comes in are run again, each under the name of its dataset.
  const names = [...new Set([...planned, ...Object.keys(progress)])]
  return (
    <div className="import-running">
      <ul>
        {names.map((name) => {
          const part = progress[name]
          const percent = Math.round((part?.fraction ?? 0) * 100)
          return (
            <li key={name}>
              <span className="running-name">
                <Icon name="dataset" />
                <strong>{name}</strong>
                <span className="hint">
                  {part ? text(`import.phase.${part.phase}`) : text('import.waiting')}
                  {part && ` · ${text('import.rows', { count: showCount(part.rows, language) })}`}
                  {part?.rate != null &&
                    ` · ${text('import.rate', { count: showCount(part.rate, language) })}`}
                </span>
              </span>
              <Progress
                percent={part?.phase === 'committing' ? 100 : percent}
                aria-label={name}
                showInfo={false}
                strokeColor="var(--accent)"
              />
            </li>
          )
        })}
      </ul>
      {orders.length > 0 && <p className="hint">{text('import.allOrNothing')}</p>}
    </div>
  )
}

function ImportFooter({ flow }: { readonly flow: ImportFlow }) {
  const app = useApp()
  const text = useText()
  const state = useStore(flow.store)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  const inReport = useStore(app.documents.store, ({ current }) => current !== null)
  const { step } = state
  const close = <Button onClick={() => app.shell.closeDialog()}>{text('app.cancel')}</Button>
  if (step === 'looking' || step === 'importing')
    return <Button onClick={() => flow.cancel()}>{text('import.stop')}</Button>
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
          disabled={!planIsReady(state.plan, datasets)}
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
