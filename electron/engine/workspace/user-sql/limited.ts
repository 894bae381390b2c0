import { AppErrorException, appError } from '../../../../shared/errors.ts'

/** Work that may take so long; rejects with `query/timedOut` when it takes longer and is withdrawn. */
export async function limited<T>(
  signal: AbortSignal,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(milliseconds)
  try {
    return await work(AbortSignal.any([signal, limit]))
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error
    throw new AppErrorException(appError('query/timedOut'))
  }
}
