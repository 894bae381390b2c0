import type { Outcome } from '../errors.ts'
import { fail } from '../errors.ts'
import type { ChannelFault, ChannelLimits } from './channel.ts'
import { openChannel } from './channel.ts'
import type { Frame } from './frames.ts'
import type { Wire } from './wire.ts'

export interface ServedCall {
  readonly signal: AbortSignal
  readonly part: (payload: unknown) => void
}

export interface ServerOptions {
  readonly version: number
  /** Answers a call by name; a rejection is a bug and is answered as `internal/bug`. */
  readonly answer: (name: string, payload: unknown, call: ServedCall) => Promise<Outcome<unknown>>
  /** Hears of what `answer` threw and of answers that could not be encoded. */
  readonly onBug?: (error: unknown) => void
  readonly onFault?: (fault: ChannelFault | 'versionMismatch' | 'badOrder') => void
  readonly onClosed?: () => void
  readonly limits?: ChannelLimits
  /** Calls one page may have open at once. */
  readonly openCalls?: number
}

export interface WireServer {
  emit(name: string, payload: unknown): void
  close(): void
}

type CallFrame = Frame & { kind: 'call' }

/** The calls under way for one page. */
function createRunning(send: (frame: Frame) => void, options: ServerOptions) {
  const running = new Map<number, AbortController>()

  function sendOr(frame: Frame, otherwise: () => void): void {
    try {
      send(frame)
    } catch (error) {
      options.onBug?.(error)
      otherwise()
    }
  }

  async function answer({ name, payload }: CallFrame, call: ServedCall): Promise<Outcome<unknown>> {
    try {
      return await options.answer(name, payload, call)
    } catch (error) {
      options.onBug?.(error)
      return fail('internal/bug')
    }
  }

  async function run(frame: CallFrame, abort: AbortController): Promise<void> {
    const id = frame.id
    const part = (payload: unknown): void => {
      if (running.get(id) === abort) sendOr({ kind: 'part', id, payload }, () => undefined)
    }
    const outcome = await answer(frame, { signal: abort.signal, part })
    running.delete(id)
    sendOr({ kind: 'reply', id, outcome }, () =>
      send({ kind: 'reply', id, outcome: fail('internal/bug') }),
    )
  }

  return {
    /** False when the page broke the rules: an id used twice at once, or too many open calls. */
    start(frame: CallFrame): boolean {
      if (running.has(frame.id) || running.size >= (options.openCalls ?? 1000)) return false
      const abort = new AbortController()
      running.set(frame.id, abort)
      void run(frame, abort)
      return true
    },
    cancel(id: number): void {
      running.get(id)?.abort()
    },
    abortAll(): void {
      for (const abort of running.values()) abort.abort()
      running.clear()
    },
  }
}

/** The answering half for one page. Losing the wire aborts everything that page was waiting for. */
export function serveWire(wire: Wire, options: ServerOptions): WireServer {
  const running = createRunning((frame) => channel.send(frame), options)
  let greeted = false

  function refuse(fault: 'versionMismatch' | 'badOrder'): void {
    options.onFault?.(fault)
    channel.close()
  }

  function onHello(version: number): void {
    if (greeted) return refuse('badOrder')
    greeted = true
    channel.send({ kind: 'hello', version: options.version })
    if (version !== options.version) refuse('versionMismatch')
  }

  function onFrame(frame: Frame): void {
    if (frame.kind === 'hello') return onHello(frame.version)
    if (!greeted) return refuse('badOrder')
    if (frame.kind === 'cancel') return running.cancel(frame.id)
    if (frame.kind !== 'call' || !running.start(frame)) refuse('badOrder')
  }

  function onClose(): void {
    running.abortAll()
    options.onClosed?.()
  }

  const channel = openChannel(wire, { onFrame, onClose, onFault: options.onFault }, options.limits)
  return {
    emit(name, payload) {
      // Before hello nobody listens, and the other side may not even be of our version.
      if (greeted) channel.send({ kind: 'event', name, payload })
    },
    close: () => channel.close(),
  }
}
