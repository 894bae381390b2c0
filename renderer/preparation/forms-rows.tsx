import type { StepOf } from '../../shared/preparation/recipe.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { ConditionEditor } from './condition-editor.tsx'
import type { FormProps } from './form-parts.tsx'
import { FieldChoice, FieldsChoice, without } from './form-parts.tsx'

export function FilterForm({ step, fields, onChange }: FormProps<StepOf<'filter'>>) {
  const text = useText()
  return (
    <>
      <Setting label={text('recipe.form.rowsThat')} tall>
        {() => (
          <Choice
            label={text('recipe.form.rowsThat')}
            value={step.rows}
            options={(['keep', 'drop'] as const).map((value) => ({
              value,
              label: text(`recipe.form.rows.${value}`),
            }))}
            onChange={(rows) => onChange({ ...step, rows })}
          />
        )}
      </Setting>
      <ConditionEditor
        condition={step.when}
        fields={fields}
        onChange={(when) => onChange({ ...step, when })}
      />
    </>
  )
}

export function DedupeForm({ step, fields, onChange }: FormProps<StepOf<'dedupe'>>) {
  const text = useText()
  return (
    <>
      <FieldsChoice
        label={text('recipe.form.keys')}
        fields={fields}
        value={step.keys}
        onChange={(keys) => onChange({ ...step, keys })}
      />
      <Setting label={text('recipe.form.keepRow')}>
        {() => (
          <Choice
            label={text('recipe.form.keepRow')}
            value={step.keep}
            options={(['first', 'last'] as const).map((value) => ({
              value,
              label: text(`recipe.form.keep.${value}`),
            }))}
            onChange={(keep) => onChange({ ...step, keep })}
          />
        )}
      </Setting>
      <FieldChoice
        label={text('recipe.form.by')}
        none={text('recipe.form.sourceOrder')}
        fields={fields}
        value={step.by}
        onChange={(by) => onChange(by === '' ? without(step, 'by') : { ...step, by })}
      />
    </>
  )
}
