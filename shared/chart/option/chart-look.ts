import type { Member } from '../../data/cell-value.ts'
import type { FormatLocale, NumberStyle } from '../../data/number-format.ts'
import { formatNumber } from '../../data/number-format.ts'
import type { DrawingSize, LegendPlan } from './legend-plan.ts'
import { leafName, leafWidth, legendLine, sideWidth } from './legend-plan.ts'

/** What drawing needs to know of theme and reader. */
export interface ChartLook {
  readonly palette: readonly string[]
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly background: string
  readonly font: string
  readonly locale: FormatLocale
  /** A picture or a page on paper: no animation, no tooltip. */
  readonly still: boolean
}

/**
 * An option of the drawing library as plain data and functions. It is made here, without the library, because page and
 * picture export draw the same chart with it.
 */
export type ChartOption = Readonly<Record<string, unknown>>

export function colorAt(look: ChartLook, index: number): string {
  return look.palette[index % look.palette.length] ?? look.text
}

/** Axis numbers are short: large ones in 万 and 亿, or K and M, decimals only where the range needs them. */
export function axisNumber(
  style: NumberStyle,
  largest: number,
  locale: FormatLocale,
): (value: number) => string {
  const unit =
    style.unit === 'none' && largest >= 100_000 && style.kind !== 'percent'
      ? locale === 'zh-CN'
        ? 'wan'
        : 'kmb'
      : style.unit
  return (value) => {
    const short = { ...style, unit, grouping: true }
    const text = formatNumber(value, { ...short, decimals: 0 }, locale)
    if (Number.isInteger(value) && unit === 'none') return text
    return formatNumber(value, { ...short, decimals: decimalsFor(value, unit, style.kind) }, locale)
  }
}

const mostDecimals = 6

/** As many as the number has: steps of an axis are round, and small ones must not all be written as 0.00. */
function decimalsFor(value: number, unit: NumberStyle['unit'], kind: NumberStyle['kind']): number {
  const steps = { none: [1], wan: [1e8, 1e4, 1], kmb: [1e9, 1e6, 1e3, 1] }[unit]
  const divisor = steps.find((step) => Math.abs(value) >= step) ?? 1
  const shown = kind === 'percent' ? value * 100 : value / divisor
  const size = Math.abs(shown)
  for (let decimals = 0; decimals < mostDecimals; decimals++) {
    const scaled = size * 10 ** decimals
    if (Math.abs(scaled - Math.round(scaled)) <= scaled * 1e-9) return decimals
  }
  return mostDecimals
}

/** Labels set their colours themselves: the library's automatic outline would come out as text twice in a PDF. */
export function textStyle(look: ChartLook, color = look.text, size = 12): Record<string, unknown> {
  return { color, fontSize: size, fontFamily: look.font, textBorderWidth: 0 }
}

export function legendOption(
  { place, perLeaf }: LegendPlan,
  names: readonly string[],
  look: ChartLook,
): Record<string, unknown> {
  if (place === 'none') return { show: false }
  const side = place === 'right'
  const turned = side || perLeaf > 0
  const width = side ? { width: sideWidth - 30 } : turned ? { width: leafName } : {}
  return {
    show: true,
    type: turned ? 'scroll' : 'plain',
    data: [...names],
    orient: side ? 'vertical' : 'horizontal',
    ...(side ? { right: 4, top: 8, bottom: 8 } : { left: turned ? 8 : 'center', right: 8 }),
    ...(place === 'top' ? { top: 2 } : {}),
    ...(place === 'bottom' ? { bottom: 2 } : {}),
    ...(perLeaf > 0 ? { width: leafWidth(perLeaf) } : {}),
    padding: [4, 0],
    itemGap: 10,
    itemWidth: 12,
    itemHeight: 8,
    icon: 'roundRect',
    textStyle: { ...textStyle(look), ...width, ...(turned ? { overflow: 'truncate' } : {}) },
    pageTextStyle: textStyle(look, look.muted),
    pageIconColor: look.muted,
    pageIconSize: 12,
    animation: false,
  }
}

/** Where axes may stand: everything they draw, titles included, stays within. */
export function boundsOption({ place, lines }: LegendPlan): Record<string, unknown> {
  const bounds = {
    left: 8,
    right: place === 'right' ? sideWidth + 8 : 28,
    top: place === 'top' ? lines * legendLine + 14 : 12,
    bottom: place === 'bottom' ? lines * legendLine + 10 : 6,
  }
  return { ...bounds, outerBoundsMode: 'same', outerBounds: bounds, outerBoundsContain: 'all' }
}

export function frameOption(look: ChartLook, description: string): Record<string, unknown> {
  return {
    animation: !look.still,
    animationDuration: 250,
    animationDurationUpdate: 250,
    textStyle: { fontFamily: look.font },
    aria: { enabled: true, label: { description } },
  }
}

/** Tooltips are drawn, not written as HTML: text from data can never become markup. */
export function tooltipOption(
  look: ChartLook,
  more: Record<string, unknown>,
): Record<string, unknown> {
  if (look.still) return { show: false }
  return {
    renderMode: 'richText',
    confine: true,
    backgroundColor: look.background,
    borderColor: look.line,
    textStyle: textStyle(look),
    ...more,
  }
}

/** What an item of a series carries besides its value, read back from clicks. */
export interface ItemData {
  readonly value: number | null
  readonly path: readonly Member[]
}

/** What a drawing shows besides the chart's own numbers. */
export interface Drawing {
  /** The row path of a picked mark; everything else steps back. */
  readonly picked: readonly Member[] | null
  /** What a screen reader says instead of the drawing. */
  readonly description: string
  readonly legend: LegendPlan
  readonly size: DrawingSize
}

/** A name from data inside a drawn text: braces and bars would be read as style marks. */
export function plainText(text: string): string {
  return text.replaceAll(/[{}|]/g, ' ')
}
