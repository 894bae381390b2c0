import type { CallName, Engine, EventName, EventOf } from '../../shared/contract.ts'
import { calls, contractVersion, events } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import { fail } from '../../shared/errors.ts'
import type { ClientCallOptions, WireClient } from '../../shared/wire/client.ts'
import { createWireClient } from '../../shared/wire/client.ts'
import type { Connector } from './connector.ts'

/** `refused`: page and engine are of different versions; only a reload can help. */
export type ConnectionState = 'connecting' | 'ready' | 'lost' | 'refused'

export interface EngineConnection {
  readonly engine: Engine
  /** Returns the way to stop listening. */
  on<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void
  state(): ConnectionState
  onState(listener: (state: ConnectionState) => void): () => void
  close(): void
}

export interface EngineClientOptions {
  /** Answers and events are checked against the contract: in tests and development. */
  readonly check: boolean
  /** Waiting before the next try, in milliseconds; the last is repeated. */
  readonly retryAfter?: readonly number[]
}

/** Reading calls whose answer a page still wants after a lost wire came back. */
const askedAgain: ReadonlySet<string> = new Set<CallName>([
  'app.info',
  'workspace.state',
  'sample.state',
  'dataset.values',
  'dataset.staleness',
  'dataset.versions',
  'dataset.profile',
  'dataset.recipe',
  'dataset.recipePreview',
  'classSet.list',
  'query.run',
  'query.batch',
  'query.explain',
  'rows.open',
  'rows.window',
  'report.recoveries',
  'template.literals',
  'export.personal',
  'print.content',
])

/** Keeps one wire open, opening the next when it is lost. */
function createLink(
  connector: Connector,
  retryAfter: readonly number[],
  onEvent: (name: string, payload: unknown) => void,
) {
  let client: WireClient | undefined
  let state: ConnectionState = 'connecting'
  let ended = false
  let tries = 0
  const listeners = new Set<(state: ConnectionState) => void>()

  function become(next: ConnectionState): void {
    state = next
    for (const listener of [...listeners]) listener(next)
  }

  function again(): void {
    if (ended) return
    const wait = retryAfter[Math.min(tries, retryAfter.length - 1)] ?? 1000
    tries += 1
    setTimeout(() => void open(), wait)
  }

  function onClosed(why: 'lost' | 'versionMismatch'): void {
    client = undefined
    become(why === 'versionMismatch' ? 'refused' : 'lost')
    if (why === 'lost') again()
  }

  function onReady(): void {
    tries = 0
    become('ready')
  }

  async function open(): Promise<void> {
    try {
      const wire = await connector.connect()
      client = createWireClient(wire, { version: contractVersion, onEvent, onClosed, onReady })
    } catch {
      again()
    }
  }

  /** Resolves false when there will never be an answer. */
  function ready(signal?: AbortSignal): Promise<boolean> {
    if (state === 'ready') return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (result: boolean): void => {
        listeners.delete(onState)
        signal?.removeEventListener('abort', onAbort)
        resolve(result)
      }
      const onState = (next: ConnectionState): void => {
        if (next === 'ready' || next === 'refused' || ended) settle(next === 'ready')
      }
      const onAbort = (): void => settle(false)
      if (ended || state === 'refused' || signal?.aborted === true) return resolve(false)
      listeners.add(onState)
      signal?.addEventListener('abort', onAbort)
    })
  }

  void open()
  return {
    client: () => client,
    ready,
    currentState: () => state,
    ended: () => ended,
    listeners,
    close(): void {
      ended = true
      client?.close()
      become('lost')
    },
  }
}

type Link = ReturnType<typeof createLink>

async function ask(
  link: Link,
  name: string,
  payload: unknown,
  options: ClientCallOptions,
): Promise<Outcome<unknown>> {
  for (;;) {
    const reached = await link.ready(options.signal)
    if (options.signal?.aborted === true) return fail('internal/cancelled')
    const client = link.client()
    if (!reached || client === undefined) return fail('contract/disconnected', {}, true)
    const outcome = await client.call(name, payload, options)
    const lost = !outcome.ok && outcome.error.code === 'contract/disconnected'
    if (!lost || !askedAgain.has(name) || link.ended()) return outcome
  }
}

function checked(name: CallName, outcome: Outcome<unknown>): Outcome<unknown> {
  if (!outcome.ok) return outcome
  const parsed = calls[name].output.safeParse(outcome.value)
  if (!parsed.success) throw new Error(`${name}: ${parsed.error.message}`)
  return outcome
}

function createCalls(link: Link, connector: Connector, check: boolean): Engine {
  const call =
    (name: CallName) =>
    async (input: unknown, options: ClientCallOptions = {}): Promise<Outcome<unknown>> => {
      if (name === 'host.showDocument' && isShown(input))
        connector.guardUnsaved?.(input.edited || input.reading === true)
      const outcome = await ask(link, name, input, options)
      return check ? checked(name, outcome) : outcome
    }
  // The keys are the contract's own; fromEntries only loses which function belongs to which.
  const names = Object.keys(calls) as CallName[]
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Engine
}

function isShown(input: unknown): input is { edited: boolean; reading?: boolean } {
  return typeof input === 'object' && input !== null && 'edited' in input
}

/** The engine as the page has it: one typed function a call, built from the contract's list. */
export function createEngineClient(
  connector: Connector,
  options: EngineClientOptions,
): EngineConnection {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()

  function onEvent(name: string, payload: unknown): void {
    if (!Object.hasOwn(events, name)) return
    // hasOwn made sure of the key.
    const fault = options.check ? events[name as EventName].safeParse(payload).error : undefined
    if (fault !== undefined) throw fault
    for (const listener of [...(listeners.get(name) ?? [])]) listener(payload)
  }

  const link = createLink(connector, options.retryAfter ?? [200, 500, 1000, 2000, 5000], onEvent)
  return {
    engine: createCalls(link, connector, options.check),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set)
      // Only payloads of this event reach this set.
      const loose = listener as (payload: unknown) => void
      set.add(loose)
      return () => set.delete(loose)
    },
    state: () => link.currentState(),
    onState(listener) {
      link.listeners.add(listener)
      return () => link.listeners.delete(listener)
    },
    close: () => link.close(),
  }
}
