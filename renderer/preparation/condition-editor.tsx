import { Input, Select } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../shared/data/field.ts'
import type { Condition, RowFilter } from '../../shared/preparation/recipe.ts'
import { Choice } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { FormRows, LinesInput, ValueInput } from './form-parts.tsx'

interface ConditionEditorProps {
  readonly condition: Condition
  readonly fields: readonly Field[]
  readonly onChange: (condition: Condition) => void
}

export function ConditionEditor({ condition, fields, onChange }: ConditionEditorProps) {
  const text = useText()
  return (
    <div className="condition">
      {condition.filters.length > 1 && (
        <Choice
          label={text('recipe.form.conditions')}
          value={condition.match}
          options={[
            { value: 'all', label: text('recipe.form.matchAll') },
            { value: 'any', label: text('recipe.form.matchAny') },
          ]}
          onChange={(match) => onChange({ ...condition, match })}
        />
      )}
      <FormRows
        rows={condition.filters}
        add={text('recipe.form.addCondition')}
        made={(): RowFilter => ({ field: fields[0]?.name ?? '', op: 'notBlank' })}
        most={50}
        onChange={(filters) => onChange({ ...condition, filters })}
      >
        {(filter, change) => <FilterEditor filter={filter} fields={fields} onChange={change} />}
      </FormRows>
    </div>
  )
}

interface FilterEditorProps {
  readonly filter: RowFilter
  readonly fields: readonly Field[]
  readonly onChange: (filter: RowFilter) => void
}

type Op = RowFilter['op']

function opsFor(field: Field | undefined): readonly Op[] {
  const texts: readonly Op[] = ['contains', 'notContains', 'startsWith']
  const ordered = field !== undefined && (isNumeric(field.type) || isTemporal(field.type))
  const more = ordered ? (['range'] as const) : field?.type === 'text' ? texts : []
  return ['in', 'notIn', ...more, 'blank', 'notBlank']
}

function withOp(field: string, op: Op): RowFilter {
  switch (op) {
    case 'in':
    case 'notIn':
      return { field, op, values: [] }
    case 'range':
      return { field, op }
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return { field, op, text: '' }
    case 'blank':
    case 'notBlank':
      return { field, op }
  }
}

function FilterEditor({ filter, fields, onChange }: FilterEditorProps) {
  const text = useText()
  const field = fields.find(({ name }) => name === filter.field)
  return (
    <div className="filter-editor">
      <Select
        size="small"
        showSearch
        aria-label={text('recipe.form.field')}
        value={filter.field}
        options={fields.map(({ name }) => ({ value: name, label: name }))}
        onChange={(name: string) => {
          const next = fields.find((one) => one.name === name)
          const op = opsFor(next).includes(filter.op) ? filter.op : 'notBlank'
          onChange(next?.type === field?.type ? { ...filter, field: name } : withOp(name, op))
        }}
      />
      <Select<Op>
        size="small"
        aria-label={text('filters.op')}
        value={filter.op}
        options={opsFor(field).map((value) => ({ value, label: text(`filters.op.${value}`) }))}
        onChange={(op) => onChange(withOp(filter.field, op))}
      />
      <FilterValues filter={filter} field={field} onChange={onChange} />
    </div>
  )
}

interface FilterValuesProps {
  readonly filter: RowFilter
  readonly field: Field | undefined
  readonly onChange: (filter: RowFilter) => void
}

function FilterValues({ filter, field, onChange }: FilterValuesProps) {
  const text = useText()
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return field?.type === 'boolean' ? (
        <ValueInput
          label={text('recipe.form.value')}
          type="boolean"
          value={filter.values[0] ?? null}
          onChange={(value) => onChange({ ...filter, values: [value] })}
        />
      ) : (
        <LinesInput
          label={text('recipe.form.values')}
          value={filter.values.map((value) => String(value ?? ''))}
          onChange={(values) => onChange({ ...filter, values })}
        />
      )
    case 'range':
      return (
        <div className="form-pair">
          {(['from', 'to'] as const).map((end) => (
            <Input
              key={end}
              size="small"
              type={field !== undefined && isTemporal(field.type) ? 'date' : 'text'}
              aria-label={text(`filters.${end}`)}
              placeholder={text(`filters.${end}`)}
              value={String(filter[end] ?? '')}
              onChange={({ target }) => {
                const { [end]: _, ...rest } = filter
                onChange(target.value === '' ? rest : { ...rest, [end]: target.value })
              }}
            />
          ))}
        </div>
      )
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return (
        <Input
          size="small"
          aria-label={text('recipe.form.text')}
          placeholder={text('recipe.form.text')}
          maxLength={400}
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
        />
      )
    case 'blank':
    case 'notBlank':
      return null
  }
}
