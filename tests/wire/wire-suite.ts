import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../shared/errors.ts'
import { fail, ok } from '../../shared/errors.ts'
import type { ChannelLimits } from '../../shared/wire/channel.ts'
import type { ClientOptions, WireClient } from '../../shared/wire/client.ts'
import { createWireClient } from '../../shared/wire/client.ts'
import type { ServedCall, ServerOptions, WireServer } from '../../shared/wire/server.ts'
import { serveWire } from '../../shared/wire/server.ts'
import type { Wire } from '../../shared/wire/wire.ts'

/** Makes the two ends of one wire: the page's first. `end` frees what the wire needed. */
export type WireFactory = () => Promise<{ page: Wire; engine: Wire; end?: () => Promise<void> }>

type Answers = Record<string, (payload: unknown, call: ServedCall) => Promise<Outcome<unknown>>>

interface Talk {
  client: WireClient
  server: WireServer
  events: [string, unknown][]
  bugs: unknown[]
  faults: string[]
  closed: Promise<'lost' | 'versionMismatch'>
  page: Wire
  engine: Wire
}

interface Ask {
  answers?: Answers
  version?: number
  limits?: ChannelLimits
}

async function talk(make: WireFactory, ask: Ask, use: (talk: Talk) => Promise<void>) {
  const { page, engine, end } = await make()
  const events: [string, unknown][] = []
  const bugs: unknown[] = []
  const faults: string[] = []
  let onClosed: (why: 'lost' | 'versionMismatch') => void = () => undefined
  const closed = new Promise<'lost' | 'versionMismatch'>((resolve) => (onClosed = resolve))
  const limits = ask.limits === undefined ? {} : { limits: ask.limits }
  const serverOptions: ServerOptions = {
    version: 1,
    answer: (name, payload, call) =>
      ask.answers?.[name]?.(payload, call) ?? Promise.resolve(fail('contract/unknownCall')),
    onBug: (error) => bugs.push(error),
    onFault: (fault) => faults.push(fault),
    ...limits,
  }
  const clientOptions: ClientOptions = {
    version: ask.version ?? 1,
    onEvent: (name, payload) => events.push([name, payload]),
    onClosed,
    ...limits,
  }
  const server = serveWire(engine, serverOptions)
  const client = createWireClient(page, clientOptions)
  try {
    await use({ client, server, events, bugs, faults, closed, page, engine })
  } finally {
    client.close()
    server.close()
    await end?.()
  }
}

const small: ChannelLimits = { packetBytes: 1024, windowBytes: 4096, frameBytes: 64 << 20 }
const echo: Answers = { echo: (payload) => Promise.resolve(ok(payload)) }

export function wireSuite(name: string, make: WireFactory): void {
  describe(`wire: ${name}`, () => {
    it('answers a call with columns and text untouched', () =>
      talk(make, { answers: echo }, async ({ client }) => {
        const payload = {
          text: '上海 é 👩‍👩‍👧',
          numbers: new Float64Array([1.5, Number.NaN, -0, Infinity]),
          codes: new Int32Array([-1, 2 ** 31 - 1]),
          bytes: new Uint8Array([0, 255]),
          nested: [{ empty: new Float64Array(0) }, null],
        }
        expect(await client.call('echo', payload)).toStrictEqual(ok(payload))
      }))

    it('gives each of many calls its own answer, whatever finishes first', () =>
      talk(
        make,
        {
          answers: {
            wait: async (payload) => {
              const turn = Number(payload)
              await new Promise((resolve) => setTimeout(resolve, (7 - (turn % 7)) * 2))
              return ok(turn)
            },
          },
        },
        async ({ client }) => {
          const turns = Array.from({ length: 60 }, (_, index) => index)
          const answers = await Promise.all(turns.map((turn) => client.call('wait', turn)))
          expect(answers).toEqual(turns.map((turn) => ok(turn)))
        },
      ))

    it('delivers every part in order and before the answer, even when the window is small', () =>
      talk(
        make,
        {
          limits: small,
          answers: {
            parts: (_, call) => {
              for (let index = 0; index < 200; index += 1)
                call.part({ index, values: new Float64Array(100).fill(index) })
              return Promise.resolve(ok('end'))
            },
          },
        },
        async ({ client }) => {
          const seen: unknown[] = []
          const onPart = (part: unknown): void => void seen.push((part as { index: number }).index)
          expect(await client.call('parts', null, { onPart })).toEqual(ok('end'))
          expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index))
        },
      ))

    it('passes a 100 MB result, and a small answer overtakes it', () =>
      talk(
        make,
        {
          answers: {
            ...echo,
            large: () => {
              const values = new Float64Array(12_500_000)
              for (let index = 0; index < values.length; index += 1000) values[index] = index
              return Promise.resolve(ok({ values }))
            },
          },
        },
        async ({ client }) => {
          const order: string[] = []
          const large = client.call('large', null).then((answer) => {
            order.push('large')
            return answer
          })
          await client.call('echo', 'quick')
          order.push('quick')
          const answer = await large
          const values = answer.ok ? (answer.value as { values: Float64Array }).values : undefined
          expect(values?.byteLength).toBe(100_000_000)
          expect(values?.[12_000_000]).toBe(12_000_000)
          expect(order).toEqual(['quick', 'large'])
        },
      ))

    it('turns an aborted signal into a cancel the other side hears', () =>
      talk(
        make,
        {
          answers: {
            forever: (_, call) =>
              new Promise((resolve) =>
                call.signal.addEventListener('abort', () => resolve(fail('internal/cancelled'))),
              ),
          },
        },
        async ({ client }) => {
          const abort = new AbortController()
          const answer = client.call('forever', null, { signal: abort.signal })
          abort.abort()
          expect(await answer).toEqual(fail('internal/cancelled'))
          const again = await client.call('forever', null, { signal: abort.signal })
          expect(again).toEqual(fail('internal/cancelled'))
        },
      ))

    it('broadcasts events in order', () =>
      talk(make, { answers: echo }, async ({ client, server, events }) => {
        await client.call('echo', 1)
        server.emit('first', { n: 1 })
        server.emit('second', new Uint8Array([7]))
        await client.call('echo', 2)
        await expect.poll(() => events.length).toBe(2)
        expect(events).toEqual([
          ['first', { n: 1 }],
          ['second', new Uint8Array([7])],
        ])
      }))

    it('answers every open call when the wire is lost and aborts what ran for it', () => {
      let aborted = false
      const hang: Answers = {
        hang: (_, call) =>
          new Promise(() => call.signal.addEventListener('abort', () => (aborted = true))),
      }
      return talk(make, { answers: { ...hang, ...echo } }, async (both) => {
        const answer = both.client.call('hang', null)
        await both.client.call('echo', null)
        both.engine.close()
        expect(await answer).toEqual(fail('contract/disconnected', {}, true))
        expect(await both.closed).toBe('lost')
        await expect.poll(() => aborted).toBe(true)
        expect(await both.client.call('echo', 1)).toEqual(fail('contract/disconnected', {}, true))
      })
    })

    it('refuses a page of another version', () =>
      talk(make, { version: 2, answers: echo }, async ({ client, closed }) => {
        expect(await client.call('echo', 1)).toEqual(fail('contract/disconnected', {}, true))
        expect(await closed).toBe('versionMismatch')
      }))

    it('answers a thrown exception and an unsendable answer as bugs, and goes on', () =>
      talk(
        make,
        {
          answers: {
            ...echo,
            throws: () => Promise.reject(new Error('boom')),
            odd: () => Promise.resolve(ok(new Map())),
            notANumber: () => Promise.resolve(ok({ value: Number.NaN })),
          },
        },
        async ({ client, bugs }) => {
          expect(await client.call('throws', null)).toEqual(fail('internal/bug'))
          expect(await client.call('odd', null)).toEqual(fail('internal/bug'))
          expect(await client.call('notANumber', null)).toEqual(fail('internal/bug'))
          expect(bugs).toHaveLength(3)
          expect(await client.call('echo', 'still here')).toEqual(ok('still here'))
        },
      ))

    it('closes on nonsense without throwing, and says what was wrong', async () => {
      const nonsense = [
        new Uint8Array(0),
        new Uint8Array([1, 2, 3]),
        new Uint8Array(64).fill(255),
        new Uint8Array([1, 1, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0]),
        new Uint8Array([2, 1, 0, 0, 255, 255, 255, 255]),
      ]
      for (const bytes of nonsense)
        await talk(make, { answers: echo }, async ({ client, page, faults, closed }) => {
          await client.call('echo', 1)
          page.send(bytes)
          expect(await closed).toBe('lost')
          expect(faults).toHaveLength(1)
        })
    })
  })
}
