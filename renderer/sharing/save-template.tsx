import { Button, Checkbox, Modal, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { TemplateLiteral } from '../../shared/report/report-words.ts'
import type { Report } from '../../shared/report/report.ts'
import type { App } from '../state/app.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { liveBindings } from '../state/report-files.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/use-text.ts'
import { groupLiterals, placeName } from './literal-list.ts'
import './sharing.css'

/** Before a template is packed, everything of the author's that would travel is shown. */
export function SaveTemplate() {
  const app = useApp()
  const open = useShell((shell) => shell.dialog === 'template')
  const report = app.documents.current()?.history.report
  return open && report ? <Literals report={report} /> : null
}

async function pack(app: App, report: Report, keep: readonly string[]): Promise<AppError | null> {
  const ask = { purpose: 'template' as const, suggestedName: report.title.slice(0, 200) }
  const picked = await app.engine['host.pickSave'](ask)
  if (!picked.ok) return picked.error
  const to = picked.value.file
  if (!to) return null
  const answer = await app.engine['template.pack']({
    ...{ report, bindings: liveBindings(app), keep: [...keep], to },
  })
  if (!answer.ok) return answer.error
  app.shell.closeDialog()
  app.shell.tell('success', { key: 'template.saved', values: { file: answer.value.file.name } })
  return null
}

function Literals({ report }: { readonly report: Report }) {
  const app = useApp()
  const text = useText()
  const [literals, setLiterals] = useState<readonly TemplateLiteral[] | null>(null)
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set())
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => {
    void app.engine['template.literals']({ report, bindings: liveBindings(app) }).then((answer) => {
      if (!answer.ok) setError(answer.error)
      else {
        const { literals: found } = answer.value
        setLiterals(found)
        setKeep(new Set(found.filter((one) => one.keepByDefault).map(({ id }) => id)))
      }
    })
  }, [app, report])
  const close = (): void => app.shell.closeDialog()
  const all = literals ?? []
  return (
    <Modal
      open
      centered
      width={640}
      className="save-template"
      title={text('template.save.title')}
      onCancel={close}
      footer={
        <>
          <span className="hint save-template-count" aria-live="polite">
            {text('template.save.keep', { kept: keep.size, count: all.length })}
          </span>
          <Button onClick={close}>{text('app.cancel')}</Button>
          <Button
            type="primary"
            disabled={literals === null}
            onClick={() => void pack(app, report, [...keep]).then(setError)}
          >
            {text('template.save.button')}
          </Button>
        </>
      }
    >
      <p>{text('template.save.about')}</p>
      {error && <ErrorNotice error={error} />}
      {literals === null && !error && <Skeleton active paragraph={{ rows: 5 }} />}
      {literals?.length === 0 && <p className="hint">{text('template.save.none')}</p>}
      <LiteralGroups report={report} literals={all} keep={keep} onKeep={setKeep} />
    </Modal>
  )
}

interface GroupsProps {
  readonly report: Report
  readonly literals: readonly TemplateLiteral[]
  readonly keep: ReadonlySet<string>
  readonly onKeep: (keep: ReadonlySet<string>) => void
}

function LiteralGroups({ report, literals, keep, onKeep }: GroupsProps) {
  const text = useText()
  const set = (ids: readonly string[], kept: boolean): void => {
    const next = new Set(keep)
    for (const id of ids) {
      if (kept) next.add(id)
      else next.delete(id)
    }
    onKeep(next)
  }
  return groupLiterals(literals).map(({ kind, literals: members }) => {
    const ids = members.map(({ id }) => id)
    const kept = ids.filter((id) => keep.has(id)).length
    return (
      <section key={kind} className="literal-group" aria-label={text(`literal.${kind}`)}>
        <Checkbox
          checked={kept === ids.length}
          indeterminate={kept > 0 && kept < ids.length}
          onChange={(event) => set(ids, event.target.checked)}
        >
          <strong>{text(`literal.${kind}`)}</strong>
        </Checkbox>
        <ul>
          {members.map((literal) => (
            <li key={literal.id}>
              <LiteralLine
                report={report}
                literal={literal}
                kept={keep.has(literal.id)}
                onKeep={(value) => set([literal.id], value)}
              />
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

interface LineProps {
  readonly report: Report
  readonly literal: TemplateLiteral
  readonly kept: boolean
  readonly onKeep: (kept: boolean) => void
}

function LiteralLine({ report, literal, kept, onKeep }: LineProps) {
  const text = useText()
  const place = placeName(report, literal, text)
  const reason = literal.kind === 'filterValues' ? 'filterValues' : 'personal'
  return (
    <Checkbox checked={kept} onChange={(event) => onKeep(event.target.checked)}>
      <bdi className="literal-preview">{literal.preview}</bdi>
      {place !== '' && place !== literal.preview && (
        <small className="hint"> {text('template.place', { place })}</small>
      )}
      {!literal.keepByDefault && (
        <small className="literal-reason">{text(`template.reason.${reason}`)}</small>
      )}
    </Checkbox>
  )
}
