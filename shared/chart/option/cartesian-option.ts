import type { Member } from '../../data/cell-value.ts'
import { formatNumber } from '../../data/number-format.ts'
import type { CartesianModel, Datum, Series } from '../chart-model.ts'
import type { LabelPlan, PlotRoom } from './axis-plan.ts'
import {
  labelPixels,
  planAcross,
  planDown,
  planTicks,
  planTicksUp,
  plotRoom,
  tickLine,
} from './axis-plan.ts'
import { axisOption, largestOf, measureAxis } from './axis-option.ts'
import { placeLabels, valueLabel } from './value-labels.ts'
import type { ChartLook, ChartOption, Drawing, ItemData } from './chart-look.ts'
import {
  axisNumber,
  boundsOption,
  colorAt,
  frameOption,
  legendOption,
  plainText,
  tooltipOption,
} from './chart-look.ts'

const samePath = (a: readonly Member[], b: readonly Member[]): boolean =>
  a.length === b.length && a.every((member, index) => member === b[index])

export function cartesianOption(
  model: CartesianModel,
  look: ChartLook,
  { picked, description, legend, size }: Drawing,
): ChartOption {
  const horizontal = model.orientation === 'horizontal'
  const labelLayout = placeLabels(model)
  const { category, value } = axes(model, look, plotRoom(size, legend, model.axisTitles !== null))
  return {
    ...frameOption(look, description),
    color: [...look.palette],
    grid: boundsOption(legend),
    legend: legendOption(
      legend,
      model.series.map(({ name }) => name),
      look,
    ),
    tooltip: tooltipOption(look, {
      trigger: 'axis',
      axisPointer: { type: model.mark === 'bar' ? 'shadow' : 'line' },
      formatter: (items: unknown) => tooltipText(model, look, items),
    }),
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: model.series.map((series) => ({
      ...seriesOption(series, model, look, picked),
      labelLayout,
    })),
  }
}

/** Both axes, each with the labels that fit beside those of the other. */
function axes(
  model: CartesianModel,
  look: ChartLook,
  room: PlotRoom,
): Readonly<Record<'category' | 'value', Record<string, unknown>>> {
  const labels = model.categories.map(({ label }) => label)
  const { formatter, widest } = valueLabels(model, look)
  if (model.orientation === 'horizontal') {
    const plan = planDown(labels, room.height - tickLine, room.width)
    const names = Math.min(plan.width ?? Infinity, Math.max(0, ...labels.map(labelPixels)))
    const parts = planTicks(room.width - names, widest)
    return {
      category: categoryAxis(model, look, plan),
      value: valueAxis(model, look, formatter, parts),
    }
  }
  const plan = planAcross(labels, room.width - widest, room.height, model.inSequence)
  const parts = planTicksUp(room.height)
  return {
    category: categoryAxis(model, look, plan),
    value: valueAxis(model, look, formatter, parts),
  }
}

function categoryAxis(
  model: CartesianModel,
  look: ChartLook,
  { step, ...labels }: LabelPlan,
): Record<string, unknown> {
  return {
    type: 'category',
    data: model.categories.map(({ label }) => label),
    inverse: model.orientation === 'horizontal',
    boundaryGap: model.mark === 'bar' || model.categories.length === 1,
    ...axisOption(look, model.axisTitles?.category ?? '', {
      ...labels,
      interval: step - 1,
      hideOverlap: false,
    }),
    axisTick: { show: false },
  }
}

type Formatter = ((value: number) => string) | undefined

const isPercent = ({ stacking }: CartesianModel): boolean => stacking === 'percent'

const singleValues = ({ series }: CartesianModel): number[] =>
  series.flatMap(({ data }) => data.map((datum) => Math.abs(datum?.value ?? 0)))

/** How far every stack reaches to either side: values of one sign stand on each other. */
function stackEnds({ series, categories }: CartesianModel): number[] {
  return categories.flatMap((_category, index) => {
    const values = series.map(({ data }) => data[index]?.value ?? 0)
    const above = values.reduce((sum, value) => sum + Math.max(0, value), 0)
    const below = values.reduce((sum, value) => sum - Math.min(0, value), 0)
    return [above, below]
  })
}

/** How the numbers of the axis are written, and how wide the widest of them comes out. */
function valueLabels(
  model: CartesianModel,
  look: ChartLook,
): { readonly formatter: Formatter; readonly widest: number } {
  if (isPercent(model)) {
    const formatter = (value: number): string => `${Math.round(value * 100)}%`
    return { formatter, widest: labelPixels(formatter(1)) }
  }
  const style = model.measures[model.series[0]?.measure ?? 0]?.format
  const largest = largestOf(model.stacking === 'stacked' ? stackEnds(model) : singleValues(model))
  const formatter = style && axisNumber(style, largest, look.locale)
  return { formatter, widest: labelPixels(formatter?.(-Math.round(largest)) ?? '') }
}

function valueAxis(
  model: CartesianModel,
  look: ChartLook,
  formatter: Formatter,
  parts: number,
): Record<string, unknown> {
  return {
    ...measureAxis(look, model.axisTitles?.value ?? '', formatter, parts),
    axisLine: { show: false },
    ...(isPercent(model) ? { max: 1 } : {}),
  }
}

function seriesOption(
  series: Series,
  model: CartesianModel,
  look: ChartLook,
  picked: Drawing['picked'],
): Record<string, unknown> {
  const percent = isPercent(model)
  const stacked = model.stacking !== 'grouped'
  const color = colorAt(look, series.color)
  const common = {
    name: series.name,
    data: series.data.map((datum) => itemOf(datum, percent, picked)),
    itemStyle: { color },
    emphasis: { focus: 'none' },
    ...(stacked ? { stack: 'all' } : {}),
    label: valueLabel(series, model, look),
  }
  if (model.mark === 'bar') return { ...common, type: 'bar', barMaxWidth: 42, barGap: '10%' }
  return {
    ...common,
    type: 'line',
    lineStyle: { color, width: 2 },
    symbol: 'circle',
    symbolSize: model.categories.length > 60 ? 3 : 6,
    showAllSymbol: model.categories.length <= 60,
    connectNulls: false,
    ...(stacked ? { areaStyle: { color, opacity: 0.25 } } : {}),
  }
}

function itemOf(datum: Datum | null, percent: boolean, picked: Drawing['picked']): object | null {
  if (datum?.value === null || datum === null) return null
  const faded = picked !== null && !samePath(picked, datum.path)
  const item: ItemData = { value: percent ? datum.share : datum.value, path: datum.path }
  return faded ? { ...item, itemStyle: { opacity: 0.3 } } : item
}

interface TooltipItem {
  readonly seriesIndex: number
  readonly dataIndex: number
}

const isItem = (item: unknown): item is TooltipItem =>
  typeof item === 'object' && item !== null && 'seriesIndex' in item && 'dataIndex' in item

function tooltipText(model: CartesianModel, look: ChartLook, items: unknown): string {
  const list = (Array.isArray(items) ? items : [items]).filter(isItem)
  const first = list[0]
  if (!first) return ''
  const lines = [plainText(model.categories[first.dataIndex]?.label ?? '')]
  for (const { seriesIndex, dataIndex } of list) {
    const series = model.series[seriesIndex]
    const datum = series?.data[dataIndex]
    const style = series && model.measures[series.measure]?.format
    if (!series || !datum || !style) continue
    const share =
      model.stacking === 'percent' && datum.share !== null
        ? ` (${Math.round(datum.share * 1000) / 10}%)`
        : ''
    lines.push(
      `${plainText(series.name)}: ${formatNumber(datum.value, style, look.locale)}${share}`,
    )
    for (const extra of model.tooltips.get(JSON.stringify(datum.path)) ?? []) {
      const measure = model.measures[extra.measure]
      if (measure)
        lines.push(
          `  ${plainText(measure.name)}: ${formatNumber(extra.value, measure.format, look.locale)}`,
        )
    }
  }
  return lines.slice(0, 24).join('\n')
}
