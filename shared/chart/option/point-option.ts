import { formatNumber } from '../../data/number-format.ts'
import type { ModelMeasure, PointModel } from '../chart-model.ts'
import { labelPixels, planTicks, planTicksUp, plotRoom } from './axis-plan.ts'
import { largestOf, measureAxis } from './axis-option.ts'
import type { ChartLook, ChartOption, Drawing } from './chart-look.ts'
import {
  axisNumber,
  boundsOption,
  colorAt,
  frameOption,
  legendOption,
  plainText,
  tooltipOption,
} from './chart-look.ts'

/** Above this many points single marks are drawn the fast way, without a size of their own. */
const manyPoints = 2000

export function pointOption(
  model: PointModel,
  look: ChartLook,
  { picked, description, legend, size }: Drawing,
): ChartOption {
  const count = model.groups.reduce((sum, { points }) => sum + points.length, 0)
  const largest = (pick: 'x' | 'y' | 'size'): number =>
    largestOf(model.groups.flatMap(({ points }) => points.map((point) => point[pick] ?? 0)))
  const biggest = largest('size')
  const room = plotRoom(size, legend, model.axisTitles)
  const x = numbers(model.x, largest('x'), look)
  const y = numbers(model.y, largest('y'), look)
  const pickedKey = picked && JSON.stringify(picked)
  return {
    ...frameOption(look, description),
    grid: boundsOption(legend),
    legend: legendOption(
      legend,
      model.groups.map(({ name }) => name),
      look,
    ),
    tooltip: tooltipOption(look, {
      trigger: 'item',
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) =>
        tooltipText(model, look, seriesIndex, dataIndex),
    }),
    xAxis: axis(model.x, x.written, look, {
      titled: model.axisTitles,
      parts: planTicks(room.width - y.widest, x.widest),
    }),
    yAxis: axis(model.y, y.written, look, {
      titled: model.axisTitles,
      parts: planTicksUp(room.height),
    }),
    series: model.groups.map((group) => ({
      type: 'scatter',
      name: group.name,
      large: count > manyPoints,
      itemStyle: { color: colorAt(look, group.color), opacity: 0.75 },
      symbolSize: 8,
      data: group.points.map((point) => ({
        value: [point.x, point.y],
        path: point.path,
        ...(point.size === null || biggest === 0 || count > manyPoints
          ? {}
          : { symbolSize: 6 + 30 * Math.sqrt(Math.abs(point.size) / biggest) }),
        ...(pickedKey !== null && JSON.stringify(point.path) !== pickedKey
          ? { itemStyle: { opacity: 0.15 } }
          : {}),
      })),
    })),
  }
}

interface AxisNumbers {
  readonly written: (value: number) => string
  readonly widest: number
}

function numbers({ format }: ModelMeasure, largest: number, look: ChartLook): AxisNumbers {
  const written = axisNumber(format, largest, look.locale)
  return { written, widest: labelPixels(written(-Math.round(largest))) }
}

function axis(
  measure: ModelMeasure,
  written: AxisNumbers['written'],
  look: ChartLook,
  { titled, parts }: { readonly titled: boolean; readonly parts: number },
): Record<string, unknown> {
  return { ...measureAxis(look, titled ? measure.name : '', written, parts), scale: true }
}

function tooltipText(model: PointModel, look: ChartLook, series: number, index: number): string {
  const point = model.groups[series]?.points[index]
  if (!point) return ''
  const line = (measure: ModelMeasure, value: number | null): string =>
    `${plainText(measure.name)}: ${formatNumber(value, measure.format, look.locale)}`
  return [
    plainText(point.name),
    line(model.x, point.x),
    line(model.y, point.y),
    ...(model.size ? [line(model.size, point.size)] : []),
  ].join('\n')
}
