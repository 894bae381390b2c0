import type { ChildPort, ProcessKind } from '../../engine/host.ts'
import type { FromEngine, ProcessPort, ToEngine, TransferredPort } from './shell-protocol.ts'

interface Child {
  readonly port: PromiseWithResolvers<TransferredPort>
  readonly exits: ((expected: boolean) => void)[]
}

function childPort(id: number, child: Child, port: ProcessPort<FromEngine, ToEngine>): ChildPort {
  return {
    post: (message) => void child.port.promise.then((to) => to.postMessage(message)),
    onMessage: (listener) =>
      void child.port.promise.then((from) => {
        from.on('message', ({ data }) => listener(data))
        from.start()
      }),
    onExit: (listener) => void child.exits.push(listener),
    kill: () => port.post({ kind: 'killProcess', id }),
  }
}

/** Only the main process may start utility processes; it sends back a port that leads straight to the child. */
export function createChildPorts(port: ProcessPort<FromEngine, ToEngine>) {
  const children = new Map<number, Child>()
  let lastId = 0
  port.onMessage((message, [transferred]) => {
    if (message.kind === 'processPort' && transferred !== undefined)
      children.get(message.id)?.port.resolve(transferred)
    if (message.kind !== 'processExit') return
    const child = children.get(message.id)
    children.delete(message.id)
    for (const exit of child?.exits ?? []) exit(message.expected)
  })
  return {
    start(kind: ProcessKind): ChildPort {
      const id = (lastId += 1)
      const child: Child = { port: Promise.withResolvers(), exits: [] }
      children.set(id, child)
      port.post({ kind: 'startProcess', id, process: kind })
      return childPort(id, child, port)
    },
  }
}
