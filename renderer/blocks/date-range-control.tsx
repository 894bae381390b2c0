import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import type { FilterBlock } from '../../shared/report/blocks/filter-block.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { slotOf } from '../../shared/report/field-use.ts'
import type { FieldQuestion } from '../../shared/report/formula-query.ts'
import { useApp, useDocument } from '../state/app-context.ts'
import { useFieldQuestion } from '../state/field-question.ts'
import { useText } from '../ui/use-text.ts'
import type { DatePreset } from './date-presets.ts'
import { datePresets, presetRange } from './date-presets.ts'

type Range = FilterBlock['range']

interface Props {
  readonly block: FilterBlock
  readonly use: FieldUse
  readonly onRange: (range: Range) => void
}

interface Days {
  readonly first: string
  readonly last: string
}

/** First and last day of the field's data; null until they are known, and where there are none. */
function useDays({ field }: FieldUse): Days | null {
  const app = useApp()
  const dataset = useDocument(({ bindings }) => bindings[slotOf(field)])
  const question = useFieldQuestion(field)
  const [days, setDays] = useState<Days | null>(null)
  useEffect(() => {
    if (dataset === undefined) return undefined
    const abort = new AbortController()
    const { field: name, ...calculation } = JSON.parse(question) as FieldQuestion
    const measures = (['min', 'max'] as const).map((aggregate) => ({ aggregate, field: name }))
    const query = { dataset, measures, ...calculation }
    void app.engine['query.run']({ query }, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return
      const [first, last] = answer.ok ? answer.value.cells.map(({ values }) => values[0]) : []
      const known = typeof first === 'string' && typeof last === 'string'
      setDays(known ? { first: first.slice(0, 10), last: last.slice(0, 10) } : null)
    })
    return () => abort.abort()
  }, [app, dataset, question])
  return days
}

/** A range that ends before it begins would leave nothing, without a word. */
function isBeyond(day: string, end: 'from' | 'to', range: Range): boolean {
  const { from, to } = range ?? {}
  return end === 'from' ? to !== undefined && day > to : from !== undefined && day < from
}

/** Two days, showing from when to when there is data while they are open, and the ranges people mostly want. */
export function DateRangeControl({ block, use, onRange }: Props) {
  const text = useText()
  const days = useDays(use)
  const change = (end: 'from' | 'to', day: string | null): void => {
    const { [end]: _, ...rest } = block.range ?? {}
    const range = day === null ? rest : { ...rest, [end]: day }
    onRange(Object.keys(range).length === 0 ? null : range)
  }
  return (
    <div className="filter-control dates" data-own-pointer>
      {(['from', 'to'] as const).map((end) => (
        <DatePicker
          key={end}
          size="small"
          aria-label={text(`filter.${end}`)}
          placeholder={(end === 'from' ? days?.first : days?.last) ?? text(`filter.${end}`)}
          value={block.range?.[end] === undefined ? null : dayjs(block.range[end])}
          disabledDate={(day) => isBeyond(day.format('YYYY-MM-DD'), end, block.range)}
          onChange={(day) => change(end, day ? day.format('YYYY-MM-DD') : null)}
        />
      ))}
      {days && <Presets last={days.last} range={block.range} onRange={onRange} />}
    </div>
  )
}

interface PresetsProps {
  readonly last: string
  readonly range: Range
  readonly onRange: Props['onRange']
}

function Presets({ last, range, onRange }: PresetsProps) {
  const text = useText()
  const ranges = datePresets.flatMap((preset) => {
    const wanted = presetRange(preset, last)
    return wanted === undefined ? [] : [{ preset, wanted }]
  })
  const taken = ranges.find(({ wanted }) => range?.from === wanted.from && range.to === wanted.to)
  return (
    <Select
      size="small"
      allowClear
      aria-label={text('filter.presets')}
      placeholder={text('filter.presets')}
      value={taken?.preset}
      options={ranges.map(({ preset }) => ({
        value: preset,
        label: text(`filter.preset.${preset}`),
      }))}
      onChange={(chosen?: DatePreset) =>
        onRange(ranges.find(({ preset }) => preset === chosen)?.wanted ?? null)
      }
    />
  )
}
