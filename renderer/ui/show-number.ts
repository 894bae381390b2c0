import { groupedCount } from '../../shared/text/grouped-count.ts'
import type { Language } from '../../shared/text/language.ts'

/** A count, grouped as the language does. */
export const showCount: (count: number, language: Language) => string = groupedCount

const steps = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A file's size in the unit that leaves the fewest digits. */
export function showBytes(bytes: number, language: Language): string {
  const power = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** power
  const format = new Intl.NumberFormat(language, {
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  })
  return `${format.format(value)} ${steps[power] ?? 'B'}`
}

/** An ISO moment as a day and a minute of the user's own clock. */
export function showMoment(iso: string, language: Language): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
