import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

interface Points {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** The renderer knows no WebP; it is given the same points as PNG. Rejects what is no whole still WebP picture. */
export async function webpToPng(bytes: Uint8Array): Promise<Uint8Array> {
  const { default: decode, init } = await import('@jsquash/webp/decode.js')
  const { encode } = await import('fast-png')
  // Its own way to the module is a fetch, which reads no files here.
  const wasm = createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm')
  await init({ wasmBinary: Uint8Array.from(await readFile(wasm)).buffer })
  // Declared with the browser's ImageData, a type that is unknown outside the page.
  const points: unknown = await decode(Uint8Array.from(bytes).buffer)
  const { width, height, data } = points as Points
  return encode({ width, height, data, channels: 4, depth: 8 })
}
