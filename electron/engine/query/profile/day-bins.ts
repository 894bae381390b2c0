import type { HistogramBin } from '../../../../shared/data/profile.ts'
import type { PeriodGrain } from '../../../../shared/query/period.ts'
import { memberOfPeriod, periodOfDay } from '../../../../shared/query/period.ts'
import type { Frequencies } from './frequencies.ts'

const mostBins = 48
const grains: readonly PeriodGrain[] = ['day', 'week', 'month', 'quarter', 'year']
const secondsPerDay = 86_400

export interface DayBins {
  readonly grain: PeriodGrain
  readonly bins: HistogramBin[]
}

/** A bar for each period between the first and the last one, of the finest grain that leaves few enough bars. */
export function dayBins({ values, rows }: Frequencies, unit: 'day' | 'second'): DayBins {
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined) return { grain: 'day', bins: [] }
  const usable = unit === 'second' ? (['hour', ...grains] as const) : grains
  const fits = (grain: PeriodGrain): boolean =>
    periodOf(grain, last, unit) - periodOf(grain, first, unit) < mostBins
  const grain = usable.find(fits)
  if (grain === undefined) return manyYears({ values, rows, unit, first, last })
  const start = periodOf(grain, first, unit)
  const totals = new Array<number>(periodOf(grain, last, unit) - start + 1).fill(0)
  for (let index = 0; index < values.length; index++) {
    const at = periodOf(grain, values[index] ?? 0, unit) - start
    totals[at] = (totals[at] ?? 0) + (rows[index] ?? 0)
  }
  const bins = totals.map((total, index) => {
    const period = memberOfPeriod(grain, start + index)
    return { from: period, to: period, rows: total }
  })
  return { grain, bins }
}

function periodOf(grain: PeriodGrain, value: number, unit: 'day' | 'second'): number {
  const day = unit === 'day' ? value : Math.floor(value / secondsPerDay)
  return grain === 'hour' ? Math.floor(value / 3600) : periodOfDay(grain, day)
}

interface Span {
  readonly values: Float64Array
  readonly rows: Float64Array
  readonly unit: 'day' | 'second'
  readonly first: number
  readonly last: number
}

/** Centuries (an odd date among good ones): as many years to a bar as are needed. */
function manyYears({ values, rows, unit, first, last }: Span): DayBins {
  const start = periodOf('year', first, unit)
  const span = periodOf('year', last, unit) - start + 1
  const step = Math.ceil(span / mostBins)
  const totals = new Array<number>(Math.ceil(span / step)).fill(0)
  for (let index = 0; index < values.length; index++) {
    const at = Math.floor((periodOf('year', values[index] ?? 0, unit) - start) / step)
    totals[at] = (totals[at] ?? 0) + (rows[index] ?? 0)
  }
  const bins = totals.map((total, index) => ({
    from: memberOfPeriod('year', start + index * step),
    to: memberOfPeriod('year', start + (index + 1) * step - 1),
    rows: total,
  }))
  return { grain: 'year', bins }
}
