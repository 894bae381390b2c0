import { symlinkSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { Loopback } from '../../../electron/hosts/loopback/start-loopback.ts'
import { contentPolicy } from '../../../shared/content-policy.ts'
import { runLoopback } from '../../support/loopback-run.ts'
import { admit, rawRequest, rawSocket } from '../../support/raw-http.ts'

let run: Loopback
let clock = 0

beforeEach(async () => {
  run = await runLoopback({ now: () => clock })
})
afterEach(() => run.close())

const protocols = (key: string): string[] => ['storeboard.1', `key.${key}`]

describe('a browser that was let in', () => {
  it('gets the page, its assets and a wire, under the one content policy', async () => {
    const { cookie, key, origin, setCookie, path } = await admit(run.port, run.launchUrl())
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(path).toBe('/')
    const page = await rawRequest(run.port, 'GET', '/', { cookie })
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' })
    expect(page.headers['content-security-policy']).toBe(contentPolicy)
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    const asset = await rawRequest(run.port, 'GET', '/assets/main-1a2b.js', { cookie, origin })
    expect(asset.status).toBe(200)
    const socket = await rawSocket(run.port, '/wire', protocols(key), { origin, cookie })
    expect(socket).toBeInstanceOf(WebSocket)
  })

  it('keeps its session when another window of it is let in', async () => {
    const first = await admit(run.port, run.launchUrl())
    const second = await admit(run.port, run.launchUrl(), first.cookie)
    expect(second.cookie).toBe(first.cookie)
    expect(second.key).not.toBe(first.key)
    const headers = { origin: first.origin, cookie: first.cookie }
    for (const { key } of [first, second])
      expect(await rawSocket(run.port, '/wire', protocols(key), headers)).toBeInstanceOf(WebSocket)
  })
})

describe('tickets', () => {
  it('are good once', async () => {
    const url = run.launchUrl()
    expect((await admit(run.port, url)).status).toBe(200)
    expect(await admit(run.port, url)).toMatchObject({ status: 403, setCookie: '', key: '' })
  })

  it('are worth nothing after a minute', async () => {
    const url = run.launchUrl()
    clock += 60_001
    expect((await admit(run.port, url)).status).toBe(403)
  })

  it('are not taken from elsewhere, guessed, or from a body that never ends', async () => {
    const ticket = new URL(run.launchUrl()).hash.slice('#ticket='.length)
    const origin = `http://127.0.0.1:${String(run.port)}`
    for (const headers of [
      {},
      { origin: 'null' },
      { origin: 'http://evil.example' },
      { origin: `http://localhost:${String(run.port)}` },
      { origin, host: 'evil.example' },
    ] as Record<string, string>[])
      expect((await rawRequest(run.port, 'POST', '/session', headers, ticket)).status).toBe(403)
    for (const guess of ['', 'x', '__proto__', ticket.slice(1)])
      expect((await rawRequest(run.port, 'POST', '/session', { origin }, guess)).status).toBe(403)
    const long = 'x'.repeat(100_000)
    expect((await rawRequest(run.port, 'POST', '/session', { origin }, long)).status).toBe(403)
    expect((await rawRequest(run.port, 'POST', '/session', { origin }, ticket)).status).toBe(200)
  })
})

describe('every route', () => {
  const routes = ['/', '/index.html', '/assets/main-1a2b.js', '/enter', '/enter.js']

  it('refuses a foreign Host, so a rebound name reaches nothing', async () => {
    const { cookie } = await admit(run.port, run.launchUrl())
    for (const host of ['evil.example', 'localhost', `localhost:${String(run.port)}`, '127.0.0.1'])
      for (const path of routes)
        expect(await rawRequest(run.port, 'GET', path, { host, cookie })).toMatchObject({
          status: 403,
        })
  })

  it('refuses the page without the cookie, with a wrong one, and from a foreign origin', async () => {
    const { cookie } = await admit(run.port, run.launchUrl())
    const [name] = cookie.split('=')
    for (const headers of [
      {},
      { cookie: `${name ?? ''}=guess` },
      { cookie: `storeboard_1=${cookie.split('=')[1] ?? ''}` },
      { cookie, origin: 'http://evil.example' },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[])
      for (const path of ['/', '/assets/main-1a2b.js'])
        expect((await rawRequest(run.port, 'GET', path, headers)).status).toBe(403)
  })

  it('serves nothing from outside the build folder', async () => {
    const { cookie } = await admit(run.port, run.launchUrl())
    const outside = join(run.host.folders.resources, 'secret.json')
    symlinkSync(outside, join(run.host.folders.resources, 'pages', 'linked.json'))
    for (const path of [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/..%2fsecret.json',
      '/..%5csecret.json',
      '/assets/../../secret.json',
      '/assets/%2e%2e/%2e%2e/secret.json',
      '//secret.json',
      '/linked.json',
      `/${encodeURIComponent(outside)}`,
      '/index.html%00.json',
      '/%ff',
      '/.git/config',
      '/assets',
    ]) {
      const answer = await rawRequest(run.port, 'GET', path, { cookie })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.body).not.toContain('secret')
    }
  })

  it('refuses methods the app does not use', async () => {
    const { cookie, origin } = await admit(run.port, run.launchUrl())
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'POST', 'TRACE'])
      expect((await rawRequest(run.port, method, '/', { cookie, origin })).status).toBe(403)
  })

  it('lets only a second start of the same user use the control route', async () => {
    const body = '{"files":[]}'
    const secret = run.controlSecret
    for (const headers of [
      {},
      { 'x-storeboard-control': 'guess' },
      { 'x-storeboard-control': secret, origin: `http://127.0.0.1:${String(run.port)}` },
      { 'x-storeboard-control': secret, host: 'evil.example' },
    ] as Record<string, string>[])
      expect((await rawRequest(run.port, 'POST', '/control', headers, body)).status).toBe(403)
    const headers = { 'x-storeboard-control': secret }
    const answer = await rawRequest(run.port, 'POST', '/control', headers, body)
    expect(answer).toMatchObject({ status: 200, body: '{"url":null}' })
  })
})

describe('the wire', () => {
  it('opens only with Host, Origin, cookie and key together', async () => {
    const { cookie, key, origin } = await admit(run.port, run.launchUrl())
    const other = await admit(run.port, run.launchUrl())
    const attempts: [string, string[], Record<string, string>][] = [
      ['/wire', protocols(key), { origin }],
      ['/wire', protocols(key), { cookie }],
      ['/wire', protocols(key), { cookie, origin: 'http://evil.example' }],
      ['/wire', protocols(key), { cookie, origin, host: 'evil.example' }],
      ['/wire', protocols('guess'), { cookie, origin }],
      ['/wire', protocols(other.key), { cookie, origin }],
      ['/wire', ['storeboard.1'], { cookie, origin }],
      ['/other', protocols(key), { cookie, origin }],
    ]
    for (const [path, offered, headers] of attempts)
      expect(await rawSocket(run.port, path, offered, headers)).toBe(403)
    expect(run.engine.pageCount()).toBe(0)
  })

  it('ends a page that sends text or oversized messages, and no other', async () => {
    const open = async (): Promise<WebSocket> => {
      const { cookie, key, origin } = await admit(run.port, run.launchUrl())
      const socket = await rawSocket(run.port, '/wire', protocols(key), { origin, cookie })
      if (typeof socket === 'number') throw new Error(`refused: ${socket}`)
      return socket
    }
    const [good, text, large] = [await open(), await open(), await open()]
    const closed = (socket: WebSocket): Promise<unknown> =>
      new Promise((resolve) => socket.on('close', resolve))
    const ends = [closed(text), closed(large)]
    text.send('{"kind":"hello"}')
    large.send(new Uint8Array(4 << 20))
    await Promise.all(ends)
    expect(good.readyState).toBe(WebSocket.OPEN)
  })
})

describe('print sessions', () => {
  it('lead to their job, never join the window’s session, and end with the job', async () => {
    const secrets = await import('../../../electron/hosts/loopback/secrets.ts')
    const made = secrets.createSecrets(Date.now)
    const page = made.redeem(made.issueTicket({ kind: 'page' }), undefined)
    const ticket = made.issueTicket({ kind: 'print', jobId: 'job_1' })
    const print = made.redeem(ticket, page?.cookie)
    expect(print?.cookie).not.toBe(page?.cookie)
    expect(made.rightsOf(print?.cookie, print?.key)).toEqual({ kind: 'print', jobId: 'job_1' })
    expect(made.rightsOf(page?.cookie, print?.key)).toBeUndefined()
    made.revokeJob('job_1')
    expect(made.rightsOf(print?.cookie, print?.key)).toBeUndefined()
    expect(made.rightsOf(page?.cookie, page?.key)).toEqual({ kind: 'page' })
  })
})

describe('the listener', () => {
  it('is on 127.0.0.1 alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((one) => one.family === 'IPv4' && one.address !== '127.0.0.1')
      .map((one) => one.address)
    for (const address of ['::1', ...others]) {
      const reached = await new Promise((resolve) => {
        const socket = connect({ host: address, port: run.port }, () => resolve(true))
        socket.on('error', () => resolve(false))
      })
      expect(reached).toBe(false)
    }
  })
})
