/** What a text says as a number or a moment in whatever way people write it: recipes read what imports read. */
import type { NumberForm } from './number-text.ts'
import { writtenDigits } from './number-text.ts'
import type { DateForm } from './text-forms.ts'
import { dateForms, formsOfOrder, isOrdered, readInForms } from './text-forms.ts'

const secondsPerDay = 86_400
const point: NumberForm = 'point'

/** `1.2万` as `12000`, `(12.5%)` as `-0.125`, `1.5e3` as `1500`: plain digits, however many there are. */
export function plainNumber(text: string): string | undefined {
  const found = writtenDigits(text, point)
  if (found === undefined) return undefined
  const { whole, fraction, move, negative } = found
  const digits = whole + fraction
  const at = whole.length + move
  const padded = digits.padStart(digits.length + Math.max(0, 1 - at), '0').padEnd(at, '0')
  const cut = Math.max(1, at)
  const rest = padded.slice(cut).replace(/0+$/, '')
  const before = padded.slice(0, cut).replace(/^0+(?=\d)/, '')
  return `${negative ? '-' : ''}${before}${rest === '' ? '' : `.${rest}`}`
}

/** Which way round three bare numbers stand; without an order they are no date. */
export const readOrders = ['none', 'dayFirst', 'monthFirst', 'yearFirst'] as const
export type ReadOrder = (typeof readOrders)[number]

const sureForms = dateForms.filter((form) => !isOrdered(form))
const formsBy: Readonly<Record<ReadOrder, readonly DateForm[]>> = {
  none: sureForms,
  dayFirst: [...sureForms, ...formsOfOrder.dayFirst],
  monthFirst: [...sureForms, ...formsOfOrder.monthFirst],
  yearFirst: [...sureForms, ...formsOfOrder.yearFirst],
}

/** Second since 1970 on the clock of `zone`, in minutes ahead of UTC; a text that names no zone means that clock already. */
export function writtenSecond(text: string, order: ReadOrder, zone: number): number | undefined {
  const found = readInForms(text, formsBy[order])
  if (found === undefined || found === 'open') return undefined
  const moved = (zone - (found.zone ?? zone)) * 60
  return found.day * secondsPerDay + (found.clock ?? 0) + moved
}

/** Minutes ahead of UTC a text names. */
export function writtenZone(text: string, order: ReadOrder): number | undefined {
  const found = readInForms(text, formsBy[order])
  return found === undefined || found === 'open' ? undefined : found.zone
}
