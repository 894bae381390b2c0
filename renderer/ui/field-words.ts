import type { Field, FieldType } from '../../shared/data/field.ts'
import type { Mark } from '../../shared/report/blocks/chart-block.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { fieldNameOf, slotOf } from '../../shared/report/field-use.ts'
import type { Report } from '../../shared/report/report.ts'
import type { ShelfName } from '../../shared/report/shelves.ts'
import type { MessageKey, Text } from '../../shared/text/messages.ts'
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
  return use.aggregate === undefined ? fieldIcon(field) : 'number'
}

export function fieldOf(report: Report, id: string): Field | undefined {
  return report.datasets[slotOf(id)]?.fields.find(({ name }) => name === fieldNameOf(id))
}

/** What a pill says: its own caption, else field and how it is used. */
export function pillCaption(use: FieldUse, text: Text): string {
  if (use.caption !== undefined && use.caption !== '') return use.caption
  const field = fieldNameOf(use.field)
  if (use.aggregate === 'count') return text('pill.caption.count')
  if (use.aggregate !== undefined)
    return text('pill.caption.aggregate', { field, aggregate: text(`aggregate.${use.aggregate}`) })
  if (use.grain !== undefined)
    return text('pill.caption.grain', { field, grain: text(`grain.${use.grain}`) })
  return field
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

export type MarkName = 'column' | 'bar' | 'line' | 'pie' | 'donut' | 'scatter'

export function markName(block: Extract<Block, { kind: 'chart' }>): MarkName {
  if (block.mark === 'bar') return block.orientation === 'vertical' ? 'column' : 'bar'
  if (block.mark === 'arc') return block.donut ? 'donut' : 'pie'
  return block.mark === 'line' ? 'line' : 'scatter'
}

export function kindIcon(block: Block): IconName {
  return block.kind === 'chart' ? markName(block) : block.kind
}

/** The block's own title, or one made from its pills: "Sum of amount by month". */
export function blockTitle(block: Block, text: Text): string {
  if (block.title !== undefined && block.title !== '') return block.title
  const named = (uses: readonly FieldUse[]): string =>
    uses.map((use) => pillCaption(use, text)).join(text('list.separator'))
  const kind = text(block.kind === 'chart' ? `mark.${markName(block)}` : `kind.${block.kind}`)
  if (block.kind === 'filter')
    return block.shelves.field[0] ? fieldNameOf(block.shelves.field[0].field) : kind
  if (block.kind === 'table' || block.kind === 'text' || block.kind === 'image') return kind
  if (block.kind === 'metric') return block.shelves.values[0] ? named(block.shelves.values) : kind
  const { values, by } = spoken(block)
  if (values.length === 0) return kind
  return by.length === 0
    ? named(values)
    : text('title.by', { values: named(values), by: named(by) })
}

function spoken(block: Extract<Block, { kind: 'chart' | 'crosstab' }>): {
  values: readonly FieldUse[]
  by: readonly FieldUse[]
} {
  const { shelves } = block
  if (block.kind === 'crosstab')
    return { values: block.shelves.values, by: [...shelves.rows, ...shelves.columns] }
  const all = [...block.shelves.columns, ...block.shelves.color, ...block.shelves.detail]
  return { values: shelves.rows, by: all.filter((use) => use.aggregate === undefined) }
}
