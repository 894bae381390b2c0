import { Button, Checkbox, Modal, Progress, Radio } from 'antd'
import { useState } from 'react'
import { useStore } from 'zustand'
import { personalModes } from '../../shared/data/personal.ts'
import type { ExportFormat } from '../../shared/export-words.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { useApp, useHistory, useShell } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { showBytes, showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { ExportFlow } from './export-flow.ts'
import { createExportFlow } from './export-flow.ts'
import type { ScopeKind } from './export-plan.ts'
import {
  blockOf,
  canOpenLevels,
  canSayQuality,
  exportLevels,
  formats,
  scopesFor,
  withFormat,
} from './export-plan.ts'
import { longPrints } from './long-prints.ts'
import './export.css'

export function ExportDialog() {
  const app = useApp()
  const open = useShell((shell) => shell.dialog === 'export')
  return open && app.documents.current() ? <OpenExport /> : null
}

/** What to write and as what, how far it is, and what was written. */
function OpenExport() {
  const app = useApp()
  const text = useText()
  const named = useShell((shell) => shell.dialogFor.block)
  const { report, selection } = useHistory()
  const only = selection.blocks.length === 1 ? selection.blocks[0] : undefined
  const block = blockOf(report, named ?? only)
  const [flow] = useState(() => {
    const start = { format: 'xlsx', scope: named === undefined ? 'report' : 'block' } as const
    return createExportFlow(app, block, withFormat(start, 'xlsx', block))
  })
  const { step, choice, error } = useStore(flow.store)
  const title = choice.scope === 'block' && block ? blockTitle(block, text) : report.title
  const close = (): void => app.shell.closeDialog()
  return (
    <Modal
      open
      centered
      width={620}
      className="export"
      title={text('export.title')}
      mask={{ closable: step !== 'running' }}
      onCancel={() => (step === 'running' ? flow.cancel() : close())}
      footer={<ExportFooter flow={flow} block={block} name={title} onClose={close} />}
    >
      {error && (
        <div role="alert">
          <ErrorNotice error={error} />
        </div>
      )}
      {step === 'choose' && <Choose flow={flow} block={block} />}
      {step === 'running' && <Running flow={flow} />}
      {step === 'done' && <Done flow={flow} />}
    </Modal>
  )
}

interface FlowProps {
  readonly flow: ExportFlow
  readonly block: Block | null
}

const icons: Readonly<Record<ExportFormat, IconName>> = {
  xlsx: 'crosstab',
  pdf: 'page',
  png: 'image',
  svg: 'line',
  csv: 'table',
}

function Choose({ flow, block }: FlowProps) {
  const text = useText()
  const choice = useStore(flow.store, (state) => state.choice)
  const { report, selection } = useHistory()
  const scopes = scopesFor(choice.format, block)
  const labels = {
    report: text('export.scope.report'),
    page: text('export.scope.page', { title: report.pages[selection.page]?.title ?? '' }),
    block: text('export.scope.block', { title: block ? blockTitle(block, text) : '' }),
  }
  return (
    <>
      <Radio.Group
        className="export-formats"
        aria-label={text('export.format')}
        value={choice.format}
        onChange={(event) =>
          flow.choose(
            withFormat(choice, formats.find((f) => f === event.target.value) ?? 'xlsx', block),
          )
        }
      >
        {formats.map((format) => {
          const possible = scopesFor(format, block).length > 0
          return (
            <Radio key={format} value={format} disabled={!possible}>
              <Icon name={icons[format]} size={20} />
              <span>
                <strong>{text(`export.${format}`)}</strong>
                <small>{text(possible ? `export.${format}.about` : 'export.notThis')}</small>
              </span>
            </Radio>
          )
        })}
      </Radio.Group>
      <h3 className="export-what" id="export-what">
        {text('export.scope')}
      </h3>
      <Radio.Group
        className="export-scopes"
        aria-labelledby="export-what"
        value={choice.scope}
        options={scopes.map((scope) => ({ value: scope, label: labels[scope] }))}
        onChange={(event) =>
          flow.choose({
            ...choice,
            scope: scopes.find((s) => s === event.target.value) ?? 'report',
          })
        }
      />
      <p className="hint">{text('export.view')}</p>
      {choice.format === 'pdf' && <LongPrints scope={choice.scope} block={block} />}
      <Levels flow={flow} block={block} />
      {canSayQuality(choice) && <Quality flow={flow} />}
      <Personal flow={flow} />
    </>
  )
}

/** Only where something is put away. */
function Levels({ flow, block }: FlowProps) {
  const app = useApp()
  const text = useText()
  const { choice, levels } = useStore(flow.store)
  if (!canOpenLevels(app, choice, block)) return null
  return (
    <section aria-labelledby="export-levels">
      <h3 className="export-what" id="export-levels">
        {text('export.levels')}
      </h3>
      <Radio.Group
        className="export-scopes"
        aria-labelledby="export-levels"
        value={levels}
        options={exportLevels.map((one) => ({ value: one, label: text(`export.levels.${one}`) }))}
        onChange={(event) =>
          flow.chooseLevels(exportLevels.find((one) => one === event.target.value) ?? 'shown')
        }
      />
      <p className="hint">{text('export.levels.about')}</p>
    </section>
  )
}

function Quality({ flow }: { readonly flow: ExportFlow }) {
  const text = useText()
  const quality = useStore(flow.store, (state) => state.quality)
  return (
    <Checkbox
      className="export-quality"
      checked={quality}
      onChange={(event) => flow.chooseQuality(event.target.checked)}
    >
      {text('export.quality')}
      <small>{text('export.quality.about')}</small>
    </Checkbox>
  )
}

/** Nobody means to print hundreds of sheets without having been told. */
function LongPrints({ scope, block }: { readonly scope: ScopeKind; readonly block: Block | null }) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const { report, selection } = useHistory()
  const results = useStore(app.results.store, ({ blocks }) => blocks)
  const pages = scope === 'page' ? [selection.page] : report.pageOrder
  const long = longPrints(report, pages, results).filter(
    (one) => scope !== 'block' || one.block.id === block?.id,
  )
  return long.map((one) => (
    <p key={one.block.id} className="export-warning">
      <Icon name="warning" size={14} />
      {text('export.longPrint', {
        block: blockTitle(one.block, text),
        rows: showCount(one.rows, language),
        sheets: showCount(one.sheets, language),
      })}
    </p>
  ))
}

/** How people leave: named columns, masked unless it is said for this one export. */
function Personal({ flow }: { readonly flow: ExportFlow }) {
  const text = useText()
  const { personal, personalColumns } = useStore(flow.store)
  if (personalColumns?.length === 0) return null
  const columns = personalColumns ?? []
  return (
    <section aria-labelledby="export-personal">
      <h3 className="export-what" id="export-personal">
        <Icon name="person" size={14} /> {text('export.personal')}
      </h3>
      {columns.length > 0 && (
        <p className="hint">
          {text('export.personal.columns', {
            columns: columns
              .map(({ dataset, field }) => `${dataset} · ${field}`)
              .join(text('list.separator')),
          })}
        </p>
      )}
      <Radio.Group
        className="export-scopes"
        aria-labelledby="export-personal"
        value={personal}
        options={personalModes.map((mode) => ({
          value: mode,
          label: text(`export.personal.${mode}`),
        }))}
        onChange={(event) =>
          flow.choosePersonal(personalModes.find((mode) => mode === event.target.value) ?? 'mask')
        }
      />
      <p className="hint">{text(`export.personal.${personal}.about`)}</p>
    </section>
  )
}

function Running({ flow }: { readonly flow: ExportFlow }) {
  const text = useText()
  const progress = useStore(flow.store, (state) => state.progress)
  const phase = progress?.phase ?? 'asking'
  const { done, of } = progress ?? { done: 0, of: 0 }
  return (
    <div className="export-running" role="status">
      <p>
        {text(`export.phase.${phase}`)}
        {of > 1 && ` · ${text('export.progress', { done, of })}`}
      </p>
      {done > 0 && of > 0 ? (
        <Progress
          percent={Math.round((done / of) * 100)}
          showInfo={false}
          strokeColor="var(--accent)"
          aria-label={text(`export.phase.${phase}`)}
        />
      ) : (
        <div
          className="export-unmeasured"
          role="progressbar"
          aria-label={text(`export.phase.${phase}`)}
        />
      )}
    </div>
  )
}

function Done({ flow }: { readonly flow: ExportFlow }) {
  const text = useText()
  const language = useLanguage()
  const { result, choice } = useStore(flow.store)
  if (!result) return null
  const counts = [
    ...(choice.format === 'pdf'
      ? []
      : [['export.rows', showCount(result.rows, language)] as const]),
    ...(choice.format === 'pdf' || choice.format === 'xlsx'
      ? [
          [
            choice.format === 'pdf' ? 'export.pages' : 'export.sheets',
            showCount(result.pages, language),
          ] as const,
        ]
      : []),
    ['export.bytes', showBytes(result.bytes, language)] as const,
  ]
  return (
    <div className="export-done">
      <p role="status">
        <Icon name="check" size={20} />
        {text('export.done', { file: result.file.name })}
      </p>
      <dl>
        {counts.map(([label, count]) => (
          <div key={label}>
            <dt>{text(label)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {result.notes.map((note) => (
        <p key={note} className="hint">
          {note}
        </p>
      ))}
    </div>
  )
}

interface FooterProps extends FlowProps {
  readonly name: string
  readonly onClose: () => void
}

function ExportFooter({ flow, block, name, onClose }: FooterProps) {
  const text = useText()
  const { step, choice } = useStore(flow.store)
  if (step === 'running') return <Button onClick={() => flow.cancel()}>{text('app.cancel')}</Button>
  if (step === 'done') {
    return (
      <>
        <Button onClick={() => flow.again()}>{text('export.again')}</Button>
        <Button onClick={() => void flow.reveal()}>{text('export.reveal')}</Button>
        <Button type="primary" onClick={onClose}>
          {text('app.close')}
        </Button>
      </>
    )
  }
  const possible = scopesFor(choice.format, block).includes(choice.scope)
  return (
    <>
      <Button onClick={onClose}>{text('app.cancel')}</Button>
      <Button type="primary" disabled={!possible} onClick={() => void flow.run(name)}>
        {text('export.button')}
      </Button>
    </>
  )
}
