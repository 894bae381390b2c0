import { isTemporal } from '../../../shared/data/field.ts'
import type { ExtractField } from './extract-columns.ts'

/** Dates that say something about a thing and not when the row happened: a birthday, an expiry, an end. */
const notWhen = /生日|出生|到期|有效期|截止|结束|birth|\bdob\b|expir|end[ _]?date|due/i

export const tellsWhen = (name: string): boolean => !notWhen.test(name)

/**
 * The date relative filters count from: the first date column that tells when a row happened, or the first date column
 * when all of them are birthdays, expiries or ends.
 */
export function mainDateField<F extends Pick<ExtractField, 'name' | 'type' | 'max'>>(
  fields: readonly F[],
): F | undefined {
  const dated = fields.filter((field) => isTemporal(field.type) && field.max !== null)
  return dated.find(({ name }) => tellsWhen(name)) ?? dated[0]
}
