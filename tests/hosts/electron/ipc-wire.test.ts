import { acceptPages } from '../../../electron/hosts/electron/engine-pages.ts'
import { createPageWires } from '../../../electron/hosts/electron/page-wires.ts'
import { origin } from '../../../electron/hosts/electron/scheme.ts'
import type { FromEngine } from '../../../electron/hosts/electron/shell-protocol.ts'
import { connectBridge } from '../../../renderer/client/connect-bridge.ts'
import type { Wire } from '../../../shared/wire/wire.ts'
import { wireSuite } from '../../wire/wire-suite.ts'
import { shellPair } from '../../support/shell-pair.ts'

/* Page → preload's bridge → main process → engine process, each step structured-cloned as Electron does. */
wireSuite('Electron IPC', async () => {
  const { engine, main } = shellPair()
  const wires = createPageWires((message) => main.post(message), origin)
  // The engine's entry sends nothing else.
  main.onMessage((message) => wires.onEngine(message as FromEngine))
  const engineWire = new Promise<Wire>((resolve) => acceptPages(engine, resolve))
  const frames: ((frame: Uint8Array) => void)[] = []
  const closes: (() => void)[] = []
  const sender = {
    id: 7,
    send(channel: string, frame?: Uint8Array) {
      const copy = structuredClone(frame)
      setImmediate(() => {
        if (copy === undefined || channel === 'storeboard:close')
          for (const close of closes) close()
        else for (const listener of frames) listener(copy)
      })
    },
  }
  wires.admit(sender, { kind: 'page' })
  const bridge = {
    send: (frame: Uint8Array) => {
      const copy = structuredClone(frame)
      const url = `${origin}/index.html`
      setImmediate(() => wires.onFrame({ sender, fromTopFrame: true, url }, copy))
    },
    onFrame: (listener: (frame: Uint8Array) => void) => void frames.push(listener),
    onClose: (listener: () => void) => void closes.push(listener),
  }
  const page = await connectBridge(bridge).connect()
  return { page, engine: held(engineWire) }
})

/** The suite wants both ends at once; the engine's exists with the first frame, so what is asked of it waits. */
function held(promise: Promise<Wire>): Wire {
  const then = (use: (wire: Wire) => void): void => void promise.then(use)
  return {
    send: (frame) => then((wire) => wire.send(frame)),
    onFrame: (listener) => then((wire) => wire.onFrame(listener)),
    onClose: (listener) => then((wire) => wire.onClose(listener)),
    close: () => then((wire) => wire.close()),
  }
}
