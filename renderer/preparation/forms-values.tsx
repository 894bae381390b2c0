import { Button } from 'antd'
import type { FieldType } from '../../shared/data/field.ts'
import { fieldTypes } from '../../shared/data/field.ts'
import type { StepOf } from '../../shared/preparation/recipe.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { useText } from '../ui/use-text.ts'
import type { FormProps } from './form-parts.tsx'
import { FieldChoice, FieldsChoice, FormRows, Pick, ValueInput, without } from './form-parts.tsx'
import { RoleSetting } from './role-setting.tsx'

export function TypeForm({ step, fields, onChange }: FormProps<StepOf<'type'>>) {
  const text = useText()
  const from = fields.find(({ name }) => name === step.field)?.type
  const days = from === 'text' && (step.to === 'date' || step.to === 'timestamp')
  const retyped = (to: FieldType): StepOf<'type'> => {
    const rest = without(without(step, 'scale'), 'dateOrder')
    return { ...rest, to }
  }
  return (
    <>
      <FieldChoice
        label={text('recipe.form.field')}
        fields={fields}
        value={step.field}
        onChange={(field) => onChange({ ...step, field })}
      />
      <Pick
        label={text('recipe.form.type')}
        value={step.to}
        options={fieldTypes.map((value) => ({ value, label: text(`type.${value}`) }))}
        onChange={(to) => onChange(retyped(to))}
      />
      {step.to === 'decimal' && (
        <Setting label={text('recipe.form.scale')}>
          {(id) => (
            <NumberField
              id={id}
              size="small"
              min={0}
              max={6}
              precision={0}
              value={step.scale ?? 2}
              onChange={(scale) => scale !== null && onChange({ ...step, scale })}
            />
          )}
        </Setting>
      )}
      {days && (
        <Pick
          label={text('recipe.form.dateOrder')}
          value={step.dateOrder ?? 'noOrder'}
          options={(['noOrder', 'dayFirst', 'monthFirst', 'yearFirst'] as const).map((value) => ({
            value,
            label: text(`recipe.form.${value}`),
          }))}
          onChange={(dateOrder) =>
            onChange(dateOrder === 'noOrder' ? without(step, 'dateOrder') : { ...step, dateOrder })
          }
        />
      )}
      <RoleSetting
        none={text('recipe.form.asBefore')}
        role={step.role}
        onChange={(role) =>
          onChange(role === undefined ? without(step, 'role') : { ...step, role })
        }
      />
    </>
  )
}

const leave = 'leave'

/** A wish that is not set is absent. */
function unwished(
  step: StepOf<'normalise'>,
  key: 'width' | 'space' | 'form' | 'case',
): StepOf<'normalise'> {
  const kept = Object.entries(step).filter(([name]) => name !== key)
  // Every key that goes may be absent.
  return Object.fromEntries(kept) as StepOf<'normalise'>
}

export function NormaliseForm({ step, fields, onChange }: FormProps<StepOf<'normalise'>>) {
  const text = useText()
  const texts = fields.filter(({ type }) => type === 'text')
  /** Each wish is a key that may be absent. */
  const wish = <K extends 'width' | 'space' | 'form' | 'case'>(
    key: K,
    label: string,
    options: readonly {
      readonly value: NonNullable<StepOf<'normalise'>[K]>
      readonly label: string
    }[],
  ) => (
    <Pick<string>
      label={label}
      value={step[key] ?? leave}
      options={[{ value: leave, label: text('recipe.form.leave') }, ...options]}
      onChange={(chosen) => {
        const option = options.find(({ value }) => value === chosen)
        onChange(option ? { ...step, [key]: option.value } : unwished(step, key))
      }}
    />
  )
  return (
    <>
      <FieldsChoice
        label={text('recipe.form.fields')}
        fields={texts}
        value={step.fields}
        onChange={(chosen) => onChange({ ...step, fields: chosen })}
      />
      {step.fields.length < texts.length && (
        <Button
          size="small"
          type="link"
          onClick={() => onChange({ ...step, fields: texts.map(({ name }) => name).slice(0, 200) })}
        >
          {text('recipe.form.allText')}
        </Button>
      )}
      {wish('width', text('recipe.form.width'), [
        { value: 'half', label: text('recipe.form.half') },
      ])}
      {wish(
        'space',
        text('recipe.form.space'),
        (['ends', 'single', 'none'] as const).map((value) => ({
          value,
          label: text(`recipe.form.space.${value}`),
        })),
      )}
      {wish(
        'form',
        text('recipe.form.form'),
        (['phone', 'id'] as const).map((value) => ({
          value,
          label: text(`recipe.form.form.${value}`),
        })),
      )}
      {wish(
        'case',
        text('recipe.form.case'),
        (['upper', 'lower'] as const).map((value) => ({
          value,
          label: text(`recipe.form.case.${value}`),
        })),
      )}
    </>
  )
}

export function ReplaceForm({ step, fields, onChange }: FormProps<StepOf<'replace'>>) {
  const text = useText()
  const type = fields.find(({ name }) => name === step.field)?.type ?? 'text'
  return (
    <>
      <FieldChoice
        label={text('recipe.form.field')}
        fields={fields}
        value={step.field}
        onChange={(field) => onChange({ ...step, field })}
      />
      <Setting label={text('recipe.form.match')}>
        {() => (
          <Choice
            label={text('recipe.form.match')}
            value={step.match}
            options={(['whole', 'part'] as const).map((value) => ({
              value,
              label: text(`recipe.form.match.${value}`),
            }))}
            onChange={(match) => onChange({ ...step, match })}
          />
        )}
      </Setting>
      <FormRows
        rows={step.pairs}
        add={text('recipe.form.addPair')}
        made={() => ({ find: '', with: '' })}
        most={100}
        onChange={(pairs) => onChange({ ...step, pairs })}
      >
        {(row, change) => (
          <>
            <ValueInput
              label={text('recipe.form.find')}
              type={type}
              value={row.find}
              placeholder={text(
                step.match === 'whole' ? 'recipe.form.findBlank' : 'recipe.form.find',
              )}
              onChange={(find) => change({ ...row, find })}
            />
            <ValueInput
              label={text('recipe.form.with')}
              type={type}
              value={row.with}
              onChange={(value) => change({ ...row, with: value })}
            />
          </>
        )}
      </FormRows>
    </>
  )
}

export function FillForm({ step, fields, onChange }: FormProps<StepOf<'fill'>>) {
  const text = useText()
  const type = fields.find(({ name }) => name === step.fields[0])?.type ?? 'text'
  return (
    <>
      <FieldsChoice
        label={text('recipe.form.fields')}
        fields={fields}
        value={step.fields}
        onChange={(chosen) => onChange({ ...step, fields: chosen })}
      />
      <Setting label={text('recipe.form.fillWith')}>
        {() => (
          <Choice
            label={text('recipe.form.fillWith')}
            value={step.with.kind}
            options={(['value', 'above'] as const).map((value) => ({
              value,
              label: text(`recipe.form.fill.${value}`),
            }))}
            onChange={(kind) =>
              onChange({ ...step, with: kind === 'above' ? { kind } : { kind, value: '' } })
            }
          />
        )}
      </Setting>
      {step.with.kind === 'value' && (
        <Setting label={text('recipe.form.value')}>
          {() => (
            <ValueInput
              label={text('recipe.form.value')}
              type={type}
              value={step.with.kind === 'value' ? step.with.value : null}
              onChange={(value) => onChange({ ...step, with: { kind: 'value', value } })}
            />
          )}
        </Setting>
      )}
    </>
  )
}
