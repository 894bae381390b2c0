import { Input } from 'antd'
import { isTemporal } from '../../shared/data/field.ts'
import type { DictionaryEntry, StepOf } from '../../shared/preparation/recipe.ts'
import { useText } from '../ui/use-text.ts'
import type { FormProps } from './form-parts.tsx'
import { FieldChoice, FormRows, NameSetting, Pick, without } from './form-parts.tsx'
import { pastedEntries } from './pasted-entries.ts'

const most = 5000

export function MapForm({ step, fields, onChange }: FormProps<StepOf<'map'>>) {
  const text = useText()
  const dated = step.dateField !== undefined
  return (
    <>
      <FieldChoice
        label={text('recipe.form.field')}
        fields={fields}
        value={step.field}
        onChange={(field) => onChange({ ...step, field })}
      />
      <NameSetting
        label={text('recipe.form.into')}
        value={step.into ?? ''}
        placeholder={text('recipe.form.intoSame')}
        onChange={(into) => onChange(into === '' ? without(step, 'into') : { ...step, into })}
      />
      <FieldChoice
        label={text('recipe.form.dateField')}
        none={text('recipe.form.noDates')}
        fields={fields.filter(({ type }) => isTemporal(type))}
        value={step.dateField}
        onChange={(field) =>
          onChange(field === '' ? undatedStep(step) : { ...step, dateField: field })
        }
      />
      <div className="form-caption">{text('recipe.form.entries')}</div>
      <FormRows
        rows={step.entries}
        add={text('recipe.form.addPair')}
        made={(): DictionaryEntry => ({ from: '', to: '' })}
        most={most}
        onChange={(entries) => onChange({ ...step, entries })}
      >
        {(row, change, place) => (
          <Entry
            row={row}
            dated={dated}
            onChange={change}
            onPaste={(pasted) =>
              onChange({
                ...step,
                entries: step.entries.toSpliced(place - 1, 1, ...pasted).slice(0, most),
              })
            }
          />
        )}
      </FormRows>
      <p className="hint">{text('recipe.form.paste')}</p>
      <Pick
        label={text('recipe.form.otherwise')}
        value={step.otherwise}
        options={(['keep', 'blank'] as const).map((value) => ({
          value,
          label: text(`recipe.form.otherwise.${value}`),
        }))}
        onChange={(otherwise) => onChange({ ...step, otherwise })}
      />
    </>
  )
}

/** Without a date field no entry may have days. */
function undatedStep(step: StepOf<'map'>): StepOf<'map'> {
  const entries = step.entries.map(({ from, to }) => ({ from, to }))
  return { ...without(step, 'dateField'), entries }
}

interface EntryProps {
  readonly row: DictionaryEntry
  readonly dated: boolean
  readonly onChange: (row: DictionaryEntry) => void
  readonly onPaste: (rows: DictionaryEntry[]) => void
}

function Entry({ row, dated, onChange, onPaste }: EntryProps) {
  const text = useText()
  return (
    <div className="form-entry">
      <Input
        size="small"
        aria-label={text('recipe.form.from')}
        placeholder={text('recipe.form.from')}
        maxLength={400}
        value={row.from}
        onChange={(event) => onChange({ ...row, from: event.target.value })}
        onPaste={(event) => {
          const pasted = pastedEntries(event.clipboardData.getData('text/plain'))
          if (pasted.length === 0) return
          event.preventDefault()
          onPaste(pasted)
        }}
      />
      <Input
        size="small"
        aria-label={text('recipe.form.becomes')}
        placeholder={text('recipe.blank')}
        maxLength={400}
        value={row.to ?? ''}
        onChange={({ target }) =>
          onChange({ ...row, to: target.value === '' ? null : target.value })
        }
      />
      {dated &&
        (['validFrom', 'validTo'] as const).map((key) => (
          <Input
            key={key}
            size="small"
            type="date"
            aria-label={text(`recipe.form.${key}`)}
            value={row[key] ?? ''}
            onChange={({ target }) =>
              onChange(target.value === '' ? without(row, key) : { ...row, [key]: target.value })
            }
          />
        ))}
    </div>
  )
}
