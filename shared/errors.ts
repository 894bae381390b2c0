import { z } from 'zod'

/** Every code that may cross the contract. The page chooses the words (shared/text), never the engine's message. */
export const errorCodes = [
  'contract/badInput',
  'contract/unknownCall',
  'contract/versionMismatch',
  'contract/disconnected',
  'internal/bug',
  'internal/cancelled',
  'internal/processLost',
  'file/notFound',
  'file/denied',
  'file/diskFull',
  'file/inUse',
  'file/badName',
  'file/unknownReference',
  'export/unsupportedBlock',
  'export/printFailed',
  'export/noBrowser',
  'export/tooLarge',
  'report/notAReport',
  'report/tooNew',
  'report/migrationFailed',
  'report/invalid',
  'report/dangling',
  'report/changedOnDisk',
  'report/locked',
  'report/notFound',
  'template/unsafeContent',
  'workspace/inUse',
  'workspace/tooNew',
  'workspace/damaged',
  'workspace/notFound',
  'workspace/notEmpty',
  'dataset/unreadable',
  'dataset/locked',
  'dataset/encrypted',
  'dataset/wrongPassword',
  'dataset/overLimit',
  'dataset/tooSlow',
  'dataset/shapeMismatch',
  'dataset/nameTaken',
  'dataset/beingImported',
  'dataset/sameFile',
  'dataset/overlap',
  'dataset/notFound',
  'dataset/empty',
  'dataset/schemaChanged',
  'dataset/versionGone',
  'dataset/versionCurrent',
  'dataset/fieldMissing',
  'dataset/typeUnsupported',
  'recipe/invalid',
  'recipe/broken',
  'recipe/live',
  'recipe/tooLarge',
  'recipe/classSetGone',
  'calendar/notFound',
  'calendar/nameTaken',
  'calendar/noHolidays',
  'calendar/invalid',
  'relationship/duplicateKey',
  'relationship/cycle',
  'relationship/samePair',
  'relationship/ambiguous',
  'relationship/live',
  'relationship/notFound',
  'people/notFound',
  'people/nothingToCompare',
  'people/outdated',
  'connection/unreachable',
  'connection/wrongPassword',
  'connection/certificate',
  'connection/noEncryption',
  'connection/noDatabase',
  'connection/noRights',
  'connection/unsupported',
  'connection/secretNeeded',
  'connection/locked',
  'connection/wrongPassphrase',
  'connection/notFound',
  'connection/inUse',
  'connection/nameTaken',
  'sql/refused',
  'sql/failed',
  'sql/needsConsent',
  'query/invalid',
  'query/tooLarge',
  'query/cancelled',
  'query/timedOut',
  'query/failed',
  'query/processLost',
  'expression/syntax',
  'expression/unknownField',
  'expression/typeMismatch',
  'expression/kindMismatch',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Plain facts about an error, for the message and for the log: short texts, numbers, lists of short texts. */
export const ErrorDetails = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
)
export type ErrorDetails = z.infer<typeof ErrorDetails>

export const AppError = z.strictObject({
  code: z.enum(errorCodes),
  details: ErrorDetails,
  canRetry: z.boolean(),
  causeId: z.string().optional(),
})
export type AppError<Code extends ErrorCode = ErrorCode> = {
  readonly code: Code
  readonly details: ErrorDetails
  readonly canRetry: boolean
  readonly causeId?: string | undefined
}

export type Outcome<T, Code extends ErrorCode = ErrorCode> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError<Code> }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function appError<Code extends ErrorCode>(
  code: Code,
  details: ErrorDetails = {},
  canRetry = false,
): AppError<Code> {
  return { code, details, canRetry }
}

export function fail<Code extends ErrorCode>(
  code: Code,
  details: ErrorDetails = {},
  canRetry = false,
): { readonly ok: false; readonly error: AppError<Code> } {
  return { ok: false, error: appError(code, details, canRetry) }
}

/** Carries an expected error through code that can only throw (streams, callbacks); caught at the next boundary. */
export class AppErrorException extends Error {
  readonly appError: AppError
  constructor(error: AppError) {
    super(error.code)
    this.name = 'AppErrorException'
    this.appError = error
  }
}

/** What was asked was called off. */
export const cancelled = (): AppErrorException =>
  new AppErrorException(appError('internal/cancelled'))

export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
