import { AsyncLocalStorage } from 'node:async_hooks'
import type { EventName, EventOf } from '../../shared/contract.ts'
import { contractVersion } from '../../shared/contract.ts'
import type { Outcome } from '../../shared/errors.ts'
import type { ServedCall, WireServer } from '../../shared/wire/server.ts'
import { serveWire } from '../../shared/wire/server.ts'
import type { Wire } from '../../shared/wire/wire.ts'
import type { BugLog } from './bug-log.ts'
import type { Dispatch, DispatchedCall } from './dispatch.ts'
import type { PageRights } from './page-rights.ts'
import { mayCall } from './page-rights.ts'

export interface PageConnections {
  /** Serves one page until its wire closes. */
  connect(wire: Wire, rights: PageRights, dispatch: Dispatch, log: BugLog): void
  emit<E extends EventName>(event: E, payload: EventOf<E>): void
  /** To the page whose call is being answered, or to all outside of a call. */
  emitToCaller<E extends EventName>(event: E, payload: EventOf<E>): void
  count(): number
  /** How many have called at least once, hence listen. */
  listening(): number
  onChanged(listener: (count: number) => void): void
  close(): void
}

function inLane(rights: PageRights, { signal, part }: ServedCall): DispatchedCall {
  return { signal, part, ...(rights.kind === 'print' ? { printJob: rights.jobId } : {}) }
}

export function createPageConnections(): PageConnections {
  const all = new Set<WireServer>()
  const listening = new Set<WireServer>()
  const calling = new AsyncLocalStorage<WireServer>()
  const listeners: ((count: number) => void)[] = []

  function changed(): void {
    for (const listener of listeners) listener(all.size)
  }

  async function answer(page: WireServer, ask: () => Promise<Outcome<unknown>>) {
    const outcome = await calling.run(page, ask)
    if (all.has(page) && !listening.has(page)) {
      listening.add(page)
      changed()
    }
    return outcome
  }

  function connect(wire: Wire, rights: PageRights, dispatch: Dispatch, log: BugLog): void {
    const page: WireServer = serveWire(wire, {
      version: contractVersion,
      answer(name: string, payload: unknown, call: ServedCall) {
        const refusal = mayCall(rights, name, payload)
        if (refusal !== undefined) return Promise.resolve(refusal)
        return answer(page, () => dispatch(name, payload, inLane(rights, call)))
      },
      onBug: (error) => void log.note(error, 'wire'),
      onFault: (fault) => void log.note(new Error(fault), 'wire'),
      onClosed() {
        listening.delete(page)
        if (all.delete(page)) changed()
      },
    })
    // A print page is no window: it hears no events and keeps nothing open.
    if (rights.kind === 'print') return
    all.add(page)
    changed()
  }

  function emit<E extends EventName>(event: E, payload: EventOf<E>): void {
    for (const page of all) page.emit(event, payload)
  }

  return {
    connect,
    emit,
    emitToCaller(event, payload) {
      const page = calling.getStore()
      if (page === undefined) emit(event, payload)
      else page.emit(event, payload)
    },
    count: () => all.size,
    listening: () => listening.size,
    onChanged: (listener) => void listeners.push(listener),
    close() {
      for (const page of [...all]) page.close()
    },
  }
}
