/** The job process's side: takes one job, reports steps, answers once. */
import type { ParentLink } from '../parent-link.ts'
import { jobError } from './job-error.ts'
import { jobList } from './job-list.ts'
import type { Programs } from './job-list.ts'
import type { FromJob, StartJob } from './job-messages.ts'
import { capMemory, memoryCapsMb } from './memory-cap.ts'

const stepEveryMs = 100

export function serveJobs(link: ParentLink, programs: Programs): void {
  link.onMessage((message) => {
    if (isStart(message)) void answer(message, programs, (reply) => link.post(reply))
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

async function answer(
  start: StartJob,
  programs: Programs,
  post: (reply: FromJob) => void,
): Promise<void> {
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
      programs: Programs,
    ) => Promise<unknown>
    post({ kind: 'jobDone', outcome: await work(start.order, onStep, programs) })
  } catch (error) {
    post({ kind: 'jobFailed', error: jobError(error, start.job) })
  }
}
