export const dateUnits = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
] as const
export type DateUnit = (typeof dateUnits)[number]

const byWord = new Map<string, DateUnit>([
  ...dateUnits.map((unit) => [unit, unit] as const),
  ['年', 'year'], ['季度', 'quarter'], ['月', 'month'], ['周', 'week'], ['日', 'day'], ['天', 'day'],
  ['小时', 'hour'], ['分钟', 'minute'], ['秒', 'second'],
]) // prettier-ignore

/** `month` or `月`, in any case. */
export function dateUnitNamed(word: string): DateUnit | undefined {
  return byWord.get(word.toLowerCase())
}

export const unitWords: readonly string[] = [...byWord.keys()]

/** Units of the clock, that days do not have. */
export const secondsOfUnit = { hour: 3600, minute: 60, second: 1 } as const
export type ClockUnit = keyof typeof secondsOfUnit
export function isClockUnit(unit: DateUnit): unit is ClockUnit {
  return Object.hasOwn(secondsOfUnit, unit)
}
/** Months of those units that are made of months. */
export const monthsOfUnit = { year: 12, quarter: 3, month: 1 } as const
export function isMonthUnit(unit: DateUnit): unit is keyof typeof monthsOfUnit {
  return Object.hasOwn(monthsOfUnit, unit)
}
