import { openParentLink } from './parent-link.ts'
import type { ToQueryProcess } from './query-messages.ts'
import { serveQueries } from './query-server.ts'

/** Entry of a query process: it says when it is ready, answers pings, and serves questions. */
const link = openParentLink()
const serve = serveQueries((message) => link.post(message))
link.onMessage((message) => {
  if (typeof message !== 'object' || message === null) return
  if ('ping' in message) link.post({ pong: message.ping })
  // The engine is the only sender and ships with this file.
  else serve(message as ToQueryProcess)
})
link.post({ ready: true })
