import type { Field } from '../data/field.ts'
import { isTemporal } from '../data/field.ts'
import type { Meaning } from '../data/meaning.ts'
import type { Frame } from './blocks/block-base.ts'
import type { Block, BlockKind } from './blocks/block.ts'
import type { FieldUse } from './field-use.ts'
import { fieldId } from './field-use.ts'
import type { FormulaKind } from './formula.ts'
import type { NewId } from './ids.ts'

/** Sizes in grid units a new block of each kind gets. */
export const defaultSize: Record<BlockKind, { readonly w: number; readonly h: number }> = {
  chart: { w: 12, h: 16 },
  crosstab: { w: 12, h: 16 },
  table: { w: 12, h: 16 },
  metric: { w: 6, h: 6 },
  text: { w: 12, h: 3 },
  image: { w: 6, h: 6 },
  filter: { w: 6, h: 16 },
  parameter: { w: 6, h: 5 },
}

type Maker = (base: { id: string; frame: Frame }) => Block

const makers: Record<BlockKind, Maker> = {
  chart: (base) => ({
    ...base,
    kind: 'chart',
    mark: 'bar',
    orientation: 'vertical',
    stacking: 'grouped',
    donut: false,
    shelves: { columns: [], rows: [], color: [], size: [], label: [], detail: [], tooltip: [] },
    filters: [],
    legend: 'top',
    showLabels: false,
    axisTitles: true,
  }),
  crosstab: (base) => ({
    ...base,
    kind: 'crosstab',
    shelves: { rows: [], columns: [], values: [] },
    filters: [],
    totals: { rows: 'all', columns: 'grand' },
    overflow: 'continue',
  }),
  table: (base) => ({
    ...base,
    kind: 'table',
    shelves: { columns: [] },
    filters: [],
    sort: [],
    overflow: 'continue',
  }),
  metric: (base) => ({ ...base, kind: 'metric', shelves: { values: [] }, filters: [] }),
  text: (base) => ({
    ...base,
    kind: 'text',
    text: '',
    style: { size: 'normal', bold: false, align: 'left', tone: 'normal' },
  }),
  image: (base) => ({ ...base, kind: 'image', fit: 'contain', alt: '' }),
  filter: (base) => ({
    ...base,
    kind: 'filter',
    control: 'list',
    shelves: { field: [] },
    selected: null,
    range: null,
  }),
  parameter: (base) => ({ ...base, kind: 'parameter' }),
}

export function newBlock(kind: BlockKind, frame: Frame, newId: NewId): Block {
  return makers[kind]({ id: newId('bk'), frame })
}

/**
 * How a field lands on a shelf when nothing else was said: sums for measures, averages for scores, months for dates, counts
 * for ids.
 */
export function newFieldUse(
  slot: string,
  field: Field,
  as: 'dimension' | 'measure' | 'raw',
  newId: NewId,
): FieldUse {
  const base = { id: newId('pl'), field: fieldId(slot, field.name) }
  if (as === 'raw') return base
  if (as === 'dimension') return isTemporal(field.type) ? { ...base, grain: 'month' } : base
  return { ...base, aggregate: usualAggregate(field) }
}

/** Customers, orders and other things with a number are counted even where their number is one. */
function usualAggregate({ role, meaning }: Field): 'sum' | 'average' | 'countDistinct' {
  if (role !== 'measure' || (meaning !== undefined && counted.has(meaning))) return 'countDistinct'
  return meaning === 'score' ? 'average' : 'sum'
}

const counted: ReadonlySet<Meaning> = new Set(['customer', 'order', 'product', 'shop', 'campaign'])
/** How many of them there are says more than a chart with one mark for each. */
const many: ReadonlySet<Meaning> = new Set(['customer', 'order'])

/** How a formula of aggregates or of cells lands on a shelf. */
export function newFormulaUse(
  slot: string,
  name: string,
  kind: Exclude<FormulaKind, 'row'>,
  newId: NewId,
): FieldUse {
  const aggregate = kind === 'aggregate' ? 'formula' : 'cells'
  return { id: newId('pl'), field: fieldId(slot, name), aggregate }
}

/** The block a field makes when it is dropped on the empty board. */
export function sensibleBlock(slot: string, field: Field, frame: Frame, newId: NewId): Block {
  const isCounted = field.role === 'identifier' && field.meaning !== undefined && many.has(field.meaning) // prettier-ignore
  if (field.role === 'measure' || isCounted) {
    const block = newBlock('metric', frame, newId)
    if (block.kind === 'metric')
      block.shelves.values.push(newFieldUse(slot, field, 'measure', newId))
    return block
  }
  const block = newBlock('chart', frame, newId)
  if (block.kind !== 'chart') return block
  if (isTemporal(field.type)) block.mark = 'line'
  block.shelves.columns.push(newFieldUse(slot, field, 'dimension', newId))
  block.shelves.rows.push({ id: newId('pl'), field: fieldId(slot, field.name), aggregate: 'count' })
  return block
}
