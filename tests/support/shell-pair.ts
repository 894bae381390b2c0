import type {
  FromEngine,
  ProcessPort,
  ToEngine,
  TransferredPort,
} from '../../electron/hosts/electron/shell-protocol.ts'
import type { StartedProcess } from '../../electron/hosts/electron/engine-asks.ts'

/** The channel between main and engine process: every message is structured-cloned and arrives later, in order. */
export function shellPair() {
  const toEngine: ((message: ToEngine, ports: readonly TransferredPort[]) => void)[] = []
  const fromEngine: ((message: unknown) => void)[] = []
  const exits: (() => void)[] = []
  let alive = true
  let last = Promise.resolve()
  const later = (task: () => void): void => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(task)
  }
  const engine: ProcessPort<FromEngine, ToEngine> = {
    post(message) {
      const copy = structuredClone(message)
      later(() => {
        if (alive) for (const listener of fromEngine) listener(copy)
      })
    },
    onMessage: (listener) => void toEngine.push(listener),
  }
  const main: StartedProcess = {
    post(message, ports = []) {
      // The link posts nothing else to the engine's process.
      const copy = structuredClone(message) as ToEngine
      later(() => {
        if (alive) for (const listener of toEngine) listener(copy, ports)
      })
    },
    onMessage: (listener) => void fromEngine.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill() {
      if (!alive) return
      alive = false
      later(() => {
        for (const listener of exits) listener()
      })
    },
  }
  return { engine, main }
}
