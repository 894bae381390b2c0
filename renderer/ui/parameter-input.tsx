import { DatePicker, Input, Select, Slider, Switch } from 'antd'
import dayjs from 'dayjs'
import type { ParameterValue, ReportParameter } from '../../shared/report/formula.ts'
import { useText } from './use-text.ts'
import { NumberField } from './number-field.tsx'

interface InputProps {
  readonly parameter: ReportParameter
  readonly label: string
  readonly id?: string
  readonly onChange: (value: ParameterValue) => void
}

/** A parameter's value by its type: along its range, out of its list, or freely. */
export function ParameterInput({ parameter, label, id, onChange }: InputProps) {
  const text = useText()
  const named = { 'aria-label': label, ...(id === undefined ? {} : { id }) }
  if (parameter.type === 'boolean') {
    return (
      <Switch
        {...named}
        checked={parameter.value}
        checkedChildren={text('value.yes')}
        unCheckedChildren={text('value.no')}
        onChange={onChange}
      />
    )
  }
  if (parameter.list) {
    return (
      <Select<string | number>
        {...named}
        className="wide"
        value={parameter.value}
        options={parameter.list.map((value) => ({ value, label: String(value) }))}
        onChange={onChange}
      />
    )
  }
  switch (parameter.type) {
    case 'number':
      return <NumberInput {...{ parameter, named, onChange }} />
    case 'text':
      return (
        <Input
          {...named}
          maxLength={1000}
          value={parameter.value}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    case 'date':
      return (
        <DatePicker
          {...named}
          className="wide"
          allowClear={false}
          value={dayjs(parameter.value)}
          onChange={(day: dayjs.Dayjs | null) => {
            if (day) onChange(day.format('YYYY-MM-DD'))
          }}
        />
      )
  }
}

interface NumberProps {
  readonly parameter: Extract<ReportParameter, { type: 'number' }>
  readonly named: { readonly 'aria-label': string; readonly id?: string }
  readonly onChange: (value: number) => void
}

/** A slider for the hand and a box for the exact number; arrows work in both. */
function NumberInput({ parameter, named, onChange }: NumberProps) {
  const { value, range } = parameter
  const bounds = range ? { min: range.min, max: range.max, step: range.step } : {}
  return (
    <div className="parameter-number">
      {range && (
        <Slider
          {...bounds}
          value={value}
          tooltip={{ open: false }}
          ariaLabelForHandle={named['aria-label']}
          onChange={onChange}
        />
      )}
      <NumberField
        {...named}
        {...bounds}
        value={value}
        onChange={(next) => {
          if (next !== null) onChange(next)
        }}
      />
    </div>
  )
}
