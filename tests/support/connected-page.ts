import type { Engine } from '../../electron/engine/engine.ts'
import type { PageRights } from '../../electron/engine/page-rights.ts'
import type { EngineConnection } from '../../renderer/client/engine-client.ts'
import { createEngineClient } from '../../renderer/client/engine-client.ts'
import { memoryWirePair } from '../../shared/wire/memory-wire.ts'
import type { Wire } from '../../shared/wire/wire.ts'

/** A page's client joined to an engine in memory; `dropWire` loses the connection as a network would. */
export function connectPage(
  engine: Engine,
  rights?: PageRights,
): EngineConnection & { dropWire(): void } {
  let current: Wire | undefined
  const connection = createEngineClient(
    {
      connect() {
        const [page, other] = memoryWirePair()
        current = other
        engine.connect(other, rights)
        return Promise.resolve(page)
      },
    },
    { check: true, retryAfter: [5] },
  )
  return { ...connection, dropWire: () => current?.close() }
}
