import type { Wire } from '../../shared/wire/wire.ts'
import type { Connector } from './connector.ts'

/** A page holds its key for as long as its tab lives; the cookie that goes with it cannot be read by scripts. */
export const pageKeyName = 'storeboard.pageKey'
export const socketProtocol = 'storeboard.1'

export function socketWire(socket: WebSocket): Wire {
  socket.binaryType = 'arraybuffer'
  return {
    send: (frame) => {
      // A frame is never made over shared memory, which the socket's type would refuse.
      if (socket.readyState === WebSocket.OPEN) socket.send(frame as Uint8Array<ArrayBuffer>)
    },
    onFrame: (listener) =>
      socket.addEventListener('message', (message) => {
        // Text is nobody's frame: an empty one, so that the channel ends this wire.
        const isFrame = message.data instanceof ArrayBuffer
        listener(isFrame ? new Uint8Array(message.data) : new Uint8Array())
      }),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  }
}

function openSocket(url: string, key: string): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [socketProtocol, `key.${key}`])
    const wire = socketWire(socket)
    socket.addEventListener('open', () => resolve(wire), { once: true })
    socket.addEventListener('close', () => reject(new Error('The engine cannot be reached')), {
      once: true,
    })
  })
}

/** The page's own origin, whatever port it got. */
export function connectSocket(page: Window): Connector {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  return {
    connect() {
      const key = page.sessionStorage.getItem(pageKeyName) ?? ''
      return openSocket(`ws://${page.location.host}/wire`, key)
    },
    guardUnsaved(edited) {
      if (edited) page.addEventListener('beforeunload', ask)
      else page.removeEventListener('beforeunload', ask)
    },
  }
}
