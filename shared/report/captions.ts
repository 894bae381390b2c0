import { withoutTimeMark } from '../data/calendar-day.ts'
import type { Member } from '../data/cell-value.ts'
import { othersMember } from '../data/cell-value.ts'
import type { Field } from '../data/field.ts'
import type { MeasureAggregate } from '../query/report-query.ts'
import type { Text } from '../text/messages.ts'
import type { Block } from './blocks/block.ts'
import type { SecondPass, ShowKind, percentBases } from '../query/show-as.ts'
import type { FieldUse, PillCompare, PillShow } from './field-use.ts'
import { countsDistinct, fieldNameOf, slotOf } from './field-use.ts'
import type { Report } from './report.ts'

export function fieldOf(report: Report, id: string): Field | undefined {
  return report.datasets[slotOf(id)]?.fields.find(({ name }) => name === fieldNameOf(id))
}

/** What a pill says: its own caption, else field and how it is used; that members are cut is always said. */
export function pillCaption(use: FieldUse, text: Text): string {
  const own = use.caption !== undefined && use.caption !== '' ? use.caption : undefined
  const { top } = use
  if (top) {
    const which = top.direction ?? 'highest'
    const key = `pill.caption.${which}${top.others === true ? '.others' : ''}` as const
    return text(key, { field: own ?? plainCaption(use, text), count: top.count })
  }
  if (own !== undefined) return own
  const plain = plainCaption(use, text)
  const measured = use.compare
    ? text('pill.compare.caption', {
        measure: plain,
        compared: comparedCaption(use.compare, text),
      })
    : plain
  return use.show === undefined
    ? measured
    : text('pill.caption.shown', { measure: measured, shown: text(showCaption(use.show)) })
}

/** "year to date, same period last year, change in %" */
export function comparedCaption(compare: PillCompare, text: Text): string {
  const { show = 'value', toDate } = compare
  return [
    ...(toDate ? [text(`compare.toDate.${toDate}`)] : []),
    ...(compare.with ? [withCaption(compare.with, text)] : []),
    ...(show === 'value' ? [] : [text(`compare.show.${show}`)]),
  ].join(text('list.separator'))
}

function withCaption(comparison: NonNullable<PillCompare['with']>, text: Text): string {
  const { align = 'date', back = 1 } = comparison
  const period = text(`compare.with.${comparison.with}`)
  const far = back === 1 ? period : text('compare.back', { period, count: back })
  return align === 'date'
    ? far
    : text('compare.aligned', { period: far, align: text(`compare.align.${align}`) })
}

/** What a "show as" is called. */
export function showCaption(show: PillShow): `show.${ShowName}` {
  return show.as === 'percent' ? `show.percent.${show.of}` : `show.${show.as}`
}

export type ShowName = `percent.${(typeof percentBases)[number]}` | Exclude<ShowKind, 'percent'>

function plainCaption(use: FieldUse, text: Text): string {
  const own = fieldNameOf(use.field)
  const persons = use.each !== undefined && countsDistinct(use)
  const field = persons ? text('pill.each.caption', { field: own }) : own
  if (use.aggregate === 'count') return text('pill.caption.count')
  if (use.aggregate === 'percentile')
    return text('pill.caption.percentile', { field, percent: use.percent ?? 50 })
  if (use.aggregate === 'weightedAverage' && use.weight !== undefined)
    return text('pill.caption.weighted', { field, weight: fieldNameOf(use.weight) })
  if (use.aggregate !== undefined)
    return text('pill.caption.aggregate', { field, aggregate: text(`aggregate.${use.aggregate}`) })
  if (use.grain !== undefined)
    return text('pill.caption.grain', { field, grain: text(`grain.${use.grain}`) })
  return field
}

export type MarkName = 'column' | 'bar' | 'line' | 'pie' | 'donut' | 'scatter'

export function markName(block: Extract<Block, { kind: 'chart' }>): MarkName {
  if (block.mark === 'bar') return block.orientation === 'vertical' ? 'column' : 'bar'
  if (block.mark === 'arc') return block.donut ? 'donut' : 'pie'
  return block.mark === 'line' ? 'line' : 'scatter'
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

/**
 * What a crosstab's numbers are, where nothing else says so: one measure under column heads has no head of its own, and a
 * title of the user's may leave it out.
 */
export function measureNote(block: Block, text: Text): string | undefined {
  if (block.kind !== 'crosstab' || block.title === undefined || block.title === '') return undefined
  const [measure, ...others] = block.shelves.values
  if (measure === undefined || others.length > 0 || block.shelves.columns.length === 0)
    return undefined
  const caption = pillCaption(measure, text)
  return block.title.includes(caption) ? undefined : caption
}

/** Names of a crosstab's dimensions in its corner: the last cell names those across as well, "Shop \\ Quarter / Month". */
export function cornerCaptions(rows: readonly string[], columns: readonly string[]): string[] {
  if (rows.length === 0 || columns.length === 0) return [...rows]
  return rows.with(-1, `${rows.at(-1) ?? ''} \\ ${columns.join(' / ')}`)
}

/** The measures a crosstab shows, in the order its answer has them. */
export function shownMeasures({ shelves }: Extract<Block, { kind: 'crosstab' }>): FieldUse[] {
  return shelves.values.filter((use) => use.hidden !== true)
}

/** A crosstab's corner: the names down the rows, with a place for measures that stand there, and all with those across. */
export function crosstabCorner(
  rows: readonly string[],
  columns: readonly string[],
  block: Extract<Block, { kind: 'crosstab' }>,
  text: Text,
): { readonly down: readonly string[]; readonly all: readonly string[] } {
  const on = block.measuresOn
  const named = shownMeasures(block).length > 1 || rows.length === 0
  const down =
    on?.axis === 'rows' && named
      ? rows.toSpliced(Math.min(on.after, rows.length), 0, text('crosstab.measures'))
      : rows
  return { down, all: cornerCaptions(down, columns) }
}

/** What decides how the total of an edge is called. */
export interface TotalOf {
  readonly aggregate: MeasureAggregate
  readonly totals?:
    | { readonly rows?: SecondPass | undefined; readonly columns?: SecondPass | undefined }
    | undefined
}

/**
 * A total says what it is: that of averages is no sum, and one made of the numbers shown says so. Measures of several
 * functions name each once, in their order. `over` marks totals that cover members left out.
 */
export function totalCaption(
  measures: readonly TotalOf[],
  text: Text,
  axis?: 'rows' | 'columns',
  over?: 'all',
): string {
  const names = measures.map(({ aggregate, totals }) => {
    const pass = axis && totals?.[axis]
    if (pass) return text(`total.shown.${pass}`)
    return aggregate === 'sum' || aggregate === 'count'
      ? text('value.total')
      : text(`aggregate.${aggregate}`)
  })
  const caption = names.length === 0 ? text('value.total') : [...new Set(names)].join(' / ')
  return over === 'all' ? text('total.overAll', { total: caption }) : caption
}

/** A member as text; blank has a name of its own. */
export function memberCaption(member: Member, text: Text): string {
  if (member === null) return text('value.blank')
  if (member === othersMember) return text('value.others')
  if (typeof member === 'boolean') return text(member ? 'value.yes' : 'value.no')
  return withoutTimeMark(String(member))
}
