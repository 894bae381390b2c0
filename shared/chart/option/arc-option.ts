import { formatNumber } from '../../data/number-format.ts'
import type { ArcModel } from '../chart-model.ts'
import type { ChartLook, ChartOption, Drawing } from './chart-look.ts'
import {
  colorAt,
  frameOption,
  legendOption,
  plainText,
  textStyle,
  tooltipOption,
} from './chart-look.ts'
import type { LegendPlan } from './legend-plan.ts'

/** Half of what the legend takes, away from it. */
function centreOf({ place, lines }: LegendPlan): string {
  if (place === 'top') return `${50 + 5 * lines}%`
  return place === 'bottom' ? `${50 - 5 * lines}%` : '50%'
}

export function arcOption(
  model: ArcModel,
  look: ChartLook,
  { picked, description, legend }: Drawing,
): ChartOption {
  const style = model.measures[0]?.format
  const shareText = (share: number | null): string => `${((share ?? 0) * 100).toFixed(1)}%`
  const valueText = (index: number): string => {
    const slice = model.slices[index]
    return slice && style
      ? `${formatNumber(slice.value, style, look.locale)} (${shareText(slice.share)})`
      : ''
  }
  const side = legend.place === 'right'
  return {
    ...frameOption(look, description),
    legend: legendOption(
      legend,
      model.slices.map(({ name }) => name),
      look,
    ),
    tooltip: tooltipOption(look, {
      trigger: 'item',
      formatter: ({ name, dataIndex }: { name: string; dataIndex: number }) =>
        `${plainText(name)}\n${valueText(dataIndex)}`,
    }),
    series: [
      {
        type: 'pie',
        radius: model.donut ? ['42%', '64%'] : ['0%', '64%'],
        center: [side ? '40%' : '50%', centreOf(legend)],
        avoidLabelOverlap: true,
        // Labels break over two lines before they are cut.
        bleedMargin: 2,
        minShowLabelAngle: 6,
        itemStyle: { borderColor: look.background, borderWidth: 1 },
        label: {
          show: true,
          ...textStyle(look),
          formatter: ({ name, dataIndex }: { name: string; dataIndex: number }) => {
            const share = shareText(model.slices[dataIndex]?.share ?? null)
            return model.showLabels
              ? `${plainText(name)}\n${valueText(dataIndex)}`
              : `${plainText(name)}\n${share}`
          },
        },
        labelLine: { length: 8, length2: 8, lineStyle: { color: look.line } },
        data: model.slices.map((slice) => ({
          name: slice.name,
          value: slice.value,
          path: slice.path,
          itemStyle: {
            color: colorAt(look, slice.color),
            opacity: picked !== null && picked[0] !== slice.path[0] ? 0.3 : 1,
          },
        })),
      },
    ],
  }
}
