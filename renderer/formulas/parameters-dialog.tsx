import { Button, Modal } from 'antd'
import { useState } from 'react'
import { memberCaption } from '../../shared/report/captions.ts'
import type { ReportParameter } from '../../shared/report/formula.ts'
import { formulasWithParameter, parametersOf } from '../../shared/report/report-formulas.ts'
import { useApp, useReport, useShell } from '../state/app-context.ts'
import { insertBlock, tryCommand } from '../state/board-actions.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { ParameterDraft } from './parameter-draft.ts'
import { draftOfParameter, newParameterDraft } from './parameter-draft.ts'
import { ParameterForm } from './parameter-form.tsx'
import './formulas.css'

/** The parameters of the report: made, changed, and given controls on the page. */
export function ParametersDialog() {
  const open = useShell(({ dialog }) => dialog === 'parameters')
  return open ? <OpenParameters /> : null
}

function OpenParameters() {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const parameters = parametersOf(report)
  const [draft, setDraft] = useState<ParameterDraft | null>(
    parameters.length === 0 ? newParameterDraft(app.newId('pm')) : null,
  )
  const close = (): void => app.shell.closeDialog()
  const place = (parameter: ReportParameter): void => {
    insertBlock(app, 'parameter', (block) => {
      if (block.kind === 'parameter') Object.assign(block, { parameter: parameter.id, title: parameter.name }) // prettier-ignore
    })
    close()
  }
  const keep = (parameter: ReportParameter, placed: boolean): void => {
    if (!tryCommand(app, { name: 'parameter.set', args: { parameter } })) return
    setDraft(null)
    if (placed) place(parameter)
  }
  return (
    <Modal
      open
      centered
      width={520}
      title={text('parameter.title')}
      onCancel={close}
      footer={draft ? null : <Button onClick={close}>{text('app.close')}</Button>}
    >
      <p className="hint">{text('parameter.about')}</p>
      {draft ? (
        <ParameterForm
          key={draft.id}
          start={draft}
          isNew={report.parameters?.[draft.id] === undefined}
          onKeep={keep}
          onCancel={() => (parameters.length === 0 ? close() : setDraft(null))}
        />
      ) : (
        <>
          <ul className="parameter-list" aria-label={text('parameter.list')}>
            {parameters.map((one) => (
              <Line
                key={one.id}
                parameter={one}
                onEdit={() => setDraft(draftOfParameter(one))}
                onPlace={() => place(one)}
              />
            ))}
          </ul>
          {parameters.length === 0 && <p className="hint">{text('parameter.none')}</p>}
          <Button onClick={() => setDraft(newParameterDraft(app.newId('pm')))}>
            {text('parameter.add')}
          </Button>
        </>
      )}
    </Modal>
  )
}

interface LineProps {
  readonly parameter: ReportParameter
  readonly onEdit: () => void
  readonly onPlace: () => void
}

function Line({ parameter, onEdit, onPlace }: LineProps) {
  const app = useApp()
  const text = useText()
  const { id, name, value } = parameter
  const users = formulasWithParameter(useReport(), name).map((one) => one.name)
  const names = users.join(text('list.separator'))
  const remove = (): void => {
    // It says who uses it rather than leaving formulas that name nothing.
    if (users.length > 0)
      app.shell.tell('info', { key: 'parameter.named', values: { name, names } })
    else tryCommand(app, { name: 'parameter.remove', args: { parameter: id } })
  }
  return (
    <li>
      <Icon name="parameter" size={14} />
      <span>
        <b>@{name}</b> {memberCaption(value, text)}
        <small>
          {users.length > 0 ? text('parameter.usedBy', { names }) : text('parameter.unused')}
        </small>
      </span>
      <IconButton small icon="plus" label={text('parameter.place', { name })} onClick={onPlace} />
      <IconButton small icon="pencil" label={text('parameter.edit', { name })} onClick={onEdit} />
      <IconButton small icon="close" label={text('parameter.remove', { name })} onClick={remove} />
    </li>
  )
}
