import type { Field } from './field.ts'
import { isTemporal } from './field.ts'

/** Dates that say something about a thing and not when the row happened: a birthday, an expiry, an end. */
const notWhen = /生日|出生|到期|有效期|截止|结束|birth|\bdob\b|expir|end[ _]?date|due/i

/** Whole months stand beside the days they are of. */
const wholeMonth = /月份|年月|账期|会计期间|^(?:月|月度|期间)$|month|period/i

export const tellsWhen = (name: string): boolean => !notWhen.test(name)

/**
 * The date relative filters count from: the first date column that tells when a row happened, days before whole months, or
 * the first date column when all of them are birthdays, expiries or ends.
 */
export function mainDateField<
  F extends Pick<Field, 'name' | 'type'> & { readonly max: string | null },
>(fields: readonly F[]): F | undefined {
  const dated = fields.filter((field) => isTemporal(field.type) && field.max !== null)
  const when = dated.filter(({ name }) => tellsWhen(name))
  return when.find(({ name }) => !wholeMonth.test(name)) ?? when[0] ?? dated[0]
}

/** The days rows are of; undefined where their only dates are of persons and things. */
export function periodField<
  F extends Pick<Field, 'name' | 'type'> & {
    readonly max: string | null
    readonly personal?: Field['personal'] | null
  },
>(fields: readonly F[]): F | undefined {
  const dated = mainDateField(fields)
  return dated && tellsWhen(dated.name) && dated.personal == null ? dated : undefined
}
