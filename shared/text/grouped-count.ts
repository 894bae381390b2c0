import type { Language } from './language.ts'

/** A count, grouped as the language does. */
export function groupedCount(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count)
}
