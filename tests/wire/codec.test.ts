import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '../../shared/wire/codec.ts'
import type { Frame } from '../../shared/wire/frames.ts'

const column = fc.oneof(
  fc.float64Array({ maxLength: 20 }),
  fc.int32Array({ maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
)
const key = fc.oneof(
  fc.string(),
  fc.constantFrom('$buffer', 'buffers', '0', 'constructor', '__proto__'),
)
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), fc.integer(), column),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 5 }).map((list) => Object.fromEntries(list)),
  ),
}))

/** JSON writes lone surrogates and -0 its own way; both are outside what the contract carries. */
const viaJson = (value: unknown): boolean =>
  !(typeof value === 'string' && !value.isWellFormed()) && !Object.is(value, -0)

const callWith = (payload: unknown): Frame => ({ kind: 'call', id: 1, name: 'x', payload })

describe('codec', () => {
  it('gives back any payload, whatever its keys are called, at any alignment', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 0, max: 9 }), (payload, shift) => {
        fc.pre(viaJson(payload))
        const bytes = encodeFrame(callWith(payload))
        const moved = new Uint8Array(bytes.length + shift)
        moved.set(bytes, shift)
        const decoded = decodeFrame(moved.subarray(shift))
        expect(decoded).toEqual({ ok: true, frame: callWith(payload) })
      }),
      { numRuns: 300 },
    )
  })

  it('keeps a key called __proto__ an ordinary key', () => {
    const payload: unknown = JSON.parse('{"__proto__": {"polluted": true}, "list": [1]}')
    const decoded = decodeFrame(encodeFrame(callWith(payload)))
    const frame = decoded.ok && decoded.frame.kind === 'call' ? decoded.frame : undefined
    expect(frame?.payload).toEqual(payload)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('never throws on bytes from elsewhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeFrame(bytes).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('survives any flipped bit of a real frame: another frame or a fault, never an exception', () => {
    const bytes = encodeFrame(callWith({ a: new Float64Array([1, 2]), b: [new Uint8Array([1])] }))
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const broken = bytes.slice()
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(typeof decodeFrame(broken).ok).toBe('boolean')
    }
    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeFrame(bytes.slice(0, length)).ok).toBe(false)
  })

  it('refuses heads that point buffers anywhere but at their own null', () => {
    const head = (value: unknown): Uint8Array => {
      const text = new TextEncoder().encode(JSON.stringify(value))
      const bytes = new Uint8Array(8 + ((text.length + 7) & ~7) + 8).fill(32, 8)
      new DataView(bytes.buffer).setUint32(0, text.length, true)
      bytes.set(text, 8)
      return bytes
    }
    const frame = { kind: 'call', id: 1, name: 'x', payload: { a: null, b: 1 } }
    const at = (path: unknown[], bytes = 8, type = 'f64') =>
      decodeFrame(head({ frame, buffers: [{ type, bytes, path }] }))
    expect(at(['payload', 'a']).ok).toBe(true)
    for (const path of [
      ['payload', 'b'],
      ['payload', 'c'],
      ['payload', '__proto__'],
      ['constructor', 'prototype', 'x'],
      ['payload', 'a', 'a'],
      [],
    ])
      expect(at(path)).toMatchObject({ ok: false })
    expect(at(['payload', 'a'], 9e15)).toEqual({ ok: false, fault: 'badBuffers' })
    expect(at(['payload', 'a'], 7)).toEqual({ ok: false, fault: 'badBuffers' })
    expect(at(['payload', 'a'], 16)).toEqual({ ok: false, fault: 'badBuffers' })
    expect(at(['kind'])).toMatchObject({ ok: false })
  })

  it('aligns columns to eight bytes, so decoding copies nothing', () => {
    const bytes = encodeFrame(callWith({ odd: new Uint8Array(3), values: new Float64Array([1]) }))
    const decoded = decodeFrame(bytes)
    const frame = decoded.ok && decoded.frame.kind === 'call' ? decoded.frame : undefined
    const payload = frame?.payload as { values: Float64Array }
    expect(payload.values.buffer).toBe(bytes.buffer)
    expect(payload.values.byteOffset % 8).toBe(0)
  })

  it('refuses to send what JSON would change silently', () => {
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    for (const odd of [Number.NaN, Infinity, 1n, new Date(), new Map(), () => 1, cyclic])
      expect(() => encodeFrame(callWith({ odd }))).toThrow(TypeError)
  })
})
