import type { IncomingMessage } from 'node:http'

/** Cookies are shared between ports of one address, so each run's cookie carries its port in its name. */
export const cookieName = (port: number): string => `storeboard_${String(port)}`

export function cookieOf(request: IncomingMessage, port: number): string | undefined {
  const wanted = `${cookieName(port)}=`
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length)
}

/** Only our literal address: a name that resolves to 127.0.0.1 is somebody else's page (DNS rebinding). */
export function isOwnHost(request: IncomingMessage, port: number): boolean {
  return request.headers.host === `127.0.0.1:${String(port)}`
}

/** `required` where a browser always sends it: POST and WebSocket. */
export function isOwnOrigin(request: IncomingMessage, port: number, required: boolean): boolean {
  const { origin } = request.headers
  if (origin === undefined) return !required && !isCrossSite(request)
  return origin === `http://127.0.0.1:${String(port)}`
}

function isCrossSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

export function socketKeyOf(request: IncomingMessage): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',')
  const key = offered.map((one) => one.trim()).find((one) => one.startsWith('key.'))
  return key?.slice('key.'.length)
}
