import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import type { ParameterValue, ReportParameter } from '../../shared/report/formula.ts'
import { useReport } from '../state/app-context.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { ParameterInput } from '../ui/parameter-input.tsx'
import { useText } from '../ui/use-text.ts'
import type { ParameterDraft } from './parameter-draft.ts'
import { parameterOf, parameterTypes, retyped, withFirstEntry } from './parameter-draft.ts'

interface FormProps {
  readonly start: ParameterDraft
  readonly isNew: boolean
  readonly onKeep: (parameter: ReportParameter, placed: boolean) => void
  readonly onCancel: () => void
}

export function ParameterForm({ start, isNew, onKeep, onCancel }: FormProps) {
  const text = useText()
  const report = useReport()
  const [draft, setDraft] = useState(start)
  const [placed, setPlaced] = useState(isNew)
  const [tried, setTried] = useState(false)
  const change = (to: Partial<ParameterDraft>): void =>
    setDraft(withFirstEntry({ ...draft, ...to }))
  const found = parameterOf(draft, report)
  // Nothing is wrong with what nobody has written yet.
  const fault = 'fault' in found && (tried || draft.name !== '') ? found.fault : null
  const keep = (): void => {
    setTried(true)
    if ('parameter' in found) onKeep(found.parameter, placed)
  }
  const choices = draft.type === 'number' ? (['free', 'range', 'list'] as const) : (['free', 'list'] as const) // prettier-ignore
  return (
    <form
      className="parameter-form"
      aria-label={text(isNew ? 'parameter.add' : 'parameter.control')}
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
    >
      <Setting label={text('parameter.name')}>
        {(id) => (
          <Input
            id={id}
            autoFocus
            prefix="@"
            maxLength={60}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Setting>
      <Setting label={text('parameter.type')}>
        {(id) => (
          <Select
            id={id}
            value={draft.type}
            options={parameterTypes.map((value) => ({
              value,
              label: text(`parameter.type.${value}`),
            }))}
            onChange={(type) => setDraft(retyped(draft, type))}
          />
        )}
      </Setting>
      {draft.type !== 'boolean' && (
        <Choice
          label={text('parameter.choice')}
          value={draft.choice}
          options={choices.map((value) => ({ value, label: text(`parameter.choice.${value}`) }))}
          onChange={(choice) => change({ choice })}
        />
      )}
      <Allowed draft={draft} change={change} />
      <Setting label={text('parameter.value')}>
        {(id) => (
          <ParameterInput
            id={id}
            parameter={shownAs(found, draft)}
            label={text('parameter.value')}
            onChange={(value) => change({ value })}
          />
        )}
      </Setting>
      {isNew && (
        <Checkbox checked={placed} onChange={({ target }) => setPlaced(target.checked)}>
          {text('parameter.placeNew')}
        </Checkbox>
      )}
      <p className="form-fault" role="status">
        {fault && text(`parameter.${fault}`)}
      </p>
      <div className="parameter-buttons">
        <Button onClick={onCancel}>{text('parameter.cancel')}</Button>
        <Button type="primary" htmlType="submit">
          {text('parameter.save')}
        </Button>
      </div>
    </form>
  )
}

interface AllowedProps {
  readonly draft: ParameterDraft
  readonly change: (to: Partial<ParameterDraft>) => void
}

/** The ends of a range, or the values of a list. */
function Allowed({ draft, change }: AllowedProps) {
  const text = useText()
  return (
    <>
      {draft.type === 'number' && draft.choice === 'range' && (
        <div className="parameter-range">
          {(['min', 'max', 'step'] as const).map((end) => (
            <label key={end}>
              {text(`parameter.${end}`)}
              <NumberField value={draft[end]} onChange={(value) => change({ [end]: value })} />
            </label>
          ))}
        </div>
      )}
      {draft.choice === 'list' && draft.type !== 'boolean' && (
        <Setting label={text('parameter.entries')} tall>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 3, maxRows: 8 }}
              value={draft.entries}
              onChange={({ target }) => change({ entries: target.value })}
            />
          )}
        </Setting>
      )}
    </>
  )
}

/** In the form a number is typed, whatever its range; while something else is wrong any value is. */
function shownAs(found: ReturnType<typeof parameterOf>, draft: ParameterDraft): ReportParameter {
  const { id, name, type } = draft
  const value: ParameterValue = draft.value
  const plain = { id, name, type, value } as ReportParameter
  return 'parameter' in found && draft.choice === 'list' ? found.parameter : plain
}
