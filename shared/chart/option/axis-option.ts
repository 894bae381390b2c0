import type { ChartLook } from './chart-look.ts'
import { textStyle } from './chart-look.ts'

/** What every axis has alike: its title, the look of its labels and its line. */
export function axisOption(
  look: ChartLook,
  title: string,
  labels: Record<string, unknown>,
): Record<string, unknown> {
  return {
    name: title,
    nameLocation: 'middle',
    nameGap: 10,
    nameTextStyle: textStyle(look, look.muted),
    axisLabel: { ...textStyle(look, look.muted, 11), ...labels },
    axisLine: { lineStyle: { color: look.line } },
  }
}

/** An axis of numbers in about so many parts, with lines across the chart. */
export function measureAxis(
  look: ChartLook,
  title: string,
  formatter: ((value: number) => string) | undefined,
  parts: number,
): Record<string, unknown> {
  return {
    type: 'value',
    splitNumber: parts,
    ...axisOption(look, title, { formatter, hideOverlap: true }),
    splitLine: { lineStyle: { color: look.line, type: 'dashed', opacity: 0.6 } },
  }
}

export function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
}
