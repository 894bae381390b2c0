import type { ProcessKind } from '../../engine/host.ts'
import type { ChildParts, Sender, StartedProcess } from './engine-asks.ts'
import { createAnswerer, createChildren, createClosing } from './engine-asks.ts'
import type { EngineStart, FromEngine, ShellServices, ToEngine } from './shell-protocol.ts'

export interface EngineLinkParts extends ChildParts {
  readonly start: EngineStart
  readonly services: ShellServices
  readonly fork: (kind: 'engine' | ProcessKind) => StartedProcess
  readonly onMessage: (message: FromEngine) => void
  /** The engine's process ended by itself; `again` says whether another was started. */
  readonly onLost: (again: boolean) => void
}

export interface EngineLink {
  send(message: ToEngine): void
  mayClose(): Promise<boolean>
  end(): void
}

/** Keeps one engine process; one that ends by itself is started again once. */
export function createEngineLink(parts: EngineLinkParts): EngineLink {
  let engine: StartedProcess | undefined
  let restarts = 0
  let ending = false

  const send: Sender = (message, ports) => engine?.post(message, ports)
  const children = createChildren(parts, send)
  const answerer = createAnswerer(parts.services, send)
  const closing = createClosing(send)

  function onMessage(message: FromEngine): void {
    if (message.kind === 'ask') void answerer.answer(message.id, message.service, message.input)
    else if (message.kind === 'cancelAsk') answerer.cancel(message.id)
    else if (message.kind === 'startProcess') children.start(message.id, message.process)
    else if (message.kind === 'killProcess') children.kill(message.id)
    else if (message.kind === 'closeAnswer') closing.settle(message.id, message.close)
    else parts.onMessage(message)
  }

  function onExit(): void {
    engine = undefined
    children.killAll()
    closing.settleAll()
    if (ending) return
    const again = restarts === 0
    restarts += 1
    if (again) start()
    parts.onLost(again)
  }

  function start(): void {
    engine = parts.fork('engine')
    // The engine's entry sends nothing else.
    engine.onMessage((message) => onMessage(message as FromEngine))
    engine.onExit(onExit)
    send({ kind: 'start', ...parts.start })
  }

  start()
  return {
    send: (message) => send(message),
    mayClose: () => (engine === undefined ? Promise.resolve(true) : closing.ask()),
    end() {
      ending = true
      children.killAll()
      engine?.kill()
    },
  }
}
