import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Field, FieldType } from '../../shared/data/field.ts'
import type { RecipeStep } from '../../shared/preparation/recipe.ts'
import { IconButton, Setting } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'

/** What every form of a step gets; `fields` are those at that step. */
export interface FormProps<S extends RecipeStep = RecipeStep> {
  readonly step: S
  readonly fields: readonly Field[]
  readonly onChange: (step: S) => void
}

interface FieldChoiceProps {
  readonly label: string
  readonly fields: readonly Field[]
  readonly value: string | undefined
  readonly onChange: (field: string) => void
  /** Stands for no field. */
  readonly none?: string
}

const noField = ''

export function FieldChoice({ label, fields, value, onChange, none }: FieldChoiceProps) {
  const options = fields.map(({ name }) => ({ value: name, label: name }))
  return (
    <Setting label={label}>
      {(id) => (
        <Select
          id={id}
          size="small"
          className="wide"
          showSearch
          value={value ?? noField}
          options={none === undefined ? options : [{ value: noField, label: none }, ...options]}
          onChange={onChange}
        />
      )}
    </Setting>
  )
}

interface FieldsChoiceProps {
  readonly label: string
  readonly fields: readonly Field[]
  readonly value: readonly string[]
  readonly onChange: (fields: string[]) => void
}

export function FieldsChoice({ label, fields, value, onChange }: FieldsChoiceProps) {
  return (
    <Setting label={label} tall>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          size="small"
          className="wide"
          maxTagCount={8}
          value={[...value]}
          options={fields.map(({ name }) => ({ value: name, label: name }))}
          onChange={onChange}
        />
      )}
    </Setting>
  )
}

interface NameProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly maxLength?: number
}

export function NameSetting({ label, value, onChange, placeholder, maxLength = 200 }: NameProps) {
  return (
    <Setting label={label}>
      {(id) => (
        <Input
          id={id}
          size="small"
          value={value}
          maxLength={maxLength}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Setting>
  )
}

interface PickProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

/** One of a few, in a list that drops down. */
export function Pick<T extends string>({ label, value, options, onChange }: PickProps<T>) {
  return (
    <Setting label={label}>
      {(id) => (
        <Select<T>
          id={id}
          size="small"
          className="wide"
          value={value}
          options={[...options]}
          onChange={(next) => onChange(next)}
        />
      )}
    </Setting>
  )
}

interface ValueInputProps {
  readonly label: string
  readonly type: FieldType
  readonly value: CellValue
  readonly onChange: (value: CellValue) => void
  readonly placeholder?: string
}

/** A value of a field's type; numbers and days stay as typed, so that no digit is lost. Empty stands for blank. */
export function ValueInput({ label, type, value, onChange, placeholder }: ValueInputProps) {
  const text = useText()
  if (type === 'boolean') {
    return (
      <Select
        size="small"
        className="wide"
        aria-label={label}
        value={value === true ? 'yes' : value === false ? 'no' : 'blank'}
        options={[
          { value: 'yes', label: text('value.yes') },
          { value: 'no', label: text('value.no') },
          { value: 'blank', label: text('recipe.blank') },
        ]}
        onChange={(next: string) => onChange(next === 'blank' ? null : next === 'yes')}
      />
    )
  }
  return (
    <Input
      size="small"
      aria-label={label}
      value={value === null ? '' : String(value)}
      placeholder={placeholder ?? (type === 'date' ? '2025-01-31' : text('recipe.blank'))}
      maxLength={400}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}

interface LinesProps {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (lines: string[]) => void
}

/** A text a line; what is typed stays as typed while one is in it. */
export function LinesInput({ label, value, onChange }: LinesProps) {
  const [typed, setTyped] = useState(() => value.join('\n'))
  const held = value.join('\n')
  useEffect(() => setTyped((now) => (linesOf(now).join('\n') === held ? now : held)), [held])
  return (
    <Setting label={label} tall>
      {(id) => (
        <Input.TextArea
          id={id}
          size="small"
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            onChange(linesOf(target.value))
          }}
        />
      )}
    </Setting>
  )
}

const linesOf = (typed: string): string[] =>
  typed.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))

interface RowsProps<T> {
  readonly rows: readonly T[]
  readonly add: string
  readonly made: () => T
  readonly most: number
  readonly onChange: (rows: T[]) => void
  readonly children: (row: T, change: (row: T) => void, place: number) => React.ReactNode
}

/** Lines that can be added and, but for the last one, removed. */
export function FormRows<T>({ rows, add, made, most, onChange, children }: RowsProps<T>) {
  const text = useText()
  return (
    <div className="form-rows">
      {rows.map((row, index) => (
        <div key={index} className="form-row">
          {children(row, (next) => onChange(rows.toSpliced(index, 1, next)), index + 1)}
          <IconButton
            small
            icon="close"
            disabled={rows.length === 1}
            label={text('recipe.form.removeLine', { place: index + 1 })}
            onClick={() => onChange(rows.toSpliced(index, 1))}
          />
        </div>
      ))}
      {rows.length < most && (
        <Button size="small" type="link" onClick={() => onChange([...rows, made()])}>
          {add}
        </Button>
      )}
    </div>
  )
}

/** Without what is not set: schemas know absence, not undefined. */
export function without<S extends object, K extends keyof S>(step: S, key: K): Omit<S, K> {
  const { [key]: _, ...rest } = step
  return rest
}
