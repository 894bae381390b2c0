import type { Field, FieldType } from '../../shared/data/field.ts'
import type { Mark } from '../../shared/report/blocks/chart-block.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { ShelfName } from '../../shared/report/shelves.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { isFormula } from '../../shared/report/field-use.ts'
import { markName } from '../../shared/report/captions.ts'
import type { IconName } from './icon.tsx'

const typeIcons: Record<FieldType, IconName> = {
  text: 'text',
  integer: 'number',
  decimal: 'number',
  double: 'number',
  date: 'date',
  timestamp: 'date',
  boolean: 'boolean',
}

export function fieldIcon(field: Field): IconName {
  return field.role === 'identifier' ? 'identifier' : typeIcons[field.type]
}

/** What a pill is, not what its field is: a count of dates is a number. */
export function pillIcon(field: Field, use: FieldUse): IconName {
  if (isFormula(use)) return 'formula'
  return use.aggregate === undefined ? fieldIcon(field) : 'number'
}

/** Shelves under the name that fits the mark: a pie has slices, a scatter two axes. */
export function shelfLabel(block: Block, shelf: ShelfName): MessageKey {
  if (block.kind !== 'chart') return `shelf.${shelf}`
  return chartShelfLabels[block.mark][shelf] ?? `shelf.${shelf}`
}

const cartesian: Partial<Record<ShelfName, MessageKey>> = {
  columns: 'shelf.axis',
  rows: 'shelf.values',
}
const chartShelfLabels: Record<Mark, Partial<Record<ShelfName, MessageKey>>> = {
  bar: cartesian,
  line: cartesian,
  arc: { color: 'shelf.slices', rows: 'shelf.values' },
  point: { columns: 'shelf.x', rows: 'shelf.y' },
}

export function kindIcon(block: Block): IconName {
  return block.kind === 'chart' ? markName(block) : block.kind
}
