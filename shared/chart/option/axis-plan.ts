import type { DrawingSize, LegendPlan } from './legend-plan.ts'
import { legendLine, sideWidth } from './legend-plan.ts'

/** How the members along an axis are named: every `step`-th, cut to `width`, broken into lines or turned. */
export interface LabelPlan {
  readonly step: number
  readonly rotate: 0 | 45 | 90
  /** Smaller than usual, where that leaves none out. */
  readonly fontSize?: number
  readonly width?: number
  readonly overflow?: 'truncate' | 'break'
}

/** Room for the marks and the labels of axes, in pixels. */
export interface PlotRoom {
  readonly width: number
  readonly height: number
}

/** An axis label's letter or digit, and its Chinese character. */
const narrow = 7
const wide = 11.2
/** A line of numbers with the space to the next one, and the least a line of names takes, usual and small. */
const line = 16
const tight = 12
const small = { band: 10.5, fontSize: 10 } as const
const between = 6
/** Turned upright, or by half a right angle, lines as far apart as this along the axis do not touch. */
const uprightBand = 13
const turnedBand = Math.ceil(uprightBand * Math.SQRT2)
/** Below this a label cut to its band says nothing: it is turned instead. */
const leastBand = 48
const longest = 120
const titleLine = 22
const mostTicks = 5

export function labelPixels(label: string): number {
  let pixels = 0
  for (const character of label) pixels += character > '\u2e7f' ? wide : narrow
  return pixels
}

/** What the legend and an axis title leave of a drawing. */
export function plotRoom(
  size: DrawingSize,
  { place, lines }: LegendPlan,
  titled: boolean,
): PlotRoom {
  const title = titled ? titleLine : 0
  const beside = place === 'right' ? sideWidth + 16 : 36
  const above = place === 'top' || place === 'bottom' ? lines * legendLine + 20 : 18
  return { width: size.width - beside - title, height: size.height - above - title }
}

/**
 * Every member is named where all names fit, turned if need be; where they cannot, every second, third … by the same step.
 * Periods and numbers are rather thinned out than stood upright: those between are known.
 */
export function planAcross(
  labels: readonly string[],
  room: number,
  height: number,
  inSequence: boolean,
): LabelPlan {
  const band = room / Math.max(1, labels.length)
  const widest = labels.reduce((most, label) => Math.max(most, labelPixels(label)), 0)
  if (clear(labels, band)) return { step: 1, rotate: 0 }
  if (band >= leastBand) {
    const width = Math.floor(band - between)
    return { step: 1, rotate: 0, width, overflow: widest <= 1.6 * width ? 'break' : 'truncate' }
  }
  const turned = Math.min(longest, Math.max(40, Math.floor(height * 0.4)))
  if (band >= turnedBand || (band >= uprightBand && !inSequence)) {
    return {
      step: 1,
      rotate: band >= turnedBand ? 45 : 90,
      ...(widest > turned ? { width: turned, overflow: 'truncate' } : {}),
    }
  }
  const shown = Math.min(widest, longest)
  return {
    step: stepFor(shown + between, band, labels.length),
    rotate: 0,
    ...(widest > longest ? { width: longest, overflow: 'truncate' } : {}),
  }
}

/** Names beside rows of bars. */
export function planDown(labels: readonly string[], room: number, width: number): LabelPlan {
  const band = room / Math.max(1, labels.length)
  const widest = labels.reduce((most, label) => Math.max(most, labelPixels(label)), 0)
  const most = Math.min(longest, Math.max(40, Math.floor(width * 0.35)))
  const shrunk = band < tight && band >= small.band
  return {
    step: band >= tight || shrunk ? 1 : stepFor(line, band, labels.length),
    rotate: 0,
    ...(shrunk ? { fontSize: small.fontSize } : {}),
    ...(widest > most ? { width: most, overflow: 'truncate' } : {}),
  }
}

/** A wide name has room beside narrow ones. */
function clear(labels: readonly string[], band: number): boolean {
  const widths = labels.map(labelPixels)
  return widths.every((width, n) => (width + (widths[n + 1] ?? width)) / 2 + between <= band)
}

const stepFor = (needed: number, band: number, count: number): number =>
  band > 0 ? Math.min(Math.max(1, count), Math.ceil(needed / band)) : Math.max(1, count)

/**
 * Into how many parts numbers may divide an axis so that all of them are named, `apart` pixels from each other at least.
 * Round steps give up to half as many parts again as are asked for.
 */
export function planTicks(room: number, label: number, apart = 2 * between): number {
  const fitting = Math.floor(room / (label + apart)) - 1
  return Math.max(1, Math.min(mostTicks, Math.floor(fitting / 1.5)))
}

/** The height a line of numbers asks for on an axis that stands. */
export const tickLine = line

/** The parts of an axis that stands: lines above each other need less between them than words side by side. */
export const planTicksUp = (room: number): number => planTicks(room - line, line, between / 2)
