import { Input, Select } from 'antd'
import { useState } from 'react'
import type { StepOf } from '../../shared/preparation/recipe.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import type { FormProps } from './form-parts.tsx'
import { FieldChoice, FieldsChoice, FormRows, LinesInput, NameSetting } from './form-parts.tsx'

export function RenameForm({ step, fields, onChange }: FormProps<StepOf<'rename'>>) {
  const text = useText()
  const free = fields.find(({ name }) => !step.names.some(({ field }) => field === name))
  return (
    <FormRows
      rows={step.names}
      add={text('recipe.form.addRename')}
      made={() => ({ field: free?.name ?? '', to: '' })}
      most={fields.length}
      onChange={(names) => onChange({ ...step, names })}
    >
      {(row, change) => (
        <>
          <Select
            size="small"
            showSearch
            aria-label={text('recipe.form.field')}
            value={row.field}
            options={fields.map(({ name }) => ({ value: name, label: name }))}
            onChange={(field: string) => change({ ...row, field })}
          />
          <Input
            size="small"
            aria-label={text('recipe.form.to')}
            placeholder={text('recipe.form.to')}
            maxLength={200}
            value={row.to}
            onChange={(event) => change({ ...row, to: event.target.value })}
          />
        </>
      )}
    </FormRows>
  )
}

export function RemoveForm({ step, fields, onChange }: FormProps<StepOf<'remove'>>) {
  const text = useText()
  return (
    <FieldsChoice
      label={text('recipe.form.fields')}
      fields={fields}
      value={step.fields}
      onChange={(chosen) => onChange({ ...step, fields: chosen })}
    />
  )
}

export function MergeForm({ step, fields, onChange }: FormProps<StepOf<'merge'>>) {
  const text = useText()
  return (
    <>
      <FieldsChoice
        label={text('recipe.form.fields')}
        fields={fields}
        value={step.fields}
        onChange={(chosen) => onChange({ ...step, fields: chosen })}
      />
      <NameSetting
        label={text('recipe.form.separator')}
        maxLength={20}
        value={step.separator}
        onChange={(separator) => onChange({ ...step, separator })}
      />
      <NameSetting
        label={text('recipe.form.into')}
        value={step.into}
        onChange={(into) => onChange({ ...step, into })}
      />
      <KeepFields keep={step.keep} onChange={(keep) => onChange({ ...step, keep })} />
    </>
  )
}

interface KeepProps {
  readonly keep: boolean
  readonly onChange: (keep: boolean) => void
}

function KeepFields({ keep, onChange }: KeepProps) {
  const text = useText()
  const label = text('recipe.form.keepFields')
  return (
    <Setting label={label}>
      {() => (
        <Choice
          label={label}
          value={keep ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: text('value.yes') },
            { value: 'no', label: text('value.no') },
          ]}
          onChange={(next) => onChange(next === 'yes')}
        />
      )}
    </Setting>
  )
}

export function SplitForm({ step, fields, onChange }: FormProps<StepOf<'split'>>) {
  const text = useText()
  const { by } = step
  const kinds = (['delimiter', 'position'] as const).map((value) => ({
    value,
    label: text(`recipe.form.split.${value}`),
  }))
  return (
    <>
      <FieldChoice
        label={text('recipe.form.field')}
        fields={fields.filter(({ type }) => type === 'text')}
        value={step.field}
        onChange={(field) => onChange({ ...step, field })}
      />
      <Setting label={text('recipe.form.splitBy')}>
        {() => (
          <Choice
            label={text('recipe.form.splitBy')}
            value={by.kind}
            options={kinds}
            onChange={(kind) =>
              onChange({
                ...step,
                by: kind === 'delimiter' ? { kind, text: '-' } : { kind, at: [1] },
              })
            }
          />
        )}
      </Setting>
      {by.kind === 'delimiter' ? (
        <NameSetting
          label={text('recipe.form.delimiter')}
          maxLength={20}
          value={by.text}
          onChange={(sign) => onChange({ ...step, by: { kind: 'delimiter', text: sign } })}
        />
      ) : (
        <Positions
          at={by.at}
          onChange={(at) => onChange({ ...step, by: { kind: 'position', at } })}
        />
      )}
      <LinesInput
        label={text('recipe.form.parts')}
        value={step.into}
        onChange={(into) => onChange({ ...step, into })}
      />
      <KeepFields keep={step.keep} onChange={(keep) => onChange({ ...step, keep })} />
    </>
  )
}

interface PositionsProps {
  readonly at: readonly number[]
  readonly onChange: (at: number[]) => void
}

function Positions({ at, onChange }: PositionsProps) {
  const text = useText()
  const [typed, setTyped] = useState(() => at.join(', '))
  return (
    <Setting label={text('recipe.form.positions')} tall>
      {(id) => (
        <Input
          id={id}
          size="small"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            onChange((target.value.match(/\d+/g) ?? []).map(Number))
          }}
        />
      )}
    </Setting>
  )
}

export function UnpivotForm({ step, fields, onChange }: FormProps<StepOf<'unpivot'>>) {
  const text = useText()
  return (
    <>
      <FieldsChoice
        label={text('recipe.form.columns')}
        fields={fields}
        value={step.fields}
        onChange={(chosen) => onChange({ ...step, fields: chosen })}
      />
      <NameSetting
        label={text('recipe.form.nameInto')}
        value={step.nameInto}
        onChange={(nameInto) => onChange({ ...step, nameInto })}
      />
      <NameSetting
        label={text('recipe.form.valueInto')}
        value={step.valueInto}
        onChange={(valueInto) => onChange({ ...step, valueInto })}
      />
      <Setting label={text('recipe.form.keepBlanks')} tall>
        {() => (
          <Choice
            label={text('recipe.form.keepBlanks')}
            value={step.keepBlanks ? 'yes' : 'no'}
            options={[
              { value: 'yes', label: text('recipe.form.yes') },
              { value: 'no', label: text('recipe.form.no') },
            ]}
            onChange={(next) => onChange({ ...step, keepBlanks: next === 'yes' })}
          />
        )}
      </Setting>
    </>
  )
}
