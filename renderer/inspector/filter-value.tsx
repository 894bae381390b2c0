import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { isTemporal } from '../../shared/data/field.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { BlockFilter } from '../../shared/report/block-filter.ts'
import { slotOf } from '../../shared/report/field-use.ts'
import type { FieldQuestion } from '../../shared/report/formula-query.ts'
import { textIn } from '../../shared/text/messages.ts'
import { controlValues } from '../state/control-values.ts'
import { useFieldQuestion } from '../state/field-question.ts'
import { useApp, useDocument, useReport } from '../state/app-context.ts'
import { fieldOf } from '../../shared/report/captions.ts'
import { NumberField } from '../ui/number-field.tsx'
import { showMember } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

interface ValueProps<F extends BlockFilter = BlockFilter> {
  readonly filter: F
  readonly onChange: (filter: BlockFilter, typing?: 'typing') => void
}

/** Values of a field as the data has them, most frequent first. */
function useValues(field: string, search: string): readonly Member[] {
  const app = useApp()
  const dataset = useDocument(({ bindings }) => bindings[slotOf(field)])
  const language = useLanguage()
  const question = useFieldQuestion(field)
  const [values, setValues] = useState<readonly Member[]>([])
  useEffect(() => {
    if (dataset === undefined) return undefined
    const abort = new AbortController()
    const asked = JSON.parse(question) as FieldQuestion
    const sought = { wanted: search, text: textIn(language), signal: abort.signal }
    void controlValues(app.engine, dataset, {}, asked, sought).then((answer) => {
      if (answer.ok && !abort.signal.aborted)
        setValues(answer.value.values.map(({ value }) => value))
    })
    return () => abort.abort()
  }, [app, language, dataset, question, search])
  return values
}

function ListValue({ filter, onChange }: ValueProps<Extract<BlockFilter, { op: 'in' | 'notIn' }>>) {
  const text = useText()
  const [search, setSearch] = useState('')
  const values = useValues(filter.field, search)
  const shown = [
    ...new Map([...filter.values, ...values].map((value) => [JSON.stringify(value), value])),
  ]
  return (
    <Select
      mode="multiple"
      className="wide"
      aria-label={text('filters.values')}
      placeholder={text('filters.values')}
      maxTagCount={6}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      value={filter.values.map((value) => JSON.stringify(value))}
      options={shown.map(([key, value]) => ({ value: key, label: showMember(value, text) }))}
      // The keys are the values' own JSON.
      onChange={(keys: string[]) =>
        onChange({ ...filter, values: keys.map((key) => JSON.parse(key) as Member) })
      }
    />
  )
}

function RangeValue({ filter, onChange }: ValueProps<Extract<BlockFilter, { op: 'range' }>>) {
  const text = useText()
  const report = useReport()
  const field = fieldOf(report, filter.field)
  const set = (end: 'from' | 'to', value: string | number | null): void => {
    const { [end]: _, ...rest } = filter
    onChange(value === null ? rest : { ...rest, [end]: value }, 'typing')
  }
  return (
    <div className="filter-range">
      {(['from', 'to'] as const).map((end) =>
        field && isTemporal(field.type) ? (
          <DatePicker
            key={end}
            size="small"
            aria-label={text(`filters.${end}`)}
            placeholder={text(`filters.${end}`)}
            value={filter[end] === undefined ? null : dayjs(filter[end])}
            onChange={(day) => set(end, day ? day.format('YYYY-MM-DD') : null)}
          />
        ) : (
          <NumberField
            key={end}
            size="small"
            aria-label={text(`filters.${end}`)}
            placeholder={text(`filters.${end}`)}
            value={filter[end] === undefined ? null : Number(filter[end])}
            onChange={(value) => set(end, value)}
          />
        ),
      )}
    </div>
  )
}

function RelativeValue({ filter, onChange }: ValueProps<Extract<BlockFilter, { op: 'relative' }>>) {
  const text = useText()
  return (
    <div className="filter-range">
      <Select
        size="small"
        aria-label={text('filters.span')}
        value={filter.span}
        options={(['last', 'previous', 'toDate'] as const).map((value) => ({
          value,
          label: text(`filters.span.${value}`),
        }))}
        onChange={(span) => onChange({ ...filter, span })}
      />
      {filter.span !== 'toDate' && (
        <NumberField
          size="small"
          aria-label={text('filters.count')}
          min={1}
          max={1000}
          value={filter.count ?? 1}
          onChange={(count) => count !== null && onChange({ ...filter, count }, 'typing')}
        />
      )}
      <Select
        size="small"
        aria-label={text('filters.unit')}
        value={filter.unit}
        options={(['day', 'week', 'month', 'quarter', 'year'] as const).map((value) => ({
          value,
          label: text(`grain.${value}`),
        }))}
        onChange={(unit) => onChange({ ...filter, unit })}
      />
    </div>
  )
}

function TextValue({ filter, onChange }: ValueProps<Extract<BlockFilter, { text: string }>>) {
  const text = useText()
  return (
    <Input
      size="small"
      aria-label={text('filters.text')}
      placeholder={text('filters.text')}
      value={filter.text}
      onChange={(event) => onChange({ ...filter, text: event.target.value }, 'typing')}
    />
  )
}

export function FilterValue({ filter, onChange }: ValueProps) {
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return <ListValue filter={filter} onChange={onChange} />
    case 'range':
      return <RangeValue filter={filter} onChange={onChange} />
    case 'relative':
      return <RelativeValue filter={filter} onChange={onChange} />
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return <TextValue filter={filter} onChange={onChange} />
    case 'blank':
    case 'notBlank':
      return null
  }
}
