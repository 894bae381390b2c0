import type { AppError } from '../../shared/errors.ts'

/** The dataset whose statement has to be seen before it runs; undefined for any other trouble. */
export function unagreedSql({ code, details }: AppError): string | undefined {
  const { dataset } = details
  return code === 'sql/needsConsent' && typeof dataset === 'string' && dataset !== ''
    ? dataset
    : undefined
}
