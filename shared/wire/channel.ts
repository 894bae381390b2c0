import type { CodecFault } from './codec.ts'
import { decodeFrame, encodeFrame } from './codec.ts'
import type { Frame } from './frames.ts'
import { laneOf } from './frames.ts'
import type { Wire } from './wire.ts'

/*
 * Carries frames of any size over a wire: each is cut into packets of at most `packetBytes`, lanes take turns, and no
 * more than `windowBytes` are under way until the other side has taken them. A packet is u8 kind, u8 last, u16 zero,
 * u32 lane or credit (little endian), then its bytes.
 */

export interface ChannelLimits {
  /** Largest packet given to the wire, without its 8-byte header. */
  readonly packetBytes: number
  /** Bytes that may be under way before the other side grants more. */
  readonly windowBytes: number
  /** Largest frame accepted; also the most that unfinished frames may hold together. */
  readonly frameBytes: number
}

export const channelLimits: ChannelLimits = {
  packetBytes: 1 << 20,
  windowBytes: 8 << 20,
  frameBytes: 768 << 20,
}

export type ChannelFault = CodecFault | 'badPacket' | 'tooLarge' | 'tooMuchCredit'

export interface Channel {
  /** Throws only for a frame that cannot be encoded: a bug of the sender. */
  send(frame: Frame): void
  close(): void
}

export interface ChannelListeners {
  readonly onFrame: (frame: Frame) => void
  /** Called once, before onClose, when the other side broke the protocol. */
  readonly onFault?: ((fault: ChannelFault) => void) | undefined
  readonly onClose: () => void
}

const headerBytes = 8
const dataKind = 1
const creditKind = 2

function packet(kind: number, last: boolean, number: number, body?: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headerBytes + (body?.length ?? 0))
  const view = new DataView(bytes.buffer)
  view.setUint8(0, kind)
  view.setUint8(1, last ? 1 : 0)
  view.setUint32(4, number, true)
  if (body !== undefined) bytes.set(body, headerBytes)
  return bytes
}

interface Outgoing {
  bytes: Uint8Array
  sent: number
}

/** The sending half: one queue a lane, lanes in turn, as far as credit reaches. */
function createSender(wire: Wire, limits: ChannelLimits) {
  const lanes = new Map<number, Outgoing[]>()
  let credit = limits.windowBytes

  function sendNext(lane: number, queue: Outgoing[], message: Outgoing): void {
    const end = Math.min(message.sent + limits.packetBytes, message.bytes.length)
    const body = message.bytes.subarray(message.sent, end)
    const last = end === message.bytes.length
    credit -= body.length
    message.sent = end
    // Taken out and put back at the end: the lanes' turn.
    lanes.delete(lane)
    if (last) queue.shift()
    if (queue.length > 0) lanes.set(lane, queue)
    wire.send(packet(dataKind, last, lane, body))
  }

  function pump(): void {
    while (credit > 0) {
      const next = lanes.entries().next()
      if (next.done === true) return
      const [lane, queue] = next.value
      const message = queue[0]
      if (message === undefined) lanes.delete(lane)
      else sendNext(lane, queue, message)
    }
  }

  return {
    add(lane: number, bytes: Uint8Array): void {
      const queue = lanes.get(lane)
      if (queue === undefined) lanes.set(lane, [{ bytes, sent: 0 }])
      else queue.push({ bytes, sent: 0 })
      pump()
    },
    grant(bytes: number): boolean {
      // The most that can be under way is a window and the packet that overran it.
      if (credit + bytes > limits.windowBytes) return false
      credit += bytes
      pump()
      return true
    },
    clear(): void {
      lanes.clear()
    },
  }
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

/** The receiving half: collects the packets of each lane until a frame is whole. */
function createCollector(limits: ChannelLimits) {
  const open = new Map<number, { pieces: Uint8Array[]; size: number }>()
  let held = 0
  return {
    /** A whole frame's bytes, `undefined` while packets are missing, or the limit it broke. */
    take(lane: number, last: boolean, body: Uint8Array): Uint8Array | undefined | 'tooLarge' {
      const partial = open.get(lane)
      if (partial === undefined && last) return body
      const pieces = partial?.pieces ?? []
      const size = (partial?.size ?? 0) + body.length
      held += body.length
      if (held > limits.frameBytes || open.size > 4096) return 'tooLarge'
      pieces.push(body)
      if (!last) {
        open.set(lane, { pieces, size })
        return undefined
      }
      open.delete(lane)
      held -= size
      return join(pieces, size)
    },
  }
}

export function openChannel(
  wire: Wire,
  listeners: ChannelListeners,
  limits: ChannelLimits = channelLimits,
): Channel {
  const sender = createSender(wire, limits)
  const collector = createCollector(limits)
  let closed = false
  let taken = 0

  function finish(fault?: ChannelFault): void {
    if (closed) return
    closed = true
    sender.clear()
    if (fault !== undefined) listeners.onFault?.(fault)
    wire.close()
    listeners.onClose()
  }

  function onData(lane: number, last: boolean, body: Uint8Array): void {
    const whole = collector.take(lane, last, body)
    if (whole === 'tooLarge') return finish('tooLarge')
    taken += body.length
    if (whole !== undefined) {
      const decoded = decodeFrame(whole)
      if (!decoded.ok) return finish(decoded.fault)
      listeners.onFrame(decoded.frame)
    }
    grantTaken()
  }

  function grantTaken(): void {
    if (closed || taken < limits.windowBytes / 4) return
    const granted = taken
    taken = 0
    wire.send(packet(creditKind, true, granted))
  }

  function onPacket(bytes: Uint8Array): void {
    if (closed) return
    const tooLong = bytes.length > limits.packetBytes + headerBytes
    if (bytes.length < headerBytes || tooLong) return finish('badPacket')
    const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes)
    const [kind, last, number] = [view.getUint8(0), view.getUint8(1), view.getUint32(4, true)]
    if (last > 1 || view.getUint16(2) !== 0) return finish('badPacket')
    if (kind === dataKind) return onData(number, last === 1, bytes.subarray(headerBytes))
    if (kind !== creditKind || bytes.length !== headerBytes) return finish('badPacket')
    if (!sender.grant(number)) finish('tooMuchCredit')
  }

  wire.onFrame(onPacket)
  wire.onClose(() => finish())
  return {
    send(frame) {
      if (!closed) sender.add(laneOf(frame), encodeFrame(frame))
    },
    close: () => finish(),
  }
}
