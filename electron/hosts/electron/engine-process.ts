import type { ParentPort } from 'electron'
import { createEngine } from '../../engine/engine.ts'
import { acceptPages } from './engine-pages.ts'
import { createShellHost } from './shell-host.ts'
import type { EngineStart, FromEngine, ProcessPort, ToEngine } from './shell-protocol.ts'

/* The engine's process under Electron: plain Node with a port to the main process. */

function portOf(parent: ParentPort) {
  const port: ProcessPort<FromEngine, ToEngine> = {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) =>
      // The main process sends nothing else.
      void parent.on('message', ({ data, ports }) => listener(data as ToEngine, ports)),
  }
  return port
}

function run(port: ProcessPort<FromEngine, ToEngine>, start: EngineStart): void {
  const host = createShellHost(port, start)
  const engine = createEngine(host, start)
  acceptPages(port, (wire, rights) => engine.connect(wire, rights))
  port.onMessage((message) => {
    if (message.kind === 'command') engine.emit('host.command', { command: message.command })
    if (message.kind === 'restarted')
      engine.emitWhenHeard('engine.restarted', { process: 'engine' })
  })
}

const port = portOf(process.parentPort)
let started = false
port.onMessage((message) => {
  if (message.kind !== 'start' || started) return
  started = true
  run(port, message)
})
