/** The engine's side: one process per job, killed to cancel, so that a stuck reader can be ended at any moment. */
import type { AppError } from '../../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { ChildPort } from '../../host.ts'
import type { FromJob, JobName, Jobs, StartJob } from './job-messages.ts'

export interface JobOptions<Step> {
  readonly signal?: AbortSignal
  readonly onStep?: (step: Step) => void
}

/** Rejects with AppErrorException: what the job refused, `internal/cancelled`, or `internal/processLost`. */
export type JobRunner = <N extends JobName>(
  name: N,
  order: Jobs[N]['order'],
  options?: JobOptions<Jobs[N]['step']>,
) => Promise<Jobs[N]['outcome']>

export function jobRunner(startProcess: () => ChildPort): JobRunner {
  return async (name, order, options = {}) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const refuse = (error: AppError): void => reject(new AppErrorException(error))
    if (options.signal?.aborted === true)
      throw new AppErrorException(appError('internal/cancelled'))
    const port = startProcess()
    // Refused only when the process is gone: until then it may still write what the caller removes.
    const cancel = (): void => port.kill()
    options.signal?.addEventListener('abort', cancel, { once: true })
    port.onMessage((raw) => {
      // Job processes are ours and speak only this.
      const message = raw as FromJob | { readonly kind?: undefined }
      if (message.kind === 'jobDone') resolve(message.outcome)
      else if (message.kind === 'jobFailed') refuse(message.error)
      else if (message.kind === 'jobStep')
        options.onStep?.(message.step as Jobs[typeof name]['step'])
    })
    port.onExit((expected) => {
      const lost = appError('internal/processLost', {}, true)
      refuse(expected ? appError('internal/cancelled') : lost)
    })
    port.post({ kind: 'job', job: name, order } satisfies StartJob)
    try {
      // The process answers with the outcome of the job it was given by name.
      return (await promise) as Jobs[typeof name]['outcome']
    } finally {
      options.signal?.removeEventListener('abort', cancel)
      port.kill()
    }
  }
}
