import { Button } from 'antd'
import { useId } from 'react'
import type { FieldType } from '../../shared/data/field.ts'
import type { StepOf } from '../../shared/preparation/recipe.ts'
import type { RecipeLookup } from '../../shared/preparation/recipe-words.ts'
import { showValue } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { FormProps } from './form-parts.tsx'
import { NameSetting, without } from './form-parts.tsx'
import { lookedUpFields } from './complete-formula.ts'
import { checkedFormula } from './formula-check.ts'
import { FormulaEditor } from './formula-editor.tsx'
import type { Shown } from './recipe-preview.ts'
import { RoleSetting } from './role-setting.tsx'

interface FormulaFormProps extends FormProps<StepOf<'formula'>> {
  readonly shown: Shown | null
  readonly lookups: readonly RecipeLookup[]
}

const shownValues = 5

export function FormulaForm({ step, fields, onChange, shown, lookups }: FormulaFormProps) {
  const text = useText()
  const said = useId()
  const checked = checkedFormula(step.formula, fields, lookups, text)
  return (
    <>
      <NameSetting
        label={text('recipe.form.name')}
        value={step.into}
        onChange={(into) => onChange({ ...step, into })}
      />
      <FormulaEditor
        formula={step.formula}
        fields={[...fields, ...lookedUpFields(lookups)]}
        fault={checked.state === 'wrong' ? checked.error.span : undefined}
        describedBy={said}
        onChange={(formula) => onChange({ ...step, formula })}
      />
      <div id={said} className="formula-said" aria-live="polite">
        {checked.state === 'empty' && <p className="hint">{text('recipe.form.formulaHint')}</p>}
        {checked.state === 'wrong' && <p className="form-fault">{checked.words}</p>}
        {checked.state === 'right' && (
          <>
            <p>{checked.words}</p>
            <p className="hint">
              {text('recipe.form.gives', { type: typeName(checked.type, text) })}
            </p>
          </>
        )}
      </div>
      {checked.state === 'wrong' && checked.error.suggestion !== undefined && (
        <Button
          size="small"
          onClick={() => {
            const { span, suggestion = '' } = checked.error
            const { formula } = step
            const next = formula.slice(0, span.from) + suggestion + formula.slice(span.to)
            onChange({ ...step, formula: next })
          }}
        >
          {text('recipe.form.useSuggestion', { suggestion: checked.error.suggestion })}
        </Button>
      )}
      <FirstValues step={step} shown={shown} />
      <RoleSetting
        none={text('recipe.form.byType')}
        role={step.role}
        onChange={(role) =>
          onChange(role === undefined ? without(step, 'role') : { ...step, role })
        }
      />
    </>
  )
}

/** A part that never has a value has no type of field. */
function typeName(kind: FieldType | 'blank', text: ReturnType<typeof useText>): string {
  return kind === 'blank' ? text('recipe.blank') : text(`type.${kind}`)
}

interface FirstValuesProps {
  readonly step: StepOf<'formula'>
  readonly shown: Shown | null
}

/** What the first rows get, as the engine computed it for this very formula. */
function FirstValues({ step, shown }: FirstValuesProps) {
  const text = useText()
  const language = useLanguage()
  const asked = shown?.steps.find(({ id }) => id === step.id)
  if (shown?.step !== step.id || asked?.kind !== 'formula' || asked.formula !== step.formula) {
    return null
  }
  const { fields, page } = shown.answer.after
  const column = page.columns[fields.findIndex(({ name }) => name === asked.into)]
  if (!column) return null
  const values = Array.from({ length: Math.min(shownValues, page.rowIds.length) }, (_, row) =>
    showValue(column, row, language, text),
  )
  return (
    <div className="first-values">
      <span className="hint">{text('recipe.form.firstValues')}</span>
      <ul>
        {values.map((value, row) => (
          <li key={row}>{value === '' ? <i>{text('recipe.blank')}</i> : value}</li>
        ))}
      </ul>
    </div>
  )
}
