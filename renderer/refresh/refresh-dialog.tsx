import { Button, Modal, Select } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useStore } from 'zustand'
import type { FolderFiles, RefreshedDataset } from '../../shared/data/refresh-words.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ImportRemark } from '../ui/import-remark.tsx'
import { PasswordAsk } from '../ui/password-ask.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { OverlapChoice } from '../ui/overlap-choice.tsx'
import { fileName } from './file-name.ts'
import { WhatChanged } from './what-changed.tsx'
import { MappingQuestion } from './mapping-question.tsx'
import type { RefreshFlow } from './refresh-flow.ts'
import { createRefreshFlow, idOf } from './refresh-flow.ts'
import './refresh.css'

/** Reads the files behind the report again and says what came of it. */
export function RefreshDialog() {
  const open = useShell((shell) => shell.dialog === 'refresh')
  return open ? <OpenRefresh /> : null
}

function OpenRefresh() {
  const app = useApp()
  const text = useText()
  const { appends, likelyTotals } = useShell((shell) => shell.dialogFor)
  const [flow] = useState(() => createRefreshFlow(app, { appends, likelyTotals }))
  const { running, error, done } = useStore(flow.store)
  useEffect(() => {
    void flow.run()
    return () => flow.cancel()
  }, [flow])
  const close = (): void => app.shell.closeDialog()
  return (
    <Modal
      open
      centered
      width={560}
      title={text(appends ? 'refresh.addTitle' : 'refresh.title')}
      mask={{ closable: false }}
      onCancel={() => (running ? flow.cancel() : close())}
      footer={
        running ? (
          <Button onClick={() => flow.cancel()}>{text('refresh.cancel')}</Button>
        ) : (
          <Button
            type={done.some(({ state }) => state === 'question') ? 'default' : 'primary'}
            onClick={close}
          >
            {text('refresh.done')}
          </Button>
        )
      }
    >
      {!appends && likelyTotals === undefined && <AutoChoice />}
      {running && <Running flow={flow} />}
      {error && (
        <div role="alert">
          <ErrorNotice error={error} />
        </div>
      )}
      {!running && !error && done.length === 0 && <p>{text('refresh.none.datasets')}</p>}
      <ul className="refresh-list">
        {done.map((one) => (
          <li key={idOf(one)}>
            <Outcome one={one} flow={flow} />
          </li>
        ))}
      </ul>
    </Modal>
  )
}

const choices = ['never', 'onOpen', 'onChange', 'hourly', 'daily'] as const

function AutoChoice() {
  const app = useApp()
  const text = useText()
  const own = useId()
  const chosen = useStore(app.settings.store, ({ settings }) => settings.refresh ?? 'never')
  return (
    <div className="refresh-field">
      <label htmlFor={own}>{text('refresh.auto')}</label>
      <Select
        id={own}
        value={chosen}
        options={choices.map((value) => ({ value, label: text(`refresh.auto.${value}`) }))}
        onChange={(refresh) => app.settings.change({ refresh })}
      />
    </div>
  )
}

function Running({ flow }: { readonly flow: RefreshFlow }) {
  const text = useText()
  const language = useLanguage()
  const progress = useStore(flow.store, (state) => state.progress)
  const rows = showCount(progress?.rows ?? 0, language)
  return (
    <p role="status" aria-busy="true">
      {progress === null
        ? text('refresh.running')
        : text(progress.phase === 'people' ? 'refresh.searching' : 'refresh.step', {
            ...{ dataset: progress.dataset, rows },
          })}
    </p>
  )
}

interface OutcomeProps {
  readonly one: RefreshedDataset
  readonly flow: RefreshFlow
}

function Outcome({ one, flow }: OutcomeProps) {
  const app = useApp()
  const text = useText()
  const name = one.state === 'failed' ? app.workspace.dataset(one.dataset)?.name : one.dataset.name
  return (
    <>
      <h3>{name}</h3>
      {one.state === 'unchanged' && <p>{text('refresh.unchanged')}</p>}
      {one.state === 'failed' && (
        <div role="alert">
          <ErrorNotice error={one.error} />
          <p>{text('refresh.stays')}</p>
          {one.error.code === 'dataset/overlap' && (
            <OverlapChoice
              error={one.error}
              onChoose={(choice) => void flow.settleOverlap(one.dataset, choice)}
            />
          )}
          {one.error.details['keeps'] === true && (
            <Button onClick={() => void flow.keepGone(one.dataset)}>
              {text('refresh.keepGone')}
            </Button>
          )}
          <Unlock failed={one} flow={flow} />
        </div>
      )}
      {one.state === 'question' && one.question.copyOf !== undefined && (
        <CopyQuestion asked={one} flow={flow} />
      )}
      {one.state === 'question' && one.question.copyOf === undefined && (
        <MappingQuestion key={one.question.file ?? ''} asked={one} flow={flow} />
      )}
      {one.state === 'refreshed' && <Refreshed one={one} flow={flow} />}
      {one.state !== 'failed' && one.folder && (
        <Folder dataset={one.dataset.id} files={one.folder} flow={flow} />
      )}
    </>
  )
}

interface CopyProps {
  readonly asked: Extract<RefreshedDataset, { state: 'question' }>
  readonly flow: RefreshFlow
}

/** A file that is in the data already would count twice. */
function CopyQuestion({ asked: { dataset, question }, flow }: CopyProps) {
  const app = useApp()
  const text = useText()
  const { file = '', fileId, copyOf = '', waiting, moved = false } = question
  const shown = fileName(flow, { dataset: dataset.id, file, fileId }, text)
  return (
    <div className="refresh-question">
      <p>{text(moved ? 'refresh.moved' : 'refresh.copy', { file: shown, other: copyOf })}</p>
      {waiting.length > 0 && <p>{text('refresh.waiting', { files: waiting.join(', ') })}</p>}
      <div className="refresh-answers">
        {moved && (
          <Button onClick={() => void flow.takeRenamed(dataset.id, file)}>
            {text('refresh.wasRenamed')}
          </Button>
        )}
        <Button
          type={moved ? 'default' : 'primary'}
          onClick={() => void flow.leaveOut(dataset.id, fileId ?? file)}
        >
          {text(moved ? 'refresh.isOldCopy' : 'refresh.leaveOutCopy')}
        </Button>
        <Button onClick={() => app.shell.closeDialog()}>{text('app.cancel')}</Button>
      </div>
    </div>
  )
}

interface FolderProps {
  readonly dataset: string
  readonly files: FolderFiles
  readonly flow: RefreshFlow
}

/** Files of the folder that are not in the data, and those that are gone from it. */
function Folder({ dataset, files, flow }: FolderProps) {
  const text = useText()
  const { leftOut, sheets, decided, gone, inside, renamed = [] } = files
  return (
    <>
      {leftOut.length > 0 && (
        <div role="alert">
          <p>{text('refresh.leftOut')}</p>
          {leftOut.map(({ name, fileId, error }) => (
            <div key={fileId ?? name}>
              <strong>{fileName(flow, { dataset, file: name, fileId }, text)}</strong>
              <ErrorNotice error={error} />
              <Unlock failed={{ dataset, error }} flow={flow} />
              <Button size="small" onClick={() => void flow.leaveOut(dataset, fileId ?? name)}>
                {text('refresh.leaveOutForNow')}
              </Button>
            </div>
          ))}
        </div>
      )}
      {renamed.length > 0 && <p>{text('refresh.renamedSheets', { names: renamed.join(', ') })}</p>}
      {sheets.length > 0 && <p>{text('refresh.sheets', { names: sheets.join(', ') })}</p>}
      {decided.length > 0 && (
        <p>
          {text('refresh.decided', { files: decided.join(', ') })}{' '}
          <Button size="small" onClick={() => void flow.takeIn(dataset, decided)}>
            {text('refresh.takeIn')}
          </Button>
        </p>
      )}
      {gone.length > 0 && <p>{text('refresh.gone', { files: gone.join(', ') })}</p>}
      {inside.length > 0 && <p>{text('refresh.inside', { names: insideNames(inside) })}</p>}
    </>
  )
}

const insideNames = (inside: FolderFiles['inside']): string =>
  inside.map(({ name, files }) => `${name} (${files})`).join(', ')

interface UnlockProps {
  readonly failed: Pick<Extract<RefreshedDataset, { state: 'failed' }>, 'dataset' | 'error'>
  readonly flow: RefreshFlow
}

/** A protected file needs its password each time it is read. */
function Unlock({ failed: { dataset, error }, flow }: UnlockProps) {
  const locked = error.code === 'dataset/encrypted' || error.code === 'dataset/wrongPassword'
  const { name } = error.details
  if (!locked || typeof name !== 'string') return null
  return (
    <PasswordAsk
      key={name}
      name={name}
      onGiven={(password) => void flow.unlock(dataset, name, password)}
    />
  )
}

interface LostProps {
  readonly lost: NonNullable<Extract<RefreshedDataset, { state: 'refreshed' }>['lost']>
}

/** Fields reports may miss from now on, by name. */
function LostFields({ lost: { gone, retyped } }: LostProps) {
  const text = useText()
  return (
    <div role="alert">
      {gone.length > 0 && (
        <p>{text('refresh.fieldsGone', { fields: gone.join(text('list.separator')) })}</p>
      )}
      {retyped.map(({ field, from, to }) => (
        <p key={field}>
          {text('refresh.retyped', { field, from: text(`type.${from}`), to: text(`type.${to}`) })}
        </p>
      ))}
    </div>
  )
}

/** What a rule chosen once does to the values of this time. */
const toldRemarks = new Set([
  'openDateOrder',
  'lostValues',
  'roundedValues',
  'longDecimals',
  'openComma',
  'commaBefore',
])

function Refreshed({
  one,
  flow,
}: OutcomeProps & { readonly one: Extract<RefreshedDataset, { state: 'refreshed' }> }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const [before, setBefore] = useState<number>()
  const { id, version, rows, rejected, warnings } = one.dataset
  // Nothing in the files says which is the day: asked here as after an import.
  const told = warnings.filter(({ code }) => toldRemarks.has(code))
  useEffect(() => {
    void app.engine['dataset.versions']({ dataset: id }).then((answer) => {
      if (!answer.ok) return
      setBefore(answer.value.versions.find((kept) => kept.version < version)?.version)
    })
  }, [app, id, version])
  const counts = { before: showCount(one.rowsBefore, language), after: showCount(rows, language) }
  return (
    <>
      <p>{text('refresh.rows', counts)}</p>
      {one.read.length > 0 && <p>{text('refresh.read', { files: one.read.join(', ') })}</p>}
      {one.added.length > 0 && <p>{text('refresh.added', { files: one.added.join(', ') })}</p>}
      {one.lost && <LostFields lost={one.lost} />}
      {rejected > 0 && <p>{text('refresh.rejected', { count: showCount(rejected, language) })}</p>}
      {told.length > 0 && (
        <ul className="result-remarks" aria-label={text('import.remarks')}>
          {told.map((warning) => (
            <ImportRemark
              key={`${warning.code} ${warning.column ?? ''}`}
              warning={warning}
              onRule={(column, rule) => void flow.applyRule(id, { ...rule, column })}
            />
          ))}
        </ul>
      )}
      {one.waiting && (
        <p role="alert">{text('refresh.recipesWaiting', { datasets: one.waiting.join(', ') })}</p>
      )}
      <WhatChanged dataset={id} version={version} />
      {before !== undefined && (
        <Button onClick={() => void flow.goBack(id, before)}>{text('refresh.goBack')}</Button>
      )}
    </>
  )
}
