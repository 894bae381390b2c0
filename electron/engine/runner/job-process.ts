import { serveJobs } from './jobs/job-server.ts'
import { openParentLink } from './parent-link.ts'

/** Entry of a job process. It says when it is ready, then does the one job it is given. */
const link = openParentLink()
link.onMessage((message) => {
  const isPing = typeof message === 'object' && message !== null && 'ping' in message
  if (isPing) link.post({ pong: message.ping })
})
serveJobs(link)
link.post({ ready: true })
