import { openParentLink } from './parent-link.ts'

/** Entry of a query process. It says when it is ready; what it can do is added as messages by their `kind`. */
const link = openParentLink()
link.onMessage((message) => {
  const isPing = typeof message === 'object' && message !== null && 'ping' in message
  if (isPing) link.post({ pong: message.ping })
})
link.post({ ready: true })
