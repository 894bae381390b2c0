import type { Outcome } from '../../../shared/errors.ts'
import { fail, ok } from '../../../shared/errors.ts'

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp'

export const imageLimits = { bytes: 4 * 1024 * 1024, pixels: 40_000_000 } as const

export interface Size {
  readonly width: number
  readonly height: number
}

/** Type by content, never by name; too large a file or picture is refused before anything decodes it. */
export function checkImage(
  bytes: Uint8Array,
): Outcome<ImageType, 'template/unsafeContent' | 'dataset/overLimit'> {
  if (bytes.length > imageLimits.bytes) {
    return fail('dataset/overLimit', { bytes: bytes.length, limit: imageLimits.bytes })
  }
  const type = typeOf(bytes)
  const size = type && pictureSize(type, bytes)
  if (!type || !size || size.width < 1 || size.height < 1) {
    return fail('template/unsafeContent', { reason: 'notAPicture' })
  }
  const pixels = size.width * size.height
  if (pixels > imageLimits.pixels)
    return fail('dataset/overLimit', { pixels, limit: imageLimits.pixels })
  return ok(type)
}

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte)

function typeOf(bytes: Uint8Array): ImageType | undefined {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  const riff = startsWith(bytes, [0x52, 0x49, 0x46, 0x46])
  return riff && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8) ? 'image/webp' : undefined
}

export function pictureSize(type: ImageType, bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (type === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) }
    return type === 'image/jpeg' ? jpegSize(view) : webpSize(view)
  } catch {
    // A read past the end: the header is cut short.
    return undefined
  }
}

/** Walks the segments to the start of frame, which holds height and width. */
function jpegSize(view: DataView): Size | undefined {
  let at = 2
  while (at < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    // Any number of FF bytes may fill the room before a marker.
    while (view.getUint8(at + 1) === 0xff) at++
    const marker = view.getUint8(at + 1)
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

function webpSize(view: DataView): Size | undefined {
  const chunk = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)))
  const three = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  if (chunk === 'VP8X') return { width: three(24) + 1, height: three(27) + 1 }
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (chunk !== 'VP8L') return undefined
  const bits = view.getUint32(21, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
}
