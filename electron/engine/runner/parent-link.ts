import { watchParent } from './parent-watch.ts'

/** A query or job process's end of what the engine holds as a ChildPort: structured-clone messages both ways. */
export interface ParentLink {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** What this file needs of Electron's ports; the engine room knows Electron by no other name. */
interface ShellPort {
  on(event: 'message', listener: (message: { data: unknown; ports: ShellPort[] }) => void): void
  postMessage(message: unknown): void
  start?(): void
}

function shellPort(): ShellPort | undefined {
  // Set by Electron in its utility processes and by nobody else.
  return 'parentPort' in process ? (process.parentPort as ShellPort) : undefined
}

/** In a utility process the first message brings the port that leads to the engine. */
function linkOverPort(parent: ShellPort): ParentLink {
  const { promise, resolve } = Promise.withResolvers<ShellPort>()
  parent.on('message', ({ ports: [port] }) => {
    if (port !== undefined) resolve(port)
  })
  return {
    post: (message) => void promise.then((port) => port.postMessage(message)),
    onMessage: (listener) =>
      void promise.then((port) => {
        port.on('message', ({ data }) => listener(data))
        port.start?.()
      }),
  }
}

/** Works alike under Node's fork and in Electron's utility process, whose shell ends its orphans. An orphan ends itself. */
export function openParentLink(): ParentLink {
  const port = shellPort()
  if (port !== undefined) return linkOverPort(port)
  process.once('disconnect', () => process.exit(0))
  watchParent()
  return {
    post: (message) => {
      // An engine that just died is told nothing; `disconnect` ends this process.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage: (listener) => void process.on('message', listener),
  }
}
