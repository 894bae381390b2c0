import { join } from 'node:path'
import { serveJobs } from './jobs/job-server.ts'
import { openParentLink } from './parent-link.ts'

/** Entry of a job process. It says when it is ready, then does the one job it is given. */
const link = openParentLink()
link.onMessage((message) => {
  const isPing = typeof message === 'object' && message !== null && 'ping' in message
  if (isPing) link.post({ pong: message.ping })
})
// As built, every entry is one file beside this one.
const built = import.meta.filename.endsWith('.js')
const writeThread = join(import.meta.dirname, built ? 'write.js' : 'import/write-thread.ts')
const tableThread = join(import.meta.dirname, built ? 'table.js' : 'sqlite/table-thread.ts')
serveJobs(link, { writeThread, tableThread })
link.post({ ready: true })
