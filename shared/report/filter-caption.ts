import type { Text } from '../text/messages.ts'
import type { BlockFilter } from './block-filter.ts'
import { memberCaption } from './captions.ts'
import { fieldNameOf } from './field-use.ts'

/** Values named in full; more are counted. */
const namedValues = 8

/** A filter in words, for chips, notes over an export and screen readers. */
export function filterCaption(filter: BlockFilter, text: Text): string {
  const field = fieldNameOf(filter.field)
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return text(`filter.${filter.op}`, { field, values: valuesText(filter.values, text) })
    case 'range':
      return rangeText(filter, field, text)
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return text(`filter.${filter.op}`, { field, text: filter.text })
    case 'blank':
    case 'notBlank':
      return text(`filter.${filter.op}`, { field })
    case 'relative': {
      const unit = text(`grain.${filter.unit}`)
      return text(`filter.${filter.span}`, { field, unit, count: filter.count ?? 1 })
    }
  }
}

function valuesText(
  values: Extract<BlockFilter, { op: 'in' | 'notIn' }>['values'],
  text: Text,
): string {
  const named = values
    .slice(0, namedValues)
    .map((value) => memberCaption(value, text))
    .join(text('list.separator'))
  const more = values.length - namedValues
  return more > 0 ? text('filter.more', { values: named, count: more }) : named
}

function rangeText(
  filter: Extract<BlockFilter, { op: 'range' }>,
  field: string,
  text: Text,
): string {
  const { from, to } = filter
  if (from !== undefined && to !== undefined) return text('filter.between', { field, from, to })
  if (from !== undefined) return text('filter.atLeast', { field, from })
  return to === undefined
    ? text('filter.notBlank', { field })
    : text('filter.atMost', { field, to })
}
