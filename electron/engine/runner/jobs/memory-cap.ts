import { Worker } from 'node:worker_threads'
import type { JobName } from './job-messages.ts'

/**
 * MiB a whole job process may hold, for work whose memory the language's own limit does not see: strangers' pictures are
 * drawn by a native renderer. A picture of the most points there may be takes a tenth of it.
 */
export const memoryCapsMb: Partial<Record<JobName, number>> = { picture: 1024 }

const everyMs = 20

/** The thread that works is busy in native code and cannot look for itself. */
const watch = `
const { workerData } = require('node:worker_threads')
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.bytes) process.kill(process.pid, 'SIGKILL')
}, workerData.everyMs)`

/** From now on this process is ended when it holds more than so many MiB; the engine sees a lost process. */
export function capMemory(limitMb: number): void {
  const watcher = new Worker(watch, {
    eval: true,
    workerData: { bytes: limitMb * 1_048_576, everyMs },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  })
  watcher.unref()
}
