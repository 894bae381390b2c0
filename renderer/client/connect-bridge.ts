import type { Wire } from '../../shared/wire/wire.ts'
import type { Connector } from './connector.ts'

/** What the preload exposes, and nothing else. */
export interface Bridge {
  send(frame: Uint8Array): void
  onFrame(listener: (frame: Uint8Array) => void): void
  onClose(listener: () => void): void
}

declare global {
  interface Window {
    readonly __bridge?: Bridge
  }
}

/** The shell's bridge gives one wire a page; after an engine restart the shell closes it and the page connects again. */
export function connectBridge(bridge: Bridge): Connector {
  let current: { frame: (frame: Uint8Array) => void; close: () => void } | undefined
  bridge.onFrame((frame) => current?.frame(frame))
  bridge.onClose(() => current?.close())
  return {
    connect() {
      const frames: ((frame: Uint8Array) => void)[] = []
      const closes: (() => void)[] = []
      let open = true
      const close = (): void => {
        if (!open) return
        open = false
        for (const listener of closes) listener()
      }
      current = {
        frame: (frame) => {
          if (open) for (const listener of frames) listener(frame)
        },
        close,
      }
      const wire: Wire = {
        send: (frame) => {
          if (open) bridge.send(frame)
        },
        onFrame: (listener) => void frames.push(listener),
        onClose: (listener) => void closes.push(listener),
        close,
      }
      return Promise.resolve(wire)
    },
  }
}
