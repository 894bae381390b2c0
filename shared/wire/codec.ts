import { z } from 'zod'
import { Frame } from './frames.ts'

/*
 * An encoded frame: u32 length of the head (little endian), u32 zero, the head as JSON padded with spaces to 8 bytes,
 * then each buffer padded to 8 bytes. The head is { frame, buffers }; a buffer's path says where in the frame its null
 * is to be replaced, so no key or value of a payload needs escaping.
 */

const lifted = { f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const
type BufferType = keyof typeof lifted
type Column = Float64Array | Int32Array | Uint8Array
type Step = string | number

const Head = z.strictObject({
  frame: z.unknown(),
  buffers: z.array(
    z.strictObject({
      type: z.enum(['f64', 'i32', 'u8']),
      bytes: z.number().int().min(0),
      path: z.array(z.union([z.string(), z.number().int().min(0)])).min(1),
    }),
  ),
})
type BufferEntry = z.infer<typeof Head>['buffers'][number]

const prefixBytes = 8
const deepest = 200
const padded = (bytes: number): number => (bytes + 7) & ~7

/** Why bytes are not a frame. */
export type CodecFault = 'tooShort' | 'badLength' | 'badHead' | 'badBuffers' | 'badFrame'
export type Decoded = { ok: true; frame: Frame } | { ok: false; fault: CodecFault }

function typeOf(value: object): BufferType | undefined {
  if (value instanceof Float64Array) return 'f64'
  if (value instanceof Int32Array) return 'i32'
  // Node's Buffer is a Uint8Array; any other view or class instance is refused below.
  return value instanceof Uint8Array ? 'u8' : undefined
}

interface Lift {
  readonly columns: Column[]
  readonly entries: BufferEntry[]
  readonly path: Step[]
}

function liftLeaf(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (value === undefined) return undefined
  throw new TypeError(`A frame cannot carry a ${typeof value} like this`)
}

/** Returns the value itself where nothing below it had to be lifted, so large plain lists are not copied. */
function lift(value: unknown, at: Lift): unknown {
  if (typeof value !== 'object' || value === null) return liftLeaf(value)
  if (at.path.length > deepest) throw new TypeError('A frame is nested too deeply')
  const type = typeOf(value)
  if (type !== undefined) {
    // typeOf answered, so the value is one of the three columns.
    const column = value as Column
    at.columns.push(column)
    at.entries.push({ type, bytes: column.byteLength, path: [...at.path] })
    return null
  }
  return Array.isArray(value) ? liftList(value, at) : liftRecord(value, at)
}

function liftList(list: readonly unknown[], at: Lift): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let index = 0; index < list.length; index += 1) {
    at.path.push(index)
    const item = lift(list[index], at)
    at.path.pop()
    if (copy === undefined && item !== list[index]) copy = list.slice()
    if (copy !== undefined) copy[index] = item
  }
  return copy ?? list
}

function liftRecord(record: object, at: Lift): object {
  const prototype: unknown = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('A frame carries plain objects only')
  let copy: [string, unknown][] | undefined
  const entries = Object.entries(record)
  for (const [position, [key, value]] of entries.entries()) {
    at.path.push(key)
    const item: unknown = lift(value, at)
    at.path.pop()
    if (copy === undefined && item !== value) copy = entries.slice()
    if (copy !== undefined) copy[position] = [key, item]
  }
  // fromEntries defines keys, so one called __proto__ stays an ordinary key.
  return copy === undefined ? record : Object.fromEntries(copy)
}

/** Throws on what JSON would silently change (NaN, Infinity, bigint, class instances): that is a bug in the sender. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const at: Lift = { columns: [], entries: [], path: [] }
  const body = lift(frame, at)
  const head = new TextEncoder().encode(JSON.stringify({ frame: body, buffers: at.entries }))
  const start = prefixBytes + padded(head.length)
  const size = at.columns.reduce((sum, column) => sum + padded(column.byteLength), start)
  const bytes = new Uint8Array(size)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, prefixBytes)
  bytes.fill(0x20, prefixBytes + head.length, start)
  let offset = start
  for (const column of at.columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset)
    offset += padded(column.byteLength)
  }
  return bytes
}

function readHead(bytes: Uint8Array, length: number): z.infer<typeof Head> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      bytes.subarray(prefixBytes, prefixBytes + length),
    )
    return Head.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function readColumn(bytes: Uint8Array, offset: number, entry: BufferEntry): Column | undefined {
  const Kind = lifted[entry.type]
  if (entry.bytes % Kind.BYTES_PER_ELEMENT !== 0) return undefined
  const at = bytes.byteOffset + offset
  // Frames are never made over shared memory, which is all the wider type would allow besides.
  const buffer = bytes.buffer as ArrayBuffer
  if (at % 8 === 0) return new Kind(buffer, at, entry.bytes / Kind.BYTES_PER_ELEMENT)
  return new Kind(bytes.slice(offset, offset + entry.bytes).buffer)
}

function place(root: unknown, path: readonly Step[], column: Column): boolean {
  let holder: unknown = root
  for (const step of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return false
    // JSON made this tree, so an own key may be read as a record's.
    holder = (holder as Record<Step, unknown>)[step]
  }
  const last = path.at(-1)
  if (typeof holder !== 'object' || holder === null || last === undefined) return false
  if (!Object.hasOwn(holder, last)) return false
  // As above; only the null the sender left may be replaced.
  const record = holder as Record<Step, unknown>
  if (record[last] !== null) return false
  Object.defineProperty(record, last, {
    value: column,
    writable: true,
    enumerable: true,
    configurable: true,
  })
  return true
}

/** Never throws. Columns are views into `bytes` where alignment allows, so `bytes` must not be reused. */
export function decodeFrame(bytes: Uint8Array): Decoded {
  if (bytes.length < prefixBytes) return { ok: false, fault: 'tooShort' }
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, prefixBytes)
  const length = prefix.getUint32(0, true)
  if (prefix.getUint32(4, true) !== 0) return { ok: false, fault: 'badLength' }
  let offset = prefixBytes + padded(length)
  if (length > bytes.length || offset > bytes.length) return { ok: false, fault: 'badLength' }
  const head = readHead(bytes, length)
  if (head === undefined) return { ok: false, fault: 'badHead' }
  for (const entry of head.buffers) {
    if (entry.bytes > bytes.length - offset) return { ok: false, fault: 'badBuffers' }
    const column = readColumn(bytes, offset, entry)
    if (column === undefined || !place(head.frame, entry.path, column))
      return { ok: false, fault: 'badBuffers' }
    offset += Math.ceil(entry.bytes / 8) * 8
  }
  if (offset !== bytes.length) return { ok: false, fault: 'badLength' }
  const frame = Frame.safeParse(head.frame)
  return frame.success ? { ok: true, frame: frame.data } : { ok: false, fault: 'badFrame' }
}
