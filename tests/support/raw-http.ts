import { request } from 'node:http'
import WebSocket from 'ws'

export interface RawAnswer {
  readonly status: number
  readonly body: string
  readonly headers: Record<string, string | string[] | undefined>
}

/** A request as an attacker writes it: any header, any path, nothing normalised. */
export function rawRequest(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { host: `127.0.0.1:${String(port)}`, ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            headers: answer.headers,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Opens a WebSocket with the given headers: the open socket, or the refusal's status. */
export function rawSocket(
  port: number,
  path: string,
  protocols: string[],
  headers: Record<string, string>,
): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, protocols, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0))
    socket.on('error', () => resolve(0))
  })
}

/** Goes through the entrance as a browser would: the cookie header and the page's key. */
export async function admit(port: number, launchUrl: string, cookie?: string) {
  const ticket = new URLSearchParams(new URL(launchUrl).hash.slice(1)).get('ticket') ?? ''
  const origin = `http://127.0.0.1:${String(port)}`
  const kept = cookie === undefined ? {} : { cookie }
  const answer = await rawRequest(port, 'POST', '/session', { origin, ...kept }, ticket)
  const given = String(answer.headers['set-cookie'] ?? '')
  // The test only asks for parts of an answer it checks otherwise.
  const body = (answer.status === 200 ? JSON.parse(answer.body) : {}) as {
    key?: string
    path?: string
  }
  return {
    status: answer.status,
    setCookie: given,
    cookie: given.split(';')[0] ?? '',
    key: body.key ?? '',
    path: body.path ?? '',
    origin,
  }
}
