import type { AppError, Outcome } from '../errors.ts'
import { fail } from '../errors.ts'
import type { ChannelFault, ChannelLimits } from './channel.ts'
import { openChannel } from './channel.ts'
import type { Frame } from './frames.ts'
import type { Wire } from './wire.ts'

export interface ClientOptions {
  /** Must equal the server's: page and engine ship together. */
  readonly version: number
  readonly onEvent: (name: string, payload: unknown) => void
  /** Once: the wire was lost, or the other side spoke another version. Every open call has been answered. */
  readonly onClosed: (why: 'lost' | 'versionMismatch') => void
  /** The other side answered hello with the same version. */
  readonly onReady?: () => void
  readonly onFault?: (fault: ChannelFault) => void
  readonly limits?: ChannelLimits
}

export interface ClientCallOptions {
  readonly signal?: AbortSignal | undefined
  readonly onPart?: ((part: unknown) => void) | undefined
}

export interface WireClient {
  /** Never rejects; a lost wire is `contract/disconnected`. After an abort it waits for the truth from the other side. */
  call(name: string, payload: unknown, options?: ClientCallOptions): Promise<Outcome<unknown>>
  close(): void
}

interface OpenCall {
  readonly onPart: ((part: unknown) => void) | undefined
  readonly settle: (outcome: Outcome<unknown>) => void
}

const disconnected = (): { ok: false; error: AppError } => fail('contract/disconnected', {}, true)

export function createWireClient(wire: Wire, options: ClientOptions): WireClient {
  const open = new Map<number, OpenCall>()
  let lastId = 0
  let why: 'lost' | 'versionMismatch' = 'lost'
  let closed = false

  function onFrame(frame: Frame): void {
    if (frame.kind === 'hello') return onHello(frame.version)
    if (frame.kind === 'event') return options.onEvent(frame.name, frame.payload)
    if (frame.kind === 'part') return open.get(frame.id)?.onPart?.(frame.payload)
    if (frame.kind === 'reply') return open.get(frame.id)?.settle(frame.outcome)
  }

  function onHello(version: number): void {
    if (version === options.version) return options.onReady?.()
    why = 'versionMismatch'
    channel.close()
  }

  function onClose(): void {
    closed = true
    for (const one of [...open.values()]) one.settle(disconnected())
    options.onClosed(why)
  }

  const channel = openChannel(wire, { onFrame, onClose, onFault: options.onFault }, options.limits)
  channel.send({ kind: 'hello', version: options.version })

  function nextId(): number {
    do lastId = lastId >= 0xffff_fff0 ? 1 : lastId + 1
    while (open.has(lastId))
    return lastId
  }

  return {
    call(name, payload, { signal, onPart } = {}) {
      if (signal?.aborted === true) return Promise.resolve(fail('internal/cancelled'))
      if (closed) return Promise.resolve(disconnected())
      return new Promise((resolve) => {
        const id = nextId()
        const onAbort = (): void => channel.send({ kind: 'cancel', id })
        const settle = (outcome: Outcome<unknown>): void => {
          open.delete(id)
          signal?.removeEventListener('abort', onAbort)
          resolve(outcome)
        }
        open.set(id, { onPart, settle })
        signal?.addEventListener('abort', onAbort, { once: true })
        channel.send({ kind: 'call', id, name, payload })
      })
    },
    close: () => channel.close(),
  }
}
