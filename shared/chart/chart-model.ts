import type { Member } from '../data/cell-value.ts'
import type { NumberStyle } from '../data/number-format.ts'

/** A place on the base axis: one member per dimension of the `columns` shelf. */
export interface Category {
  readonly path: readonly Member[]
  readonly label: string
}

/** One value drawn: where it is, what it is, and the cell of the query it came from (row path), for clicks. */
export interface Datum {
  readonly value: number | null
  /** Share of its category, 0 to 1, for percent stacking and slices. */
  readonly share: number | null
  readonly path: readonly Member[]
}

export interface Series {
  readonly key: string
  readonly name: string
  /** Index of the measure among the chart's measures. */
  readonly measure: number
  /** Index into the theme's palette, by the caption order of the field's members (of those on the chart where the field has many). */
  readonly color: number
  /** One per category, null where the combination has no rows. */
  readonly data: readonly (Datum | null)[]
}

export interface ModelMeasure {
  readonly pill: string
  readonly name: string
  readonly format: NumberStyle
}

/** Further numbers of a datum, shown in its tooltip only. */
export interface TooltipValue {
  readonly measure: number
  readonly value: number | null
}

interface ModelBase {
  readonly measures: readonly ModelMeasure[]
  readonly dimensions: readonly string[]
  readonly legend: 'none' | 'top' | 'right' | 'bottom'
  readonly showLabels: boolean
}

export interface CartesianModel extends ModelBase {
  readonly kind: 'cartesian'
  readonly mark: 'bar' | 'line'
  readonly orientation: 'vertical' | 'horizontal'
  readonly stacking: 'grouped' | 'stacked' | 'percent'
  readonly categories: readonly Category[]
  /** Categories are periods or numbers, where the name of every second says what those between are. */
  readonly inSequence: boolean
  readonly series: readonly Series[]
  readonly axisTitles: { readonly category: string; readonly value: string } | null
  readonly tooltips: ReadonlyMap<string, readonly TooltipValue[]>
}

export interface ArcModel extends ModelBase {
  readonly kind: 'arc'
  readonly donut: boolean
  readonly slices: readonly (Datum & { readonly name: string; readonly color: number })[]
  /** Members left out because a slice cannot be negative or blank. */
  readonly leftOut: number
  readonly total: number
}

export interface PointModel extends ModelBase {
  readonly kind: 'point'
  readonly x: ModelMeasure
  readonly y: ModelMeasure
  readonly size: ModelMeasure | null
  readonly groups: readonly {
    readonly name: string
    readonly color: number
    readonly points: readonly {
      readonly x: number
      readonly y: number
      readonly size: number | null
      readonly name: string
      readonly path: readonly Member[]
    }[]
  }[]
  /** Members without a value on one of the axes. */
  readonly leftOut: number
  readonly axisTitles: boolean
}

/** A chart without engine and without drawing library: what a reader sees, as data. */
export type ChartModel = CartesianModel | ArcModel | PointModel

/** Words the model needs from the catalogue, in the reader's language. */
export interface ChartWords {
  readonly blank: string
  readonly yes: string
  readonly no: string
  /** Caption of a pill: its own, or field and aggregate. */
  readonly caption: (pillId: string) => string
  /** A member of a dimension as text (periods and parts by the language). */
  readonly member: (pillId: string, member: Member) => string
}
