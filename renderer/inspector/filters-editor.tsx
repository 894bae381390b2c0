import { Select } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../shared/data/field.ts'
import type { BlockFilter } from '../../shared/report/block-filter.ts'
import type { DataBlock } from '../../shared/report/blocks/block.ts'
import { fieldId, fieldNameOf } from '../../shared/report/field-use.ts'
import { useApp, useReport } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import type { RunOptions } from '../state/document-store.ts'
import { fieldsOfSlot } from '../../shared/report/report-formulas.ts'
import { IconButton } from '../ui/controls.tsx'
import { fieldOf } from '../../shared/report/captions.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { FilterValue } from './filter-value.tsx'

type Op = BlockFilter['op']

/** The conditions that make sense for a field, most usual first. */
function opsFor(field: Field | undefined): readonly Op[] {
  const blank: readonly Op[] = ['blank', 'notBlank']
  if (field && isTemporal(field.type)) return ['relative', 'range', ...blank]
  if (field && isNumeric(field.type) && field.role === 'measure') return ['range', 'in', ...blank]
  return ['in', 'notIn', 'contains', 'notContains', 'startsWith', ...blank]
}

/** A condition that lets everything through until it is filled in, except for "in", which starts as "not in". */
function freshFilter(field: string, op: Op): BlockFilter {
  switch (op) {
    case 'in':
    case 'notIn':
      return { field, op, values: [] }
    case 'range':
      return { field, op }
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return { field, op, text: '', ignoreCase: true }
    case 'blank':
    case 'notBlank':
      return { field, op }
    case 'relative':
      return { field, op, span: 'last', unit: 'month', count: 12 }
  }
}

interface LineProps {
  readonly filter: BlockFilter
  readonly onChange: (filter: BlockFilter, typing?: 'typing') => void
  readonly onRemove: () => void
}

function FilterLine({ filter, onChange, onRemove }: LineProps) {
  const report = useReport()
  const text = useText()
  const field = fieldOf(report, filter.field)
  const name = fieldNameOf(filter.field)
  return (
    <div className="filter-line" role="group" aria-label={name}>
      <div className="filter-head">
        <Icon name={field ? fieldIcon(field) : 'warning'} size={14} />
        <strong>{name}</strong>
        <Select
          size="small"
          aria-label={text('filters.op')}
          value={filter.op}
          options={opsFor(field).map((value) => ({ value, label: text(`filters.op.${value}`) }))}
          onChange={(op) => onChange(freshFilter(filter.field, op))}
        />
        <IconButton
          icon="close"
          small
          label={text('filters.remove', { field: name })}
          onClick={onRemove}
        />
      </div>
      <FilterValue filter={filter} onChange={onChange} />
    </div>
  )
}

/** The conditions of one block, all of which hold. */
export function FiltersEditor({ block }: { readonly block: DataBlock }) {
  const app = useApp()
  const report = useReport()
  const text = useText()
  const set = (filters: BlockFilter[], how: RunOptions = {}): void => {
    tryCommand(app, { name: 'block.setFilters', args: { block: block.id, filters } }, how)
  }
  const options = Object.values(report.datasets).map((slot) => ({
    label: slot.name,
    title: slot.name,
    options: fieldsOfSlot(report, slot.id).map((field) => ({
      value: fieldId(slot.id, field.name),
      label: field.name,
    })),
  }))
  return (
    <>
      {block.filters.map((filter, index) => (
        <FilterLine
          key={`${index}${filter.field}`}
          filter={filter}
          onChange={(next, typing) =>
            set(block.filters.with(index, next), typing ? { mode: 'merge', place: index } : {})
          }
          onRemove={() => set(block.filters.toSpliced(index, 1))}
        />
      ))}
      <Select
        className="wide"
        aria-label={text('filters.add')}
        placeholder={text('filters.add')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        options={options}
        onChange={(id: string | null) => {
          if (id === null) return
          const op = opsFor(fieldOf(report, id))[0] ?? 'notIn'
          // An empty "in" would keep nothing: a fresh condition excludes nothing instead.
          set([...block.filters, freshFilter(id, op === 'in' ? 'notIn' : op)])
        }}
      />
    </>
  )
}
