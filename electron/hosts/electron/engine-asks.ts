import type { ProcessKind } from '../../engine/host.ts'
import type { ServiceName, ShellServices, ToEngine, TransferredPort } from './shell-protocol.ts'

/** A started utility process reduced to what is used of it. */
export interface StartedProcess {
  post(message: unknown, ports?: readonly TransferredPort[]): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: () => void): void
  kill(): void
}

export type Sender = (message: ToEngine, ports?: readonly TransferredPort[]) => void

export interface ChildParts {
  readonly fork: (kind: ProcessKind) => StartedProcess
  /** Two ends of a channel: one for the engine, one for its child. */
  readonly channel: () => readonly [TransferredPort, TransferredPort]
}

/** Children of the engine: started here because only the main process may, spoken to by the engine alone. */
export function createChildren(parts: ChildParts, send: Sender) {
  const running = new Map<number, { child: StartedProcess; killed: boolean }>()
  return {
    start(id: number, kind: ProcessKind): void {
      const child = parts.fork(kind)
      const one = { child, killed: false }
      running.set(id, one)
      const [engineEnd, childEnd] = parts.channel()
      child.post({ kind: 'port' }, [childEnd])
      send({ kind: 'processPort', id }, [engineEnd])
      child.onExit(() => {
        running.delete(id)
        send({ kind: 'processExit', id, expected: one.killed })
      })
    },
    kill(id: number): void {
      const one = running.get(id)
      if (one === undefined) return
      one.killed = true
      one.child.kill()
    },
    killAll(): void {
      for (const { child } of running.values()) child.kill()
      running.clear()
    },
  }
}

/** Answers the engine's asks; a print may be cancelled. */
export function createAnswerer(services: ShellServices, send: Sender) {
  const open = new Map<number, AbortController>()
  // Each service is asked with its own input: both sides are typed by ShellServices.
  const table = services as unknown as Record<
    ServiceName,
    (input: unknown, signal: AbortSignal) => Promise<unknown>
  >
  return {
    async answer(id: number, service: ServiceName, input: unknown): Promise<void> {
      const abort = new AbortController()
      open.set(id, abort)
      try {
        send({ kind: 'answer', id, value: await table[service](input, abort.signal) })
      } catch (error) {
        send({ kind: 'refusal', id, message: error instanceof Error ? error.message : 'unknown' })
      }
      open.delete(id)
    },
    cancel: (id: number) => open.get(id)?.abort(),
  }
}

/** Questions whether a window may close; an engine that is gone objects to nothing. */
export function createClosing(send: Sender) {
  const open = new Map<number, (close: boolean) => void>()
  let lastId = 0
  const settle = (id: number, close: boolean): void => {
    open.get(id)?.(close)
    open.delete(id)
  }
  return {
    settle,
    settleAll(): void {
      for (const id of [...open.keys()]) settle(id, true)
    },
    ask(): Promise<boolean> {
      const id = (lastId += 1)
      return new Promise((resolve) => {
        open.set(id, resolve)
        send({ kind: 'askClose', id })
      })
    },
  }
}
