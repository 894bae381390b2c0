import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Wire } from '../../../shared/wire/wire.ts'
import { readPageFile, safeHeaders } from '../../engine/page-files.ts'
import type { PageRights } from '../../engine/page-rights.ts'
import { entrancePage, entranceScript, noEntrance } from './entrance.ts'
import { cookieName, cookieOf, isOwnHost, isOwnOrigin, socketKeyOf } from './guards.ts'
import type { Secrets } from './secrets.ts'
import { sameSecret } from './secrets.ts'
import { socketWire } from './socket-wire.ts'

export interface LoopbackServerOptions {
  readonly pageFolder: string
  readonly secrets: Secrets
  /** Lets a second start speak to this one. */
  readonly controlSecret: string
  /** Answers a second start with JSON. */
  readonly onControl: (body: string) => Promise<unknown>
  readonly onPage: (wire: Wire, rights: PageRights) => void
}

const largestBody = 64 * 1024
/** A packet of the channel and its header, with room to spare. */
const largestMessage = (1 << 20) + 1024
const socketProtocol = 'storeboard.1'

function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
): void {
  response.writeHead(status, { ...safeHeaders, 'Content-Type': type, 'Cache-Control': 'no-store' })
  response.end(body)
}

const plain = 'text/plain; charset=utf-8'

function refuse(response: ServerResponse, status = 403): Promise<void> {
  answer(response, status, plain, noEntrance)
  return Promise.resolve()
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function pathAfterEntrance(rights: PageRights): string {
  return rights.kind === 'print' ? `/#/print/${encodeURIComponent(rights.jobId)}` : '/'
}

type Route = (request: IncomingMessage, response: ServerResponse, port: number) => Promise<void>

function createRoutes(options: LoopbackServerOptions) {
  const { secrets } = options

  const session: Route = async (request, response, port) => {
    const ticket = await bodyOf(request)
    const fine = ticket !== undefined && isOwnOrigin(request, port, true)
    const admitted = fine ? secrets.redeem(ticket, cookieOf(request, port)) : undefined
    if (admitted === undefined) return refuse(response)
    const cookie = `${cookieName(port)}=${admitted.cookie}; HttpOnly; SameSite=Strict; Path=/`
    response.setHeader('Set-Cookie', cookie)
    const body = JSON.stringify({ key: admitted.key, path: pathAfterEntrance(admitted.rights) })
    answer(response, 200, 'application/json', body)
  }

  const control: Route = async (request, response) => {
    const given = request.headers['x-storeboard-control']
    const known = typeof given === 'string' && sameSecret(given, options.controlSecret)
    // A browser always says where a POST comes from; a second start is no browser.
    const body = known && request.headers.origin === undefined ? await bodyOf(request) : undefined
    if (body === undefined) return refuse(response)
    answer(response, 200, 'application/json', JSON.stringify(await options.onControl(body)))
  }

  const file: Route = async (request, response, port) => {
    const admitted =
      secrets.knowsCookie(cookieOf(request, port)) && isOwnOrigin(request, port, false)
    if (!admitted) return refuse(response)
    const path = (request.url ?? '/').split(/[?#]/)[0] ?? '/'
    const found = await readPageFile(options.pageFolder, path)
    if (found === undefined) return refuse(response, 404)
    response.writeHead(200, found.headers)
    response.end(found.bytes)
  }

  const fixed =
    (type: string, body: string): Route =>
    (_, response) => {
      answer(response, 200, type, body)
      return Promise.resolve()
    }

  const table = new Map<string, Route>([
    ['GET /enter', fixed('text/html; charset=utf-8', entrancePage)],
    ['GET /enter.js', fixed('text/javascript; charset=utf-8', entranceScript)],
    ['POST /session', session],
    ['POST /control', control],
  ])
  return (request: IncomingMessage): Route | undefined => {
    const named = table.get(`${request.method ?? ''} ${request.url ?? ''}`)
    return named ?? (request.method === 'GET' ? file : undefined)
  }
}

function attachSockets(server: Server, options: LoopbackServerOptions, port: () => number): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(socketProtocol) ? socketProtocol : false),
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const ours = isOwnHost(request, port()) && isOwnOrigin(request, port(), true)
    const rights =
      ours && request.url === '/wire'
        ? options.secrets.rightsOf(cookieOf(request, port()), socketKeyOf(request))
        : undefined
    if (rights === undefined) {
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) =>
      options.onPage(socketWire(opened), rights),
    )
  })
}

/** Listens on 127.0.0.1 only. Resolves with the port. */
export async function startLoopbackServer(
  options: LoopbackServerOptions,
  wantedPort = 0,
): Promise<{ port: number; close(): Promise<void> }> {
  const routeOf = createRoutes(options)
  let port = 0
  const server = createServer((request, response) => {
    const route = isOwnHost(request, port) ? routeOf(request) : undefined
    if (route === undefined) return void refuse(response)
    route(request, response, port).catch(() => response.destroy())
  })
  attachSockets(server, options, () => port)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wantedPort, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
