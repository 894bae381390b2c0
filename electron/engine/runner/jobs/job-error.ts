import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { JobName } from './job-messages.ts'

/** A system error becomes the file error it stands for; anything else unexpected is a bug with its stack. */
export function jobError(error: unknown, job: JobName): AppError {
  if (error instanceof AppErrorException) return error.appError
  const fault = fileFaultOf(error)
  if (fault !== undefined) return appError(fault, {}, true)
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return appError('internal/bug', { job, stack: stack.slice(0, 4000) })
}
