import type { WebSocket } from 'ws'
import type { Wire } from '../../../shared/wire/wire.ts'

/** The server's end of a WebSocket. */
export function socketWire(socket: WebSocket): Wire {
  socket.binaryType = 'arraybuffer'
  // Every error is followed by close, which is all a wire says.
  socket.on('error', () => undefined)
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame)
    },
    onFrame: (listener) =>
      socket.on('message', (data, isBinary) => {
        // Text is nobody's frame: an empty one, so that the channel ends this wire.
        const isFrame = isBinary && data instanceof ArrayBuffer
        listener(isFrame ? new Uint8Array(data) : new Uint8Array())
      }),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.close(),
  }
}
