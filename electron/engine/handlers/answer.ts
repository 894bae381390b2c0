import type { CommonFailure } from '../../../shared/contract-shape.ts'
import { commonFailures } from '../../../shared/contract-shape.ts'
import type { AppError, ErrorCode, Outcome } from '../../../shared/errors.ts'
import { AppErrorException, appError, ok } from '../../../shared/errors.ts'
import { fileFaultOf } from '../file-faults.ts'

/** Runs work that throws expected trouble and answers with it, when the call lists it; anything else stays a bug. */
export async function answer<T, const Code extends ErrorCode>(
  fails: readonly Code[],
  work: () => Promise<T>,
): Promise<Outcome<T, Code | CommonFailure>> {
  try {
    return ok(await work())
  } catch (error) {
    const expected = expectedError(error)
    if (expected?.code === 'internal/bug') throw new Error(String(expected.details['stack']))
    if (expected === undefined || !isListed(expected, fails)) throw error
    return { ok: false, error: expected }
  }
}

function expectedError(error: unknown): AppError | undefined {
  if (error instanceof AppErrorException) return error.appError
  const fault = fileFaultOf(error)
  return fault === undefined ? undefined : appError(fault, {}, true)
}

function isListed<Code extends ErrorCode>(
  error: AppError,
  fails: readonly Code[],
): error is AppError<Code | CommonFailure> {
  const listed: readonly string[] = [...fails, ...commonFailures]
  return listed.includes(error.code)
}
