/** The job process's side: takes one job, reports steps, answers once. */
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { fileFaultOf } from '../../file-faults.ts'
import type { ParentLink } from '../parent-link.ts'
import { jobList } from './job-list.ts'
import type { FromJob, JobName, StartJob } from './job-messages.ts'
import { capMemory, memoryCapsMb } from './memory-cap.ts'

const stepEveryMs = 100

export function serveJobs(link: ParentLink): void {
  link.onMessage((message) => {
    if (isStart(message)) void answer(message, (reply) => link.post(reply))
  })
}

function isStart(message: unknown): message is StartJob {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    message.kind === 'job' &&
    'job' in message &&
    typeof message.job === 'string' &&
    Object.hasOwn(jobList, message.job)
  )
}

async function answer(start: StartJob, post: (reply: FromJob) => void): Promise<void> {
  let last = 0
  // Progress may be left out when it comes too often; a step that must arrive says so.
  const onStep = (step: unknown, atOnce?: 'atOnce'): void => {
    const now = performance.now()
    if (atOnce === undefined && now - last < stepEveryMs) return
    last = now
    post({ kind: 'jobStep', step })
  }
  try {
    const capMb = memoryCapsMb[start.job]
    if (capMb !== undefined) capMemory(capMb)
    // The engine's side of this link is typed by job name; the name was checked above.
    const work = (await jobList[start.job]()) as (
      order: unknown,
      step: typeof onStep,
    ) => Promise<unknown>
    post({ kind: 'jobDone', outcome: await work(start.order, onStep) })
  } catch (error) {
    post({ kind: 'jobFailed', error: jobError(error, start.job) })
  }
}

/** A system error becomes the file error it stands for; anything else unexpected is a bug with its stack. */
export function jobError(error: unknown, job: JobName): AppError {
  if (error instanceof AppErrorException) return error.appError
  const fault = fileFaultOf(error)
  if (fault !== undefined) return appError(fault, {}, true)
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return appError('internal/bug', { job, stack: stack.slice(0, 4000) })
}
