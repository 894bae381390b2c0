import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { socketWire as engineWire } from '../../../electron/hosts/loopback/socket-wire.ts'
import { socketWire as pageWire } from '../../../renderer/client/connect-socket.ts'
import type { Wire } from '../../../shared/wire/wire.ts'
import { wireSuite } from '../../wire/wire-suite.ts'

wireSuite('WebSocket', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  const engine = new Promise<Wire>((resolve) =>
    sockets.on('connection', (socket) => resolve(engineWire(socket))),
  )
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  const page = pageWire(socket)
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  return {
    page,
    engine: await engine,
    end: async () => {
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
})
